/** A list that can be taken out as a file: the same rows, filters and rights as the list on the screen. */
import type { z } from 'zod';
import type { Permission } from '../../../contract/roles.ts';
import type { Tx } from '../db/database.ts';
import type { Locale } from '../http/messages.ts';
import type { Actor, Env } from '../pipeline/types.ts';
import type { CellType } from './cells.ts';

export type Titles = Record<Locale, string>;
export type ListCall<Q> = {
  tx: Tx;
  query: Q & { cursor?: string | undefined; limit: number };
  actor: Actor;
  env: Env;
  now: Date;
};
export type ListColumn<T> = {
  titles: Titles;
  /** instant: an ISO instant, shown as minutes of the company's day. */
  type: CellType | 'instant';
  width?: number;
  /** The value is a code, and this the family of its names (`order` for `order.shortage`). Lists that are imported again keep codes. */
  names?: string;
  /** Only callers with this permission get the column. */
  can?: Permission;
  value(item: T): string | null;
};

/** Rows as the list operation gives them, page by page. */
export type ExportList<Q = unknown, T = unknown> = {
  list: string;
  titles: Titles;
  can: Permission;
  /** The filters of the list, without cursor and limit. */
  query: z.ZodType<Q>;
  page(call: ListCall<Q>): Promise<{ items: readonly T[]; nextCursor: string | null }>;
  columns: readonly ListColumn<T>[];
};

// oxlint-disable-next-line typescript/no-explicit-any -- the registry holds lists of every shape
export type AnyExportList = ExportList<any, any>;

/** A list for the registry, with its types checked against each other. */
export const exportOf = <Q, T>(list: ExportList<Q, T>): AnyExportList => list;
