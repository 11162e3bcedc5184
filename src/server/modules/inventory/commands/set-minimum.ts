/** The quantity at which stock of a product in a warehouse counts as low. */
import { formatQty } from '../../../kernel/qty.ts';
import { sql } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { requireGoods } from '../goods.ts';
import { lockStock } from '../stock-moves.ts';

export type SetMinimum = { productId: string; warehouseId: string; minimumQty: bigint };

export const setMinimum = defineCommand<SetMinimum>({
  name: 'stock.set_minimum',
  refuses: ['product.not_found', 'warehouse.not_found', 'stock.not_goods'],
  async run({ tx }, { productId, warehouseId, minimumQty }) {
    await requireGoods(tx, productId, warehouseId);
    await lockStock(tx, { productId, warehouseId });
    await tx.run(
      sql`update stock set minimum_qty = ${minimumQty} where product_id = ${productId} and warehouse_id = ${warehouseId}`,
    );
    return { status: 200, body: { productId, warehouseId, minimumQty: formatQty(minimumQty) } };
  },
});
