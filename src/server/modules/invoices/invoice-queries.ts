/** Reads of invoices: views, the list, what of an order can be invoiced. */
import type { z } from 'zod';
import type {
  InvoiceableView,
  InvoiceRow as InvoiceItem,
  InvoiceView,
  invoicesList,
} from '../../../contract/invoices.ts';
import { invoiceMachine } from '../../../contract/machines/others.ts';
import { INVOICE_KINDS } from '../../../contract/partners.ts';
import { formatDecimal, RATE_SCALE } from '../../kernel/decimal.ts';
import { formatAmount } from '../../kernel/money.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse, type Refusal } from '../../kernel/refusal.ts';
import { empty, join, plannedAnew, raw, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { COUNT_UP_TO, totalOf } from '../../platform/http/listing.ts';
import { refusalView } from '../../platform/http/messages.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { amongMeant, countOf, type DocumentsMeant, documentsMeant, type Seeker } from '../orders/index.ts';
import { loadDueOrders } from './invoice-load.ts';
import { buyerOf, buyerProblems, invoiceRefusals, openAmounts, openQty } from './invoice-rules.ts';
import { type InvoiceLineRow, type InvoiceRow, invoiceLineTable, invoiceTable } from './invoice-tables.ts';

type View = z.infer<typeof InvoiceView>;
type Item = z.infer<typeof InvoiceItem>;
type Invoiceable = z.infer<typeof InvoiceableView>;
export type Viewer = { actor: Actor; locale: string };

export type WithNames = InvoiceRow & {
  partner_no: string;
  partner_name: string;
  partner_name_en: string | null;
  order_no: string;
  po_no: string | null;
  customer_name: string | null;
  issuer_name: string | null;
  blue_no: string | null;
  blue_tax_no: string | null;
  red_id: string | null;
  red_no: string | null;
  red_tax_no: string | null;
};
export type LineOfProduct = InvoiceLineRow & { sku: string; spec: string | null; tax_code: string | null };

const names = sql`p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en, o.no as order_no, o.po_no, o.customer_name,
  u.name as issuer_name, b.no as blue_no, b.tax_invoice_no as blue_tax_no, r.id as red_id, r.no as red_no, r.tax_invoice_no as red_tax_no`;
const joined = sql`invoice i join partner p on p.id = i.partner_id join sales_order o on o.id = i.order_id
  left join app_user u on u.id = i.issued_by left join invoice b on b.id = i.reverses_id left join invoice r on r.reverses_id = i.id`;

/** The view of an invoice; refuses where the scope does not hold it. Two statements in one flight. */
export async function readInvoice(tx: Tx, id: string, viewer: Viewer): Promise<View> {
  const [rows, lines] = await Promise.all([
    tx.query<WithNames>(sql`select ${columnsOf(invoiceTable, 'i')}, ${names} from ${joined} where i.id = ${id}`),
    tx.query<LineOfProduct>(sql`
      select ${columnsOf(invoiceLineTable, 'l')}, d.sku, d.spec, d.tax_code from invoice_line l join product d on d.id = l.product_id
      where l.invoice_id = ${id} order by l.line_no`),
  ]);
  if (rows[0] === undefined) throw refuse('invoice.not_found');
  return invoiceView(rows[0], lines, viewer);
}

const item =
  (actor: Actor) =>
  (row: WithNames): Item => ({
    id: row.id,
    no: row.no,
    version: row.version,
    state: row.state,
    kind: row.kind as Item['kind'],
    isRed: row.reverses_id !== null,
    partner: { id: row.partner_id, no: row.partner_no, name: row.partner_name, nameEn: row.partner_name_en },
    order: { id: row.order_id, no: row.order_no, poNo: row.po_no, customerName: row.customer_name },
    taxInvoiceNo: row.tax_invoice_no,
    currency: row.currency,
    netAmount: formatAmount(row.net_amount, row.currency),
    taxAmount: formatAmount(row.tax_amount, row.currency),
    grossAmount: formatAmount(row.gross_amount, row.currency),
    issuedOn: row.issued_on,
    sentAt: row.sent_at?.toISOString() ?? null,
    receivedAt: row.received_at?.toISOString() ?? null,
    // Why the company issued early is its own business.
    warnings: actor.partnerId === null ? (row.warnings as Item['warnings']) : [],
  });

/** An invoice as its readers get it. */
export function invoiceView(row: WithNames, lines: readonly LineOfProduct[], { actor, locale }: Viewer): View {
  const internal = actor.partnerId === null;
  return {
    ...item(actor)(row),
    buyer: row.buyer,
    lines: lines.map((line) => ({
      lineNo: line.line_no,
      productId: line.product_id,
      sku: line.sku,
      name: line.name,
      spec: line.spec,
      taxCode: line.tax_code,
      qty: formatQty(line.qty),
      unit: line.unit,
      taxRate: formatDecimal(line.tax_rate, RATE_SCALE),
      netAmount: formatAmount(line.net_amount, row.currency),
      taxAmount: formatAmount(line.tax_amount, row.currency),
      grossAmount: formatAmount(line.gross_amount, row.currency),
    })),
    issuedBy: internal && row.issued_by !== null ? { id: row.issued_by, name: row.issuer_name ?? '' } : null,
    deliveryMethod: row.delivery_method as View['deliveryMethod'],
    deliveryRef: row.delivery_ref,
    receivedBy: row.received_by,
    beforePaymentReason: internal ? row.before_payment_reason : null,
    reverses:
      row.reverses_id === null ? null : { id: row.reverses_id, no: row.blue_no ?? '', taxInvoiceNo: row.blue_tax_no },
    reversedBy: row.red_id === null ? null : { id: row.red_id, no: row.red_no ?? '', taxInvoiceNo: row.red_tax_no },
    redReason: row.red_reason as View['redReason'],
    redFormNo: row.red_form_no,
    reverseNote: internal ? row.reverse_note : null,
    allowedActions: allowedActions(row, actor, locale),
  };
}

function allowedActions(row: InvoiceRow, actor: Actor, locale: string): View['allowedActions'] {
  const primary = row.state === 'issued' ? 'send' : row.state === 'sent' ? 'receive' : null;
  return invoiceMachine.rows
    .filter((each) => (each.from as readonly string[]).includes(row.state))
    .filter(
      (each) =>
        (each.actor as readonly string[]).includes(actor.kind) && actor.permissions.has(each.permission as never),
    )
    .map(({ action }) => ({
      action,
      refusals: invoiceRefusals(action, row).map((refusal) => refusalView(refusal, locale)),
      ...(action === primary ? { primary: true } : {}),
    }));
}

type ListQuery = z.output<NonNullable<typeof invoicesList.query>>;
const up = { after: raw('>'), direction: raw('asc') };
const down = { after: raw('<'), direction: raw('desc') };
const SORTS = {
  issued: { by: raw('i.issued_on'), cast: raw('::date'), ...up },
  '-issued': { by: raw('i.issued_on'), cast: raw('::date'), ...down },
  gross: { by: raw('i.gross_amount'), cast: raw('::bigint'), ...up },
  '-gross': { by: raw('i.gross_amount'), cast: raw('::bigint'), ...down },
} as const;

/** Invoices that the scope may see, newest first unless sorted otherwise. */
export async function listInvoices(tx: Tx, query: ListQuery, seeker: Seeker) {
  const { actor } = seeker;
  const name = query.sort ?? '-issued';
  const sort = SORTS[name];
  const cursor = decodeTypedCursor(query.cursor, [name.endsWith('gross') ? 'whole' : 'date', 'id']);
  const meant = await documentsMeant(tx, query.q, NUMBERS, seeker);
  const where = join(filters(query, meant, actor), ' and ');
  const after =
    cursor === null
      ? empty
      : sql` and (${sort.by}, i.id) ${sort.after} (${cursor[0]}::text${sort.cast}, ${cursor[1]}::uuid)`;
  const [rows, counts] = await Promise.all([
    tx.query<WithNames & { sort_value: string }>(
      plannedAnew(sql`
      select ${columnsOf(invoiceTable, 'i')}, ${names}, ${sort.by}::text as sort_value from ${joined}
      where ${where}${after} order by ${sort.by} ${sort.direction}, i.id ${sort.direction} limit ${query.limit + 1}`),
    ),
    cursor === null
      ? tx.query<{ n: bigint }>(
          plannedAnew(sql`select count(*) as n from (select 1 from invoice i where ${where} limit ${COUNT_UP_TO}) c`),
        )
      : [],
  ]);
  return pageOf(rows, query.limit, item(actor), (row) => [row.sort_value, row.id], countOf(totalOf(counts), meant));
}

const NUMBERS = { table: sql`invoice`, numbers: [{ column: sql`no`, prefix: 'INV' }, { column: sql`tax_invoice_no` }] };

/** Only what is asked for is said, so that the index of each filter serves it. */
function filters(query: ListQuery, meant: DocumentsMeant | null, { scope }: Actor): Sql[] {
  const found = [scope.kind === 'company' ? sql`true` : sql`i.partner_id = any(${[...scope.ids]}::uuid[])`];
  const either = (asked: 'true' | 'false' | undefined, yes: Sql, no: Sql) =>
    asked === undefined ? [] : [asked === 'true' ? yes : no];
  if (meant !== null) found.push(amongMeant(sql`i`, meant));
  if (query.state !== undefined) found.push(sql`i.state = ${query.state}`);
  if (query.kind !== undefined) found.push(sql`i.kind = ${query.kind}`);
  if (query.partnerId !== undefined) found.push(sql`i.partner_id = ${query.partnerId}`);
  if (query.orderId !== undefined) found.push(sql`i.order_id = ${query.orderId}`);
  found.push(
    ...either(query.isRed, sql`i.reverses_id is not null`, sql`i.reverses_id is null`),
    ...either(query.notReceived, sql`i.state in ('issued', 'sent')`, sql`i.state not in ('issued', 'sent')`),
    ...either(query.withoutTaxNo, sql`i.tax_invoice_no is null`, sql`i.tax_invoice_no is not null`),
  );
  if (query.from !== undefined) found.push(sql`i.issued_on >= ${query.from}::date`);
  if (query.to !== undefined) found.push(sql`i.issued_on <= ${query.to}::date`);
  return found;
}

/** What of an order can be invoiced now, line by line, and what stands in the way. */
export async function readInvoiceable(
  tx: Tx,
  orderId: string,
  env: Env,
  now: Date,
  locale: string,
): Promise<Invoiceable> {
  const { orders, files } = await loadDueOrders(tx, [orderId]);
  const order = orders.get(orderId);
  const [row] = await tx.query<{
    state: string;
    delivery_status: string;
    payment_status: string;
    invoice_status: string;
    gross_amount: bigint;
    paid_amount: bigint;
    invoiced_amount: bigint;
    currency: string;
    no: string;
  }>(
    sql`select state, delivery_status, payment_status, invoice_status, gross_amount, paid_amount, invoiced_amount, currency, no from sales_order where id = ${orderId}`,
  );
  const file = order === undefined ? undefined : files.get(order.partnerId);
  if (row === undefined || order === undefined || file === undefined) throw refuse('order.not_found');
  const money = (amount: bigint) => formatAmount(amount, row.currency);
  const buyer = buyerOf(file);
  const committed = row.state === 'in_effect' || row.state === 'completed';
  const refusals: Refusal[] = [];
  if (!committed) refusals.push({ code: 'order.wrong_state', params: { action: 'invoice', state: row.state } });
  else if (row.invoiced_amount >= row.gross_amount)
    refusals.push({ code: 'invoice.exceeds_due', params: { line: '', open: '0' } });
  const unpaid = row.gross_amount > row.paid_amount;
  return {
    orderId,
    orderNo: row.no,
    partner: { id: order.partnerId, no: file.no, name: file.name, nameEn: file.name_en },
    currency: row.currency,
    deliveryStatus: row.delivery_status as Invoiceable['deliveryStatus'],
    paymentStatus: row.payment_status as Invoiceable['paymentStatus'],
    invoiceStatus: row.invoice_status as Invoiceable['invoiceStatus'],
    grossAmount: money(row.gross_amount),
    paidAmount: money(row.paid_amount),
    invoicedAmount: money(row.invoiced_amount),
    openAmount: money(row.gross_amount - row.invoiced_amount),
    kind: file.invoice_kind as Invoiceable['kind'],
    buyer,
    buyerProblems: INVOICE_KINDS.map((kind) => ({ kind, fields: buyerProblems(buyer, kind) })).filter(
      ({ fields }) => fields.length > 0,
    ),
    lines: order.lines.map((line) => ({
      lineNo: line.lineNo,
      productId: line.productId,
      sku: line.sku,
      name: line.name,
      unit: line.unit,
      taxRate: formatDecimal(line.taxRate, RATE_SCALE),
      qty: formatQty(line.qty - line.closedQty),
      shippedQty: formatQty(line.shippedQty),
      invoicedQty: formatQty(line.invoicedQty),
      openQty: formatQty(openQty(line)),
      openAmount: money(openAmounts(line).gross),
    })),
    needsReason: unpaid && env.policy.at('invoice.needs_payment', now).value === 1,
    warnings: order.lines.some(
      (line) => line.isGoods && openAmounts(line).gross > 0n && line.shippedQty < line.qty - line.closedQty,
    )
      ? ['before_shipment']
      : [],
    refusals: refusals.map((refusal) => refusalView(refusal, locale)),
  };
}
