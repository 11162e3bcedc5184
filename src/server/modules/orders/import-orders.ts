/** Orders from a file: rows that follow each other with the same partner and purchase order number are one order. Source: R3.3. */
import { z } from 'zod';
import {
  BizDate,
  Code,
  DiscountRate,
  LongText,
  PositiveAmount,
  PositiveQty,
  Price,
  Text,
} from '../../../contract/common.ts';
import { DeliveryMethod } from '../../../contract/order-shapes.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { sql } from '../../platform/db/database.ts';
import { type ImportColumn, type ImportValues, importKind, textIn } from '../../platform/import/kind.ts';
import type { CreateOrder } from './commands/create-order.ts';
import { createOrders } from './commands/create-orders.ts';

const Line = z.strictObject({
  sku: Code(64),
  qty: PositiveQty,
  unit: Text(20).optional(),
  requestedOn: BizDate.optional(),
  unitPrice: Price.optional(),
  note: LongText(500).optional(),
});
const Body = z.strictObject({
  partner: Code(64).optional(),
  poNo: Code(64),
  customerName: Text(200).optional(),
  requestedOn: BizDate.optional(),
  deliveryMethod: DeliveryMethod.optional(),
  note: LongText(2000).optional(),
  orderDiscountAmount: PositiveAmount.optional(),
  orderDiscountRate: DiscountRate.optional(),
  submit: z.enum(['true', 'false'], 'field.invalid').default('false'),
  lines: z.array(Line).min(1, 'order.no_lines').max(500, 'order.too_many_lines'),
});
type OrderFile = z.output<typeof Body>;

const column = (
  name: string,
  type: ImportColumn['type'],
  hant: string,
  hans: string,
  en: string,
  rest: Partial<ImportColumn> = {},
): ImportColumn => ({ name, type, titles: { 'zh-Hant': hant, 'zh-Hans': hans, en }, ...rest });
const present = (values: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

function bodyOf(rows: readonly ImportValues[]): unknown {
  const head = rows[0] ?? {};
  return {
    ...present({
      partner: head['partner'],
      poNo: head['poNo'],
      customerName: head['customerName'],
      requestedOn: head['requestedOn'],
      deliveryMethod: head['deliveryMethod'],
      note: head['note'],
      orderDiscountAmount: head['orderDiscountAmount'],
      orderDiscountRate: head['orderDiscountRate'],
      submit: head['submit'],
    }),
    lines: rows.map((row) =>
      present({
        sku: row['sku'],
        qty: row['qty'],
        unit: row['unit'],
        requestedOn: row['requestedOn'],
        unitPrice: row['unitPrice'],
        note: row['lineNote'],
      }),
    ),
  };
}

type Prepared = { ok: true; input: CreateOrder } | { ok: false; refusals: Refusal[] };

export const ordersImport = importKind<OrderFile, CreateOrder>({
  kind: 'orders',
  titles: { 'zh-Hant': '訂單', 'zh-Hans': '订单', en: 'Orders' },
  can: 'order.create',
  columns: [
    column('partner', 'code', '夥伴編號', '伙伴编号', 'Partner number', { field: 'partnerId' }),
    column('poNo', 'code', '採購單號', '采购单号', 'PO number', { required: true }),
    column('customerName', 'text', '客戶名稱', '客户名称', 'Customer'),
    column('requestedOn', 'date', '要求交期', '要求交期', 'Delivery date'),
    column('deliveryMethod', 'text', '交貨方式', '交货方式', 'Delivery method'),
    column('sku', 'code', '產品編碼', '产品编码', 'Product code', {
      also: ['產品代碼', '产品代码'],
      required: true,
      field: 'lines.*.sku',
    }),
    column('qty', 'number', '數量', '数量', 'Quantity', { required: true, field: 'lines.*.qty' }),
    column('unit', 'text', '單位', '单位', 'Unit', { field: 'lines.*.unit' }),
    column('unitPrice', 'number', '單價', '单价', 'Unit price', { field: 'lines.*.unitPrice' }),
    column('lineNote', 'text', '行備註', '行备注', 'Line note', { field: 'lines.*.note' }),
    column('note', 'text', '訂單備註', '订单备注', 'Order note'),
    column('orderDiscountAmount', 'number', '整單折扣金額', '整单折扣金额', 'Order discount amount'),
    column('orderDiscountRate', 'rate', '整單折扣比例', '整单折扣比例', 'Order discount rate'),
    column('submit', 'flag', '直接提交', '直接提交', 'Submit'),
  ],
  groupBy: ['partner', 'poNo'],
  body: bodyOf,
  schema: Body,
  async prepare(tx, rows, actor) {
    const numbers = rows.flatMap(({ body }) => body.partner ?? []);
    const partners =
      numbers.length === 0
        ? []
        : await tx.query<{ id: string; no: string }>(
            sql`select id, no from partner where no = any(${numbers}::text[])`,
          );
    const idOf = new Map(partners.map(({ id, no }) => [no, id]));
    return rows.map(({ body: { partner, submit, lines, ...rest } }): Prepared => {
      const partnerId = partner === undefined ? undefined : idOf.get(partner);
      if (actor.partnerId === null && partnerId === undefined)
        return {
          ok: false,
          refusals: [{ code: 'import.row_unmatched', field: 'partnerId', params: { value: partner ?? '' } }],
        };
      return {
        ok: true,
        input: {
          ...rest,
          ...(actor.partnerId === null ? { partnerId, channel: 'excel' as const } : {}),
          lines,
          submit: submit === 'true',
        },
      };
    });
  },
  command: createOrders,
  numberOf: (answer) => textIn(answer, 'no'),
});
