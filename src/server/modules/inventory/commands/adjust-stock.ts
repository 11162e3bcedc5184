/** A count says otherwise: stock is corrected up or down, never below what is reserved. Source: R4.2. */
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { requireGoods } from '../goods.ts';
import { applyMove, changeView, lockStock, moveEvent, moveOf, requireFree } from '../stock-moves.ts';

export type AdjustStock = { productId: string; warehouseId: string; qty: bigint; reason: string };

export const adjustStock = defineCommand<AdjustStock>({
  name: 'stock.adjust',
  refuses: ['product.not_found', 'warehouse.not_found', 'stock.not_goods', 'stock.qty_whole', 'stock.reserved'],
  async run({ tx, command, emit }, input) {
    await requireGoods(tx, input.productId, input.warehouseId, input.qty);
    const level = await lockStock(tx, input);
    if (input.qty < 0n) requireFree(level, -input.qty);
    const move = moveOf(command, {
      ...input,
      kind: 'adjust',
      source_type: 'manual',
      source_id: null,
      note: input.reason,
    });
    await applyMove(tx, level, move);
    emit(moveEvent('stock.adjusted', move, level));
    return { status: 201, body: changeView(move, level) };
  },
});
