import { z } from 'zod';
import { Code } from '../../../../contract/common.ts';
import { PriceEntryInput } from '../../../../contract/prices.ts';
import { Refused, refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { importKind, textIn } from '../../../platform/import/kind.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { savePriceEntries } from '../../pricing/index.ts';
import { column, flagIn, present } from './shared.ts';

const Body = z.strictObject({
  ...PriceEntryInput.shape,
  sku: Code(64),
  priceList: z.string().max(30),
  closeRunning: z.boolean().optional(),
});

/** As the API's savePriceEntries with one price, with the code of the list in place of its id. */
const importPrice = defineCommand<z.output<typeof Body>>({
  name: 'import.price',
  refuses: [...savePriceEntries.refuses, 'import.row_unmatched'],
  async run(context, { priceList, closeRunning, ...entry }) {
    const [list] = await context.tx.query<{ id: string }>(
      sql`select id from price_list where lower(code) = lower(${priceList})`,
    );
    if (list === undefined) throw refuse('import.row_unmatched', { value: priceList }, 'priceList');
    try {
      const input = { priceListId: list.id, set: [entry], closeRunning };
      const answer = await savePriceEntries.run(
        { ...context, answers: false, command: { ...context.command, input } },
        input,
      );
      return { ...answer, body: { no: `${priceList} ${entry.sku} ${entry.validFrom}` } };
    } catch (error) {
      // The file has one price in a row: `set.0.unitPrice` is its column unitPrice.
      if (!(error instanceof Refused)) throw error;
      throw new Refused(
        error.refusals.map((refusal) => ({
          ...refusal,
          ...(refusal.field === undefined ? {} : { field: refusal.field.replace(/^set\.0\./, '') }),
        })),
      );
    }
  },
});

/** Prices, one a row. Source: R4.1. */
export const pricesImport = importKind<z.output<typeof Body>>({
  kind: 'prices',
  titles: { 'zh-Hant': '價格', 'zh-Hans': '价格', en: 'Prices' },
  can: 'price.write',
  columns: [
    column('priceList', 'code', '價格表代碼', '价格表代码', 'Price list', { required: true }),
    column('sku', 'code', '產品代碼', '产品代码', 'Product code', { required: true }),
    column('unit', 'text', '單位', '单位', 'Unit'),
    column('minQty', 'number', '起始數量', '起始数量', 'From quantity'),
    column('validFrom', 'date', '生效日', '生效日', 'Valid from', { required: true }),
    column('validTo', 'date', '失效日', '失效日', 'Valid to'),
    column('unitPrice', 'number', '單價', '单价', 'Unit price', { required: true }),
    column('closeRunning', 'flag', '終止現行價格', '终止现行价格', 'End the running price'),
  ],
  body: ([row = {}]) => present({ ...row, closeRunning: flagIn(row, 'closeRunning') }),
  schema: Body,
  command: importPrice,
  numberOf: (answer) => textIn(answer, 'no'),
});
