/** Goods come in without a plan: opening stock, or a receipt. Source: R4.2. */
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { requireGoods } from '../goods.ts';
import { applyMove, changeView, lockStock, moveEvent, moveOf } from '../stock-moves.ts';

export type ReceiveStock = {
  productId: string;
  warehouseId: string;
  qty: bigint;
  kind: 'opening' | 'receipt';
  note: string | null;
};

export const receiveStock = defineCommand<ReceiveStock>({
  name: 'stock.receive',
  refuses: ['product.not_found', 'warehouse.not_found', 'stock.not_goods', 'stock.qty_whole'],
  async run({ tx, command, emit }, input) {
    await requireGoods(tx, input.productId, input.warehouseId, input.qty);
    const level = await lockStock(tx, input);
    const move = moveOf(command, { ...input, source_type: 'manual', source_id: null });
    await applyMove(tx, level, move);
    emit(moveEvent(input.kind === 'opening' ? 'stock.opened' : 'stock.received', move, level));
    return { status: 201, body: changeView(move, level) };
  },
});
