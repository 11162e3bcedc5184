/**
 * The reader that keeps the figures of orders. Each order's part in them is kept beside it (figure_order): an event means "look at this
 * order again", what it added before is taken back, what it adds now is added. Events that come twice, late or out of order change nothing,
 * and the figures can be built again from the orders at any time.
 */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { defineReader } from '../../platform/events/readers.ts';

/** Before every order. */
const FIRST_MONTH = '1900-01-01';

/** Orders as they add to the figures now; `which` says of which. */
const contributions = (which: Sql, timeZone: string): Sql => sql`
  select o.id as order_id, o.partner_id, date_trunc('month', o.created_at at time zone ${timeZone}::text)::date as month, o.currency, o.state, o.delivery_status, o.gross_amount,
    coalesce(l.product_ids, '{}') as product_ids, coalesce(l.qtys, '{}') as qtys, coalesce(l.net_amounts, '{}') as net_amounts
  from sales_order o left join lateral (
    select array_agg(product_id order by line_no) as product_ids, array_agg(qty order by line_no) as qtys, array_agg(net_amount order by line_no) as net_amounts
    from order_line where order_id = o.id) l on true
  ${which}`;

/**
 * Adds what `parts` (rows of figure_order with a `sign`) mean to the three tables of figures. Where an order takes back as much as it adds
 * (it has only gone on), nothing is written. A row that has come to nothing stays, with nothing in it.
 */
const added = (parts: Sql, rolledBefore: string): Sql => sql`
  by_state as (
    insert into figure_state as f (partner_id, state, delivery_status, currency, order_count, gross_amount)
    select partner_id, state, delivery_status, currency, sum(sign), sum(sign * gross_amount) from ${parts} p group by 1, 2, 3, 4
    having sum(sign) <> 0 or sum(sign * gross_amount) <> 0
    on conflict (partner_id, state, delivery_status, currency)
      do update set order_count = f.order_count + excluded.order_count, gross_amount = f.gross_amount + excluded.gross_amount),
  by_month as (
    insert into figure_month as f (partner_id, month, currency, order_count, line_count, gross_amount)
    select partner_id, month, currency, sum(sign), sum(sign * cardinality(product_ids)), sum(sign * gross_amount) from ${parts} p
    where state not in ('draft', 'cancelled') group by 1, 2, 3
    having sum(sign) <> 0 or sum(sign * gross_amount) <> 0 or sum(sign * cardinality(product_ids)) <> 0
    on conflict (partner_id, month, currency) do update set order_count = f.order_count + excluded.order_count,
      line_count = f.line_count + excluded.line_count, gross_amount = f.gross_amount + excluded.gross_amount),
  by_product as (
    insert into figure_product as f (partner_id, month, product_id, currency, line_count, qty, net_amount)
    select p.partner_id, p.month, l.product_id, p.currency, sum(p.sign), sum(p.sign * l.qty), sum(p.sign * l.net_amount)
    from ${parts} p cross join lateral unnest(p.product_ids, p.qtys, p.net_amounts) as l(product_id, qty, net_amount)
    where p.state not in ('draft', 'cancelled') and p.month < ${rolledBefore}::date group by 1, 2, 3, 4
    having sum(p.sign) <> 0 or sum(p.sign * l.qty) <> 0 or sum(p.sign * l.net_amount) <> 0
    on conflict (partner_id, month, product_id, currency) do update set line_count = f.line_count + excluded.line_count,
      qty = f.qty + excluded.qty, net_amount = f.net_amount + excluded.net_amount)`;

const firstOfMonth = (now: Date, timeZone: string): string => `${bizDateOf(now, timeZone).slice(0, 7)}-01`;

/**
 * Adds up the products of the months that are over, once for each. Returns the first day of the month up to which that is done: only orders
 * of months before it change figure_product one by one.
 */
async function rollUp(tx: Tx, current: string): Promise<string> {
  const [progress] = await tx.query<{ rolled_before: string }>(sql`select rolled_before from figure_progress`);
  const before = progress?.rolled_before ?? current;
  if (before >= current) return before;
  await tx.run(sql`set local statement_timeout = 0`);
  await tx.run(sql`
    insert into figure_product (partner_id, month, product_id, currency, line_count, qty, net_amount)
    select f.partner_id, f.month, l.product_id, f.currency, count(*), sum(l.qty), sum(l.net_amount)
    from figure_order f cross join lateral unnest(f.product_ids, f.qtys, f.net_amounts) as l(product_id, qty, net_amount)
    where f.state not in ('draft', 'cancelled') and f.month >= ${before}::date and f.month < ${current}::date group by 1, 2, 3, 4`);
  await tx.run(sql`update figure_progress set rolled_before = ${current}::date`);
  return current;
}

export const figuresReader = defineReader({
  name: 'figures',
  batch: 1000,
  async handle(tx, events, env, now) {
    const { timeZone } = env.company;
    const ids = [
      ...new Set(events.flatMap(({ documentType, documentId }) => (documentType === 'order' ? [documentId] : []))),
    ];
    if (ids.length === 0) return;
    const rolledBefore = await rollUp(tx, firstOfMonth(now, timeZone));
    await tx.run(sql`
      with now as materialized (${contributions(sql`where o.id = any(${ids}::uuid[])`, timeZone)}),
      changed as materialized (
        select n.* from now n left join figure_order f on f.order_id = n.order_id
        where f.order_id is null or (f.state, f.delivery_status, f.gross_amount, f.product_ids, f.qtys, f.net_amounts)
          is distinct from (n.state, n.delivery_status, n.gross_amount, n.product_ids, n.qtys, n.net_amounts)),
      parts as materialized (
        select 1 as sign, c.* from changed c union all select -1, f.* from figure_order f join changed c on c.order_id = f.order_id),
      ${added(sql`parts`, rolledBefore)}
      insert into figure_order select * from changed
      on conflict (order_id) do update set state = excluded.state, delivery_status = excluded.delivery_status, gross_amount = excluded.gross_amount,
        product_ids = excluded.product_ids, qtys = excluded.qtys, net_amounts = excluded.net_amounts`);
  },
  async reset(tx, env, now) {
    await buildFigures(tx, env.company.timeZone, now);
    return 'is_current';
  },
});

/** Builds all figures from the orders as they are, however many there are. */
async function buildFigures(tx: Tx, timeZone: string, now: Date): Promise<void> {
  await tx.run(sql`set local statement_timeout = 0`);
  for (const table of [sql`figure_order`, sql`figure_state`, sql`figure_month`, sql`figure_product`])
    await tx.run(sql`delete from ${table}`);
  await tx.run(sql`insert into figure_order ${contributions(sql``, timeZone)}`);
  await tx.run(sql`update figure_progress set rolled_before = ${FIRST_MONTH}::date`);
  await tx.run(sql`with ${added(sql`(select 1 as sign, f.* from figure_order f)`, FIRST_MONTH)} select`);
  await rollUp(tx, firstOfMonth(now, timeZone));
}
