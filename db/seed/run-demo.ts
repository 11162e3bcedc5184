/** The demo company: a year of trade, played through the product's own commands into an empty database. */
import { addDays, type BizDate, bizDateOf, startOfDay } from '../../src/server/kernel/biz-date.ts';
import { addMs } from '../../src/server/kernel/clock.ts';
import type { Services } from '../../src/server/platform/http/services.ts';
import { demoPlan } from './demo/plan.ts';
import type { DemoPlan, DemoStep } from './demo/types.ts';
import { loadDemoMasters } from './run/demo-masters.ts';
import type { SignIn } from './run/demo-people.ts';
import { playGroup } from './run/demo-steps.ts';
import { announcePromotions, fileLicences, receiveApplications } from './run/demo-today.ts';
import { DEMO_ZONE, type DemoWorld, demoWorld } from './run/demo-world.ts';
import { groupsOf } from './run/schedule.ts';
import { seedSession } from './run/session.ts';

export type { SignIn } from './run/demo-people.ts';

export type DemoLoad = {
  /** The day on which the demo is looked at; today unless said otherwise. */
  today?: BizDate;
  /** A secret of the installation: staff and the people of the first partners get passwords that derive from it. Without it nobody has one. */
  secret?: string;
  /** Another plan than that of the day, e.g. a shorter one in tests. */
  plan?: DemoPlan;
  tell?: (done: number, of: number) => void;
};

/** Chosen once: the demo of a day is the same everywhere. */
const SEED = 'qucheng';
const HOUR_MS = 3_600_000;
/** Steps of a kind on one working day are done together, where no document forbids it: every document keeps its own order of time. */
const WINDOW_MS = 12 * HOUR_MS;

/** The plan of the demo company that is looked at on a day. */
export const planOf = (today: BizDate): DemoPlan => demoPlan(today, SEED, { singleWarehouse: true });

/** Loads the demo company. The database is migrated and empty. Whoever calls marks the installation once this is done. */
export async function loadDemo(
  services: Services,
  { today, secret, plan: wanted, tell }: DemoLoad = {},
): Promise<{ signIns: SignIn[]; world: DemoWorld }> {
  const plan = wanted ?? planOf(today ?? bizDateOf(services.clock.now(), DEMO_ZONE));
  const seed = seedSession(services.runtime, 'demo');
  const now = addMs(startOfDay(addDays(plan.startOn, -1), DEMO_ZONE), 10 * HOUR_MS);
  const { ids, signIns } = await loadDemoMasters({ seed, plan, now }, services, secret ?? null);
  const world = demoWorld(seed, plan, ids);
  await fileLicences(world, now);
  const documents = documentsOf(plan);
  for (const [i, { steps }] of plan.days.entries()) {
    for (const group of groupsOf(steps, { documentsOf: documents, isBarrier, windowMs: WINDOW_MS })) {
      await playGroup(world, group);
    }
    tell?.(i + 1, plan.days.length);
  }
  await announcePromotions(world);
  await receiveApplications(world);
  services.runtime.committed();
  return { signIns, world };
}

/** Goods that come in are promised to whoever asks next. */
const isBarrier = ({ kind }: DemoStep): boolean =>
  kind === 'receive' || kind === 'planSupply' || kind === 'receiveSupply';

/** Steps that move a partner's credit, or ask for it. */
const ON_CREDIT: ReadonlySet<DemoStep['kind']> = new Set([
  'submit',
  'settleDiscrepancy',
  'passTerms',
  'settleShortage',
  'sendConfirmation',
  'accept',
  'revise',
  'withdraw',
  'pay',
]);

function documentsOf(plan: DemoPlan): (step: DemoStep) => string[] {
  const partners = new Map(plan.orders.map(({ key, partnerKey }) => [key, partnerKey]));
  const orderOf = new Map<string, string>();
  for (const { steps } of plan.days) {
    for (const step of steps) {
      if (step.kind === 'ship') orderOf.set(step.shipmentKey, step.orderKey);
      if (step.kind === 'invoice') orderOf.set(step.invoiceKey, step.orderKey);
    }
  }
  return (step) => {
    const keys: string[] = [];
    if ('orderKey' in step) keys.push(step.orderKey);
    if ('inquiryKey' in step) keys.push(step.inquiryKey);
    if ('shipmentKey' in step) keys.push(orderOf.get(step.shipmentKey) ?? step.shipmentKey);
    if ('invoiceKey' in step) keys.push(orderOf.get(step.invoiceKey) ?? step.invoiceKey);
    const partner = 'orderKey' in step && ON_CREDIT.has(step.kind) ? partners.get(step.orderKey) : undefined;
    if (partner !== undefined) keys.push(`credit of ${partner}`);
    return [...new Set(keys)];
  };
}
