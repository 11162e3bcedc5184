import { z } from 'zod';
import { CutOverOrder } from '../../../../contract/cut-over.ts';
import { Code } from '../../../../contract/common.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { type ImportValues, importKind, textIn } from '../../../platform/import/kind.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { cutOverOrder } from '../../../processes/order-is-cut-over.ts';
import { column, present } from './shared.ts';

const Body = z.strictObject({ ...CutOverOrder.omit({ partnerId: true }).shape, partner: Code(64) });

/** As the API's cut-over of an order, with the partner's number or credit code in place of its id. */
const importCutOver = defineCommand<z.output<typeof Body>>({
  name: 'import.cut_over_order',
  refuses: [...cutOverOrder.refuses, 'import.row_unmatched'],
  async run(context, { partner, ...order }) {
    const [found] = await context.tx.query<{ id: string }>(
      sql`select id from partner where lower(no) = lower(${partner}) or uscc = upper(${partner}) or source_ref = ${partner} order by (lower(no) = lower(${partner})) desc limit 1`,
    );
    if (found === undefined) throw refuse('import.row_unmatched', { value: partner }, 'partner');
    const input = { ...order, partnerId: found.id };
    return cutOverOrder.run({ ...context, command: { ...context.command, input } }, input);
  },
});

const lineOf = (row: ImportValues) =>
  present({
    sku: row['sku'],
    qty: row['qty'],
    unit: row['unit'],
    unitPrice: row['unitPrice'],
    discountAmount: row['discountAmount'],
    requestedOn: row['requestedOn'],
    deliveredQty: row['deliveredQty'],
    invoicedQty: row['invoicedQty'],
    invoicedAmount: row['invoicedAmount'],
    note: row['lineNote'],
  });

/** Orders under way at the cut-over: rows that follow each other with the same partner and earlier number are one order. */
export const cutOverOrdersImport = importKind<z.output<typeof Body>>({
  kind: 'cutOverOrders',
  titles: { 'zh-Hant': '在途訂單接續', 'zh-Hans': '在途订单接续', en: 'Orders under way (cut-over)' },
  can: 'cutover.run',
  columns: [
    column('partner', 'code', '渠道編號', '渠道编号', 'Partner number', { required: true }),
    column('reference', 'code', '舊單號', '旧单号', 'Earlier order number', { required: true }),
    column('agreedOn', 'date', '訂單日期', '订单日期', 'Agreed on', { required: true }),
    column('poNo', 'code', '採購單號', '采购单号', 'PO number'),
    column('customerName', 'text', '客戶名稱', '客户名称', 'Customer'),
    column('paidAmount', 'number', '已收款', '已收款', 'Paid before'),
    column('note', 'text', '訂單備註', '订单备注', 'Order note'),
    column('sku', 'code', '產品編碼', '产品编码', 'Product code', {
      also: ['產品代碼', '产品代码'],
      required: true,
      field: 'lines.*.sku',
    }),
    column('qty', 'number', '訂購數量', '订购数量', 'Quantity ordered', { required: true, field: 'lines.*.qty' }),
    column('unit', 'text', '單位', '单位', 'Unit', { field: 'lines.*.unit' }),
    column('unitPrice', 'number', '單價', '单价', 'Unit price', { required: true, field: 'lines.*.unitPrice' }),
    column('discountAmount', 'number', '行折扣額', '行折扣额', 'Line discount', { field: 'lines.*.discountAmount' }),
    column('requestedOn', 'date', '要求交期', '要求交期', 'Delivery date', { field: 'lines.*.requestedOn' }),
    column('deliveredQty', 'number', '已交數量', '已交数量', 'Delivered before', { field: 'lines.*.deliveredQty' }),
    column('invoicedQty', 'number', '已開票數量', '已开票数量', 'Invoiced before', { field: 'lines.*.invoicedQty' }),
    column('invoicedAmount', 'number', '已開票金額', '已开票金额', 'Invoiced amount', {
      field: 'lines.*.invoicedAmount',
    }),
    column('lineNote', 'text', '行備註', '行备注', 'Line note', { field: 'lines.*.note' }),
  ],
  groupBy: ['partner', 'reference'],
  body(rows) {
    const head = rows[0] ?? {};
    return present({
      partner: head['partner'],
      reference: head['reference'],
      agreedOn: head['agreedOn'],
      poNo: head['poNo'],
      customerName: head['customerName'],
      paidAmount: head['paidAmount'],
      note: head['note'],
      lines: rows.map(lineOf),
    });
  },
  schema: Body,
  command: importCutOver,
  numberOf: (answer) => textIn(answer, 'no'),
});
