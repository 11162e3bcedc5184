/** What the chapters of an order's story share: who tells it, how far it goes, and how time passes. */
import type { BizDate } from '../../../src/server/kernel/biz-date.ts';
import type { Random } from './random.ts';
import type { Happening, OrderDraft, World } from './story.ts';
import type { DemoAction, Story } from './types.ts';
import { afterDays, afterMinutes, type Moment } from './work-clock.ts';

/** How far a story goes. */
const STAGES = [
  'created',
  'submitted',
  'sent',
  'replied',
  'accepted',
  'picking',
  'picked',
  'shipped',
  'delivered',
  'invoiced',
  'completed',
] as const;
export type Stage = (typeof STAGES)[number];

const ENDS_AT: Partial<Record<Story, Stage>> = {
  open_draft: 'created',
  open_price: 'submitted',
  open_term: 'submitted',
  open_free_goods: 'submitted',
  open_credit_hold: 'submitted',
  open_shortage: 'submitted',
  open_to_confirm: 'submitted',
  open_awaiting: 'sent',
  open_awaiting_late: 'sent',
  open_objected: 'replied',
  open_preparing: 'accepted',
  open_picking: 'picking',
  open_ready: 'picked',
  open_part_shipped: 'shipped',
  open_shipped: 'shipped',
  open_delayed: 'shipped',
  open_delivered: 'delivered',
  open_part_paid: 'invoiced',
  open_overdue: 'invoiced',
  open_invoiced: 'invoiced',
};

export type Teller = {
  world: World;
  draft: OrderDraft;
  random: Random;
  at: Moment;
  happenings: Happening[];
};

/** Whether a story goes as far as that. */
export const reaches = (story: Story, stage: Stage): boolean =>
  STAGES.indexOf(ENDS_AT[story] ?? 'completed') >= STAGES.indexOf(stage);

/** Something happens now. */
export function happen(teller: Teller, by: string, action: DemoAction): void {
  teller.happenings.push({ moment: teller.at, by, action });
}
/** Some working days pass. */
export function wait(teller: Teller, days: number): void {
  teller.at = afterDays(teller.at, days, teller.random);
}
/** Some working minutes pass. */
export function waitMinutes(teller: Teller, low: number, high: number): void {
  teller.at = afterMinutes(teller.at, teller.random.int(low, high), teller.random);
}

/** The day whose prices count: that of the submission, until then that of the first entry. */
export function pricingDate(world: World, happenings: readonly Happening[]): BizDate {
  const priced = happenings.find((happening) => happening.action.kind === 'submit') ?? happenings[0];
  return world.clock.dateOf(priced?.moment ?? { day: 0, minute: 0 });
}
