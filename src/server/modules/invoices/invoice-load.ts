/** What decisions on invoices need of orders and partners, for a set of commands. */
import { sql, type Tx } from '../../platform/db/database.ts';
import { insertRows, updateRows } from '../../platform/db/table.ts';
import type { BuyerFile, DueLine } from './invoice-rules.ts';
import {
  INVOICE_CHANGING,
  type InvoiceLineRow,
  type InvoiceRow,
  invoiceLineTable,
  invoiceTable,
  lineInvoicedTable,
} from './invoice-tables.ts';

export type DueOrderLine = DueLine & {
  orderId: string;
  lineNo: number;
  productId: string;
  sku: string;
  name: string;
  spec: string | null;
  taxCode: string | null;
  unit: string;
  taxRate: bigint;
  shippedQty: bigint;
  isGoods: boolean;
  wholeUnits: boolean;
};
export type BuyerRow = BuyerFile & { id: string; no: string; name_en: string | null; invoice_kind: string };
export type DueOrders = {
  orders: Map<string, { partnerId: string; poNo: string | null; customerName: string | null; lines: DueOrderLine[] }>;
  /** By partner. */
  files: Map<string, BuyerRow>;
};

type LineFacts = {
  order_id: string;
  partner_id: string;
  line_no: number;
  product_id: string;
  po_no: string | null;
  customer_name: string | null;
  sku: string;
  name: string;
  spec: string | null;
  tax_code: string | null;
  unit: string;
  kind: string;
  whole_units: boolean;
  tax_rate: bigint;
  qty: bigint;
  closed_qty: bigint;
  shipped_qty: bigint;
  gross_amount: bigint;
  net_amount: bigint;
  tax_amount: bigint;
  invoiced_gross_amount: bigint;
  invoiced_net_amount: bigint;
  invoiced_tax_amount: bigint;
  invoiced_qty: bigint;
};

/** Lines of orders with what is invoiced of them, and the buyers. To be issued after the orders are locked. Two statements. */
export async function loadDueOrders(tx: Tx, orderIds: readonly string[]): Promise<DueOrders> {
  const of = sql`any(${[...new Set(orderIds)]}::uuid[])`;
  const [rows, files] = await Promise.all([
    tx.query<LineFacts>(sql`
      select l.order_id, l.partner_id, o.po_no, o.customer_name, l.line_no, l.product_id, p.sku, p.name, p.spec, p.tax_code, l.unit, p.kind, p.whole_units, l.tax_rate, l.qty, l.closed_qty, l.shipped_qty,
        l.gross_amount, l.net_amount, l.tax_amount, l.invoiced_gross_amount, l.invoiced_net_amount, l.invoiced_tax_amount,
        (coalesce((select sum(i.qty) from invoice_line i where i.order_id = l.order_id and i.line_no = l.line_no), 0)
          + coalesce((select e.invoiced_qty from order_line_earlier e where e.order_id = l.order_id and e.line_no = l.line_no), 0))::bigint as invoiced_qty
      from order_line l join product p on p.id = l.product_id join sales_order o on o.id = l.order_id where l.order_id = ${of} order by l.order_id, l.line_no`),
    tx.query<BuyerRow>(sql`
      select id, no, name, name_en, invoice_kind, invoice_title, tax_no, invoice_address, invoice_phone, bank_name, bank_account from partner
      where id in (select partner_id from sales_order where id = ${of})`),
  ]);
  const orders: DueOrders['orders'] = new Map();
  for (const row of rows) {
    const order = orders.get(row.order_id) ?? {
      partnerId: row.partner_id,
      poNo: row.po_no,
      customerName: row.customer_name,
      lines: [],
    };
    order.lines.push(dueLine(row));
    orders.set(row.order_id, order);
  }
  return { orders, files: new Map(files.map((file) => [file.id, file])) };
}

const dueLine = (row: LineFacts): DueOrderLine => ({
  orderId: row.order_id,
  lineNo: row.line_no,
  productId: row.product_id,
  sku: row.sku,
  name: row.name,
  spec: row.spec,
  taxCode: row.tax_code,
  unit: row.unit,
  taxRate: row.tax_rate,
  shippedQty: row.shipped_qty,
  isGoods: row.kind === 'stock' || row.kind === 'made',
  wholeUnits: row.whole_units,
  qty: row.qty,
  closedQty: row.closed_qty,
  invoicedQty: row.invoiced_qty,
  gross: row.gross_amount,
  net: row.net_amount,
  tax: row.tax_amount,
  invoiced: { gross: row.invoiced_gross_amount, net: row.invoiced_net_amount, tax: row.invoiced_tax_amount },
});

export type InvoiceWrites = {
  created: readonly InvoiceRow[];
  lines: readonly InvoiceLineRow[];
  changed?: readonly InvoiceRow[];
  /** Order lines with what is invoiced of them now. */
  orderLines?: readonly DueOrderLine[];
};

/** Writes invoices and what is invoiced of the lines of their orders. A fixed number of statements. */
export async function saveInvoices(
  tx: Tx,
  { created, lines, changed = [], orderLines = [] }: InvoiceWrites,
): Promise<void> {
  await Promise.all([
    updateRows(tx, invoiceTable, INVOICE_CHANGING, changed),
    insertRows(tx, invoiceTable, created),
    insertRows(tx, invoiceLineTable, lines),
    updateRows(
      tx,
      lineInvoicedTable,
      ['invoiced_gross_amount', 'invoiced_net_amount', 'invoiced_tax_amount'],
      orderLines.map(({ orderId, lineNo, invoiced }) => ({
        order_id: orderId,
        line_no: lineNo,
        invoiced_gross_amount: invoiced.gross,
        invoiced_net_amount: invoiced.net,
        invoiced_tax_amount: invoiced.tax,
      })),
    ),
  ]);
}
