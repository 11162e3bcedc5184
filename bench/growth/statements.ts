/**
 * One part of a grown past, as sets inside the database. $1 … are never used here: the part stands in the temporary tables `g` (orders) and
 * `gl` (their lines). Kinds of orders: `completed` with everything that belongs to it (plan, picking, shipment, invoice, payment, ledger,
 * movements), `withdrawn`, and of the last days `in_effect` (firm reservations, an open picking) and `to_confirm` (soft reservations).
 * Histories are condensed: each document has as many events as its version says, fewer than a life by hand would have.
 */
import { SLOTS } from './shapes.ts';

/** 32 bits of a number and a salt, the same in every run. */
const hash = (value: string, salt: number) => `(hashint8extended((${value})::bigint, ${salt}) & 2147483647)`;
const slot = (value: string, salt: number) => `(${hash(value, salt)} & ${SLOTS - 1})::int`;

/** Ids of version 7 that begin with the instant of the order, so that rows lie in the order of time. Written so that it is inlined: half the time of growing was calls of it. */
export const HELPERS = `
create function pg_temp.grown_id(at timestamptz, seed text) returns uuid language sql stable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(seed), 1, 3) || '8' || substr(md5(seed), 4, 15))::uuid $$;
create temp table g (n bigint, id uuid, no text, partner_id uuid, kind text, at timestamptz, day date, wanted int, gross bigint, net bigint);
create temp table gl (id uuid, line_no int, partner_id uuid, product_id uuid, name text, unit text, qty bigint, price bigint, rate bigint, gross bigint, net bigint);`;

/** $1 first number, $2 last number, $3 how many there will be, $4 now, $5 days back, $6 percent completed of what is old, $7 name of the run. */
export const PART = `
insert into g
select n, pg_temp.grown_id(at, $7 || n), 'SO-' || to_char(at at time zone 'Asia/Shanghai', 'YYYY') || '-' || to_char(nextval('order_no'), 'FM999999999000000'), p.partner_id,
  case when at < $4::timestamptz - interval '20 days' then case when ${hash('n', 2)} % 100 < $6::int then 'completed' else 'withdrawn' end
    when ${hash('n', 2)} % 100 < 30 then 'to_confirm' else 'in_effect' end,
  at, (at at time zone 'Asia/Shanghai')::date, s.value
from (select n, $4::timestamptz - $5::int * interval '1 day' * (1 - n::float8 / $3::int) - interval '1 hour' as at from generate_series($1::bigint, $2::bigint) n) x
join shape_partner p on p.slot = ${slot('n', 1)} join shape_lines s on s.slot = ${slot('n', 5)}`;

export const LINES = `
insert into gl
select g.id, row_number() over (partition by g.n order by l.product_id), g.partner_id, l.product_id, l.name, l.unit, l.qty, l.price, l.rate, l.gross, round(l.gross / (1 + l.rate / 1000000.0))
from g cross join lateral (
  select distinct on (p.product_id) p.product_id, p.name, p.unit, q.value * 10000::bigint as qty, p.price, p.rate, (q.value * p.price + 5000) / 10000 as gross
  from generate_series(1, g.wanted) i join shape_product p on p.slot = ${slot('g.n * 1024 + i', 3)} join shape_qty q on q.slot = ${slot('g.n * 1024 + i', 4)}) l`;

export const SUMS =
  'update g set gross = s.gross, net = s.net from (select id, sum(gross) as gross, sum(net) as net from gl group by id) s where s.id = g.id';

const done = `g.kind = 'completed'`;
const live = `g.kind in ('in_effect', 'to_confirm')`;
const kinds = (of: Record<string, string>, otherwise: string) =>
  `case g.kind ${Object.entries(of)
    .map(([kind, value]) => `when '${kind}' then ${value}`)
    .join(' ')} else ${otherwise} end`;
const id = (salt: string) => `pg_temp.grown_id(g.at, '${salt}' || g.no)`;
const WAREHOUSE = '(select id from warehouse where is_active order by priority, code limit 1)';

/** Each writes one table for the whole part. Orders before what hangs on them. */
export const WRITES: readonly string[] = [
  `insert into sales_order (id, no, partner_id, state, version, revision, round, channel, own_stock, po_no, currency, tax_inclusive, payment_method, payment_term, requested_on,
     net_amount, tax_amount, gross_amount, paid_amount, invoiced_amount, held_amount, delivery_status, payment_status, invoice_status, pricing_on, reserved_until, created_at, submitted_at, effective_at, completed_at, state_since)
   select g.id, g.no, g.partner_id, ${kinds({ completed: `'completed'`, withdrawn: `'cancelled'`, to_confirm: `'to_confirm'` }, `'in_effect'`)},
     ${kinds({ completed: '3', withdrawn: '2', to_confirm: '1' }, '2')}, ${kinds({ completed: '1', in_effect: '1' }, '0')}, ${kinds({ completed: '1', in_effect: '1' }, '0')},
     'api', true, 'G' || g.no, p.currency, true, p.payment_method, p.payment_term, g.day + 7, g.net, g.gross - g.net, g.gross,
     case when ${done} then g.gross else 0 end, case when ${done} then g.gross else 0 end, case when ${live} then g.gross else 0 end,
     ${kinds({ completed: `'delivered'`, in_effect: `'preparing'` }, `'none'`)}, ${kinds({ completed: `'paid'`, in_effect: `'none_due'` }, `'none_due'`)}, ${kinds({ completed: `'invoiced'` }, `'none'`)},
     g.day, case when g.kind = 'to_confirm' then g.at + interval '30 days' end, g.at, g.at,
     case when g.kind in ('completed', 'in_effect') then g.at + interval '1 hour' end, case when ${done} then g.at + interval '12 days' end, g.at
   from g join partner p on p.id = g.partner_id order by g.n`,
  `insert into order_line (order_id, line_no, partner_id, product_id, qty, unit, requested_on, agreed_price, unit_price, tax_rate, net_amount, tax_amount, gross_amount, promised_on,
     shipped_qty, delivered_qty, invoiced_gross_amount, invoiced_net_amount, invoiced_tax_amount)
   select l.id, l.line_no, l.partner_id, l.product_id, l.qty, l.unit, g.day + 7, l.price, l.price, l.rate, l.net, l.gross - l.net, l.gross, g.day + 7,
     d * l.qty, d * l.qty, d * l.gross, d * l.net, d * (l.gross - l.net)
   from gl l join g on g.id = l.id cross join lateral (select case when ${done} then 1 else 0 end as d) x order by g.n, l.line_no`,
  `insert into partner_po (partner_id, po_no, order_id) select partner_id, 'G' || no, id from g where kind <> 'withdrawn'`,
  `insert into payment_plan_item (order_id, item_no, partner_id, kind, due_on, amount, paid_amount)
   select id, 1, partner_id, 'full', day + 37, gross, case when ${done} then gross else 0 end from g where kind in ('completed', 'in_effect')`,
  `insert into reservation (id, order_id, line_no, partner_id, product_id, warehouse_id, qty, state, promised_on)
   select pg_temp.grown_id(g.at, 'r' || l.line_no || g.no), l.id, l.line_no, l.partner_id, l.product_id, ${WAREHOUSE}, l.qty, case when g.kind = 'in_effect' then 'firm' else 'soft' end, g.day + 7
   from gl l join g on g.id = l.id where ${live}`,
  `insert into picking (id, no, order_id, partner_id, warehouse_id, state, ready_by_on, version, created_at)
   select ${id('k')}, 'PK-' || no, id, partner_id, ${WAREHOUSE}, case when ${done} then 'ready' else 'open' end, day + 5, 1, at from g where kind in ('completed', 'in_effect')`,
  `insert into picking_line (picking_id, order_id, line_no, partner_id, product_id, qty, picked_qty, shipped_qty)
   select ${id('k')}, l.id, l.line_no, l.partner_id, l.product_id, l.qty, d * l.qty, d * l.qty
   from gl l join g on g.id = l.id cross join lateral (select case when ${done} then 1 else 0 end as d) x where g.kind in ('completed', 'in_effect')`,
  `insert into shipment (id, no, order_id, partner_id, warehouse_id, state, missing_data_reason, shipped_at, delivered_at, last_news_at, version, created_at)
   select ${id('s')}, 'SH-' || no, id, partner_id, ${WAREHOUSE}, 'delivered', 'own lorry', at + interval '2 days', at + interval '5 days', at + interval '5 days', 1, at + interval '2 days' from g where ${done}`,
  `insert into shipment_line (shipment_id, picking_id, order_id, line_no, partner_id, product_id, qty, received_qty)
   select ${id('s')}, ${id('k')}, l.id, l.line_no, l.partner_id, l.product_id, l.qty, l.qty from gl l join g on g.id = l.id where ${done}`,
  `insert into stock_move (id, product_id, warehouse_id, kind, qty, source_type, source_id, at)
   select pg_temp.grown_id(g.at, 'm' || l.line_no || g.no), l.product_id, ${WAREHOUSE}, 'issue', -l.qty, 'shipment', ${id('s')}, g.at + interval '2 days' from gl l join g on g.id = l.id where ${done}`,
  `insert into invoice (id, no, order_id, partner_id, kind, state, tax_invoice_no, currency, buyer, net_amount, tax_amount, gross_amount, issued_on, version, created_at)
   select ${id('i')}, 'IV-' || no, id, partner_id, 'digital_special', 'received', 'G' || no, (select currency from company), '{}', net, gross - net, gross, day + 6, 1, at + interval '6 days' from g where ${done}`,
  `insert into invoice_line (invoice_id, line_no, order_id, partner_id, product_id, name, qty, unit, tax_rate, net_amount, tax_amount, gross_amount)
   select ${id('i')}, l.line_no, l.id, l.partner_id, l.product_id, l.name, l.qty, l.unit, l.rate, l.net, l.gross - l.net, l.gross from gl l join g on g.id = l.id where ${done}`,
  `insert into payment (id, no, partner_id, state, currency, amount, allocated_amount, received_on, method, recorded_at, confirmed_at, version)
   select ${id('p')}, 'RC-' || no, partner_id, 'confirmed', (select currency from company), gross, gross, day + 12, 'bank_transfer', at + interval '12 days', at + interval '12 days', 1 from g where ${done} and gross > 0`,
  `insert into allocation (id, payment_id, order_id, item_no, partner_id, amount, made_at)
   select ${id('a')}, ${id('p')}, id, 1, partner_id, gross, at + interval '12 days' from g where ${done} and gross > 0`,
  `insert into ledger_entry (id, voucher_no, posted_on, debit_account, credit_account, amount, currency, partner_id, source_type, source_id, at)
   select pg_temp.grown_id(g.at, v.salt || g.no), v.prefix || g.no, g.day + v.days, v.debit, v.credit, v.amount, (select currency from company), g.partner_id, v.source, v.source_id, g.at + v.days * interval '1 day'
   from g cross join lateral (values
     ('l1', 'IV-', 6, '1122', '6001', g.net, 'invoice', ${id('i')}), ('l2', 'IV-', 6, '1122', '2221', g.gross - g.net, 'invoice', ${id('i')}),
     ('l3', 'RC-', 12, '1002', '1122', g.gross, 'payment', ${id('p')})) as v(salt, prefix, days, debit, credit, amount, source, source_id)
   where ${done} and v.amount > 0`,
  `insert into event (id, document_type, document_id, document_no, version, type, at, partner_id, actor_kind, cause, payload)
   select pg_temp.grown_id(g.at, 'e' || e.type || g.no), e.document, e.document_id, e.prefix || g.no, e.version, e.type, g.at + e.days * interval '1 day', g.partner_id, 'system', '{}',
     case when e.type = 'order.submitted' then jsonb_build_object('gross', g.gross::text, 'lines', g.wanted) else '{}' end
   from g cross join lateral (values
     ('order', g.id, '', 1, 'order.submitted', 0, array['completed', 'withdrawn', 'to_confirm', 'in_effect']),
     ('order', g.id, '', 2, 'order.withdrawn', 1, array['withdrawn']),
     ('order', g.id, '', 2, 'order.took_effect', 0, array['completed', 'in_effect']),
     ('order', g.id, '', 3, 'order.completed', 12, array['completed']),
     ('picking', ${id('k')}, 'PK-', 1, 'picking.opened', 0, array['completed', 'in_effect']),
     ('shipment', ${id('s')}, 'SH-', 1, 'shipment.delivered', 5, array['completed']),
     ('invoice', ${id('i')}, 'IV-', 1, 'invoice.issued', 6, array['completed']),
     ('payment', ${id('p')}, 'RC-', 1, 'payment.confirmed', 12, array['completed'])) as e(document, document_id, prefix, version, type, days, of)
   where g.kind = any(e.of) and (e.document <> 'payment' or g.gross > 0) order by g.n, e.days`,
  `insert into task (id, kind, document_type, document_id, document_no, partner_id, side, role, article, due_at, opened_at, remind_at)
   select ${id('t')}, t.kind, t.document, t.document_id, t.no, g.partner_id, 'staff', t.role, t.article, g.at + interval '30 days', g.at, g.at + interval '30 days'
   from g cross join lateral (select ${kinds({ to_confirm: `'order.send_confirmation'` }, `'picking.start'`)}, ${kinds({ to_confirm: `'order'` }, `'picking'`)}, ${kinds({ to_confirm: 'g.id' }, id('k'))},
     ${kinds({ to_confirm: 'g.no' }, `'PK-' || g.no`)}, ${kinds({ to_confirm: `'sales'` }, `'warehouse'`)}, ${kinds({ to_confirm: `'R4.3'` }, `'R5.1'`)}) as t(kind, document, document_id, no, role, article) where ${live}`,
  `update credit_account c set held_amount = c.held_amount + h.held from (select partner_id, sum(gross)::bigint as held from g where ${live} group by 1) h where h.partner_id = c.partner_id`,
  // What was issued and what is reserved came in before: the shelves are as full as they were.
  `insert into stock_move (id, product_id, warehouse_id, kind, qty, source_type, at)
   select gen_random_uuid(), l.product_id, ${WAREHOUSE}, 'opening', sum(l.qty), 'opening', min(g.at) from gl l join g on g.id = l.id where g.kind <> 'withdrawn' group by l.product_id`,
  `insert into stock (product_id, warehouse_id, on_hand_qty, reserved_qty)
   select l.product_id, ${WAREHOUSE}, sum(l.qty), sum(l.qty) from gl l join g on g.id = l.id where ${live} group by l.product_id
   on conflict (product_id, warehouse_id) do update set on_hand_qty = stock.on_hand_qty + excluded.on_hand_qty, reserved_qty = stock.reserved_qty + excluded.reserved_qty`,
];
