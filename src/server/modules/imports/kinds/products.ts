import { z } from 'zod';
import { ProductCreate } from '../../../../contract/catalog.ts';
import { formatDecimal, PRICE_SCALE, RATE_SCALE } from '../../../kernel/decimal.ts';
import { formatQty } from '../../../kernel/qty.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import {
  cellChanges,
  type ImportRow,
  type ImportValues,
  importKind,
  type PreparedRow,
  textIn,
} from '../../../platform/import/kind.ts';
import type { Actor } from '../../../platform/pipeline/types.ts';
import {
  createProducts,
  foldSku,
  type NewProduct,
  type ProductChange,
  type ProductFields,
  updateProducts,
} from '../../catalog/index.ts';
import { choices, column, flagIn, given, integerIn, present } from './shared.ts';

const Body = z.strictObject({ ...ProductCreate.shape, substituteSku: z.string().max(64).optional() });
type Row = z.output<typeof Body>;

type OnFile = {
  id: string;
  sku: string;
  version: number;
  texts: Record<string, string | null>;
  min_qty: bigint;
  multiple_qty: bigint;
  tax_rate: bigint;
  standard_cost_price: bigint | null;
};

/** The products with these codes, by their folded code. */
async function readOnFile(tx: Tx, skus: readonly string[]): Promise<Map<string, OnFile>> {
  const rows = await tx.query<OnFile>(sql`
    select p.id, p.sku, p.version, p.min_qty, p.multiple_qty, p.tax_rate, p.standard_cost_price, jsonb_build_object(
      'name', p.name, 'nameHans', p.name_hans, 'nameEn', p.name_en, 'spec', p.spec, 'category', p.category, 'kind', p.kind, 'unit', p.unit,
      'unitEn', p.unit_en, 'wholeUnits', p.whole_units::text, 'taxCode', p.tax_code, 'leadDays', p.lead_days::text, 'isSellable', p.is_sellable::text,
      'sourceRef', p.source_ref, 'substituteSku', (select s.sku from product s where s.id = (p.substitute_ids ->> 0)::uuid)) as texts
    from product p where lower(p.sku) = any(${skus.map(foldSku)}::text[])`);
  return new Map(rows.map((row) => [foldSku(row.sku), row]));
}

/** Costs are shown to whoever may see them; others cannot name one either. */
const cellsOf = (row: OnFile, seesCost: boolean): ImportValues => ({
  ...given(row.texts),
  sku: row.sku,
  minQty: formatQty(row.min_qty),
  multipleQty: formatQty(row.multiple_qty),
  taxRate: formatDecimal(row.tax_rate, RATE_SCALE),
  standardCostPrice:
    row.standard_cost_price === null || !seesCost ? undefined : formatDecimal(row.standard_cost_price, PRICE_SCALE),
});

const FOLDS = { sku: foldSku, substituteSku: foldSku };

async function prepare(
  tx: Tx,
  rows: readonly ImportRow<Row>[],
  actor: Actor,
): Promise<PreparedRow<NewProduct, ProductChange>[]> {
  const files = await readOnFile(
    tx,
    rows.map(({ body }) => body.sku),
  );
  return rows.map(({ body, values }) => {
    const onFile = files.get(foldSku(body.sku));
    if (onFile === undefined) return { ok: true, input: body };
    const changes = cellChanges(values, cellsOf(onFile, actor.permissions.has('cost.read')), { folds: FOLDS });
    if (changes.length === 0) return { ok: true, there: onFile.sku };
    const names = new Set(changes.map(({ column: name }) => name));
    const fields: ProductFields = Object.fromEntries(Object.entries(body).filter(([name]) => names.has(name)));
    return { ok: true, update: { ...fields, productId: onFile.id }, no: onFile.sku, as: `v${onFile.version}`, changes };
  });
}

/** Products, one a row. A substitute stands in the file before what it substitutes, or exists already. */
export const productsImport = importKind<Row, NewProduct, ProductChange>({
  kind: 'products',
  titles: { 'zh-Hant': '產品', 'zh-Hans': '产品', en: 'Products' },
  can: 'product.write',
  columns: [
    column('sku', 'code', '產品編碼', '产品编码', 'Product code', { also: ['產品代碼', '产品代码'], required: true }),
    column('name', 'text', '產品名稱', '产品名称', 'Product name', { required: true }),
    column('nameHans', 'text', '簡體名稱', '简体名称', 'Name in Simplified Chinese'),
    column('nameEn', 'text', '英文名稱', '英文名称', 'English name'),
    column('spec', 'text', '規格', '规格', 'Specification'),
    column('category', 'text', '類別', '类别', 'Category'),
    column('kind', 'text', '種類', '种类', 'Kind', {
      choices: choices([
        ['stock', '現貨', '现货', 'Stock'],
        ['made', '生產', '生产', 'Made'],
        ['service', '服務', '服务', 'Service'],
        ['freight', '運費', '运费', 'Freight'],
      ]),
    }),
    column('unit', 'text', '單位', '单位', 'Unit', { required: true }),
    column('unitEn', 'text', '英文單位', '英文单位', 'English unit'),
    column('wholeUnits', 'flag', '只賣整數', '只卖整数', 'Whole units only'),
    column('minQty', 'number', '起訂量', '起订量', 'Minimum quantity'),
    column('multipleQty', 'number', '包裝倍數', '包装倍数', 'Pack multiple'),
    column('taxRate', 'rate', '稅率', '税率', 'Tax rate', { required: true }),
    column('taxCode', 'code', '稅收分類編碼', '税收分类编码', 'Tax classification code'),
    column('standardCostPrice', 'number', '標準成本', '标准成本', 'Standard cost'),
    column('leadDays', 'integer', '備貨天數', '备货天数', 'Lead time in days'),
    column('substituteSku', 'code', '替代產品編碼', '替代产品编码', 'Substitute', {
      also: ['替代產品代碼', '替代产品代码'],
    }),
    column('isSellable', 'flag', '可售', '可售', 'Sellable'),
    column('sourceRef', 'code', '來源編號', '来源编号', 'Source reference'),
  ],
  body: ([row = {}]) =>
    present({
      ...row,
      wholeUnits: flagIn(row, 'wholeUnits'),
      isSellable: flagIn(row, 'isSellable'),
      leadDays: integerIn(row, 'leadDays'),
    }),
  schema: Body,
  prepare,
  command: createProducts,
  update: updateProducts,
  numberOf: (answer) => textIn(answer, 'sku'),
});
