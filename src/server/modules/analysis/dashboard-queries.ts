/** The figures of somebody's role: orders from the tables that the reader of the log keeps, what waits for somebody from indexes of its own. */
import type { z } from 'zod';
import { ORDER_STATES, type OrderState } from '../../../contract/machines/order.ts';
import type { Permission } from '../../../contract/roles.ts';
import type { DASHBOARD_AMOUNTS, DASHBOARD_COUNTS, DashboardView } from '../../../contract/work.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { formatAmount } from '../../kernel/money.ts';
import { empty, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { holding } from '../notifications/index.ts';
import { stageOf } from '../orders/index.ts';
import { ordersByMonth } from './figure-months.ts';

type View = z.output<typeof DashboardView>;
type CountKey = (typeof DASHBOARD_COUNTS)[number];
type AmountKey = (typeof DASHBOARD_AMOUNTS)[number];
type Viewer = { actor: Actor; env: Env; now: Date };
type Sum = { currency: string; amount: bigint };

const FINAL: readonly string[] = ['completed', 'cancelled'];
const OPEN_STATES = ORDER_STATES.filter((state) => !FINAL.includes(state));

/** Numbers of orders by state, under the names of the dashboard. */
const BY_STATE: readonly { key: CountKey; states: readonly OrderState[] }[] = [
  { key: 'drafts', states: ['draft'] },
  { key: 'inReview', states: ['terms_review', 'availability_review'] },
  { key: 'shortages', states: ['shortage'] },
  { key: 'toConfirm', states: ['to_confirm'] },
  { key: 'awaitingReply', states: ['awaiting_partner'] },
  { key: 'objections', states: ['objected'] },
  { key: 'inEffect', states: ['in_effect'] },
];

/** Further numbers: who sees them, and how they are counted. */
const COUNTS: readonly { key: CountKey; can: Permission; from(viewer: Viewer): Sql }[] = [
  {
    key: 'tasks',
    can: 'task.read',
    from: (viewer) => sql`task t where t.closed_at is null and ${holding(viewer, false)}`,
  },
  {
    key: 'overdueTasks',
    can: 'task.read',
    from: (viewer) => sql`task t where t.closed_at is null and t.due_at < ${viewer.now} and ${holding(viewer, false)}`,
  },
  {
    key: 'unreadNotices',
    can: 'notice.read',
    from: ({ actor }) => sql`notice where user_id = ${actor.userId} and read_at is null`,
  },
  {
    key: 'openInquiries',
    can: 'inquiry.answer',
    from: (viewer) => sql`inquiry x where x.state in ('received', 'needs_data', 'ready')${ownOnly(viewer)}`,
  },
  { key: 'liveHolds', can: 'order.read', from: (viewer) => sql`hold x where x.released_at is null${ownOnly(viewer)}` },
  { key: 'openPickings', can: 'pick.work', from: () => sql`picking where state in ('open', 'picking')` },
  {
    key: 'readyPickings',
    can: 'shipment.dispatch',
    from: () => sql`task where closed_at is null and role = 'logistics' and kind = 'shipment.arrange'`,
  },
  {
    key: 'underWay',
    can: 'shipment.read',
    from: (viewer) => sql`shipment x where x.state = 'shipped'${ownOnly(viewer)}`,
  },
  {
    key: 'unallocatedPayments',
    can: 'payment.record',
    from: () => sql`payment where state = 'confirmed' and allocated_amount < amount`,
  },
  { key: 'toSend', can: 'invoice.issue', from: () => sql`invoice where state = 'issued'` },
];

/** Sums of money by currency. */
const AMOUNTS: readonly { key: AmountKey; can: Permission; statement(viewer: Viewer): Sql }[] = [
  {
    key: 'receivable',
    can: 'payment.read',
    statement: (viewer) =>
      sql`select x.currency, sum(x.balance_amount)::bigint as amount from credit_account x where x.balance_amount > 0${ownOnly(viewer)} group by 1`,
  },
  {
    key: 'overdue',
    can: 'payment.read',
    statement: (viewer) => sql`
      select o.currency, sum(x.amount - x.paid_amount)::bigint as amount from payment_plan_item x join sales_order o on o.id = x.order_id
      where x.paid_amount < x.amount and x.due_on < ${bizDateOf(viewer.now, viewer.env.company.timeZone)}::date and o.state in ('in_effect', 'completed')${ownOnly(viewer)} group by 1`,
  },
  {
    key: 'unallocated',
    can: 'payment.record',
    statement: () =>
      sql`select currency, sum(amount - allocated_amount)::bigint as amount from payment where state = 'confirmed' and allocated_amount < amount group by 1`,
  },
];

/** Row-level security says the same; said in the statement it lets the index of the partner serve. */
function ownOnly({ actor }: Viewer): Sql {
  return actor.scope.kind === 'company' ? empty : sql` and x.partner_id = any(${[...actor.scope.ids]}::uuid[])`;
}

export async function readDashboard(tx: Tx, viewer: Viewer): Promise<View> {
  const { actor } = viewer;
  const counts = COUNTS.filter(({ can }) => actor.permissions.has(can));
  const amounts = AMOUNTS.filter(({ can }) => actor.permissions.has(can));
  const seesOrders = actor.permissions.has('order.read');
  const seesMoney = seesOrders && actor.permissions.has('payment.read');
  const [numbers, sums, states, months] = await Promise.all([
    Promise.all(
      counts.map(({ from }) => tx.query<{ count: number }>(sql`select count(*)::int as count from ${from(viewer)}`)),
    ),
    Promise.all(amounts.map(({ statement }) => tx.query<Sum>(statement(viewer)))),
    seesOrders ? ordersByState(tx, viewer) : [],
    seesOrders ? ordersByMonth(tx, ownOnly(viewer), viewer.now, viewer.env) : [],
  ]);
  const ofStates = seesOrders
    ? BY_STATE.map(({ key, states: wanted }) => ({
        key,
        value: states.filter(({ state }) => wanted.includes(state)).reduce((sum, { count }) => sum + count, 0),
      }))
    : [];
  return {
    counts: [...counts.map(({ key }, i) => ({ key, value: numbers[i]?.[0]?.count ?? 0 })), ...ofStates],
    amounts: [
      ...amounts.flatMap(({ key }, i) => (sums[i] ?? []).map((sum) => money(key, sum))),
      ...(seesMoney ? openOrders(states).map((sum) => money('openOrders' as const, sum)) : []),
    ],
    stages: stagesOf(states, seesMoney),
    months: months.map(({ month, orders, amount, currency }) => ({
      month,
      orders,
      amount: seesMoney ? amount : null,
      currency,
    })),
  };
}

const money = (key: AmountKey, { currency, amount }: Sum) => ({ key, value: formatAmount(amount, currency), currency });

type StateRow = { state: OrderState; delivery_status: string; currency: string; count: number; amount: bigint };

const ordersByState = (tx: Tx, viewer: Viewer): Promise<StateRow[]> =>
  tx.query<StateRow>(sql`
    select x.state, x.delivery_status, x.currency, sum(x.order_count)::int as count, sum(x.gross_amount)::bigint as amount from figure_state x
    where x.state = any(${OPEN_STATES}::text[]) and x.order_count > 0${ownOnly(viewer)} group by 1, 2, 3 order by 1, 2, 3`);

function openOrders(rows: readonly StateRow[]): Sum[] {
  const sums = new Map<string, bigint>();
  for (const { state, currency, amount } of rows)
    if (state === 'in_effect') sums.set(currency, (sums.get(currency) ?? 0n) + amount);
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}

function stagesOf(rows: readonly StateRow[], withMoney: boolean): View['stages'] {
  const stages = new Map<string, { stage: string; currency: string; count: number; amount: bigint }>();
  for (const row of rows) {
    const stage = stageOf(row.state, row.delivery_status);
    const key = `${stage} ${row.currency}`;
    const known = stages.get(key) ?? { stage, currency: row.currency, count: 0, amount: 0n };
    stages.set(key, { ...known, count: known.count + row.count, amount: known.amount + row.amount });
  }
  return [...stages.values()].map(({ amount, ...rest }) => ({
    ...rest,
    amount: withMoney ? formatAmount(amount, rest.currency) : null,
  }));
}
