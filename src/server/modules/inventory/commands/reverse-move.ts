/** The way back of a receipt, an opening or an adjustment: a movement of the opposite sign. A receipt of a supply opens the supply again. */
import { formatQty } from '../../../kernel/qty.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf } from '../../../platform/db/table.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import { applyMove, changeView, lockStock, moveEvent, moveOf, requireFree } from '../stock-moves.ts';
import { type StockMoveRow, type SupplyTableRow, stockMoveTable, supplyTable } from '../stock-tables.ts';
import { supplyEvent } from '../supplies.ts';

export type ReverseMove = { moveId: string; reason: string };

/** Movements that are taken back here; a goods issue is taken back on its shipment. */
export const isReversible = (kind: string): boolean => kind === 'opening' || kind === 'receipt' || kind === 'adjust';

export const reverseMove = defineCommand<ReverseMove>({
  name: 'stock.reverse_move',
  refuses: ['move.not_found', 'move.reversed', 'move.not_reversible', 'stock.reserved'],
  async run(context, { moveId, reason }) {
    const { tx, command, emit } = context;
    const original = await readMove(tx, moveId);
    const place = { productId: original.product_id, warehouseId: original.warehouse_id };
    const level = await lockStock(tx, place);
    // Read under the lock of the stock row: whoever reverses the same movement has waited for us, or we for him.
    const earlier = await tx.query(sql`select id from stock_move where reverses_id = ${moveId}`);
    if (earlier.length > 0) throw refuse('move.reversed');
    if (original.qty > 0n) requireFree(level, original.qty);
    const move = moveOf(command, {
      ...place,
      kind: 'reverse',
      qty: -original.qty,
      source_type: original.source_type,
      source_id: original.source_id,
      note: reason,
      reverses: original.id,
    });
    if (original.source_type === 'supply' && original.source_id !== null) {
      await reopenSupply(context, original.source_id, original.qty, reason);
    }
    await applyMove(tx, level, move);
    emit(moveEvent('stock.move_reversed', move, level));
    return { status: 201, body: changeView(move, level) };
  },
});

async function readMove(tx: Tx, id: string): Promise<StockMoveRow> {
  const rows = await tx.query<StockMoveRow>(sql`select ${columnsOf(stockMoveTable)} from stock_move where id = ${id}`);
  const row = rows[0];
  if (row === undefined) throw refuse('move.not_found');
  if (!isReversible(row.kind)) throw refuse('move.not_reversible', { kind: row.kind });
  return row;
}

async function reopenSupply({ tx, emit }: Context<unknown>, id: string, qty: bigint, reason: string): Promise<void> {
  const rows = await tx.query<SupplyTableRow>(
    sql`select ${columnsOf(supplyTable)} from supply where id = ${id} for update`,
  );
  const supply = rows[0];
  if (supply === undefined) throw refuse('supply.not_found');
  const next = { ...supply, received_qty: supply.received_qty - qty, state: 'open', version: supply.version + 1 };
  await tx.run(sql`
    update supply set received_qty = ${next.received_qty}, state = ${next.state}, version = ${next.version} where id = ${id}`);
  emit(supplyEvent(next, 'supply.receipt_reversed', { qty: formatQty(qty), reason }));
}
