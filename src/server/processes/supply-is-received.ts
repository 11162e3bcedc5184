/**
 * Goods that were planned arrive, all or part. What waits for them moves from the supply to the stock, oldest promise first, and orders in
 * effect get their picking, all in one transaction. Source: R5.1.
 */
import { bizDateOf } from '../kernel/biz-date.ts';
import { newId } from '../kernel/ids.ts';
import { formatQty } from '../kernel/qty.ts';
import { refuse } from '../kernel/refusal.ts';
import { sql, type Tx } from '../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../platform/db/table.ts';
import { type Context, defineCommand } from '../platform/pipeline/define.ts';
import {
  lockOpenSupply,
  lockStock,
  moveEvent,
  moveOf,
  openQty,
  readSupply,
  requireGoods,
  type SupplyTableRow,
  saveLevel,
  stockMoveTable,
  supplyEvent,
  supplyTable,
} from '../modules/inventory/index.ts';
import { type ReservationRow, reservation } from '../modules/orders/index.ts';
import { extendPickings, type PickingNeed, readyBy } from '../modules/shipments/index.ts';
import { lockWaitingOrders, type WaitingOrder } from './waiting-orders.ts';

export type ReceiveSupply = { supplyId: string; qty: bigint; note: string | null };

export const receiveSupply = defineCommand<ReceiveSupply>({
  name: 'supply.receive',
  refuses: [
    'supply.not_found',
    'supply.wrong_state',
    'supply.exceeds_open',
    'stock.qty_whole',
    'request.version_stale',
  ],
  async run(context, { supplyId, qty, note }) {
    const { tx, command, env, emit } = context;
    const place = await placeOf(tx, supplyId);
    await requireGoods(tx, place.product_id, place.warehouse_id, qty);
    const orders = await lockWaitingOrders(tx, supplyId);
    const level = await lockStock(tx, { productId: place.product_id, warehouseId: place.warehouse_id });
    const supply = await lockOpenSupply(tx, command, supplyId);
    const open = openQty(supply);
    if (qty > open) throw refuse('supply.exceeds_open', { open: formatQty(open) }, 'qty');
    const waiting = await orders.confirm();

    const arrived = arrive(waiting, qty, command.now);
    const moved = arrived.pieces.reduce((sum, piece) => sum + piece.qty, 0n);
    const received = supply.received_qty + qty;
    const next: SupplyTableRow = {
      ...supply,
      received_qty: received,
      reserved_qty: supply.reserved_qty - moved,
      state: received === supply.qty ? 'received' : 'open',
      version: supply.version + 1,
    };
    const source = { source_type: 'supply', source_id: supplyId, note };
    const move = moveOf(command, {
      productId: supply.product_id,
      warehouseId: supply.warehouse_id,
      kind: 'receipt',
      qty,
      ...source,
    });
    level.on_hand_qty += qty;
    level.reserved_qty += moved;
    await Promise.all([
      saveLevel(tx, level),
      insertRows(tx, stockMoveTable, [move]),
      updateRows(tx, supplyTable, ['received_qty', 'reserved_qty', 'state', 'version'], [next]),
      updateRows(tx, reservation, ['supply_id', 'qty'], arrived.changed),
      insertRows(tx, reservation, arrived.made),
    ]);
    emit(moveEvent('stock.received', move, level));
    emit(
      supplyEvent(next, 'supply.received', { arrivedQty: formatQty(qty), waitingQty: formatQty(next.reserved_qty) }),
    );
    await handToWarehouse(context, arrived.pieces, orders.byId);
    const { now, actor } = command;
    return { status: 200, body: await readSupply(tx, supplyId, { now, env, actor }), etag: next.version };
  },
});

async function placeOf(tx: Tx, id: string): Promise<Pick<SupplyTableRow, 'product_id' | 'warehouse_id'>> {
  const rows = await tx.query<SupplyTableRow>(sql`select ${columnsOf(supplyTable)} from supply where id = ${id}`);
  const row = rows[0];
  if (row === undefined) throw refuse('supply.not_found');
  return row;
}

/**
 * Shares out what arrived, oldest promise first. `pieces` lie on stock now; `changed` and `made` are the rows to write: a reservation that
 * gets only a part keeps waiting with the rest, and a new row holds the part.
 */
export function arrive(
  waiting: readonly ReservationRow[],
  qty: bigint,
  now: Date,
): { pieces: ReservationRow[]; changed: ReservationRow[]; made: ReservationRow[] } {
  const oldestFirst = [...waiting].sort(
    (a, b) => compare(a.promised_on, b.promised_on) || compare(a.order_id, b.order_id) || a.line_no - b.line_no,
  );
  const pieces: ReservationRow[] = [];
  const changed: ReservationRow[] = [];
  const made: ReservationRow[] = [];
  let left = qty;
  for (const row of oldestFirst) {
    if (left === 0n) break;
    if (row.qty <= left) {
      const whole = { ...row, supply_id: null };
      pieces.push(whole);
      changed.push(whole);
      left -= row.qty;
      continue;
    }
    const part = { ...row, id: newId(now), supply_id: null, qty: left };
    pieces.push(part);
    made.push(part);
    changed.push({ ...row, qty: row.qty - left });
    left = 0n;
  }
  return { pieces, changed, made };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Orders in effect get picking lists and learn of it; others only have a surer promise now. */
async function handToWarehouse(
  context: Context<unknown>,
  pieces: readonly ReservationRow[],
  orders: ReadonlyMap<string, WaitingOrder>,
): Promise<void> {
  const { tx, command, env, emit, task } = context;
  const today = bizDateOf(command.now, env.company.timeZone);
  const inEffect = [...orders.values()].filter(({ state }) => state === 'in_effect');
  const needs = inEffect.flatMap((order): PickingNeed[] => {
    const own = pieces.filter(({ order_id }) => order_id === order.id);
    const first = own[0];
    if (first === undefined) return [];
    return [
      {
        orderId: order.id,
        partnerId: order.partner_id,
        order,
        reservations: own,
        readyByOn: readyBy(env.calendar, first.promised_on, today),
        now: command.now,
      },
    ];
  });
  const picking = await extendPickings(tx, needs, env);
  for (const event of picking.events) emit(event);
  for (const change of picking.tasks) task(change);
  const informed = inEffect.filter(({ id }) => needs.some(({ orderId }) => orderId === id));
  for (const order of informed) {
    order.version += 1;
    const lines = pieces
      .filter(({ order_id }) => order_id === order.id)
      .map(({ line_no, qty }) => ({ lineNo: line_no, qty: formatQty(qty) }));
    emit({
      documentType: 'order',
      documentId: order.id,
      documentNo: order.no,
      version: order.version,
      type: 'order.goods_arrived',
      partnerId: order.partner_id,
      payload: { lines },
    });
  }
  if (informed.length > 0) {
    await tx.run(sql`
      update sales_order o set version = u.version from unnest(${informed.map(({ id }) => id)}::uuid[], ${informed.map(({ version }) => version)}::int[]) as u(id, version)
      where o.id = u.id`);
  }
}
