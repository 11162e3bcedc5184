/** Goods and the event log. Each statement gives the rows that break the rule; a sound database gives none. */
import { raw, sql } from '../db/database.ts';
import type { Invariant } from './money-invariants.ts';

/** Documents whose life begins with an event of their own, and their tables. */
const DOCUMENTS = [
  ['order', 'sales_order'],
  ['inquiry', 'inquiry'],
  ['picking', 'picking'],
  ['shipment', 'shipment'],
  ['supply', 'supply'],
  ['payment', 'payment'],
  ['invoice', 'invoice'],
] as const;

/** Masters: tests and imports may put them there without an event; from their first event on the same holds. */
const MASTERS = [
  'partner',
  'product',
  'price_list',
  'promotion',
  'warehouse',
  'carrier',
  'bank_account',
  'tax_rate',
  'unit_of_measure',
  'company',
  'app_user',
] as const;

const masterVersions = raw(
  MASTERS.map((table) => `select '${table}' as type, id, version from ${table}`).join(' union all '),
);
const versions = raw(
  DOCUMENTS.map(([type, table]) => `select '${type}' as type, id, version from ${table}`).join(' union all '),
);

export const STOCK_INVARIANTS: readonly Invariant[] = [
  {
    name: 'stock.on_hand',
    meaning: 'What lies in a warehouse is the sum of its movements.',
    statement: sql`
      select product_id, warehouse_id, sum(on_hand) as on_hand, sum(moved) as moves
      from (
        select product_id, warehouse_id, on_hand_qty as on_hand, 0::bigint as moved from stock
        union all
        select product_id, warehouse_id, 0, qty from stock_move
      ) s
      group by product_id, warehouse_id having sum(on_hand) <> sum(moved)`,
  },
  {
    name: 'stock.reserved',
    meaning: 'What is reserved of stock is the sum of the reservations on it, and between nothing and what is there.',
    statement: sql`
      select s.product_id, s.warehouse_id, s.on_hand_qty, s.reserved_qty, coalesce(r.qty, 0) as reservations
      from stock s
      full join (select product_id, warehouse_id, sum(qty) as qty from reservation where supply_id is null group by product_id, warehouse_id) r
        on r.product_id = s.product_id and r.warehouse_id = s.warehouse_id
      where s.reserved_qty is distinct from coalesce(r.qty, 0) or s.reserved_qty < 0 or s.reserved_qty > s.on_hand_qty`,
  },
  {
    name: 'supply.reserved',
    meaning:
      'What is promised from goods to come is the sum of the reservations on them, and no more than will come; what has come is on record.',
    statement: sql`
      select s.id, s.no, s.qty, s.received_qty, s.reserved_qty, coalesce(r.qty, 0) as reservations, coalesce(m.qty, 0) as moves
      from supply s
      left join (select supply_id, sum(qty) as qty from reservation where supply_id is not null group by supply_id) r on r.supply_id = s.id
      left join (select source_id, sum(qty) as qty from stock_move where source_type = 'supply' group by source_id) m on m.source_id = s.id
      where s.reserved_qty <> coalesce(r.qty, 0) or s.reserved_qty > s.qty - s.received_qty or s.received_qty <> coalesce(m.qty, 0)
        or (s.state <> 'open' and s.reserved_qty <> 0)`,
  },
  {
    name: 'reservation.order',
    meaning:
      'An order reserves at most what of its line is open: all firm once it is in effect, nothing when it is cancelled or completed.',
    statement: sql`
      select l.order_id, l.line_no, o.state, l.qty, r.qty as reserved
      from (select order_id, line_no, product_id, sum(qty) as qty, bool_and(state = 'firm') as firm, bool_and(state = 'soft') as soft from reservation group by order_id, line_no, product_id) r
      join order_line l on l.order_id = r.order_id and l.line_no = r.line_no
      join sales_order o on o.id = r.order_id
      where r.qty > l.qty - l.shipped_qty - l.closed_qty or r.product_id <> l.product_id
        or o.state in ('draft', 'terms_review', 'availability_review', 'shortage', 'cancelled', 'completed')
        or (o.state = 'in_effect' and not r.firm) or (o.state <> 'in_effect' and not r.soft)`,
  },
  {
    name: 'order_line.shipped',
    meaning:
      'Picked, shipped and delivered of a line are the sums of its picking and shipment lines and of what was delivered before the cut-over, and no more than was ordered.',
    statement: sql`
      select l.order_id, l.line_no, l.qty, l.picked_qty, coalesce(k.qty, 0) as picking_lines, l.shipped_qty, coalesce(s.shipped, 0) as shipment_lines,
        l.delivered_qty, coalesce(s.delivered, 0) as received
      from order_line l
      join product p on p.id = l.product_id and p.kind in ('stock', 'made')
      left join (
        select k.order_id, k.line_no, sum(k.picked_qty - k.shipped_qty) as qty from picking_line k join picking d on d.id = k.picking_id
        where d.state <> 'cancelled' group by k.order_id, k.line_no
      ) k on k.order_id = l.order_id and k.line_no = l.line_no
      left join (
        select s.order_id, s.line_no, sum(s.qty - s.lost_qty) as shipped, sum(case when d.state = 'delivered' then s.received_qty else 0 end) as delivered
        from shipment_line s join shipment d on d.id = s.shipment_id where d.state <> 'reversed' group by s.order_id, s.line_no
      ) s on s.order_id = l.order_id and s.line_no = l.line_no
      left join order_line_earlier e on e.order_id = l.order_id and e.line_no = l.line_no
      where l.picked_qty <> coalesce(k.qty, 0) or l.shipped_qty <> coalesce(s.shipped, 0) + coalesce(e.delivered_qty, 0)
        or l.delivered_qty <> coalesce(s.delivered, 0) + coalesce(e.delivered_qty, 0)
        or l.shipped_qty + l.closed_qty > l.qty or l.delivered_qty > l.shipped_qty`,
  },
  {
    name: 'shipment.issued',
    meaning: 'A shipment takes out of stock exactly what is on it; one that is taken back, nothing.',
    statement: sql`
      select coalesce(s.id, m.id) as id, coalesce(s.product_id, m.product_id) as product_id, coalesce(s.qty, 0) as shipped, coalesce(m.qty, 0) as issued
      from (
        select d.id, l.product_id, sum(case when d.state = 'reversed' then 0 else l.qty end) as qty
        from shipment d join shipment_line l on l.shipment_id = d.id group by d.id, l.product_id
      ) s
      full join (select source_id as id, product_id, -sum(qty) as qty from stock_move where source_type = 'shipment' group by source_id, product_id) m
        on m.id = s.id and m.product_id = s.product_id
      where coalesce(s.qty, 0) <> coalesce(m.qty, 0)`,
  },
  {
    name: 'event.version',
    meaning: 'The events of a document are numbered without a gap, from one up to the version of the document.',
    statement: sql`
      with log as (select document_id, count(*) as events, min(version) as first, max(version) as last from event group by document_id)
      select d.type, d.id, d.version, l.events, l.first, l.last
      from (${versions}) d left join log l on l.document_id = d.id
      where l.document_id is null or l.first <> 1 or l.last <> d.version or l.events <> l.last
      union all
      select d.type, d.id, d.version, l.events, l.first, l.last
      from (${masterVersions}) d join log l on l.document_id = d.id where l.last <> d.version
      union all
      select 'log', document_id, null, events, first, last from log where last - first + 1 <> events`,
  },
];
