/**
 * Orders with all that hangs on them: one statement, whatever their number, and with it the version of the masters. What they name is
 * remembered, or read where it occurs (order-names.ts). Nothing is locked.
 */
import { join, raw, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { type Cells, hanging } from '../../platform/db/hanging.ts';
import { columnsOf } from '../../platform/db/table.ts';
import type { NewTask, TaskChange } from '../../platform/pipeline/types.ts';
import {
  type DiscrepancyRow,
  discrepancy,
  type HoldRow,
  hold,
  type LineRow,
  type Order,
  type OrderRow,
  orderLine,
  orderRound,
  type ReservationRow,
  reservation,
  type RoundSeen,
  salesOrder,
} from './order-tables.ts';
import type { ViewParts } from './order-view.ts';

type OpenTask = NonNullable<ViewParts['task']> & { id: string; document_id: string };

const { content: _, ...roundColumns } = orderRound.columns;

/** What hangs on an order o. Few and bare tables: each costs every reader, used or not. */
const PARTS = {
  lines: hanging<LineRow>(orderLine.columns, sql`order_line x where x.order_id = o.id`, sql`x.line_no`),
  reservations: hanging<ReservationRow>(
    reservation.columns,
    sql`reservation x where x.order_id = o.id`,
    sql`x.line_no, x.promised_on, x.id`,
  ),
  discrepancies: hanging<DiscrepancyRow>(
    discrepancy.columns,
    sql`discrepancy x where x.order_id = o.id`,
    sql`x.line_no nulls first, x.id`,
  ),
  rounds: hanging<RoundSeen>(roundColumns, sql`order_round x where x.order_id = o.id`, sql`x.round`),
  // Its own, and what stands against the whole partner.
  holds: hanging<HoldRow>(
    hold.columns,
    sql`hold x where x.order_id = o.id or (x.order_id is null and x.released_at is null and x.partner_id = o.partner_id)`,
    sql`x.id`,
  ),
  // Its own work and that of its pickings: the first is what it waits for.
  tasks: hanging<OpenTask>(
    {
      id: 'uuid',
      document_id: 'uuid',
      kind: 'text',
      side: 'text',
      role: 'text',
      user_id: 'uuid?',
      due_at: 'timestamptz?',
      due_is_provisional: 'boolean',
    },
    sql`task x where x.closed_at is null and x.document_id = any(array(select o.id union all select id from picking where order_id = o.id))`,
    sql`x.due_at nulls last, x.document_id <> o.id, x.id`,
  ),
  plan: hanging<ViewParts['plan'][number]>(
    { item_no: 'int', kind: 'text', due_on: 'date?', amount: 'bigint', paid_amount: 'bigint' },
    sql`payment_plan_item x where x.order_id = o.id`,
    sql`x.item_no`,
  ),
  shipments: hanging<Omit<ViewParts['shipments'][number], 'carrier'> & { carrier_id: string | null }>(
    {
      id: 'uuid',
      no: 'text',
      state: 'text',
      waybill_no: 'text?',
      carrier_id: 'uuid?',
      shipped_at: 'timestamptz',
      expected_on: 'date?',
      delivered_at: 'timestamptz?',
    },
    sql`shipment x where x.order_id = o.id`,
    sql`x.id`,
  ),
  pickings: hanging<Omit<ViewParts['pickings'][number], 'warehouse_name'> & { warehouse_id: string }>(
    { id: 'uuid', no: 'text', state: 'text', warehouse_id: 'uuid', ready_by_on: 'date?' },
    sql`picking x where x.order_id = o.id`,
    sql`x.id`,
  ),
  invoices: hanging<ViewParts['invoices'][number]>(
    { id: 'uuid', no: 'text', state: 'text', gross_amount: 'bigint', issued_on: 'date', tax_invoice_no: 'text?' },
    sql`invoice x where x.order_id = o.id`,
    sql`x.id`,
  ),
  payments: hanging<ViewParts['payments'][number]>(
    { id: 'uuid', no: 'text', amount: 'bigint', received_on: 'date' },
    sql`(select p.id, p.no, sum(a.amount)::bigint as amount, p.received_on from allocation a join payment p on p.id = a.payment_id
      where a.order_id = o.id and a.reversed_at is null group by p.id, p.no, p.received_on) x`,
    sql`x.id`,
  ),
  cutOver: hanging<NonNullable<ViewParts['cutOver']>>(
    { reference: 'text', agreed_on: 'date', order_version: 'int' },
    sql`order_cut_over x where x.order_id = o.id and x.undone_at is null`,
    sql`x.order_version`,
  ),
};
type Parts = typeof PARTS;

/** An order as it is stored, and the version of the masters at that moment. */
export type Whole = { row: OrderRow; masters: bigint; inquiryNo: string | null } & {
  [P in keyof Parts]: ReturnType<Parts[P]['rows']>;
};
type Found = OrderRow & { masters: bigint; inquiry_no: string | null } & Record<keyof Parts, Cells>;

// The ids go through a sub-select, so that the plan does not depend on their number and is made once a connection.
const STATEMENT = sql`
  select ${columnsOf(salesOrder, 'o')}, (select version from master_version) as masters,
    (select i.no from inquiry i where i.id = o.inquiry_id) as inquiry_no,
    ${join(Object.entries<{ value: Sql }>(PARTS).map(([name, { value }]) => sql`${value} as "${raw(name)}"`))}
  from sales_order o where o.id = any(array(select unnest(${''}::uuid[])))`.text;

/** By id; orders that the transaction may not see are not there. */
export async function readWhole(tx: Tx, ids: readonly string[]): Promise<Map<string, Whole>> {
  const found = await tx.query<Found>({ text: STATEMENT, values: [ids] });
  return new Map(found.map((row) => [row.id, wholeOf(row)]));
}

const wholeOf = (found: Found): Whole => ({
  row: found,
  masters: found.masters,
  inquiryNo: found.inquiry_no,
  lines: PARTS.lines.rows(found.lines),
  reservations: PARTS.reservations.rows(found.reservations),
  discrepancies: PARTS.discrepancies.rows(found.discrepancies),
  rounds: PARTS.rounds.rows(found.rounds),
  holds: PARTS.holds.rows(found.holds),
  tasks: PARTS.tasks.rows(found.tasks),
  plan: PARTS.plan.rows(found.plan),
  shipments: PARTS.shipments.rows(found.shipments),
  pickings: PARTS.pickings.rows(found.pickings),
  invoices: PARTS.invoices.rows(found.invoices),
  payments: PARTS.payments.rows(found.payments),
  cutOver: PARTS.cutOver.rows(found.cutOver),
});

/** What a command has changed of an order besides the rows that every command on orders may change. */
export type AlsoChanged = Partial<Pick<Whole, 'plan' | 'pickings'>>;

/** The order as a reader would find it once the decision on it is written: for its answer, which then need not be read. */
export function wholeAfter(
  whole: Whole,
  { row, lines, reservations, discrepancies, rounds, holds }: Order,
  tasks: readonly TaskChange[],
  also: AlsoChanged = {},
): Whole {
  const partnerHolds = whole.holds.filter(({ order_id }) => order_id === null);
  return {
    ...whole,
    ...also,
    row,
    lines: lines.toSorted((a, b) => a.line_no - b.line_no),
    reservations: reservations.toSorted(
      (a, b) => a.line_no - b.line_no || compared(a.promised_on, b.promised_on) || compared(a.id, b.id),
    ),
    discrepancies: discrepancies.toSorted((a, b) => (a.line_no ?? 0) - (b.line_no ?? 0) || compared(a.id, b.id)),
    rounds,
    holds: [...holds, ...partnerHolds].toSorted((a, b) => compared(a.id, b.id)),
    tasks: tasksAfter(whole, tasks),
  };
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function tasksAfter({ row, tasks }: Whole, changes: readonly TaskChange[]): OpenTask[] {
  const closing = changes.flatMap((change) => ('closeOf' in change ? [change] : []));
  const kept = tasks.filter(
    ({ document_id, kind }) =>
      !closing.some(({ closeOf, family = '' }) => closeOf === document_id && kind.startsWith(family)),
  );
  const opened = changes.flatMap((change) => ('open' in change ? [openTask(change.open)] : []));
  // The sort keeps new ones of one instant in their order, behind older ones: their ids are still to come.
  return [...kept, ...opened].toSorted(
    (a, b) =>
      (a.due_at?.getTime() ?? Number.POSITIVE_INFINITY) - (b.due_at?.getTime() ?? Number.POSITIVE_INFINITY) ||
      Number(a.document_id !== row.id) - Number(b.document_id !== row.id),
  );
}

const openTask = ({ kind, documentId, holder, due }: NewTask): OpenTask => ({
  id: '',
  document_id: documentId,
  kind,
  side: holder.side,
  role: holder.role,
  user_id: holder.userId ?? null,
  due_at: due?.at ?? null,
  due_is_provisional: due?.provisional ?? false,
});
