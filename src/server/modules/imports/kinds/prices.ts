import { z } from 'zod';
import { Code } from '../../../../contract/common.ts';
import { OPEN_END, PriceEntryInput } from '../../../../contract/prices.ts';
import { formatDecimal, PRICE_SCALE, parseDecimal } from '../../../kernel/decimal.ts';
import { parseQty } from '../../../kernel/qty.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import {
  type CellChange,
  type ImportRow,
  importKind,
  type PreparedRow,
  textIn,
} from '../../../platform/import/kind.ts';
import { foldSku, ONE_UNIT, toBase, unitNamed } from '../../catalog/index.ts';
import { besideKey, loadPriceState, type PriceSave, type PriceState, savePricesOfFile } from '../../pricing/index.ts';
import { column, flagIn, present } from './shared.ts';

const Body = z.strictObject({
  ...PriceEntryInput.shape,
  sku: Code(64),
  priceList: z.string().max(30),
  closeRunning: z.boolean().optional(),
});
type Row = z.output<typeof Body>;

/**
 * A price is never changed. A row of a price that is there says nothing new; one that ends it on another day moves its end; another price
 * from a later day on takes the place of the running one, which ends the day before.
 */
async function prepare(tx: Tx, rows: readonly ImportRow<Row>[]): Promise<PreparedRow<PriceSave, PriceSave>[]> {
  const codes = rows.map(({ body }) => body.priceList.toLowerCase());
  const lists = await tx.query<{ key: string; id: string }>(
    sql`select lower(code) as key, id from price_list where lower(code) = any(${codes}::text[])`,
  );
  const listOf = new Map(lists.map(({ key, id }) => [key, id]));
  const inputs = rows.flatMap(({ body: { priceList, closeRunning: _close, ...entry } }) => {
    const priceListId = listOf.get(priceList.toLowerCase());
    return priceListId === undefined ? [] : [{ priceListId, set: [entry] }];
  });
  const state = await loadPriceState(tx, inputs, false);
  return rows.map(({ body }) => {
    const priceListId = listOf.get(body.priceList.toLowerCase());
    if (priceListId === undefined)
      return {
        ok: false,
        refusals: [{ code: 'import.row_unmatched', field: 'priceList', params: { value: body.priceList } }],
      };
    return compared(body, priceListId, state);
  });
}

function compared(row: Row, priceListId: string, state: PriceState): PreparedRow<PriceSave, PriceSave> {
  const { priceList, closeRunning, ...entry } = row;
  const input = { priceListId, set: [entry], ...(closeRunning === undefined ? {} : { closeRunning }) };
  const no = `${priceList} ${row.sku} ${row.validFrom}`;
  const known = ofSameKind(row, priceListId, state);
  const same = known.find(({ valid_from }) => valid_from === row.validFrom);
  const price = parseDecimal(row.unitPrice, PRICE_SCALE);
  if (same !== undefined) {
    // Another price from the same day on is refused as overlapping.
    if (same.unit_price !== price) return { ok: true, input };
    if (row.validTo === undefined || row.validTo === same.valid_to) return { ok: true, there: no };
    const update = { priceListId, close: [{ id: same.id, validTo: row.validTo }] };
    const changes = [change('validTo', same.valid_to === OPEN_END ? null : same.valid_to, row.validTo)];
    return { ok: true, update, no, as: `${same.id}-${same.valid_to}`, changes };
  }
  const running = known.find(({ valid_from, valid_to }) => valid_from < row.validFrom && row.validFrom <= valid_to);
  if (running === undefined) return { ok: true, input };
  return {
    ok: true,
    update: { ...input, closeRunning: true },
    no,
    as: running.id,
    asked: closeRunning === true,
    changes: [
      change('unitPrice', formatDecimal(running.unit_price, PRICE_SCALE), row.unitPrice),
      change('validFrom', running.valid_from, row.validFrom),
    ],
  };
}

const change = (name: string, before: string | null, after: string): CellChange => ({ column: name, before, after });

/** The prices of the same list, product, quantity break and unit. */
function ofSameKind(row: Row, priceListId: string, state: PriceState) {
  const product = state.bySku.get(foldSku(row.sku));
  const unit = product === undefined || row.unit === undefined ? null : unitNamed(product, row.unit);
  const minQty = toBase(parseQty(row.minQty ?? '0') ?? 0n, unit?.factor ?? ONE_UNIT);
  const named = unit === null || unit.unit === product?.unit ? null : unit.unit;
  return (state.beside.get(besideKey({ price_list_id: priceListId, product_id: product?.id ?? '' })) ?? []).filter(
    (each) => each.min_qty === minQty && each.unit === named,
  );
}

/** Prices, one a row. Source: R4.1. */
export const pricesImport = importKind<Row, PriceSave, PriceSave>({
  kind: 'prices',
  titles: { 'zh-Hant': '價格', 'zh-Hans': '价格', en: 'Prices' },
  can: 'price.write',
  columns: [
    column('priceList', 'code', '價目表編碼', '价目表编码', 'Price list', {
      required: true,
      also: ['價目表代碼', '价目表代码', '價格表代碼', '价格表代码'],
    }),
    column('sku', 'code', '產品編碼', '产品编码', 'Product code', {
      also: ['產品代碼', '产品代码'],
      required: true,
      field: 'set.*.sku',
    }),
    column('unit', 'text', '單位', '单位', 'Unit', { field: 'set.*.unit' }),
    column('minQty', 'number', '起始數量', '起始数量', 'From quantity', { field: 'set.*.minQty' }),
    column('validFrom', 'date', '生效日', '生效日', 'Valid from', { required: true, field: 'set.*.validFrom' }),
    column('validTo', 'date', '失效日', '失效日', 'Valid to', { field: 'set.*.validTo' }),
    column('unitPrice', 'number', '單價', '单价', 'Unit price', { required: true, field: 'set.*.unitPrice' }),
    column('closeRunning', 'flag', '終止現行價格', '终止现行价格', 'End the running price'),
  ],
  body: ([row = {}]) => present({ ...row, closeRunning: flagIn(row, 'closeRunning') }),
  schema: Body,
  prepare,
  command: savePricesOfFile,
  update: savePricesOfFile,
  numberOf: (answer) => textIn(answer, 'no'),
});
