/** Money: payments, invoices, orders, ledger, credit. Each statement gives the rows that break the rule; a sound database gives none. */
import { currencyScale, isCurrency } from '../../kernel/currency.ts';
import { raw, type Statement, sql } from '../db/database.ts';

/** A rule that holds after every transaction. */
export type Invariant = { name: string; meaning: string; statement: Statement };

/** Currencies whose minor unit has another number of decimals than two, as SQL over `o.currency`. */
const decimals = raw(
  `case ${Intl.supportedValuesOf('currency')
    .filter((code) => isCurrency(code) && currencyScale(code) !== 2)
    .map((code) => `when o.currency = '${code}' then ${currencyScale(code)}`)
    .join(' ')} else 2 end`,
);

export const MONEY_INVARIANTS: readonly Invariant[] = [
  {
    name: 'payment.allocated',
    meaning:
      'What of a payment is allocated is the sum of its live allocations; the rest is unallocated and not negative.',
    statement: sql`
      select p.id, p.no, p.amount, p.allocated_amount, coalesce(a.amount, 0) as allocations
      from payment p
      left join (select payment_id, sum(amount) as amount from allocation where reversed_at is null group by payment_id) a on a.payment_id = p.id
      where p.allocated_amount <> coalesce(a.amount, 0) or p.allocated_amount > p.amount or (p.state <> 'confirmed' and p.allocated_amount <> 0)`,
  },
  {
    name: 'order.paid',
    meaning:
      'What is paid of an order, of its plan and of each plan item is the sum of live allocations; a plan adds up to the order.',
    statement: sql`
      select o.id, o.no, o.gross_amount, o.paid_amount, i.amount as plan, i.paid as plan_paid, i.wrong as items_wrong, coalesce(a.amount, 0) as allocations
      from sales_order o
      left join (select order_id, sum(amount) as amount from allocation where reversed_at is null group by order_id) a on a.order_id = o.id
      left join (
        select i.order_id, sum(i.amount) as amount, sum(i.paid_amount) as paid, count(*) filter (where i.paid_amount <> coalesce(x.amount, 0)) as wrong
        from payment_plan_item i
        left join (select order_id, item_no, sum(amount) as amount from allocation where reversed_at is null group by order_id, item_no) x
          on x.order_id = i.order_id and x.item_no = i.item_no
        group by i.order_id
      ) i on i.order_id = o.id
      where o.paid_amount <> coalesce(a.amount, 0) or o.paid_amount <> coalesce(i.paid, 0) or coalesce(i.wrong, 0) <> 0
        or (i.amount is not null and i.amount <> o.gross_amount) or (i.amount is null and o.state in ('in_effect', 'completed'))`,
  },
  {
    name: 'order.invoiced',
    meaning:
      'What is invoiced of a line is the sum of its invoice lines, red ones negative, and of what was invoiced before the cut-over; lines add up to the order.',
    statement: sql`
      select l.order_id, l.line_no, l.invoiced_gross_amount, coalesce(v.gross, 0) as invoice_lines, o.invoiced_amount, s.gross as line_sum
      from order_line l
      join sales_order o on o.id = l.order_id
      join (select order_id, sum(invoiced_gross_amount) as gross from order_line group by order_id) s on s.order_id = o.id
      left join (
        select order_id, line_no, sum(gross_amount) as gross, sum(net_amount) as net, sum(tax_amount) as tax from (
          select order_id, line_no, gross_amount, net_amount, tax_amount from invoice_line
          union all
          select order_id, line_no, invoiced_gross_amount, invoiced_net_amount, invoiced_tax_amount from order_line_earlier
        ) i group by order_id, line_no
      ) v on v.order_id = l.order_id and v.line_no = l.line_no
      where l.invoiced_gross_amount <> coalesce(v.gross, 0) or l.invoiced_net_amount <> coalesce(v.net, 0)
        or l.invoiced_tax_amount <> coalesce(v.tax, 0) or o.invoiced_amount <> s.gross`,
  },
  {
    name: 'invoice.sum',
    meaning: 'An invoice is the sum of its lines; a red one is the exact opposite of the blue one that it takes back.',
    statement: sql`
      select i.id, i.no, i.gross_amount, coalesce(l.gross, 0) as line_sum, b.gross_amount as reversed_gross
      from invoice i
      left join (select invoice_id, sum(gross_amount) as gross, sum(net_amount) as net, sum(tax_amount) as tax from invoice_line group by invoice_id) l
        on l.invoice_id = i.id
      left join invoice b on b.id = i.reverses_id
      where i.gross_amount <> coalesce(l.gross, 0) or i.net_amount <> coalesce(l.net, 0) or i.tax_amount <> coalesce(l.tax, 0)
        or (b.id is not null and (i.gross_amount <> -b.gross_amount or i.net_amount <> -b.net_amount or i.tax_amount <> -b.tax_amount or b.state <> 'reversed'))
        or (i.state = 'reversed' and not exists (select from invoice r where r.reverses_id = i.id))`,
  },
  {
    name: 'order.sum',
    meaning: 'Net, tax and gross of an order are the sums of its lines.',
    statement: sql`
      select o.id, o.no, o.gross_amount, coalesce(l.gross, 0) as line_sum
      from sales_order o
      left join (select order_id, sum(gross_amount) as gross, sum(net_amount) as net, sum(tax_amount) as tax from order_line group by order_id) l on l.order_id = o.id
      where o.gross_amount <> coalesce(l.gross, 0) or o.net_amount <> coalesce(l.net, 0) or o.tax_amount <> coalesce(l.tax, 0)`,
  },
  {
    name: 'order_line.amount',
    meaning:
      'A line is quantity × price, half up, less its discount, its share of the order discount and of promotions on the order; a tax-inclusive net is gross / (1 + rate).',
    // A line of which a part was closed costs what is left of it.
    statement: sql`
      select l.order_id, l.line_no, l.gross_amount, l.net_amount, a.wanted
      from order_line l
      join sales_order o on o.id = l.order_id
      cross join lateral (
        select case when l.free then 0 else round((l.qty - l.closed_qty)::numeric * l.unit_price * 10000 / (l.unit_factor * power(10::numeric, 10 - (${decimals})))) - l.discount_amount end
          - l.order_discount_share - l.promotion_share_amount as wanted
      ) a
      where l.closed_qty = 0 and (
        case when o.tax_inclusive
          then l.gross_amount <> a.wanted or l.net_amount <> round(a.wanted / (1 + l.tax_rate::numeric / 1000000))
          else l.net_amount <> a.wanted or l.tax_amount <> round(a.wanted * l.tax_rate / 1000000) end)`,
  },
  {
    name: 'order.discount_split',
    meaning: 'The shares of the order discount add up to it.',
    statement: sql`
      select o.id, o.no, o.order_discount_amount, coalesce(l.shares, 0) as shares
      from sales_order o
      left join (select order_id, sum(order_discount_share) as shares from order_line group by order_id) l on l.order_id = o.id
      where o.order_discount_amount <> coalesce(l.shares, 0)`,
  },
  {
    name: 'promotion.used',
    meaning: 'What is used of a promotion with a quota is what orders from their submission on have of it.',
    statement: sql`
      select m.id, m.code, m.used_qty, coalesce(u.qty, 0) as in_orders
      from promotion m
      left join (
        select (w.step ->> 'id')::uuid as id, sum(l.qty) as qty
        from order_line l
        join sales_order o on o.id = l.order_id and o.state not in ('draft', 'cancelled')
        cross join lateral jsonb_array_elements(l.why) as w(step)
        where l.why @> '[{"limited": true}]' and w.step ->> 'step' = 'promotion' and (w.step ->> 'limited')::boolean
        group by 1
      ) u on u.id = m.id
      where m.used_qty <> coalesce(u.qty, 0)`,
  },
  {
    name: 'ledger.posted',
    meaning:
      'Debits equal credits in each currency; every confirmed payment and every invoice is posted with its amounts, and what is taken back is mirrored.',
    statement: sql`
      with side as (
        select currency, debit_account as account, amount as debit, 0::bigint as credit from ledger_entry
        union all
        select currency, credit_account, 0, amount from ledger_entry
      ), posted as (
        select source_id,
          sum(case when debit_account = '1002' then amount when credit_account = '1002' then -amount else 0 end) as bank,
          sum(case when debit_account = '1122' then amount when credit_account = '1122' then -amount else 0 end) as receivable,
          sum(case when credit_account = '2221' then amount when debit_account = '2221' then -amount else 0 end) as tax
        from ledger_entry group by source_id
      )
      select 'currency' as what, null::uuid as id, currency as no, sum(debit) as wanted, sum(credit) as found from side group by currency having sum(debit) <> sum(credit)
      union all
      select 'payment', p.id, p.no, case when p.state = 'confirmed' then p.amount else 0 end, coalesce(l.bank, 0)
      from payment p left join posted l on l.source_id = p.id
      where p.method <> 'opening'
        and (coalesce(l.bank, 0) <> case when p.state = 'confirmed' then p.amount else 0 end or coalesce(l.bank, 0) <> -coalesce(l.receivable, 0))
      union all
      select 'invoice', i.id, i.no, i.gross_amount, coalesce(l.receivable, 0)
      from invoice i left join posted l on l.source_id = i.id
      where coalesce(l.receivable, 0) <> i.gross_amount or coalesce(l.tax, 0) <> i.tax_amount
      union all
      select 'mirror', r.id, r.voucher_no, e.amount, r.amount
      from ledger_entry r join ledger_entry e on e.id = r.reverses_id
      where r.amount <> e.amount or r.debit_account <> e.credit_account or r.credit_account <> e.debit_account or r.partner_id <> e.partner_id or r.currency <> e.currency`,
  },
  {
    name: 'credit.balance',
    meaning: 'The balance of a partner is the sum of its ledger, receivable debits less credits.',
    statement: sql`
      select c.partner_id, c.balance_amount, coalesce(l.balance, 0) as ledger
      from credit_account c
      left join (
        select partner_id, sum(case when debit_account = '1122' then amount when credit_account = '1122' then -amount else 0 end) as balance
        from ledger_entry group by partner_id
      ) l on l.partner_id = c.partner_id
      where c.balance_amount <> coalesce(l.balance, 0)`,
  },
  {
    name: 'credit.held',
    meaning:
      'Held credit of a partner is the sum over its orders; an order holds what is not invoiced of it once goods are reserved, and nothing before.',
    statement: sql`
      select c.partner_id, c.held_amount, coalesce(o.held, 0) as orders, coalesce(o.wrong, 0) as orders_wrong
      from credit_account c
      left join (
        select partner_id, sum(held_amount) as held, count(*) filter (where
          (held_amount <> 0 and held_amount <> gross_amount - invoiced_amount)
          or (state in ('in_effect', 'completed') and held_amount <> gross_amount - invoiced_amount)
          or (state in ('draft', 'terms_review', 'availability_review', 'shortage', 'cancelled') and held_amount <> 0)) as wrong
        from sales_order group by partner_id
      ) o on o.partner_id = c.partner_id
      where c.held_amount <> coalesce(o.held, 0) or coalesce(o.wrong, 0) <> 0`,
  },
];
