import type { Keys } from '../seed.ts';

/** What a load generator is told to do, and what it says afterwards. */
export type Job = {
  port: number;
  keys: readonly string[];
  connections: number;
  seconds: number;
  /** So that a run can be repeated, and no two runs send the same order. */
  seed: number;
  requestedOn: string;
  /** place: an order of five lines. hot: of the same five products. bulk: `size` orders in a request. quote: `size` lines. get: one of `paths`. bare: an order for the bare route. */
  work: 'place' | 'hot' | 'bulk' | 'quote' | 'get' | 'bare';
  size?: number;
  paths?: readonly string[];
};

/** An order as the bare route takes it: with ids, quantities (4 decimals) and prices (8 decimals) handed in. */
export type BareOrder = { partner: string; key: string; products: string[]; qty: number[]; price: number[] };

export type Load = {
  /** Answers of success; for bulk the orders in them. */
  done: number;
  statuses: Record<string, number>;
  seconds: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /** Of one processor. */
  cpuShare: number;
  cpuSeconds: number;
};

/** The sell-from-stock cycle: keys of the partners and of the company's people. */
export type CycleJob = {
  port: number;
  keys: Keys;
  connections: number;
  seconds: number;
  seed: number;
  requestedOn: string;
};
export type CycleLoad = {
  /** Whole cycles. */
  done: number;
  seconds: number;
  perSecond: number;
  cpuSeconds: number;
  /** Milliseconds, by step. */
  p50: Record<string, number>;
};
