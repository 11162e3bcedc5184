/** Payments that come due, and those that are overdue: partner, sales and finance are told in steps. Source: R6.1; N8. */
import { v5 } from 'uuid';
import { addDays, type BizDate, bizDateOf, daysBetween } from '../../kernel/biz-date.ts';
import { newId } from '../../kernel/ids.ts';
import { formatAmount } from '../../kernel/money.ts';
import { sql } from '../../platform/db/database.ts';
import type { JobContext, TimedJob } from '../../platform/jobs/timed-jobs.ts';
import { type CaseColumns, rulesOf } from '../../platform/pipeline/policy-book.ts';
import { loadPeople, type People } from './audience.ts';
import { insertNotices } from './insert-notices.ts';

type DueItem = {
  order_id: string;
  order_no: string;
  partner_id: string;
  currency: string;
  item_no: number;
  due_on: string;
  open_amount: bigint;
} & CaseColumns;

/** Days after the due date on which word goes out (R6.1). */
const DUNNING_DAYS = [1, 7, 15, 30];
/** Names the notices of one step of one item, so that each is written once. */
const NAMESPACE = '6f0e3c2a-54c5-4b53-9c5e-0f2f8a1d7b11';

export const paymentDatesJob: TimedJob = {
  name: 'payment dates',
  everyMs: 15 * 60_000,
  async run(context) {
    const { tx, env, now } = context;
    const today = bizDateOf(now, env.company.timeZone);
    const soonest = env.calendar.addWorkingDays(today, env.policy.most('payment.remind'));
    const found = await itemsDue(context, soonest, addDays(today, -(DUNNING_DAYS.at(-1) ?? 0) - 1));
    const items = found.filter((item) => item.due_on <= today || isSoon(item, today, env));
    const people = await loadPeople(tx, [...new Set(items.map(({ partner_id }) => partner_id))], today);
    const rows = items.flatMap((item) => noticesOf(item, today, people, now));
    await insertNotices(tx, rows, now);
  },
};

/** Whether word goes out about an item that is not due yet, by the parameter with which its order began. */
function isSoon(item: DueItem, today: BizDate, { policy, calendar }: JobContext['env']): boolean {
  const { since, scope } = rulesOf(item);
  return item.due_on <= calendar.addWorkingDays(today, policy.at('payment.remind', since, scope).value);
}

/** Open items that are due until a day; those that were overdue longer than all steps have had every word. */
function itemsDue({ tx }: JobContext, until: string, since: string): Promise<DueItem[]> {
  return tx.query<DueItem>(sql`
    select i.order_id, o.no as order_no, i.partner_id, o.currency, i.item_no, i.due_on, i.amount - i.paid_amount as open_amount, o.created_at, o.policy_level, o.policy_agreement_id
    from payment_plan_item i join sales_order o on o.id = i.order_id
    where i.paid_amount < i.amount and i.due_on between ${since} and ${until} and o.state in ('in_effect', 'completed')
    order by i.due_on, o.no`);
}

function noticesOf(item: DueItem, today: string, people: People, now: Date) {
  const late = daysBetween(item.due_on, today);
  const step = DUNNING_DAYS.findLast((days) => late >= days);
  if (late > 0 && step === undefined) return [];
  const kind = step === undefined ? 'payment.due_soon' : 'payment.overdue';
  const users = new Set([
    ...people.of('partner.finance', item.partner_id),
    ...people.of('owner', item.partner_id),
    ...(step === undefined ? [] : people.of('finance', null)),
  ]);
  return [...users].map((userId) => ({
    id: newId(now),
    event_id: v5(`${item.order_id} ${item.item_no} ${item.due_on} ${step ?? 0}`, NAMESPACE),
    kind,
    user_id: userId,
    partner_id: item.partner_id,
    document_type: 'order',
    document_id: item.order_id,
    document_no: item.order_no,
    params: {
      article: 'R6.1',
      itemNo: item.item_no,
      dueOn: item.due_on,
      amount: formatAmount(item.open_amount, item.currency),
      currency: item.currency,
      ...(step === undefined ? {} : { days: late }),
    },
    due_at: null,
    at: now,
    read_at: null,
  }));
}
