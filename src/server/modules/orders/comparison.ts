/** Inquiry and order side by side (R3.3). */
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import type { InquiryLineRow } from './order-own.ts';
import { type ProductRow, productColumns } from './order-masters.ts';
import { compareWithInquiry } from './order-rules.ts';
import { type LineRow, orderLine } from './order-tables.ts';

/** A product's name in the reader's language, where it has one. */
export const nameIn = (
  product: { name: string; name_hans: string | null; name_en: string | null },
  locale: string,
): string => (locale === 'en' ? product.name_en : locale === 'zh-Hans' ? product.name_hans : null) ?? product.name;

export async function readComparison(tx: Tx, orderId: string, locale: string) {
  const [orders, lines, wanted, accepted, products] = await Promise.all([
    tx.query<{ inquiry_id: string | null }>(sql`select inquiry_id from sales_order where id = ${orderId}`),
    tx.query<LineRow>(sql`select ${columnsOf(orderLine)} from order_line where order_id = ${orderId} order by line_no`),
    tx.query<InquiryLineRow>(
      sql`select o.id as order_id, l.line_no, l.wanted, l.product_id, l.qty, l.unit, l.requested_on from sales_order o join inquiry_line l on l.inquiry_id = o.inquiry_id where o.id = ${orderId} order by l.line_no`,
    ),
    tx.query<{ key: string }>(sql`select key from inquiry_difference where order_id = ${orderId}`),
    tx.query<ProductRow>(
      sql`select ${productColumns} from product where id in (select product_id from order_line where order_id = ${orderId})`,
    ),
  ]);
  const order = orders[0];
  if (order === undefined) throw refuse('order.not_found');
  const label = (id: string | undefined) => {
    const product = products.find((row) => row.id === id);
    return product === undefined ? null : `${product.sku} ${nameIn(product, locale)}`;
  };
  const keys = new Set(accepted.map(({ key }) => key));
  const items =
    order.inquiry_id === null ? [] : compareWithInquiry(wanted, lines, (id) => products.find((row) => row.id === id));
  return {
    inquiryId: order.inquiry_id,
    items: items.map((item) => {
      const line =
        item.field === 'added'
          ? lines.find(({ line_no }) => line_no === item.lineNo)
          : lines.find((row) => row.product_id === wanted.find(({ line_no }) => line_no === item.lineNo)?.product_id);
      const text = label(line?.product_id) ?? wanted.find(({ line_no }) => line_no === item.lineNo)?.wanted ?? null;
      return {
        key: item.key,
        lineNo: item.lineNo,
        field: item.field,
        label: text,
        inquiryValue: item.inquiryValue,
        orderValue: item.field === 'product' ? label(line?.product_id) : item.orderValue,
        differs: item.differs,
        accepted: keys.has(item.key),
      };
    }),
  };
}
