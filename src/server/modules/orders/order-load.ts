/**
 * What decisions on orders need, for a set of commands, in two flights: existing orders (order-own.ts); then, by the exact keys that commands
 * and orders name, credit accounts of other partners and stock rows locked in key order. Products, terms and prices come from what the node
 * remembers (order-masters.ts), so that new orders need the second flight only, and existing ones that touch no stock the first. The number
 * of statements is fixed.
 */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { empty, quiet, sql, type Sql, type Tx } from '../../platform/db/database.ts';
import { loadWithMasters, type Shelf } from '../../platform/pipeline/masters.ts';
import { inScope } from '../../platform/pipeline/scope.ts';
import type { Actor, Command, Env } from '../../platform/pipeline/types.ts';
import {
  type StockLedger,
  type StockRow,
  type SupplyRow,
  stockLedger,
  type WarehouseRow,
} from '../inventory/promise-rules.ts';
import { lockQuotas, withQuotas } from '../pricing/index.ts';
import { type ApprovedBefore, NOTHING_APPROVED, readApprovedBefore } from './approved-deviations.ts';
import { entriesWithOwn, ownListOn, type PriceEntry } from '../pricing/price-rules.ts';
import type { Promotion } from '../pricing/promotion-rules.ts';
import {
  type AddressRow,
  loadPartnerMasters,
  loadPromotions,
  type Pair,
  type PartnerTerms,
  type ProductBook,
  priceKey,
  productBook,
  type ProductRow,
} from './order-masters.ts';
import { type CreditRow, type InquiryLineRow, loadOwn, lockCredit, NOTHING, type Own } from './order-own.ts';
import { readMet } from './order-met.ts';
import type { HoldRow, Order } from './order-tables.ts';
import type { Whole } from './order-whole.ts';

export type OrderState = {
  orders: Map<string, Order>;
  /** As they were read, with what decisions do not look at; an accepted command leaves them as its answer shows them. */
  wholes: Map<string, Whole>;
  partners: ReadonlyMap<string, PartnerTerms>;
  /** Active addresses of each partner. */
  addressesOf: ReadonlyMap<string, readonly AddressRow[]>;
  products: ReadonlyMap<string, ProductRow>;
  bySku: ReadonlyMap<string, ProductRow>;
  prices: ReadonlyMap<string, readonly PriceEntry[]>;
  /** With what is used of their quotas; the state's own copies, in which a batch counts what it uses. */
  promotions: Promotion[];
  ledger: StockLedger;
  credit: Map<string, CreditRow>;
  /** Live holds on whole partners. */
  partnerHolds: Map<string, HoldRow[]>;
  takenPo: Map<string, string>;
  warehouses: Map<string, WarehouseRow>;
  supplies: Map<string, SupplyRow>;
  inquiryLines: Map<string, InquiryLineRow[]>;
  numbers: string[];
  /** Files that commands name, each with the order it belongs to. */
  attachments: Map<string, string>;
  /** What was approved to the company's cost lately; only for approvals. */
  approved: ApprovedBefore;
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
  /** A deviation is to be approved. */
  approval?: boolean;
};

/** The partner, if it is for the actor's eyes: what the node remembers was read for others too. */
export function partnerFor(
  state: OrderState,
  actor: Pick<Actor, 'scope'>,
  partnerId: string,
): PartnerTerms | undefined {
  return inScope(actor, partnerId) ? state.partners.get(partnerId) : undefined;
}

export const poKey = (partnerId: string, poNo: string) => `${partnerId} ${poNo}`;

/**
 * stock: whether stock is read, true unless said otherwise; `unlocked`: for orders that hold nothing yet, save locks what they take. lock:
 * false in a transaction that only reads.
 */
type LoadOptions = { stock?: boolean | 'unlocked'; lock?: boolean };

const drawNumbers = (tx: Tx, year: string, count: number) =>
  tx.query<{ no: string }>(
    sql`select 'SO-' || ${year}::text || '-' || to_char(nextval('order_no'), 'FM999999999000000') as no from generate_series(1, ${count}::int)`,
  );

/** Stock and supplies that all orders of a batch meet in, by exact keys, locked in key order: the last of a flight, so that locks are held as short as can be. */
async function lockGoods(tx: Tx, productIds: readonly string[]) {
  if (productIds.length === 0) return { stock: [], supplies: [] };
  const goods = sql`any(${productIds}::uuid[])`;
  const [stock, supplies] = await Promise.all([
    tx.query<StockRow>(
      sql`select product_id, warehouse_id, on_hand_qty, reserved_qty from stock where product_id = ${goods} order by product_id, warehouse_id for update`,
    ),
    tx.query<SupplyRow>(
      sql`select id, no, kind, product_id, warehouse_id, expected_on, qty - received_qty as open_qty, reserved_qty from supply where state = 'open' and product_id = ${goods} order by id for update`,
    ),
  ]);
  return { stock, supplies };
}

const readAttachments = (tx: Tx, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : tx.query<{ id: string; document_id: string }>(
        sql`select id, document_id from attachment where document_type = 'order' and retracted_at is null and id = any(${ids}::uuid[])`,
      );

export const loadOrderState = (
  tx: Tx,
  commands: readonly Command<unknown>[],
  needs: readonly Needs[],
  env: Env,
  options: LoadOptions = {},
): Promise<OrderState> =>
  loadWithMasters(tx, env.masters, async (shelf) => {
    const state = await loadState(tx, commands, needs, env, options, shelf);
    const now = commands[0]?.now;
    return now === undefined || !needs.some(({ approval }) => approval === true)
      ? state
      : { ...state, approved: await readApprovedBefore(tx, state.orders, env, now) };
  });

async function loadState(
  tx: Tx,
  commands: readonly Command<unknown>[],
  needs: readonly Needs[],
  env: Env,
  options: LoadOptions,
  shelf: Shelf,
): Promise<OrderState> {
  const days = commands.map(({ now }) => bizDateOf(now, env.company.timeZone)).sort();
  const lastDay = days.at(-1) ?? '1900-01-01';
  // A quote reads the same rows in a read-only transaction, without locking them.
  const locked = options.lock === false ? empty : sql` for update`;
  const newOrders = needs.reduce((sum, need) => sum + (need.newOrders ?? 0), 0);
  const numbers = newOrders === 0 ? [] : quiet(drawNumbers(tx, lastDay.slice(0, 4), newOrders));
  const book = productBook(tx, shelf);
  const listed = quiet(loadPromotions(tx, shelf, lastDay));
  const own = await loadFirst(tx, needs, book, locked);
  const wholes = [...own.wholes.values()];
  const promotions = await listed;
  const keys = keysOf(needs, wholes, book, promotions);
  // A submitted order keeps the prices of the day on which it was priced.
  const pricedOn = wholes.flatMap(({ row }) => row.pricing_on ?? []);
  const firstDay = [...days, ...pricedOn].sort()[0] ?? lastDay;
  const known = new Set(wholes.map(({ row }) => row.partner_id));
  const newcomers = keys.partnerIds.filter((id) => !known.has(id));
  const productIds = options.stock === false ? [] : keys.productIds;
  const unlocked = options.stock === 'unlocked' || options.lock === false;
  const [masters, met, credit, attachments, , goods, quotas, drawn] = await Promise.all([
    loadPartnerMasters(tx, shelf, keys.partnerIds, keys.pairs, [firstDay, lastDay]),
    readMet(tx, { partnerIds: newcomers, pos: keys.pos, productIds: unlocked ? productIds : [] }),
    newcomers.length === 0 ? [] : lockCredit(tx, sql`any(${newcomers}::uuid[])`, locked),
    readAttachments(
      tx,
      needs.flatMap(({ attachmentId }) => attachmentId ?? []),
    ),
    book.need(keys.productIds, []),
    unlocked ? null : lockGoods(tx, productIds),
    lockQuotas(tx, promotions, new Set(keys.productIds), options.stock === false ? empty : locked),
    numbers,
  ]);
  const { stock, supplies } = goods ?? met;
  return {
    orders: ordersOf(own),
    wholes: new Map(own.wholes),
    partners: masters.partners,
    addressesOf: masters.addressesOf,
    products: book.byId,
    bySku: book.bySku,
    prices: masters.prices,
    promotions: withQuotas(promotions, quotas),
    ledger: stockLedger(stock, supplies, masters.warehouses),
    credit: new Map([...own.credit, ...credit].map((row) => [row.partner_id, row])),
    partnerHolds: partnerHoldsOf(wholes, met.holds),
    takenPo: new Map([...own.pos, ...met.taken].map((row) => [poKey(row.partner_id, row.po_no), row.order_id])),
    warehouses: new Map(masters.warehouses.map((row) => [row.id, row])),
    supplies: new Map(supplies.map((row) => [row.id, row])),
    inquiryLines: Map.groupBy(own.inquiryLines, (row) => row.order_id),
    numbers: drawn.map(({ no }) => no),
    attachments: new Map(attachments.map((row) => [row.id, row.document_id])),
    approved: NOTHING_APPROVED,
  };
}

/** Live holds on whole partners: each order brings those of its partner with it. */
function partnerHoldsOf(wholes: readonly Whole[], others: readonly HoldRow[]): Map<string, HoldRow[]> {
  const found = [...wholes.flatMap(({ holds }) => holds.filter(({ order_id }) => order_id === null)), ...others];
  const once = new Map(found.map((row) => [row.id, row]));
  return Map.groupBy(once.values(), (row) => row.partner_id);
}

/** Existing orders, and every product that they or the commands name. Nothing is sent, and nothing waited for, when all that is remembered. */
async function loadFirst(tx: Tx, needs: readonly Needs[], book: ProductBook, locked: Sql): Promise<Own> {
  const orderIds = [...new Set(needs.flatMap(({ orderId }) => orderId ?? []))].sort();
  const named = book.need(
    needs.flatMap(({ productIds }) => productIds ?? []),
    needs.flatMap(({ skus }) => skus ?? []),
  );
  const own = orderIds.length === 0 ? NOTHING : await loadOwn(tx, orderIds, locked);
  await named;
  await book.need(
    [...own.wholes.values()].flatMap(({ lines }) => lines.map(({ product_id }) => product_id)),
    [],
  );
  return own;
}

/** The exact keys that commands and their orders name: partners, products with their substitutes, purchase order numbers. */
function keysOf(
  needs: readonly Needs[],
  wholes: readonly Whole[],
  book: ProductBook,
  promotions: readonly Promotion[],
) {
  const partnerOf = new Map(wholes.map(({ row }) => [row.id, row.partner_id]));
  const partnerIds = new Set(partnerOf.values());
  const named: Pair[] = [];
  const pos: { partnerId: string; poNo: string }[] = [];
  for (const need of needs) {
    const partnerId = need.partnerId ?? (need.orderId === undefined ? undefined : partnerOf.get(need.orderId));
    if (partnerId === undefined) continue;
    partnerIds.add(partnerId);
    for (const productId of need.productIds ?? []) named.push({ partnerId, productId });
    for (const sku of need.skus ?? []) {
      const product = book.bySku.get(sku);
      if (product !== undefined) named.push({ partnerId, productId: product.id });
    }
    if (need.poNo !== undefined) pos.push({ partnerId, poNo: need.poNo });
  }
  for (const { lines } of wholes)
    for (const line of lines) named.push({ partnerId: line.partner_id, productId: line.product_id });
  const pairs = distinctPairs(named, book.byId, promotions);
  return {
    partnerIds: [...partnerIds].sort(),
    pairs,
    productIds: [...new Set(pairs.map(({ productId }) => productId))].sort(),
    pos,
  };
}

function ordersOf({ wholes, differences }: Own): Map<string, Order> {
  const accepted = Map.groupBy(differences, ({ order_id }) => order_id);
  return new Map(
    [...wholes].map(([id, { row, lines, reservations, discrepancies, rounds, holds }]) => [
      id,
      {
        row,
        lines,
        reservations,
        discrepancies,
        differences: accepted.get(id) ?? [],
        rounds,
        holds: holds.filter(({ order_id }) => order_id !== null),
      },
    ]),
  );
}

/**
 * Each product once for each partner, with its substitutes and what promotions give with it: what a shortage may offer and what is given away
 * is priced and promised like the line itself.
 */
function distinctPairs(
  pairs: readonly Pair[],
  products: ReadonlyMap<string, ProductRow>,
  promotions: readonly Promotion[],
): Pair[] {
  const found = new Map<string, Pair>();
  const gifts = promotions.filter(({ gift_product_id }) => gift_product_id !== null);
  for (const { partnerId, productId } of pairs) {
    found.set(priceKey(partnerId, productId), { partnerId, productId });
    const given = gifts
      .filter(({ product_ids }) => product_ids.length === 0 || product_ids.includes(productId))
      .flatMap(({ gift_product_id }) => gift_product_id ?? []);
    for (const id of [...(products.get(productId)?.substitute_ids ?? []), ...given])
      found.set(priceKey(partnerId, id), { partnerId, productId: id });
  }
  return [...found.values()];
}

/** What pricing needs to know of a partner on a day. */
export function pricingFor(
  state: OrderState,
  partner: Pick<PartnerTerms, 'id' | 'level' | 'currency' | 'price_list_id' | 'agreed_lists'>,
  on: string,
) {
  const own = ownListOn(partner.agreed_lists, partner.price_list_id, on);
  return {
    partner,
    currency: partner.currency,
    on,
    agreement: own.agreement,
    entriesOf: (productId: string) => entriesWithOwn(state.prices.get(priceKey(partner.id, productId)) ?? [], own),
    productOf: (productId: string) => state.products.get(productId),
    promotions: state.promotions,
  };
}
