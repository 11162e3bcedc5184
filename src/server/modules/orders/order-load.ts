/**
 * What decisions on orders need, for a set of commands, in two flights: orders locked in id order with what hangs on them; then, by the
 * exact keys that these name, credit accounts and stock rows locked in key order, terms and prices. The number of statements is fixed.
 */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { empty, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import type { Command, Env } from '../../platform/pipeline/types.ts';
import {
  type StockLedger,
  type StockRow,
  type SupplyRow,
  stockLedger,
  type WarehouseRow,
} from '../inventory/promise-rules.ts';
import { unitsColumn } from '../catalog/index.ts';
import type { UnitTuple } from '../catalog/unit-rules.ts';
import type { PriceEntry } from '../pricing/price-rules.ts';
import {
  type DifferenceRow,
  type DiscrepancyRow,
  discrepancy,
  type HoldRow,
  hold,
  inquiryDifference,
  type LineRow,
  type Order,
  type OrderRow,
  orderLine,
  orderRound,
  type PaymentTermValue,
  type ReservationRow,
  reservation,
  type RoundRow,
  salesOrder,
} from './order-tables.ts';

export type PartnerTerms = {
  id: string;
  no: string;
  name: string;
  name_en: string | null;
  state: string;
  currency: string;
  level: string | null;
  agreement_id: string | null;
  payment_method: string;
  payment_term: PaymentTermValue;
  reply_days: number | null;
  silence_accepts: boolean;
  sales_owner_id: string | null;
  sales_owner_name: string | null;
};
export type ProductRow = {
  id: string;
  sku: string;
  name: string;
  name_hans: string | null;
  name_en: string | null;
  spec: string | null;
  kind: string;
  unit: string;
  unit_en: string | null;
  units: readonly UnitTuple[] | null;
  whole_units: boolean;
  min_qty: bigint;
  multiple_qty: bigint;
  tax_rate: bigint;
  lead_days: number;
  substitute_id: string | null;
  is_sellable: boolean;
};
export type AddressRow = {
  id: string;
  partner_id: string;
  label: string;
  region_text: string | null;
  detail: string;
  receiver: string;
  phone: string | null;
  is_default: boolean;
};
export type CreditRow = {
  partner_id: string;
  limit_amount: bigint | null;
  balance_amount: bigint;
  held_amount: bigint;
};
export type InquiryLineRow = {
  order_id: string;
  line_no: number;
  wanted: string;
  product_id: string | null;
  qty: bigint | null;
  unit: string | null;
  requested_on: string | null;
};

export type OrderState = {
  orders: Map<string, Order>;
  partners: Map<string, PartnerTerms>;
  addresses: Map<string, AddressRow>;
  products: Map<string, ProductRow>;
  bySku: Map<string, ProductRow>;
  prices: Map<string, PriceEntry[]>;
  ledger: StockLedger;
  credit: Map<string, CreditRow>;
  /** Live holds on whole partners. */
  partnerHolds: Map<string, HoldRow[]>;
  takenPo: Map<string, string>;
  warehouses: Map<string, WarehouseRow>;
  inquiryLines: Map<string, InquiryLineRow[]>;
  numbers: string[];
  /** Files that commands name, each with the order it belongs to. */
  attachments: Map<string, string>;
};

/** What a command names, so that it can be loaded. */
export type Needs = {
  orderId?: string;
  partnerId?: string | null;
  productIds?: readonly string[];
  skus?: readonly string[];
  poNo?: string;
  newOrders?: number;
  attachmentId?: string | undefined;
};

export const priceKey = (partnerId: string, productId: string) => `${partnerId} ${productId}`;
export const poKey = (partnerId: string, poNo: string) => `${partnerId} ${poNo}`;

type LoadOptions = { stock?: boolean; lock?: boolean };

/** First flight: the orders, locked, with all that hangs on them, and the products that lines and commands name. */
async function loadOrders(tx: Tx, orderIds: string[], needs: readonly Needs[], year: string, locked: Sql) {
  const none = Promise.resolve([]);
  const some = orderIds.length > 0;
  const of = sql`any(${orderIds}::uuid[])`;
  const productIds = needs.flatMap((need) => [...(need.productIds ?? [])]);
  const skus = needs.flatMap((need) => [...(need.skus ?? [])]);
  const files = needs.flatMap((need) => need.attachmentId ?? []);
  const newOrders = needs.reduce((sum, need) => sum + (need.newOrders ?? 0), 0);
  const [
    rows,
    lines,
    reservations,
    discrepancies,
    differences,
    rounds,
    holds,
    byId,
    bySku,
    ofLines,
    pos,
    inquiryLines,
    numbers,
    attachments,
  ] = await Promise.all([
    some
      ? tx.query<OrderRow>(sql`select ${columnsOf(salesOrder)} from sales_order where id = ${of} order by id${locked}`)
      : none,
    some
      ? tx.query<LineRow>(
          sql`select ${columnsOf(orderLine)} from order_line where order_id = ${of} order by order_id, line_no`,
        )
      : none,
    some
      ? tx.query<ReservationRow>(
          sql`select ${columnsOf(reservation)} from reservation where order_id = ${of} order by order_id, line_no, id`,
        )
      : none,
    some
      ? tx.query<DiscrepancyRow>(
          sql`select ${columnsOf(discrepancy)} from discrepancy where order_id = ${of} order by order_id, line_no nulls first, id`,
        )
      : none,
    some
      ? tx.query<DifferenceRow>(
          sql`select ${columnsOf(inquiryDifference)} from inquiry_difference where order_id = ${of}`,
        )
      : none,
    some
      ? tx.query<RoundRow>(
          sql`select ${columnsOf(orderRound)} from order_round where order_id = ${of} order by order_id, round`,
        )
      : none,
    some ? tx.query<HoldRow>(sql`select ${columnsOf(hold)} from hold where order_id = ${of}`) : none,
    productIds.length > 0
      ? tx.query<ProductRow>(sql`select ${productColumns} from product where id = any(${productIds}::uuid[])`)
      : none,
    skus.length > 0
      ? tx.query<ProductRow>(sql`select ${productColumns} from product where sku = any(${skus}::text[])`)
      : none,
    some
      ? tx.query<ProductRow>(
          sql`select ${productColumns} from product where id in (select product_id from order_line where order_id = ${of})`,
        )
      : none,
    some ? tx.query<PoTaken>(sql`select partner_id, po_no, order_id from partner_po where order_id = ${of}`) : none,
    some
      ? tx.query<InquiryLineRow>(
          sql`select o.id as order_id, l.line_no, l.wanted, l.product_id, l.qty, l.unit, l.requested_on from sales_order o join inquiry_line l on l.inquiry_id = o.inquiry_id where o.id = ${of} order by o.id, l.line_no`,
        )
      : none,
    newOrders > 0
      ? tx.query<{ no: string }>(
          sql`select 'SO-' || ${year}::text || '-' || lpad(nextval('order_no')::text, 6, '0') as no from generate_series(1, ${newOrders}::int)`,
        )
      : none,
    files.length > 0
      ? tx.query<{ id: string; document_id: string }>(
          sql`select id, document_id from attachment where document_type = 'order' and retracted_at is null and id = any(${files}::uuid[])`,
        )
      : none,
  ]);
  return {
    rows,
    lines,
    reservations,
    discrepancies,
    differences,
    rounds,
    holds,
    products: [...byId, ...bySku, ...ofLines],
    pos,
    inquiryLines,
    numbers,
    attachments,
  };
}

export const productColumns = sql`id, sku, name, name_hans, name_en, spec, kind, unit, unit_en, ${unitsColumn('product')}, whole_units, min_qty, multiple_qty, tax_rate, lead_days, substitute_id, is_sellable`;
type PoTaken = { partner_id: string; po_no: string; order_id: string };
type Pair = { partnerId: string; productId: string };

/** Second flight, by exact keys: credit accounts and stock locked in key order, partners with their terms, prices, substitutes. */
async function loadAround(
  tx: Tx,
  pairs: readonly Pair[],
  partnerIds: string[],
  pos: readonly { partnerId: string; poNo: string }[],
  known: ReadonlyMap<string, ProductRow>,
  days: readonly [string, string],
  locked: Sql,
  stockOn: boolean,
) {
  const none = Promise.resolve([]);
  const [firstDay, lastDay] = days;
  const productIds = [...new Set(pairs.map(({ productId }) => productId))].sort();
  const unknown = productIds.filter((id) => !known.has(id));
  const of = sql`any(${partnerIds}::uuid[])`;
  const goods = sql`any(${productIds}::uuid[])`;
  // What is locked comes last in the flight, so that it is held as short as can be.
  const [partners, addresses, partnerHolds, substitutes, prices, warehouses, taken, credit, stock, supplies] =
    await Promise.all([
      tx.query<PartnerTerms>(sql`
      select p.id, p.no, p.name, p.name_en, p.state, p.currency, p.level, p.payment_method,
        coalesce(a.payment_term, p.payment_term) as payment_term, coalesce(a.reply_days, p.reply_days) as reply_days,
        coalesce(a.silence_accepts, false) as silence_accepts, a.id as agreement_id, p.sales_owner_id, u.name as sales_owner_name
      from partner p left join app_user u on u.id = p.sales_owner_id
      left join agreement a on a.partner_id = p.id and a.valid_from <= ${lastDay} and a.valid_to >= ${lastDay}
      where p.id = ${of}`),
      tx.query<AddressRow>(
        sql`select id, partner_id, label, region_text, detail, receiver, phone, is_default from partner_address where is_active and partner_id = ${of}`,
      ),
      tx.query<HoldRow>(
        sql`select ${columnsOf(hold)} from hold where order_id is null and released_at is null and partner_id = ${of}`,
      ),
      unknown.length > 0
        ? tx.query<ProductRow>(sql`select ${productColumns} from product where id = any(${unknown}::uuid[])`)
        : none,
      pairs.length > 0
        ? tx.query<PriceEntry & { partner_id: string }>(sql`
          select pair.partner_id, e.id, l.id as list_id, l.code as list_code, l.name as list_name, l.kind as list_kind, e.product_id, e.min_qty, e.valid_from, e.valid_to, e.unit_price, e.unit, e.unit_factor, l.tax_inclusive, l.price_scale
          from unnest(${pairs.map(({ partnerId }) => partnerId)}::uuid[], ${pairs.map(({ productId }) => productId)}::uuid[]) as pair(partner_id, product_id)
          join partner p on p.id = pair.partner_id
          join price_list l on l.is_active and l.currency = p.currency and (l.id = p.price_list_id or (l.kind = 'level' and l.level = p.level) or l.kind = 'base')
          join price_entry e on e.price_list_id = l.id and e.product_id = pair.product_id and e.valid_from <= ${lastDay} and e.valid_to >= ${firstDay}`)
        : none,
      tx.query<WarehouseRow>(sql`select id, name, priority from warehouse where is_active`),
      pos.length > 0
        ? tx.query<PoTaken>(
            sql`select t.partner_id, t.po_no, t.order_id from unnest(${pos.map(({ partnerId }) => partnerId)}::uuid[], ${pos.map(({ poNo }) => poNo)}::text[]) as w(partner_id, po_no) join partner_po t on t.partner_id = w.partner_id and t.po_no = w.po_no`,
          )
        : none,
      tx.query<CreditRow>(
        sql`select partner_id, limit_amount, balance_amount, held_amount from credit_account where partner_id = ${of} order by partner_id${locked}`,
      ),
      stockOn
        ? tx.query<StockRow>(
            sql`select product_id, warehouse_id, on_hand_qty, reserved_qty from stock where product_id = ${goods} order by product_id, warehouse_id${locked}`,
          )
        : none,
      stockOn
        ? tx.query<SupplyRow>(
            sql`select id, no, product_id, warehouse_id, expected_on, qty - received_qty as open_qty, reserved_qty from supply where state = 'open' and product_id = ${goods} order by id${locked}`,
          )
        : none,
    ]);
  return { credit, stock, supplies, partners, addresses, partnerHolds, substitutes, prices, warehouses, taken };
}

export async function loadOrderState(
  tx: Tx,
  commands: readonly Command<unknown>[],
  needs: readonly Needs[],
  env: Env,
  options: LoadOptions = {},
): Promise<OrderState> {
  const orderIds = [...new Set(needs.flatMap((need) => (need.orderId === undefined ? [] : [need.orderId])))].sort();
  const days = commands.map(({ now }) => bizDateOf(now, env.company.timeZone)).sort();
  const lastDay = days.at(-1) ?? '1900-01-01';
  // A quote reads the same rows in a read-only transaction, without locking them.
  const locked = options.lock === false ? empty : sql` for update`;
  const own = await loadOrders(tx, orderIds, needs, lastDay.slice(0, 4), locked);
  const products = new Map(own.products.map((row) => [row.id, row]));
  const bySku = new Map(own.products.map((row) => [row.sku, row]));
  const partnerOf = new Map(own.rows.map((row) => [row.id, row.partner_id]));
  const partnerIdOf = (need: Needs) =>
    need.partnerId ?? (need.orderId === undefined ? undefined : partnerOf.get(need.orderId));
  const partnerIds = [...new Set([...needs.flatMap((need) => partnerIdOf(need) ?? []), ...partnerOf.values()])].sort();
  const named = needs.flatMap((need) => {
    const partnerId = partnerIdOf(need);
    if (partnerId === undefined) return [];
    const ids = [...(need.productIds ?? []), ...(need.skus ?? []).flatMap((sku) => bySku.get(sku)?.id ?? [])];
    return ids.map((productId) => ({ partnerId, productId }));
  });
  const pairs = distinctPairs(
    [...named, ...own.lines.map((line) => ({ partnerId: line.partner_id, productId: line.product_id }))],
    products,
  );
  const pos = needs.flatMap((need) => {
    const partnerId = partnerIdOf(need);
    return need.poNo === undefined || partnerId === undefined ? [] : [{ partnerId, poNo: need.poNo }];
  });
  // A submitted order keeps the prices of the day on which it was priced.
  const pricedOn = own.rows.flatMap(({ pricing_on }) => pricing_on ?? []);
  const firstDay = [...days, ...pricedOn].sort()[0] ?? lastDay;
  const around = await loadAround(
    tx,
    pairs,
    partnerIds,
    pos,
    products,
    [firstDay, lastDay],
    locked,
    options.stock ?? true,
  );
  for (const row of around.substitutes) products.set(row.id, row);
  const state: OrderState = {
    orders: new Map(
      own.rows.map((row) => [
        row.id,
        { row, lines: [], reservations: [], discrepancies: [], differences: [], rounds: [], holds: [] },
      ]),
    ),
    partners: new Map(around.partners.map((row) => [row.id, row])),
    addresses: new Map(around.addresses.map((row) => [row.id, row])),
    products,
    bySku,
    prices: new Map(),
    ledger: stockLedger(around.stock, around.supplies, around.warehouses),
    credit: new Map(around.credit.map((row) => [row.partner_id, row])),
    partnerHolds: Map.groupBy(around.partnerHolds, (row) => row.partner_id),
    takenPo: new Map([...own.pos, ...around.taken].map((row) => [poKey(row.partner_id, row.po_no), row.order_id])),
    warehouses: new Map(around.warehouses.map((row) => [row.id, row])),
    inquiryLines: Map.groupBy(own.inquiryLines, (row) => row.order_id),
    numbers: own.numbers.map(({ no }) => no),
    attachments: new Map(own.attachments.map((row) => [row.id, row.document_id])),
  };
  for (const row of own.lines) state.orders.get(row.order_id)?.lines.push(row);
  for (const row of own.reservations) state.orders.get(row.order_id)?.reservations.push(row);
  for (const row of own.discrepancies) state.orders.get(row.order_id)?.discrepancies.push(row);
  for (const row of own.differences) state.orders.get(row.order_id)?.differences.push(row);
  for (const row of own.rounds) state.orders.get(row.order_id)?.rounds.push(row);
  for (const row of own.holds) if (row.order_id !== null) state.orders.get(row.order_id)?.holds.push(row);
  for (const row of around.prices) {
    const key = priceKey(row.partner_id, row.product_id);
    const list = state.prices.get(key);
    if (list === undefined) state.prices.set(key, [row]);
    else list.push(row);
  }
  return state;
}

/** Each product once for each partner, with its substitute: what a shortage may offer is priced and promised like the line itself. */
function distinctPairs(pairs: readonly Pair[], products: ReadonlyMap<string, ProductRow>): Pair[] {
  const found = new Map<string, Pair>();
  for (const { partnerId, productId } of pairs) {
    found.set(priceKey(partnerId, productId), { partnerId, productId });
    const substitute = products.get(productId)?.substitute_id;
    if (substitute != null) found.set(priceKey(partnerId, substitute), { partnerId, productId: substitute });
  }
  return [...found.values()];
}
