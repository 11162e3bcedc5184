/** Replays the AdventureWorks reseller orders through the product's own commands, on an empty database. */
import { addDays } from '../../src/server/kernel/biz-date.ts';
import type { Services } from '../../src/server/platform/http/services.ts';
import { type AwOrder, awOrders } from './adventureworks/load.ts';
import { loadAwMasters, resellersOf } from './adventureworks/replay-masters.ts';
import { replayOrders } from './adventureworks/replay-orders.ts';
import { seedSession } from './run/session.ts';

export type ReplayOptions = {
  /** Only the first so many orders, with the resellers that placed them. */
  first?: number;
  /** Leaves out so many orders before them. */
  skip?: number;
  /** How many orders go through the whole cycle: pick, ship, deliver, pay, invoice, completed. */
  sample: number;
  tell?: (stage: 'masters' | 'orders', done: number, of: number) => void;
};

export type Replayed = { orders: readonly AwOrder[]; ids: ReadonlyMap<string, string> };

/** Loads master data and orders. The database must be migrated and hold nothing. */
export async function replay(services: Services, { first, skip = 0, sample, tell }: ReplayOptions): Promise<Replayed> {
  const all = awOrders();
  const orders = first === undefined ? all : all.slice(skip, skip + first);
  const startOn = addDays(orders[0]?.orderOn ?? '2017-07-01', -7);
  const seed = seedSession(services.runtime, 'replay');
  const resellers = resellersOf(first === undefined ? null : orders);
  tell?.('masters', 0, resellers.length);
  const masters = await loadAwMasters(seed, services, orders, resellers, startOn);
  tell?.('masters', resellers.length, resellers.length);
  const ids = await replayOrders(seed, masters, orders, {
    sample,
    tell: (done) => tell?.('orders', done, orders.length),
  });
  return { orders, ids };
}
