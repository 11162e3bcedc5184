import { z } from 'zod';
import { ProductCreate } from '../../../../contract/catalog.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { importKind, textIn } from '../../../platform/import/kind.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { createProduct } from '../../catalog/index.ts';
import { choices, column, flagIn, integerIn, present } from './shared.ts';

const Body = z.strictObject({ ...ProductCreate.shape, substituteSku: z.string().max(64).optional() });

/** As the API's createProduct, with the code of the substitute in place of its id. */
const importProduct = defineCommand<z.output<typeof Body>>({
  name: 'import.product',
  refuses: [...createProduct.refuses, 'import.row_unmatched'],
  async run(context, { substituteSku, ...product }) {
    const body: z.output<typeof ProductCreate> = { ...product };
    if (substituteSku !== undefined) {
      const [found] = await context.tx.query<{ id: string }>(
        sql`select id from product where lower(sku) = lower(${substituteSku})`,
      );
      if (found === undefined) throw refuse('import.row_unmatched', { value: substituteSku }, 'substituteSku');
      body.substituteIds = [found.id];
    }
    return createProduct.run({ ...context, answers: false }, body);
  },
});

/** Products, one a row. A substitute stands in the file before what it substitutes, or exists already. */
export const productsImport = importKind<z.output<typeof Body>>({
  kind: 'products',
  titles: { 'zh-Hant': '產品', 'zh-Hans': '产品', en: 'Products' },
  can: 'product.write',
  columns: [
    column('sku', 'code', '產品代碼', '产品代码', 'Product code', { required: true }),
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
    column('substituteSku', 'code', '替代產品代碼', '替代产品代码', 'Substitute'),
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
  command: importProduct,
  numberOf: (answer) => textIn(answer, 'sku'),
});
