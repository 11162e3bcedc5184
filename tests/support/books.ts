/** What must hold of money over the whole database, whatever happened (P5). Each row that a query returns is a fault. */
import { expect } from 'vitest';
import type { TestApp } from './app.ts';

const FAULTS = `
  select 'allocations of a receipt' as what, p.no from payment p
    where p.allocated_amount <> (select coalesce(sum(amount), 0) from allocation a where a.payment_id = p.id and a.reversed_at is null)
  union all select 'what a plan item has', i.order_id || ' ' || i.item_no from payment_plan_item i
    where i.paid_amount <> (select coalesce(sum(amount), 0) from allocation a where a.order_id = i.order_id and a.item_no = i.item_no and a.reversed_at is null)
  union all select 'paid of an order', o.no from sales_order o
    where o.paid_amount <> (select coalesce(sum(paid_amount), 0) from payment_plan_item i where i.order_id = o.id)
  union all select 'plan of an order', o.no from sales_order o
    where o.state in ('in_effect', 'completed') and o.gross_amount <> (select coalesce(sum(amount), 0) from payment_plan_item i where i.order_id = o.id)
  union all select 'invoiced of an order', o.no from sales_order o
    where o.invoiced_amount <> (select coalesce(sum(gross_amount), 0) from invoice i where i.order_id = o.id) + (select coalesce(sum(invoiced_gross_amount), 0) from order_line_earlier e where e.order_id = o.id)
  union all select 'invoiced of a line', l.order_id || ' ' || l.line_no from order_line l
    where (l.invoiced_gross_amount, l.invoiced_net_amount, l.invoiced_tax_amount) is distinct from
      (select (coalesce(sum(gross_amount), 0)::bigint, coalesce(sum(net_amount), 0)::bigint, coalesce(sum(tax_amount), 0)::bigint) from (select order_id, line_no, gross_amount, net_amount, tax_amount from invoice_line union all select order_id, line_no, invoiced_gross_amount, invoiced_net_amount, invoiced_tax_amount from order_line_earlier) i where i.order_id = l.order_id and i.line_no = l.line_no)
  union all select 'sum of an invoice', i.no from invoice i
    where (i.gross_amount, i.net_amount) is distinct from (select (sum(gross_amount)::bigint, sum(net_amount)::bigint) from invoice_line l where l.invoice_id = i.id)
  union all select 'held of an order', o.no from sales_order o where o.state in ('in_effect', 'completed') and o.held_amount <> o.gross_amount - o.invoiced_amount
  union all select 'held of a partner', c.partner_id::text from credit_account c where c.held_amount <> (select coalesce(sum(held_amount), 0) from sales_order o where o.partner_id = c.partner_id)
  union all select 'balance of a partner', c.partner_id::text from credit_account c
    where c.balance_amount <> (select coalesce(sum(case when debit_account = '1122' then amount else -amount end), 0) from ledger_entry l where l.partner_id = c.partner_id and '1122' in (debit_account, credit_account))
  union all select 'revenue', i.no from invoice i
    where i.net_amount <> (select coalesce(sum(case when credit_account = '6001' then amount else -amount end), 0) from ledger_entry l where l.source_id = i.id and '6001' in (debit_account, credit_account))
  union all select 'events of a ' || e.document_type, e.document_id::text from event e group by e.document_type, e.document_id having count(*) <> max(e.version)
  union all select 'version of an order', o.no from sales_order o where o.version <> (select count(*) from event e where e.document_id = o.id)
  union all select 'version of a receipt', p.no from payment p where p.version <> (select count(*) from event e where e.document_id = p.id)
  union all select 'version of an invoice', i.no from invoice i where i.version <> (select count(*) from event e where e.document_id = i.id)`;

const SERIES = [
  ['payment', 'no'],
  ['invoice', 'no'],
  ['ledger_entry', 'voucher_no'],
] as const;

/** Sums, versions, and numbers without gaps. */
export async function booksAgree(t: TestApp): Promise<void> {
  expect(await t.sql(FAULTS)).toEqual([]);
  for (const [table, column] of SERIES) {
    const rows = await t.sql<{ no: string }>(`select distinct ${column} as no from ${table} order by 1`);
    const prefix = rows[0]?.no.slice(0, -6) ?? '';
    expect(rows.map(({ no }) => no)).toEqual(rows.map((_, i) => `${prefix}${String(i + 1).padStart(6, '0')}`));
  }
}
