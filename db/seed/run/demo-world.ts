/** What the demo company's steps need to find again: people, master data, and the documents made so far, by the keys of the plan. */
import { instant } from '../../../src/server/kernel/clock.ts';
import { systemActor } from '../../../src/server/platform/auth/authenticate.ts';
import type { Actor } from '../../../src/server/platform/pipeline/types.ts';
import type {
  DemoAction,
  DemoPartner,
  DemoPlan,
  DemoStep,
  PaymentTerm,
  PlannedInquiry,
  PlannedOrder,
} from '../demo/types.ts';
import type { Seed } from './session.ts';

export const DEMO_ZONE = 'Asia/Shanghai';

export type DemoMasterIds = {
  /** Staff and partner users. */
  actors: ReadonlyMap<string, Actor>;
  /** The key with which a partner's own system places orders, by partner. */
  systems: ReadonlyMap<string, Actor>;
  partners: ReadonlyMap<string, string>;
  addresses: ReadonlyMap<string, string>;
  products: ReadonlyMap<string, string>;
  warehouses: ReadonlyMap<string, string>;
  carriers: ReadonlyMap<string, string>;
};

export type DemoWorld = DemoMasterIds & {
  seed: Seed;
  plan: DemoPlan;
  partnerOf: ReadonlyMap<string, DemoPartner>;
  plannedOrders: ReadonlyMap<string, PlannedOrder>;
  plannedInquiries: ReadonlyMap<string, PlannedInquiry>;
  orders: Map<string, string>;
  inquiries: Map<string, string>;
  supplies: Map<string, string>;
  /** One for each warehouse that the goods came from. */
  shipments: Map<string, readonly string[]>;
  invoices: Map<string, string>;
};

export const demoWorld = (seed: Seed, plan: DemoPlan, ids: DemoMasterIds): DemoWorld => ({
  ...ids,
  seed,
  plan,
  partnerOf: new Map(plan.masters.partners.map((partner) => [partner.key, partner])),
  plannedOrders: new Map(plan.orders.map((order) => [order.key, order])),
  plannedInquiries: new Map(plan.inquiries.map((inquiry) => [inquiry.key, inquiry])),
  orders: new Map(),
  inquiries: new Map(),
  supplies: new Map(),
  shipments: new Map(),
  invoices: new Map(),
});

/** The value of a key of the plan; a missing one is an error of plan or runner. */
export function get<V>(map: ReadonlyMap<string, V>, key: string): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`${key} is not known yet`);
  return value;
}

export type StepOf<K extends DemoAction['kind']> = Extract<DemoStep, { kind: K }>;

/** When and by whom a step is done, and what it is about. */
export function act(world: DemoWorld, step: DemoStep, about: string) {
  const actor = step.by === 'system' ? systemActor : get(world.actors, step.by);
  return { now: instant(step.at), actor, about };
}

/** A payment term as the product has it: instalments are equal parts, a month apart. */
export function termOf(term: PaymentTerm) {
  switch (term.kind) {
    case 'prepaid':
      return { kind: term.kind };
    case 'net_days':
    case 'month_end_days':
      return { kind: term.kind, days: term.days };
    case 'deposit_balance':
      return { kind: term.kind, depositRate: term.depositRate, days: term.days };
    case 'instalments':
      return { kind: term.kind, parts: term.parts.length };
    default: {
      const never: never = term;
      return never;
    }
  }
}
