/** Reads of incoming goods. */
import type { SUPPLY_KINDS } from '../../../contract/stock.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { join, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { turn } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import {
  type GoodsColumns,
  goodsColumns,
  type PlaceColumns,
  placeColumns,
  productMatches,
  productView,
  warehouseView,
} from './goods.ts';
import { countUpTo } from './stock-queries.ts';

type Kind = (typeof SUPPLY_KINDS)[number];
type State = 'open' | 'received' | 'cancelled';
type SupplyColumns = GoodsColumns &
  PlaceColumns & {
    id: string;
    no: string;
    kind: Kind;
    state: State;
    expected_on: string;
    turn: number;
    qty: bigint;
    received_qty: bigint;
    reserved_qty: bigint;
    note: string | null;
    version: number;
    created_at: Date;
  };

const TURN = turn(sql`s.state = 'open'`, sql`s.expected_on`);

const selectSupply = sql`
  select s.id, s.no, s.kind, s.state, s.expected_on, s.qty, s.received_qty, s.reserved_qty, s.note, s.version, s.created_at, ${TURN} as turn, ${goodsColumns}, ${placeColumns}
  from supply s join product p on p.id = s.product_id join warehouse w on w.id = s.warehouse_id`;

const supplyItem = (row: SupplyColumns, today: string) => ({
  id: row.id,
  no: row.no,
  kind: row.kind,
  state: row.state,
  product: productView(row),
  warehouse: warehouseView(row),
  expectedOn: row.expected_on,
  qty: formatQty(row.qty),
  receivedQty: formatQty(row.received_qty),
  openQty: formatQty(row.qty - row.received_qty),
  reservedQty: formatQty(row.reserved_qty),
  isLate: row.state === 'open' && row.expected_on < today,
  note: row.note,
  createdAt: row.created_at.toISOString(),
  version: row.version,
});

export type SupplyFilter = {
  cursor?: string | undefined;
  limit: number;
  q?: string | undefined;
  state?: State | undefined;
  kind?: Kind | undefined;
  productId?: string | undefined;
  warehouseId?: string | undefined;
  expectedTo?: string | undefined;
  late?: 'true' | 'false' | undefined;
};

/** Supplies: those still expected by their day, then those that came or were called off, the latest first. */
export async function listSupplies(tx: Tx, filter: SupplyFilter, today: string) {
  const after = decodeTypedCursor(filter.cursor, ['whole', 'text']);
  const conditions: Sql[] = [sql`true`];
  if (filter.q !== undefined)
    conditions.push(sql`(strpos(lower(s.no), lower(${filter.q})) > 0 or ${productMatches(filter.q)})`);
  if (filter.state !== undefined) conditions.push(sql`s.state = ${filter.state}`);
  if (filter.kind !== undefined) conditions.push(sql`s.kind = ${filter.kind}`);
  if (filter.productId !== undefined) conditions.push(sql`s.product_id = ${filter.productId}`);
  if (filter.warehouseId !== undefined) conditions.push(sql`s.warehouse_id = ${filter.warehouseId}`);
  if (filter.expectedTo !== undefined) conditions.push(sql`s.expected_on <= ${filter.expectedTo}`);
  if (filter.late === 'true')
    conditions.push(sql`s.state = 'open' and s.kind <> 'capacity' and s.expected_on < ${today}`);
  if (filter.late === 'false')
    conditions.push(sql`not (s.state = 'open' and s.kind <> 'capacity' and s.expected_on < ${today})`);
  const where = join(conditions, ' and ');
  const page = after === null ? sql`true` : sql`(${TURN}, s.no) > (${after[0]}::bigint, ${after[1]}::text)`;
  const [rows, total] = await Promise.all([
    tx.query<SupplyColumns>(
      sql`${selectSupply} where ${where} and ${page} order by ${TURN}, s.no limit ${filter.limit + 1}`,
    ),
    countUpTo(tx, sql`from supply s join product p on p.id = s.product_id where ${where}`),
  ]);
  return pageOf(
    rows,
    filter.limit,
    (row) => supplyItem(row, today),
    (row) => [String(row.turn), row.no],
    total,
  );
}

type WaitingColumns = {
  order_id: string;
  order_no: string;
  line_no: number;
  qty: bigint;
  promised_on: string;
  partner_id: string;
  partner_no: string;
  partner_name: string;
  partner_name_en: string | null;
};

/** One supply with who waits for it. Refuses supply.not_found. */
export async function readSupply(tx: Tx, id: string, { now, env, actor }: { now: Date; env: Env; actor: Actor }) {
  const [rows, waiting] = await Promise.all([
    tx.query<SupplyColumns>(sql`${selectSupply} where s.id = ${id}`),
    tx.query<WaitingColumns>(sql`
      select r.order_id, o.no as order_no, r.line_no, r.qty, r.promised_on, p.id as partner_id, p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en
      from reservation r join sales_order o on o.id = r.order_id join partner p on p.id = r.partner_id
      where r.supply_id = ${id} order by r.promised_on, r.order_id, r.line_no`),
  ]);
  const row = rows[0];
  if (row === undefined) throw refuse('supply.not_found');
  return {
    ...supplyItem(row, bizDateOf(now, env.company.timeZone)),
    waiting: waiting.map((each) => ({
      orderId: each.order_id,
      orderNo: each.order_no,
      lineNo: each.line_no,
      partner: { id: each.partner_id, no: each.partner_no, name: each.partner_name, nameEn: each.partner_name_en },
      qty: formatQty(each.qty),
      promisedOn: each.promised_on,
    })),
    allowedActions: supplyActions(row.state, actor),
  };
}

function supplyActions(state: State, actor: Actor) {
  if (state !== 'open') return [];
  const may = (permission: 'stock.receive' | 'stock.plan') => actor.permissions.has(permission);
  return [
    ...(may('stock.receive') ? [{ action: 'receive', refusals: [], primary: true }] : []),
    ...(may('stock.plan')
      ? [
          { action: 'reschedule', refusals: [] },
          { action: 'cancel', refusals: [] },
        ]
      : []),
  ];
}
