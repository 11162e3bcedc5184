/** The judge of the crash campaign: reads the clients' log and the database, and shares no code with the product but its invariants. */
import { readFileSync } from 'node:fs';
import type pg from 'pg';

export type Verdict = {
  acknowledged: number;
  lost: string[];
  doubled: string[];
  halfDone: string[];
  ghosts: string[];
  unknownCommitted: number;
  unknownTotal: number;
  oversold: string[];
};
type Entry = { op: 'place' | 'withdraw'; po: string; outcome: 'ok' | 'fail' | 'unknown'; unknown: number; id?: string };
type Found = {
  id: string;
  po: string;
  state: string;
  lines: number;
  reservations: number;
  events: number;
  version: number;
  po_rows: number;
  keys: number;
};

export async function judge(owner: pg.Client, logFile: string): Promise<Verdict> {
  const entries: Entry[] = readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const { rows } = await owner.query<Found>(`
    select o.id, coalesce(o.po_no, '') as po, o.state, o.version,
      (select count(*)::int from order_line l where l.order_id = o.id) as lines,
      (select count(distinct line_no)::int from reservation r where r.order_id = o.id) as reservations,
      (select count(*)::int from event e where e.document_id = o.id) as events,
      (select count(*)::int from partner_po p where p.order_id = o.id) as po_rows,
      coalesce(k.keys, 0) as keys
    from sales_order o
    left join (select (answer::jsonb->>'id')::uuid as id, count(*)::int as keys from idempotency where operation = 'orderCreate' group by 1) k on k.id = o.id
    where o.po_no like 'PO-%'`);
  const byPo = Map.groupBy(rows, ({ po }) => po);
  const verdict: Verdict = {
    acknowledged: 0,
    lost: [],
    doubled: [],
    halfDone: [],
    ghosts: [],
    unknownCommitted: 0,
    unknownTotal: 0,
    oversold: [],
  };
  for (const entry of entries) {
    const found = byPo.get(entry.po) ?? [];
    if (entry.unknown > 0) verdict.unknownTotal += 1;
    if (entry.outcome === 'ok') {
      verdict.acknowledged += 1;
      if (!found.some(({ id, state }) => id === entry.id && (entry.op === 'place' || state === 'cancelled')))
        verdict.lost.push(`${entry.op} ${entry.po}`);
      if (entry.unknown > 0) verdict.unknownCommitted += 1;
    }
    if (entry.op === 'place' && entry.outcome === 'fail' && found.length > 0) verdict.ghosts.push(entry.po);
    if (found.length > 1) verdict.doubled.push(entry.po);
  }
  for (const order of rows) {
    const live = order.state !== 'cancelled';
    const whole =
      order.lines === 5 &&
      order.reservations === (live ? 5 : 0) &&
      order.events === order.version &&
      order.po_rows === (live ? 1 : 0) &&
      order.keys === 1;
    if (!whole) verdict.halfDone.push(`${order.po}: ${JSON.stringify(order)}`);
  }
  const stock = await owner.query<{ product_id: string }>(
    'select product_id from stock where reserved_qty > on_hand_qty or reserved_qty <> (select coalesce(sum(r.qty), 0) from reservation r where r.product_id = stock.product_id and r.warehouse_id = stock.warehouse_id and r.supply_id is null)',
  );
  verdict.oversold = stock.rows.map(({ product_id }) => product_id);
  return verdict;
}
