/** The words on papers, in the three languages and side by side. */
import type { PdfLanguage } from '../../../contract/documents.ts';
import { nameOf } from '../../platform/export/names.ts';
import { fillIn, type Words, wordIn } from '../../platform/words.ts';

const LABELS = {
  confirmation: ['訂單確認書', '订单确认书', 'Order confirmation'],
  shippingNote: ['送貨單', '送货单', 'Shipping note'],
  pickingList: ['備貨單', '备货单', 'Picking list'],
  statement: ['往來對賬單', '往来对账单', 'Statement of account'],
  preliminary: ['初步', '初步', 'PRELIMINARY'],
  preliminaryNote: [
    '本文件為初步內容，尚未發出確認，不具約束力。',
    '本文件为初步内容，尚未发出确认，不具约束力。',
    'Preliminary: not sent for confirmation, without obligation.',
  ],
  page: ['第 {page} 頁，共 {pages} 頁', '第 {page} 页，共 {pages} 页', 'Page {page} of {pages}'],
  missing: [
    '字型未收錄的字元以編碼表示：',
    '字体未收录的字符以编码表示：',
    'Characters that the font lacks are shown by their code:',
  ],
  taxNo: ['納稅人識別號', '纳税人识别号', 'Tax no.'],
  phone: ['電話', '电话', 'Phone'],
  orderNo: ['訂單號', '订单号', 'Order no.'],
  poNo: ['貴方訂單號', '贵方订单号', 'Your reference'],
  partner: ['渠道商', '渠道商', 'Partner'],
  partnerNo: ['渠道商編號', '渠道商编号', 'Partner no.'],
  endCustomer: ['客戶', '客户', 'Customer'],
  ownStock: ['備貨', '备货', 'Own stock'],
  round: ['確認輪次', '确认轮次', 'Round'],
  version: ['版本', '版本', 'Version'],
  sentOn: ['發出日期', '发出日期', 'Sent on'],
  replyBy: ['回覆期限', '回复期限', 'Reply by'],
  effectiveOn: ['生效日期', '生效日期', 'Effective on'],
  madeOn: ['製表日期', '制表日期', 'Printed on'],
  requestedOn: ['要求交期', '要求交期', 'Requested for'],
  promisedOn: ['承諾交期', '承诺交期', 'Promised for'],
  deliveryMethod: ['交貨方式', '交货方式', 'Delivery'],
  deliverTo: ['交貨地點', '交货地点', 'Deliver to'],
  receiver: ['收貨人', '收货人', 'Receiver'],
  term: ['付款條件', '付款条件', 'Payment'],
  currency: ['幣種', '币种', 'Currency'],
  no: ['序', '序', 'No.'],
  sku: ['料號', '料号', 'SKU'],
  description: ['品名規格', '品名规格', 'Description'],
  qty: ['數量', '数量', 'Qty'],
  unit: ['單位', '单位', 'Unit'],
  unitPrice: ['單價', '单价', 'Unit price'],
  unitPriceTaxed: ['含稅單價', '含税单价', 'Unit price incl. tax'],
  discount: ['折扣', '折扣', 'Discount'],
  promotionDiscount: ['促銷優惠', '促销优惠', 'Promotions'],
  taxRate: ['稅率', '税率', 'Tax'],
  amount: ['價稅合計', '价税合计', 'Amount incl. tax'],
  free: ['贈品', '赠品', 'free of charge'],
  net: ['不含稅金額', '不含税金额', 'Net'],
  tax: ['稅額', '税额', 'Tax'],
  gross: ['價稅合計', '价税合计', 'Total'],
  inWords: ['大寫金額', '大写金额', 'In words'],
  note: ['備註', '备注', 'Note'],
  plan: ['付款計劃', '付款计划', 'Payment plan'],
  dueOn: ['到期日', '到期日', 'Due on'],
  payTo: ['收款賬戶', '收款账户', 'Pay to'],
  replyRule: [
    '請於 {date} 前回覆接受或異議；逾期未回覆不視為同意。',
    '请于 {date} 前回复接受或异议；逾期未回复不视为同意。',
    'Please accept or object by {date}. Silence is not acceptance.',
  ],
  silenceRule: [
    '請於 {date} 前回覆接受或異議；依合作協議，逾期未回覆視為同意。',
    '请于 {date} 前回复接受或异议；依合作协议，逾期未回复视为同意。',
    'Please accept or object by {date}. By the agreement, silence is acceptance.',
  ],
  hash: ['內容校驗碼', '内容校验码', 'Content hash'],
  seller: ['賣方（蓋章）', '卖方（盖章）', 'Seller (seal)'],
  buyer: ['買方（蓋章）', '买方（盖章）', 'Buyer (seal)'],
  signature: ['簽字', '签字', 'Signature'],
  date: ['日期', '日期', 'Date'],
  shipmentNo: ['出貨單號', '出货单号', 'Shipment no.'],
  warehouse: ['倉庫', '仓库', 'Warehouse'],
  carrier: ['承運人', '承运人', 'Carrier'],
  waybill: ['運單號', '运单号', 'Waybill no.'],
  shippedAt: ['發貨時間', '发货时间', 'Shipped at'],
  expectedOn: ['預計到達', '预计到达', 'Expected on'],
  shippedQty: ['發貨數量', '发货数量', 'Shipped'],
  receivedQty: ['實收數量', '实收数量', 'Received'],
  remark: ['說明', '说明', 'Remark'],
  total: ['合計', '合计', 'Total'],
  receivedBy: ['收貨人簽收', '收货人签收', 'Received by'],
  deliveredBy: ['送貨人', '送货人', 'Delivered by'],
  receiptRule: [
    '請當面點收；如有短少或破損，請在實收數量與說明欄註明。',
    '请当面点收；如有短少或破损，请在实收数量与说明栏注明。',
    'Please check on arrival; note shortage or damage beside the line.',
  ],
  pickingNo: ['備貨單號', '备货单号', 'Picking no.'],
  readyBy: ['備貨期限', '备货期限', 'Ready by'],
  toPick: ['應揀數量', '应拣数量', 'To pick'],
  picked: ['實揀數量', '实拣数量', 'Picked'],
  pickedBy: ['備貨人', '备货人', 'Picked by'],
  checkedBy: ['複核人', '复核人', 'Checked by'],
  period: ['期間', '期间', 'Period'],
  opening: ['期初餘額', '期初余额', 'Opening balance'],
  closing: ['期末餘額', '期末余额', 'Closing balance'],
  debit: ['應收增加', '应收增加', 'Charged'],
  credit: ['應收減少', '应收减少', 'Credited'],
  balance: ['餘額', '余额', 'Balance'],
  document: ['單據', '单据', 'Document'],
  kindInvoice: ['發票', '发票', 'Invoice'],
  kindPayment: ['收款', '收款', 'Receipt'],
  kindOpening: ['期初', '期初', 'Opening'],
  kindReversal: ['沖回', '冲回', 'Reversal'],
  balanceRule: [
    '餘額為正數表示貴方應付，負數表示貴方預付。請核對；如有差異，請註明單據與金額。',
    '余额为正数表示贵方应付，负数表示贵方预付。请核对；如有差异，请注明单据与金额。',
    'A positive balance is owed by you, a negative one is your advance. Please check and name differences by document and amount.',
  ],
  cut: [
    '明細超過上限，僅列出前 {count} 行；合計為全部。',
    '明细超过上限，仅列出前 {count} 行；合计为全部。',
    'Only the first {count} lines are shown; the sums are of all.',
  ],
  prepaid: ['預付全款', '预付全款', 'Prepaid'],
  deposit_balance: [
    '訂金 {rate}，尾款生效後 {days} 天',
    '订金 {rate}，尾款生效后 {days} 天',
    '{rate} deposit, balance {days} days after effect',
  ],
  net_days: ['生效後 {days} 天', '生效后 {days} 天', '{days} days after effect'],
  month_end_days: ['月結 {days} 天', '月结 {days} 天', '{days} days after end of month'],
  instalments: ['分 {parts} 期，按月支付', '分 {parts} 期，按月支付', '{parts} monthly instalments'],
} as const satisfies Record<string, Words>;

export type Label = keyof typeof LABELS;

export type Wording = {
  code: PdfLanguage;
  /** Script of the Chinese on the paper; English papers have none. */
  script: 'zh-Hant' | 'zh-Hans' | null;
  /** The word, with `{name}` filled in. Side by side papers have both, on one line. */
  say(label: Label, values?: Record<string, string>): string;
  /** The same over two lines, for table heads. */
  head(label: Label): string;
  /** A sentence: one line a language. */
  tell(label: Label, values?: Record<string, string>): string;
  /** A name that exists in several languages. */
  /** A code in the words of the screens; words of a person stay as they are. */
  named(family: string, code: string): string;
  pick(name: { hant: string; hans: string | null; en: string | null }): string;
};

/** The words of a paper. `reader`: whose Chinese a paper in both languages has. */
export function wording(code: PdfLanguage, reader: string): Wording {
  const script = code === 'en' ? null : code === 'bilingual' ? (reader === 'zh-Hans' ? 'zh-Hans' : 'zh-Hant') : code;
  const both = code === 'bilingual';
  const joined = (label: Label, between: string, values: Record<string, string>) => {
    const [own, english] = [wordIn(LABELS[label], script ?? 'en'), wordIn(LABELS[label], 'en')];
    return fillIn(both && own !== english ? `${own}${between}${english}` : own, values);
  };
  return {
    code,
    script,
    say: (label, values = {}) => joined(label, ' ', values),
    head: (label) => joined(label, '\n', {}),
    tell: (label, values = {}) => joined(label, '\n', values),
    named: (family, code) => {
      const [own, english] = [nameOf(script ?? 'en', family, code), nameOf('en', family, code)];
      return both && own !== english ? `${own} ${english}` : own;
    },
    pick: ({ hant, hans, en }) => {
      const own = script === null ? (en ?? hant) : script === 'zh-Hans' ? (hans ?? hant) : hant;
      return both && en !== null && en !== own ? `${own}\n${en}` : own;
    },
  };
}
