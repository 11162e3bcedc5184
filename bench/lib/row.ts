/** A row of the report. */
import type { House } from './house.ts';

export type Row = {
  id: string;
  value: number;
  unit: string;
  /** What a bare transaction for each order reaches, where the goal is measured by it. */
  limit: number | null;
  ratio: number | null;
  goal: number | null;
  met: boolean | null;
  /** What else was seen. */
  more: Record<string, unknown>;
};

export type Plan = {
  seconds: number;
  rounds: number;
  full: boolean;
  /** Installations with much in them, which `figures` and `growth` open beside: whether they are wanted, and where they stay. */
  large: { wanted: boolean; folder: string | null; orders: number };
};
/** A file of rows: what it can measure, and how. */
export type RowFile = {
  ids: readonly string[];
  /** What must be there before a server starts. */
  prepare?(): Promise<unknown>;
  /** Takes long and is begun beside rows of which only the size is read, if there are any; `end` closes what was not used. */
  grow?(plan: Plan): Promise<unknown>;
  end?(): Promise<unknown>;
  /** Its time is not measured: something else may have the processors as well. */
  sizeOnly?: true;
  run(house: House, plan: Plan, wanted: ReadonlySet<string>): Promise<Row[]>;
};

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

type Absolute = { id: string; value: number; unit: string; goal: number; atMost: boolean; more?: Row['more'] };

/** A row whose goal is an absolute figure; `atMost`: the goal is an upper bound. */
export const absolute = ({ id, value, unit, goal, atMost, more = {} }: Absolute): Row => ({
  id,
  value: round(value, value < 10 ? 2 : 1),
  unit,
  limit: null,
  ratio: null,
  goal,
  met: atMost ? value <= goal : value >= goal,
  more,
});
