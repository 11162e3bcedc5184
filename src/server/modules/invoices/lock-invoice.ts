/** An invoice that somebody acts on: its order is locked first, then the invoice. */
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import type { Command } from '../../platform/pipeline/types.ts';
import { requireVersion } from '../../platform/pipeline/version.ts';
import { lockOrderMoney, type OrderMoney } from '../orders/index.ts';
import { type InvoiceRow, invoiceTable } from './invoice-tables.ts';

export async function lockInvoice(
  tx: Tx,
  command: Command<unknown>,
  invoiceId: string,
): Promise<{ invoice: InvoiceRow; order: OrderMoney }> {
  const [found] = await tx.query<{ order_id: string }>(sql`select order_id from invoice where id = ${invoiceId}`);
  if (found === undefined) throw refuse('invoice.not_found');
  const [orders, rows] = await Promise.all([
    lockOrderMoney(tx, { orderIds: [found.order_id] }),
    tx.query<InvoiceRow>(sql`select ${columnsOf(invoiceTable)} from invoice where id = ${invoiceId} for update`),
  ]);
  const order = orders.get(found.order_id);
  const invoice = rows[0];
  if (order === undefined || invoice === undefined) throw refuse('invoice.not_found');
  requireVersion(command, invoice);
  return { invoice, order };
}
