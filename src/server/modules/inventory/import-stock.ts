/** Opening stock and receipts from a file, one row a product and warehouse. Source: R4.2, cut-over. */
import { z } from 'zod';
import { Code, LongText, PositiveQty } from '../../../contract/common.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql } from '../../platform/db/database.ts';
import { qtyOf } from '../../platform/http/wire.ts';
import { importKind, textIn } from '../../platform/import/kind.ts';
import { defineCommand } from '../../platform/pipeline/define.ts';
import { receiveStock } from './commands/receive-stock.ts';

const Row = z.strictObject({
  sku: Code(64),
  warehouse: Code(64),
  qty: PositiveQty,
  kind: z.enum(['opening', 'receipt'], 'field.invalid').default('opening'),
  note: LongText(500).optional(),
});

/** As the API's receipt of stock, with codes in place of ids. */
const importStockRow = defineCommand<z.output<typeof Row>>({
  name: 'import.stock',
  refuses: [...receiveStock.refuses, 'import.row_unmatched'],
  async run(context, { sku, warehouse, qty, kind, note }) {
    const [products, warehouses] = await Promise.all([
      context.tx.query<{ id: string }>(sql`select id from product where lower(sku) = lower(${sku})`),
      context.tx.query<{ id: string }>(sql`select id from warehouse where lower(code) = lower(${warehouse})`),
    ]);
    const [product, place] = [products[0], warehouses[0]];
    if (product === undefined) throw refuse('import.row_unmatched', { value: sku }, 'sku');
    if (place === undefined) throw refuse('import.row_unmatched', { value: warehouse }, 'warehouse');
    const input = { productId: product.id, warehouseId: place.id, qty: qtyOf(qty, 'qty'), kind, note: note ?? null };
    const answer = await receiveStock.run({ ...context, command: { ...context.command, input } }, input);
    return { ...answer, body: { sku } };
  },
});

const words = (hant: string, hans: string, en: string) => ({ 'zh-Hant': hant, 'zh-Hans': hans, en });

export const stockImport = importKind<z.output<typeof Row>>({
  kind: 'stock',
  titles: words('庫存', '库存', 'Stock'),
  can: 'stock.receive',
  columns: [
    {
      name: 'sku',
      type: 'code',
      titles: words('產品編碼', '产品编码', 'Product code'),
      also: ['產品代碼', '产品代码'],
      required: true,
    },
    {
      name: 'warehouse',
      type: 'code',
      titles: words('倉庫編碼', '仓库编码', 'Warehouse code'),
      also: ['倉庫代碼', '仓库代码'],
      required: true,
    },
    { name: 'qty', type: 'number', titles: words('數量', '数量', 'Quantity'), required: true },
    {
      name: 'kind',
      type: 'text',
      titles: words('種類', '种类', 'Kind'),
      choices: { opening: words('期初', '期初', 'Opening stock'), receipt: words('收貨', '收货', 'Receipt') },
    },
    { name: 'note', type: 'text', titles: words('備註', '备注', 'Note') },
  ],
  body: ([row = {}]) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)),
  schema: Row,
  command: importStockRow,
  numberOf: (answer) => textIn(answer, 'sku'),
});
