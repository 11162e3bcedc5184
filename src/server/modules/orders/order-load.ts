/**
 * What decisions on orders need, for a set of commands, in one flight: orders locked in id order, then credit accounts, then stock rows
 * and supplies by key. The number of statements is fixed.
 */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { empty, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import type { Command, Env } from '../../platform/pipeline/types.ts';
import { type StockLedger, type StockRow, type SupplyRow, stockLedger, type WarehouseRow } from '../inventory/promise-rules.ts';
import type { PriceEntry } from '../pricing/price-rules.ts';
import { type DifferenceRow, type DiscrepancyRow, discrepancy, type HoldRow, hold, inquiryDifference, type LineRow, type Order, type OrderRow, orderLine, orderRound, type PaymentTermValue, type ReservationRow, reservation, type RoundRow, salesOrder } from './order-tables.ts';

export type PartnerTerms = {
  id: string;
  no: string;
  name: string;
  name_en: string | null;
  state: string;
  currency: string;
  level: string | null;
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
  whole_units: boolean;
  min_qty: bigint;
  multiple_qty: bigint;
  tax_rate: bigint;
  lead_days: number;
  substitute_id: string | null;
  is_sellable: boolean;
};
export type AddressRow = { id: string; partner_id: string; label: string; region_text: string | null; detail: string; receiver: string; phone: string | null; is_default: boolean };
export type CreditRow = { partner_id: string; limit_amount: bigint | null; balance_amount: bigint; held_amount: bigint };
export type InquiryLineRow = { order_id: string; line_no: number; wanted: string; product_id: string | null; qty: bigint | null; requested_on: string | null };

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
  userNames: Map<string, string>;
};

/** What a command names, so that it can be loaded. */
export type Needs = { orderId?: string; partnerId?: string | null; productIds?: readonly string[]; skus?: readonly string[]; poNo?: string; newOrders?: number };

export const priceKey = (partnerId: string, productId: string) => `${partnerId} ${productId}`;
export const poKey = (partnerId: string, poNo: string) => `${partnerId} ${poNo}`;

export async function loadOrderState(tx: Tx, commands: readonly Command<unknown>[], needs: readonly Needs[], env: Env, options: { stock?: boolean; lock?: boolean } = {}): Promise<OrderState> {
  const orderIds = [...new Set(needs.flatMap((need) => (need.orderId === undefined ? [] : [need.orderId])))].sort();
  const partnerIds = [...new Set(needs.flatMap((need) => (need.partnerId == null ? [] : [need.partnerId])))].sort();
  const days = commands.map(({ now }) => bizDateOf(now, env.company.timeZone)).sort();
  const firstDay = days[0] ?? '1900-01-01';
  const lastDay = days.at(-1) ?? firstDay;
  const wanted = needs.flatMap((need) => [...(need.productIds ?? []).map((id) => ({ need, id, sku: null })), ...(need.skus ?? []).map((sku) => ({ need, id: null, sku }))]);
  const wantedPartner = wanted.map(({ need }) => need.partnerId ?? null);
  const wantedOrder = wanted.map(({ need }) => need.orderId ?? null);
  const wantedId = wanted.map(({ id }) => id);
  const wantedSku = wanted.map(({ sku }) => sku);
  const newOrders = needs.reduce((sum, need) => sum + (need.newOrders ?? 0), 0);
  const year = lastDay.slice(0, 4);

  // Products named by commands, products of the lines of their orders, and the substitutes of both, each with the partner it is for.
  const pairs = sql`
    with named as (
      select coalesce(w.partner_id, o.partner_id) as partner_id, p.id as product_id
      from unnest(${wantedPartner}::uuid[], ${wantedOrder}::uuid[], ${wantedId}::uuid[], ${wantedSku}::text[]) as w(partner_id, order_id, id, sku)
      join product p on p.id = w.id or p.sku = w.sku
      left join sales_order o on o.id = w.order_id
      union
      select l.partner_id, l.product_id from order_line l where l.order_id = any(${orderIds}::uuid[])
    ), pair as (
      select partner_id, product_id from named
      union
      select n.partner_id, p.substitute_id from named n join product p on p.id = n.product_id where p.substitute_id is not null
    )`;

  const stockOn = options.stock ?? true;
  // A quote reads the same rows in a read-only transaction, without locking them.
  const locked = options.lock === false ? empty : sql` for update`;
  const none = Promise.resolve([]);
  const [orders, credit, stock, supplies, lines, reservations, discrepancies, differences, rounds, holds, partners, addresses, products, prices, warehouses, pos, inquiryLines, numbers] = await Promise.all([
    orderIds.length === 0 ? none : tx.query<OrderRow>(sql`select ${columnsOf(salesOrder)} from sales_order where id = any(${orderIds}::uuid[]) order by id${locked}`),
    tx.query<CreditRow>(sql`
      select partner_id, limit_amount, balance_amount, held_amount from credit_account
      where partner_id = any(${partnerIds}::uuid[]) or partner_id in (select partner_id from sales_order where id = any(${orderIds}::uuid[]))
      order by partner_id${locked}`),
    !stockOn ? none : tx.query<StockRow>(sql`${pairs} select product_id, warehouse_id, on_hand_qty, reserved_qty from stock where product_id in (select product_id from pair) order by product_id, warehouse_id${locked}`),
    !stockOn
      ? none
      : tx.query<SupplyRow>(sql`${pairs} select id, no, product_id, warehouse_id, expected_on, qty - received_qty as open_qty, reserved_qty from supply
          where state = 'open' and product_id in (select product_id from pair) order by id${locked}`),
    orderIds.length === 0 ? none : tx.query<LineRow>(sql`select ${columnsOf(orderLine)} from order_line where order_id = any(${orderIds}::uuid[]) order by order_id, line_no`),
    orderIds.length === 0 ? none : tx.query<ReservationRow>(sql`select ${columnsOf(reservation)} from reservation where order_id = any(${orderIds}::uuid[]) order by order_id, line_no, id`),
    orderIds.length === 0 ? none : tx.query<DiscrepancyRow>(sql`select ${columnsOf(discrepancy)} from discrepancy where order_id = any(${orderIds}::uuid[]) order by order_id, line_no nulls first, id`),
    orderIds.length === 0 ? none : tx.query<DifferenceRow>(sql`select ${columnsOf(inquiryDifference)} from inquiry_difference where order_id = any(${orderIds}::uuid[])`),
    orderIds.length === 0 ? none : tx.query<RoundRow>(sql`select ${columnsOf(orderRound)} from order_round where order_id = any(${orderIds}::uuid[]) order by order_id, round`),
    tx.query<HoldRow>(sql`
      select ${columnsOf(hold)} from hold where order_id = any(${orderIds}::uuid[])
      union all
      select ${columnsOf(hold)} from hold where order_id is null and released_at is null
        and (partner_id = any(${partnerIds}::uuid[]) or partner_id in (select partner_id from sales_order where id = any(${orderIds}::uuid[])))`),
    tx.query<PartnerTerms>(sql`
      select p.id, p.no, p.name, p.name_en, p.state, p.currency, p.level, p.payment_method,
        coalesce(a.payment_term, p.payment_term) as payment_term, coalesce(a.reply_days, p.reply_days) as reply_days,
        coalesce(a.silence_accepts, false) as silence_accepts, p.sales_owner_id, u.name as sales_owner_name
      from partner p
      left join app_user u on u.id = p.sales_owner_id
      left join agreement a on a.partner_id = p.id and a.valid_from <= ${lastDay} and a.valid_to >= ${lastDay}
      where p.id = any(${partnerIds}::uuid[]) or p.id in (select partner_id from sales_order where id = any(${orderIds}::uuid[]))`),
    tx.query<AddressRow>(sql`
      select id, partner_id, label, region_text, detail, receiver, phone, is_default from partner_address
      where is_active and (partner_id = any(${partnerIds}::uuid[]) or partner_id in (select partner_id from sales_order where id = any(${orderIds}::uuid[])))`),
    tx.query<ProductRow>(sql`${pairs}
      select id, sku, name, name_hans, name_en, spec, kind, unit, whole_units, min_qty, multiple_qty, tax_rate, lead_days, substitute_id, is_sellable
      from product where id in (select product_id from pair)`),
    tx.query<PriceEntry & { partner_id: string }>(sql`${pairs}
      select pair.partner_id, e.id, l.id as list_id, l.code as list_code, l.name as list_name, l.kind as list_kind, e.product_id, e.min_qty, e.valid_from, e.valid_to, e.unit_price, l.tax_inclusive
      from pair join partner p on p.id = pair.partner_id
      join price_list l on l.is_active and l.currency = p.currency and (l.id = p.price_list_id or (l.kind = 'level' and l.level = p.level) or l.kind = 'base')
      join price_entry e on e.price_list_id = l.id and e.product_id = pair.product_id and e.valid_from <= ${lastDay} and e.valid_to >= ${firstDay}`),
    tx.query<WarehouseRow>(sql`select id, name, priority from warehouse where is_active`),
    tx.query<{ partner_id: string; po_no: string; order_id: string }>(sql`
      select t.partner_id, t.po_no, t.order_id from partner_po t
      where t.order_id = any(${orderIds}::uuid[]) or (t.partner_id, t.po_no) in
        (select coalesce(w.partner_id, o.partner_id), w.po_no from unnest(${needs.map((n) => n.partnerId ?? null)}::uuid[], ${needs.map((n) => n.orderId ?? null)}::uuid[], ${needs.map((n) => n.poNo ?? null)}::text[]) as w(partner_id, order_id, po_no)
         left join sales_order o on o.id = w.order_id where w.po_no is not null)`),
    orderIds.length === 0
      ? none
      : tx.query<InquiryLineRow>(sql`select o.id as order_id, l.line_no, l.wanted, l.product_id, l.qty, l.requested_on from sales_order o join inquiry_line l on l.inquiry_id = o.inquiry_id where o.id = any(${orderIds}::uuid[]) order by o.id, l.line_no`),
    newOrders === 0 ? none : tx.query<{ no: string }>(sql`select 'SO-' || ${year}::text || '-' || lpad(nextval('order_no')::text, 6, '0') as no from generate_series(1, ${newOrders}::int)`),
  ]);

  const state: OrderState = {
    orders: new Map(orders.map((row) => [row.id, { row, lines: [], reservations: [], discrepancies: [], differences: [], rounds: [], holds: [] }])),
    partners: new Map(partners.map((row) => [row.id, row])),
    addresses: new Map(addresses.map((row) => [row.id, row])),
    products: new Map(products.map((row) => [row.id, row])),
    bySku: new Map(products.map((row) => [row.sku, row])),
    prices: new Map(),
    ledger: stockLedger(stock, supplies, warehouses),
    credit: new Map(credit.map((row) => [row.partner_id, row])),
    partnerHolds: new Map(),
    takenPo: new Map(pos.map((row) => [poKey(row.partner_id, row.po_no), row.order_id])),
    warehouses: new Map(warehouses.map((row) => [row.id, row])),
    inquiryLines: new Map(),
    numbers: numbers.map(({ no }) => no),
    userNames: new Map(),
  };
  for (const row of lines) state.orders.get(row.order_id)?.lines.push(row);
  for (const row of reservations) state.orders.get(row.order_id)?.reservations.push(row);
  for (const row of discrepancies) state.orders.get(row.order_id)?.discrepancies.push(row);
  for (const row of differences) state.orders.get(row.order_id)?.differences.push(row);
  for (const row of rounds) state.orders.get(row.order_id)?.rounds.push(row);
  for (const row of holds) {
    if (row.order_id !== null) state.orders.get(row.order_id)?.holds.push(row);
    else state.partnerHolds.set(row.partner_id, [...(state.partnerHolds.get(row.partner_id) ?? []), row]);
  }
  for (const row of prices) {
    const key = priceKey(row.partner_id, row.product_id);
    const list = state.prices.get(key);
    if (list === undefined) state.prices.set(key, [row]);
    else list.push(row);
  }
  for (const row of inquiryLines) state.inquiryLines.set(row.order_id, [...(state.inquiryLines.get(row.order_id) ?? []), row]);
  return state;
}
