/** What several nodes have left in one database, beside what they told: figures that readers of the log keep, unread events, invariants. */
import type pg from 'pg';
import { brokenInvariants, pause } from './rig.ts';

export type Judged = { wrongFigures: number; unread: number; violations: string[] };

/** Waits until the readers of the log are through, and looks at what they and the clients have left. */
export async function judge(owner: pg.Client): Promise<Judged> {
  const unreadBy = async () => {
    const { rows } = await owner.query<{ n: number }>(`
      select coalesce(sum((select count(*) from event e where (e.xid, e.position) > (r.xid, r.position))), 0)::int as n from log_reader r`);
    return rows[0]?.n ?? 0;
  };
  let unread = await unreadBy();
  for (let i = 0; unread > 0 && i < 150; i += 1) {
    await pause(200);
    unread = await unreadBy();
  }
  const { rows } = await owner.query<{ n: number }>(`
    select (select count(*) from sales_order o full join figure_order f on f.order_id = o.id
      where o.id is null or f.order_id is null or f.state <> o.state or f.gross_amount <> o.gross_amount)::int
    + (select count(*) from (select partner_id, state, delivery_status, currency, count(*) as n, sum(gross_amount) as amount from figure_order group by 1, 2, 3, 4) f
      full join (select * from figure_state where order_count <> 0) s using (partner_id, state, delivery_status, currency)
      where f.n is distinct from s.order_count or f.amount is distinct from s.gross_amount)::int as n`);
  return { wrongFigures: rows[0]?.n ?? 0, unread, violations: await brokenInvariants(owner) };
}
