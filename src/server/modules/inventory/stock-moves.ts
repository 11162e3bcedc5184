/** Changes of what lies in a warehouse: the row and the movement that explains it, always together. Source: R4.2. */
import { newId } from '../../kernel/ids.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/table.ts';
import type { Command, NewEvent } from '../../platform/pipeline/types.ts';
import { type StockMoveRow, stockMoveTable } from './stock-tables.ts';

export type StockLevel = { product_id: string; warehouse_id: string; on_hand_qty: bigint; reserved_qty: bigint };
type Place = { productId: string; warehouseId: string };

/** The stock row, locked until the end of the transaction; made with zeros when it did not exist. */
export async function lockStock(tx: Tx, { productId, warehouseId }: Place): Promise<StockLevel> {
  void tx.run(
    sql`insert into stock (product_id, warehouse_id) values (${productId}, ${warehouseId}) on conflict do nothing`,
  );
  const rows = await tx.query<StockLevel>(sql`
    select product_id, warehouse_id, on_hand_qty, reserved_qty from stock
    where product_id = ${productId} and warehouse_id = ${warehouseId} for update`);
  const row = rows[0];
  if (row === undefined) throw refuse('stock.not_found');
  return row;
}

/** Writes the level of a row that {@link lockStock} has locked. */
export async function saveLevel(tx: Tx, level: StockLevel): Promise<void> {
  await tx.run(sql`
    update stock set on_hand_qty = ${level.on_hand_qty}, reserved_qty = ${level.reserved_qty}
    where product_id = ${level.product_id} and warehouse_id = ${level.warehouse_id}`);
}

/** Refuses stock.reserved when taking `qty` away would leave less than what is reserved. */
export function requireFree(level: StockLevel, qty: bigint): void {
  const free = level.on_hand_qty - level.reserved_qty;
  if (qty <= free) return;
  throw refuse(
    'stock.reserved',
    { onHand: formatQty(level.on_hand_qty), reserved: formatQty(level.reserved_qty), free: formatQty(free) },
    'qty',
  );
}

type NewMove = Place &
  Pick<StockMoveRow, 'kind' | 'qty' | 'source_type' | 'source_id' | 'note'> & { reverses?: string };

/** A movement row of a command. */
export const moveOf = ({ actor, now }: Command<unknown>, move: NewMove): StockMoveRow => ({
  id: newId(now),
  product_id: move.productId,
  warehouse_id: move.warehouseId,
  kind: move.kind,
  qty: move.qty,
  source_type: move.source_type,
  source_id: move.source_id,
  reverses_id: move.reverses ?? null,
  note: move.note,
  at: now,
  actor_id: actor.kind === 'system' ? null : actor.userId,
});

/** Applies a movement to its locked row and writes both. `level` is changed. */
export async function applyMove(tx: Tx, level: StockLevel, move: StockMoveRow): Promise<void> {
  level.on_hand_qty += move.qty;
  await Promise.all([saveLevel(tx, level), insertRows(tx, stockMoveTable, [move])]);
}

/** The one event of a movement: a movement is written once and never changed. */
export const moveEvent = (type: string, move: StockMoveRow, level: StockLevel): NewEvent => ({
  documentType: 'stock_move',
  documentId: move.id,
  documentNo: null,
  version: 1,
  type,
  partnerId: null,
  payload: {
    productId: move.product_id,
    warehouseId: move.warehouse_id,
    kind: move.kind,
    qty: formatQty(move.qty),
    onHandQty: formatQty(level.on_hand_qty),
    reservedQty: formatQty(level.reserved_qty),
    ...(move.reverses_id === null ? {} : { reversesId: move.reverses_id }),
  },
});

/** What a change of stock answers. */
export const changeView = (move: StockMoveRow, level: StockLevel) => ({
  moveId: move.id,
  productId: move.product_id,
  warehouseId: move.warehouse_id,
  onHandQty: formatQty(level.on_hand_qty),
  reservedQty: formatQty(level.reserved_qty),
  availableQty: formatQty(level.on_hand_qty - level.reserved_qty),
});
