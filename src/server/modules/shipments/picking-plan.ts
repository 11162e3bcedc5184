/** Picking lists for what is reserved from stock: one for each order and warehouse. Pure, but for numbers and saving. Source: R5.1. */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { newId } from '../../kernel/ids.ts';
import { formatQty } from '../../kernel/qty.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/table.ts';
import { type CaseColumns, rulesOf } from '../../platform/pipeline/policy-book.ts';
import type { Env, NewEvent, TaskChange } from '../../platform/pipeline/types.ts';
import { type PickingLineRow, type PickingRow, pickingLineTable, pickingTable } from './shipment-tables.ts';

export type PickingNeed = {
  orderId: string;
  partnerId: string;
  /** Those on supplies (supply_id set) wait; they get their picking when the goods arrive. */
  reservations: readonly {
    line_no: number;
    product_id: string;
    warehouse_id: string;
    qty: bigint;
    supply_id: string | null;
  }[];
  readyByOn: string | null;
  /** The order, by whose values the clocks go. */
  order: CaseColumns;
  now: Date;
};
export type PickingPlan = { pickings: PickingRow[]; lines: PickingLineRow[]; tasks: TaskChange[]; events: NewEvent[] };

const year = (env: Env, now: Date) => bizDateOf(now, env.company.timeZone).slice(0, 4);

/**
 * Numbers for every picking list that the stock reservations of these orders can need; where a reservation has run out and may be renewed,
 * for every warehouse that keeps the goods. One statement, to be sent with the load: the count is worked out in the database. Unused
 * numbers are lost, which a sequence allows.
 */
export async function pickingNosFor(tx: Tx, orderIds: readonly string[], env: Env, now: Date): Promise<string[]> {
  const rows = await tx.query<{ no: string }>(sql`
    select 'PK-' || ${year(env, now)}::text || '-' || to_char(nextval('picking_no'), 'FM999999999000000') as no
    from generate_series(1, (select count(*)::int from (
      select order_id, warehouse_id from reservation where order_id = any(${orderIds}::uuid[]) and supply_id is null
      union select l.order_id, s.warehouse_id from sales_order o join order_line l on l.order_id = o.id join stock s on s.product_id = l.product_id
        where o.id = any(${orderIds}::uuid[]) and (o.reserved_until is null or o.reserved_until < ${now})) as place))`);
  return rows.map(({ no }) => no);
}

/** So many numbers, in one statement. */
export async function nextPickingNos(tx: Tx, count: number, env: Env, now: Date): Promise<string[]> {
  if (count === 0) return [];
  const rows = await tx.query<{ no: string }>(sql`
    select 'PK-' || ${year(env, now)}::text || '-' || to_char(nextval('picking_no'), 'FM999999999000000') as no
    from generate_series(1, ${count}::int)`);
  return rows.map(({ no }) => no);
}

/**
 * The picking lists that orders need when they take effect, with the warehouse's tasks and the first events. Takes its numbers from the
 * front of `numbers`; throws RangeError when they run out (see {@link pickingNosFor}).
 */
export function planPickings(needs: readonly PickingNeed[], numbers: string[], env: Env): PickingPlan {
  const plan: PickingPlan = { pickings: [], lines: [], tasks: [], events: [] };
  for (const need of needs) {
    for (const [warehouseId, lines] of byWarehouse(need)) {
      const no = numbers.shift();
      if (no === undefined) throw new RangeError('no picking number left');
      const picking: PickingRow = {
        id: newId(need.now),
        no,
        order_id: need.orderId,
        partner_id: need.partnerId,
        warehouse_id: warehouseId,
        state: 'open',
        ready_by_on: need.readyByOn,
        started_by: null,
        started_at: null,
        ready_by: null,
        ready_at: null,
        short_reason: null,
        version: 1,
        created_at: need.now,
      };
      const own = lines.map((line) => ({
        picking_id: picking.id,
        order_id: need.orderId,
        partner_id: need.partnerId,
        picked_qty: 0n,
        shipped_qty: 0n,
        ...line,
      }));
      plan.pickings.push(picking);
      plan.lines.push(...own);
      plan.events.push(pickingEvent(picking, 'picking.opened', { lines: own.map(lineFact) }));
      plan.tasks.push(startTask(picking, need.order, env, need.now));
    }
  }
  return plan;
}

/** Saves a plan: two statements, however many. */
export async function savePickings(
  tx: Tx,
  pickings: readonly PickingRow[],
  lines: readonly PickingLineRow[],
): Promise<void> {
  await Promise.all([insertRows(tx, pickingTable, pickings), insertRows(tx, pickingLineTable, lines)]);
}

export const lineFact = ({ line_no, product_id, qty }: { line_no: number; product_id: string; qty: bigint }) => ({
  lineNo: line_no,
  productId: product_id,
  qty: formatQty(qty),
});

/** An event of a picking list, at the version that its row carries. */
export const pickingEvent = (picking: PickingRow, type: string, payload: Record<string, unknown> = {}): NewEvent => ({
  documentType: 'picking',
  documentId: picking.id,
  documentNo: picking.no,
  version: picking.version,
  type,
  partnerId: picking.partner_id,
  payload: { orderId: picking.order_id, warehouseId: picking.warehouse_id, readyByOn: picking.ready_by_on, ...payload },
});

/** The warehouse's task to begin. */
export const startTask = (picking: PickingRow, order: CaseColumns, env: Env, now: Date): TaskChange => ({
  open: {
    kind: 'picking.start',
    documentType: 'picking',
    documentId: picking.id,
    documentNo: picking.no,
    partnerId: picking.partner_id,
    holder: { side: 'staff', role: 'warehouse' },
    article: 'R5.1',
    due: env.policy.deadline('picking.start', now, rulesOf(order)),
  },
});

type Wanted = { line_no: number; product_id: string; qty: bigint };

function byWarehouse(need: PickingNeed): [string, Wanted[]][] {
  const warehouses = new Map<string, Map<number, Wanted>>();
  for (const { line_no, product_id, warehouse_id, qty, supply_id } of need.reservations) {
    if (supply_id !== null || qty === 0n) continue;
    const lines = warehouses.get(warehouse_id) ?? new Map<number, Wanted>();
    const known = lines.get(line_no);
    lines.set(line_no, { line_no, product_id, qty: qty + (known?.qty ?? 0n) });
    warehouses.set(warehouse_id, lines);
  }
  return [...warehouses].map(([id, lines]) => [id, [...lines.values()].sort((a, b) => a.line_no - b.line_no)]);
}
