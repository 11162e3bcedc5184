/** Reads of stock and its movements. */
import { formatQty } from '../../kernel/qty.ts';
import { startOfDay, addDays } from '../../kernel/biz-date.ts';
import { join, type Sql, plannedAnew, sql, type Tx } from '../../platform/db/database.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import {
  type GoodsColumns,
  goodsColumns,
  type PlaceColumns,
  placeColumns,
  productMatches,
  productView,
  warehouseView,
} from './goods.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { isReversible } from './commands/reverse-move.ts';

const COUNT_TO = 10_000;

/** Rows behind a list, exact up to 10,000. `from` is everything from `from` on. */
export async function countUpTo(tx: Tx, from: Sql): Promise<{ count: number; exact: boolean }> {
  const rows = await tx.query<{ count: number }>(
    plannedAnew(sql`select count(*)::int as count from (select 1 ${from} limit ${COUNT_TO + 1}) counted`),
  );
  const count = rows[0]?.count ?? 0;
  return { count: Math.min(count, COUNT_TO), exact: count <= COUNT_TO };
}

type StockColumns = GoodsColumns &
  PlaceColumns & {
    on_hand_qty: bigint;
    reserved_qty: bigint;
    minimum_qty: bigint;
    incoming_qty: bigint;
    incoming_reserved_qty: bigint;
    next_incoming_on: string | null;
  };

export type StockFilter = {
  cursor?: string | undefined;
  limit: number;
  q?: string | undefined;
  productId?: string | undefined;
  warehouseId?: string | undefined;
  category?: string | undefined;
  low?: 'true' | 'false' | undefined;
  sort: 'sku' | 'available';
};

/** Every place where a product lies, was, or will come: stock rows and open supplies. */
export async function listStock(tx: Tx, filter: StockFilter) {
  const conditions: Sql[] = [sql`true`];
  if (filter.q !== undefined) conditions.push(productMatches(filter.q));
  if (filter.productId !== undefined) conditions.push(sql`p.id = ${filter.productId}`);
  if (filter.warehouseId !== undefined) conditions.push(sql`w.id = ${filter.warehouseId}`);
  if (filter.category !== undefined) conditions.push(sql`p.category = ${filter.category}`);
  const isLow = sql`coalesce(s.on_hand_qty - s.reserved_qty, 0) <= coalesce(s.minimum_qty, 0)`;
  if (filter.low === 'true') conditions.push(isLow);
  if (filter.low === 'false') conditions.push(sql`not (${isLow})`);
  const from = sql`
    from (select product_id, warehouse_id from stock union select product_id, warehouse_id from supply where state = 'open') c
    join product p on p.id = c.product_id join warehouse w on w.id = c.warehouse_id
    left join stock s on s.product_id = c.product_id and s.warehouse_id = c.warehouse_id
    where ${join(conditions, ' and ')}`;
  const [rows, total] = await Promise.all([
    tx.query<StockColumns>(sql`
      select x.*, coalesce(i.incoming_qty, 0)::bigint as incoming_qty, coalesce(i.incoming_reserved_qty, 0)::bigint as incoming_reserved_qty, i.next_incoming_on
      from (
        select ${goodsColumns}, ${placeColumns}, coalesce(s.on_hand_qty, 0) as on_hand_qty, coalesce(s.reserved_qty, 0) as reserved_qty, coalesce(s.minimum_qty, 0) as minimum_qty ${from}
      ) x left join lateral (
        select sum(u.qty - u.received_qty) as incoming_qty, sum(u.reserved_qty) as incoming_reserved_qty, min(u.expected_on) as next_incoming_on
        from supply u where u.state = 'open' and u.product_id = x.product_id and u.warehouse_id = x.warehouse_id
      ) i on true
      where ${afterCell(filter)} order by ${filter.sort === 'sku' ? sql`x.sku, x.warehouse_code` : sql`x.on_hand_qty - x.reserved_qty, x.sku, x.warehouse_code`}
      limit ${filter.limit + 1}`),
    countUpTo(tx, from),
  ]);
  const cursorOf = (row: StockColumns) => {
    const place = [row.sku, row.warehouse_code];
    return filter.sort === 'sku' ? place : [(row.on_hand_qty - row.reserved_qty).toString(), ...place];
  };
  return pageOf(rows, filter.limit, stockItem, cursorOf, total);
}

function afterCell({ cursor, sort }: StockFilter): Sql {
  if (sort === 'sku') {
    const after = decodeTypedCursor(cursor, ['text', 'text']);
    return after === null ? sql`true` : sql`(x.sku, x.warehouse_code) > (${after[0]}::text, ${after[1]}::text)`;
  }
  const after = decodeTypedCursor(cursor, ['whole', 'text', 'text']);
  return after === null
    ? sql`true`
    : sql`(x.on_hand_qty - x.reserved_qty, x.sku, x.warehouse_code) > (${after[0]}::bigint, ${after[1]}::text, ${after[2]}::text)`;
}

function stockItem(row: StockColumns) {
  const available = row.on_hand_qty - row.reserved_qty;
  return {
    product: productView(row),
    warehouse: warehouseView(row),
    onHandQty: formatQty(row.on_hand_qty),
    reservedQty: formatQty(row.reserved_qty),
    availableQty: formatQty(available),
    incomingQty: formatQty(row.incoming_qty),
    incomingReservedQty: formatQty(row.incoming_reserved_qty),
    nextIncomingOn: row.next_incoming_on,
    minimumQty: formatQty(row.minimum_qty),
    isLow: available <= row.minimum_qty,
  };
}

type MoveKind = 'opening' | 'receipt' | 'issue' | 'adjust' | 'issue_back' | 'reverse';
type MoveColumns = GoodsColumns &
  PlaceColumns & {
    id: string;
    kind: MoveKind;
    qty: bigint;
    source_type: string;
    source_id: string | null;
    source_no: string | null;
    note: string | null;
    at: Date;
    actor_id: string | null;
    actor_name: string | null;
    reverses_id: string | null;
    reversed_by_id: string | null;
  };

export type MoveFilter = {
  cursor?: string | undefined;
  limit: number;
  productId?: string | undefined;
  warehouseId?: string | undefined;
  kind?: MoveKind | undefined;
  sourceId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** Movements, newest first. `from` and `to` are days in the company's zone. */
export async function listMoves(tx: Tx, filter: MoveFilter, actor: Actor, timeZone: string) {
  const after = decodeTypedCursor(filter.cursor, ['id']);
  const conditions: Sql[] = [sql`true`];
  if (filter.productId !== undefined) conditions.push(sql`m.product_id = ${filter.productId}`);
  if (filter.warehouseId !== undefined) conditions.push(sql`m.warehouse_id = ${filter.warehouseId}`);
  if (filter.kind !== undefined) conditions.push(sql`m.kind = ${filter.kind}`);
  if (filter.sourceId !== undefined) conditions.push(sql`m.source_id = ${filter.sourceId}`);
  if (filter.from !== undefined) conditions.push(sql`m.at >= ${startOfDay(filter.from, timeZone)}`);
  if (filter.to !== undefined) conditions.push(sql`m.at < ${startOfDay(addDays(filter.to, 1), timeZone)}`);
  const where = join(conditions, ' and ');
  const [rows, total] = await Promise.all([
    tx.query<MoveColumns>(
      plannedAnew(sql`
      select m.id, m.kind, m.qty, m.source_type, case when m.source_type = 'shipment' then h.id else m.source_id end as source_id, coalesce(h.no, s.no) as source_no, m.note, m.at, m.actor_id, u.name as actor_name,
        m.reverses_id, r.id as reversed_by_id, ${goodsColumns}, ${placeColumns}
      from stock_move m join product p on p.id = m.product_id join warehouse w on w.id = m.warehouse_id
      left join app_user u on u.id = m.actor_id left join stock_move r on r.reverses_id = m.id
      left join shipment h on m.source_type = 'shipment' and h.id = m.source_id
      left join supply s on m.source_type = 'supply' and s.id = m.source_id
      where ${where} and ${after === null ? sql`true` : sql`m.id < ${after[0]}::uuid`} order by m.id desc limit ${filter.limit + 1}`),
    ),
    after === null ? countUpTo(tx, sql`from stock_move m where ${where}`) : undefined,
  ]);
  return pageOf(
    rows,
    filter.limit,
    (row) => moveItem(row, actor),
    (row) => [row.id],
    total,
  );
}

function moveItem(row: MoveColumns, actor: Actor) {
  const canReverse = isReversible(row.kind) && row.reversed_by_id === null && actor.permissions.has('stock.adjust');
  return {
    id: row.id,
    product: productView(row),
    warehouse: warehouseView(row),
    kind: row.kind,
    qty: formatQty(row.qty),
    source: { type: row.source_type, id: row.source_id, no: row.source_no },
    note: row.note,
    at: row.at.toISOString(),
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
    reversesId: row.reverses_id,
    reversedById: row.reversed_by_id,
    allowedActions: canReverse ? [{ action: 'reverse', refusals: [] }] : [],
  };
}
