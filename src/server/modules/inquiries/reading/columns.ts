/** Titles of columns as partners write them, in the three languages. The same words stand before a colon in a mail. */
import { bare } from './plain.ts';

export const FIELDS = [
  'product',
  'code',
  'spec',
  'qty',
  'unit',
  'requestedOn',
  'note',
  'no',
  'poNo',
  'customerName',
  'passed',
] as const;
export type Field = (typeof FIELDS)[number];

const WORDS: Record<Field, string> = {
  product:
    '产品 產品 产品名称 產品名稱 品名 名称 名稱 商品 商品名称 商品名稱 货品 貨品 货品名称 貨品名稱 货物名称 貨物名稱 物料名称 物料名稱 物料 项目名称 項目名稱 服务 服務 服务项目 服務項目|product|product name|item|item name|description|item description|product description|goods|article|material|service',
  code: '编码 編碼 编号 編號 代码 代碼 料号 料號 货号 貨號 物料编码 物料編碼 物料号 物料號 产品编码 產品編碼 产品编号 產品編號 商品编码 商品編碼 品号 品號|sku|code|item code|product code|part no|part number|item no|item number|article no|material no|model no|pn|p n',
  spec: '规格 規格 规格型号 規格型號 型号 型號 尺寸 颜色 顏色 颜色尺寸 款式 参数 參數|spec|specs|specification|specifications|model|size|colour|color|variant',
  qty: '数量 數量 订购数量 訂購數量 采购数量 採購數量 需求数量 需求數量 订货数量 訂貨數量 订量 訂量 需求量 数目 數目|qty|quantity|q ty|order qty|order quantity|amount ordered|required qty',
  unit: '单位 單位 计量单位 計量單位|unit|uom|unit of measure|units',
  requestedOn:
    '交期 交货日期 交貨日期 交货期 交貨期 交货时间 交貨時間 要求交期 要求到货日期 要求到貨日期 到货日期 到貨日期 需求日期 需用日期 送货日期 送貨日期 期望交期 要求日期 完成日期 日期 发货日期 發貨日期|delivery|delivery date|date|need by|need by date|needed by|required date|request date|requested date|due date|due|ship date|eta|required by|requested delivery',
  note: '备注 備註 说明 說明 备注说明 備註說明 附注 附註|note|notes|remark|remarks|comment|comments',
  no: '序号 序號 项次 項次 行号 行號 项 項|no|line|line no|seq',
  poNo: '采购单号 採購單號 采购订单号 採購訂單號 订单号 訂單號 订单编号 訂單編號 合同号 合同號 单号 單號|po|po no|po number|purchase order|purchase order no|order no|order number|our reference|our ref',
  customerName:
    '客户 客戶 客户名称 客戶名稱 最终客户 最終客戶 下游客户 下游客戶|customer|customer name|end customer|end user',
  passed:
    '单价 單價 含税单价 含稅單價 金额 金額 总价 總價 小计 小計 价格 價格 税率 稅率 图片 圖片 库存 庫存|price|unit price|amount|total|subtotal|tax|tax rate|picture|stock',
};

const BY_WORD = new Map<string, Field>();
for (const field of FIELDS) {
  const [chinese = '', ...english] = WORDS[field].split('|');
  for (const word of [...chinese.split(' '), ...english]) BY_WORD.set(bare(word), field);
}

/** The column that a title names: remarks in brackets (数量(箱), Qty / pcs) and marks of duty (*) do not matter. */
export function fieldOf(title: string): Field | null {
  const plain = title.normalize('NFKC').replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ');
  const whole = BY_WORD.get(bare(plain));
  if (whole !== undefined) return whole;
  // Two languages in one cell: 数量 Qty, Product/品名. The parts must not disagree.
  const parts = plain.split(/[\s/|\n]+/).filter((part) => part !== '');
  const chinese = parts.filter((part) => /\p{Script=Han}/u.test(part)).join('');
  const other = parts.filter((part) => !/\p{Script=Han}/u.test(part)).join(' ');
  if (chinese === '' || other === '') return null;
  const [one, another] = [BY_WORD.get(bare(chinese)), BY_WORD.get(bare(other))];
  return one !== undefined && (another === undefined || another === one) ? one : null;
}

/** What a unit in the title's brackets says: 数量(箱). */
export function unitInTitle(title: string): string | null {
  return /[(（[]([^()（）[\]]{1,10})[)）\]]/.exec(title)?.[1]?.trim() ?? null;
}
