/** Two rounds of confirmation side by side, or a round and the order as it stands now (R4.3). */
import { z } from 'zod';
import { formatDecimal, PRICE_SCALE, RATE_SCALE } from '../../kernel/decimal.ts';
import { formatAmount } from '../../kernel/money.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { PaymentTerm } from '../../../contract/order-shapes.ts';
import { confirmationContent } from './order-rules.ts';
import { termText } from './order-price-rules.ts';
import { type LineRow, type OrderRow, orderLine, salesOrder } from './order-tables.ts';
import { nameIn } from './comparison.ts';

const text = z.string().nullable();
const integer = z.string().transform(BigInt);
/** What a round holds, as {@link confirmationContent} wrote it: amounts and quantities as scaled integers in text. */
const Content = z.looseObject({
  currency: z.string(),
  poNo: text,
  paymentMethod: text,
  paymentTerm: PaymentTerm,
  requestedOn: text,
  deliveryMethod: text,
  deliveryAddress: text,
  receiver: text,
  note: text,
  orderDiscount: integer,
  orderDiscountRate: integer.nullable().default(null),
  promotionDiscount: integer.default(0n),
  net: integer,
  tax: integer,
  gross: integer,
  lines: z.array(
    z.looseObject({
      lineNo: z.number(),
      productId: z.string(),
      qty: integer,
      unit: z.string(),
      unitPrice: integer,
      discount: integer,
      gross: integer,
      requestedOn: text,
      promisedOn: text,
      free: z.boolean(),
      note: text,
    }),
  ),
});
type Content = z.infer<typeof Content>;
type Line = Content['lines'][number];
export type RoundItem = {
  key: string;
  lineNo: number | null;
  productId: string | null;
  field: string;
  left: string | null;
  right: string | null;
  differs: boolean;
};

const headerValues = (content: Content): Record<string, string | null> => ({
  poNo: content.poNo,
  paymentMethod: content.paymentMethod,
  paymentTerm: termText(content.paymentTerm),
  requestedOn: content.requestedOn,
  deliveryMethod: content.deliveryMethod,
  deliveryAddress: content.deliveryAddress,
  receiver: content.receiver,
  note: content.note,
  orderDiscountAmount: formatAmount(content.orderDiscount, content.currency),
  orderDiscountRate: content.orderDiscountRate === null ? null : formatDecimal(content.orderDiscountRate, RATE_SCALE),
  promotionDiscountAmount: formatAmount(content.promotionDiscount, content.currency),
  netAmount: formatAmount(content.net, content.currency),
  taxAmount: formatAmount(content.tax, content.currency),
  grossAmount: formatAmount(content.gross, content.currency),
});

const lineValues = (line: Line, currency: string): Record<string, string | null> => ({
  productId: line.productId,
  qty: `${formatQty(line.qty)} ${line.unit}`,
  unitPrice: formatDecimal(line.unitPrice, PRICE_SCALE, 2),
  discountAmount: formatAmount(line.discount, currency),
  grossAmount: formatAmount(line.gross, currency),
  requestedOn: line.requestedOn,
  promisedOn: line.promisedOn,
  free: String(line.free),
  note: line.note,
});

function itemsOf(
  at: { lineNo: number | null; productId: string | null },
  left: Record<string, string | null>,
  right: Record<string, string | null>,
): RoundItem[] {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].map((field) => {
    const values = { left: left[field] ?? null, right: right[field] ?? null };
    return {
      key: `${at.lineNo ?? 'order'}-${field}`,
      ...at,
      field,
      ...values,
      differs: values.left !== values.right,
    };
  });
}

/** Header and lines of two contents, field by field; a line that one of them lacks differs in everything. */
export function compareRounds(left: Content, right: Content): RoundItem[] {
  const numbers = [...new Set([...left.lines, ...right.lines].map(({ lineNo }) => lineNo))].sort((a, b) => a - b);
  return [
    ...itemsOf({ lineNo: null, productId: null }, headerValues(left), headerValues(right)),
    ...numbers.flatMap((lineNo) => {
      const before = left.lines.find((line) => line.lineNo === lineNo);
      const after = right.lines.find((line) => line.lineNo === lineNo);
      return itemsOf(
        { lineNo, productId: after?.productId ?? before?.productId ?? null },
        before === undefined ? {} : lineValues(before, left.currency),
        after === undefined ? {} : lineValues(after, right.currency),
      );
    }),
  ];
}

/** Refuses order.not_found and order.round_not_found. */
export async function readRoundComparison(
  tx: Tx,
  orderId: string,
  { left, right }: { left: number; right?: number | undefined },
  locale: string,
) {
  const [orders, lines, rounds] = await Promise.all([
    tx.query<OrderRow>(sql`select ${columnsOf(salesOrder)} from sales_order where id = ${orderId}`),
    tx.query<LineRow>(sql`select ${columnsOf(orderLine)} from order_line where order_id = ${orderId} order by line_no`),
    tx.query<{ round: number; content: unknown }>(
      sql`select round, content from order_round where order_id = ${orderId}`,
    ),
  ]);
  const row = orders[0];
  if (row === undefined) throw refuse('order.not_found');
  const roundOf = (no: number, field: string): unknown => {
    const found = rounds.find(({ round }) => round === no);
    if (found === undefined) throw refuse('order.round_not_found', { round: String(no) }, field);
    return found.content;
  };
  const now = confirmationContent({ row, lines }).content;
  const items = compareRounds(
    Content.parse(roundOf(left, 'left')),
    Content.parse(right === undefined ? now : roundOf(right, 'right')),
  );
  const ids = [
    ...new Set(
      items.flatMap(({ productId, field, left: a, right: b }) => [productId, ...(field === 'productId' ? [a, b] : [])]),
    ),
  ].filter((id) => id !== null);
  const products = await tx.query<{
    id: string;
    sku: string;
    name: string;
    name_hans: string | null;
    name_en: string | null;
  }>(sql`select id, sku, name, name_hans, name_en from product where id = any(${ids}::uuid[])`);
  const byId = new Map(products.map((product) => [product.id, product]));
  const label = (id: string | null) => {
    const product = id === null ? undefined : byId.get(id);
    return product === undefined ? null : `${product.sku} ${nameIn(product, locale)}`;
  };
  return {
    left,
    right: right ?? null,
    items: items.map(({ productId, ...item }) => {
      const product = productId === null ? undefined : byId.get(productId);
      return {
        ...item,
        ...(item.field === 'productId' ? { field: 'product', left: label(item.left), right: label(item.right) } : {}),
        product:
          product === undefined ? null : { sku: product.sku, name: nameIn(product, locale), nameEn: product.name_en },
      };
    }),
  };
}
