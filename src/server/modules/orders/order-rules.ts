/** The rules of orders: pure functions over rows. Source: R3.3, R4.1, R4.3. */
import { type HoldKind, HOLD_BLOCKS, type OrderAction, orderMachine } from '../../../contract/machines/order.ts';
import { canonicalHash } from '../../kernel/ids.ts';
import { formatAmount } from '../../kernel/money.ts';
import { formatQty } from '../../kernel/qty.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { fromBase, type Measured, ONE_UNIT, toBase, unitNamed } from '../catalog/unit-rules.ts';
import type { InquiryLineRow } from './order-own.ts';
import type { HoldRow, LineRow, Order, OrderSeen } from './order-tables.ts';

export type InquiryDifference = {
  key: string;
  lineNo: number | null;
  field: 'product' | 'qty' | 'unit' | 'requestedOn' | 'missing' | 'added';
  inquiryValue: string | null;
  orderValue: string | null;
  differs: boolean;
};

/** A quantity as it was written, in its own unit: `2 箱`; without the unit when it is the base unit. */
const written = (line: LineRow): string => {
  const qty = line.order_unit === null ? null : fromBase(line.qty, line.unit_factor);
  return qty === null ? formatQty(line.qty) : `${formatQty(qty)} ${line.order_unit}`;
};

/** Inquiry and order side by side, line by line (R3.3). A unit that the product does not have is a difference of its own. */
export function compareWithInquiry(
  inquiry: readonly InquiryLineRow[],
  lines: readonly LineRow[],
  productOf: (id: string) => Measured | undefined,
): InquiryDifference[] {
  const items: InquiryDifference[] = [];
  const rest = [...lines];
  for (const wanted of inquiry) {
    const at = rest.findIndex((line) => line.line_no === wanted.line_no && line.product_id === wanted.product_id);
    const found = at >= 0 ? at : rest.findIndex((line) => line.product_id === wanted.product_id);
    const line = found >= 0 ? rest.splice(found, 1)[0] : undefined;
    const key = `inquiry-${wanted.line_no}`;
    if (line === undefined) {
      items.push({
        key: `${key}-missing`,
        lineNo: wanted.line_no,
        field: 'missing',
        inquiryValue: wanted.wanted,
        orderValue: null,
        differs: true,
      });
      continue;
    }
    const product = productOf(line.product_id);
    const unit = wanted.unit === null || product === undefined ? undefined : unitNamed(product, wanted.unit);
    const qty = wanted.qty === null ? null : toBase(wanted.qty, unit?.factor ?? ONE_UNIT);
    const asked = wanted.qty === null ? null : [formatQty(wanted.qty), wanted.unit].filter(Boolean).join(' ');
    items.push({
      key: `${key}-product`,
      lineNo: wanted.line_no,
      field: 'product',
      inquiryValue: wanted.wanted,
      orderValue: line.product_id,
      differs: false,
    });
    items.push({
      key: `${key}-qty-${formatQty(line.qty)}`,
      lineNo: wanted.line_no,
      field: 'qty',
      inquiryValue: asked,
      orderValue: written(line),
      differs: qty !== line.qty,
    });
    if (unit === null)
      items.push({
        key: `${key}-unit-${line.order_unit ?? line.unit}`,
        lineNo: wanted.line_no,
        field: 'unit',
        inquiryValue: wanted.unit,
        orderValue: line.order_unit ?? line.unit,
        differs: true,
      });
    items.push({
      key: `${key}-date-${line.requested_on ?? ''}`,
      lineNo: wanted.line_no,
      field: 'requestedOn',
      inquiryValue: wanted.requested_on,
      orderValue: line.requested_on,
      differs: wanted.requested_on !== line.requested_on,
    });
  }
  // What a promotion gives was not asked for and needs nobody's consent.
  for (const line of rest.filter(({ promotion_id }) => promotion_id === null))
    items.push({
      key: `order-${line.line_no}-${line.product_id}-${formatQty(line.qty)}`,
      lineNo: line.line_no,
      field: 'added',
      inquiryValue: null,
      orderValue: written(line),
      differs: true,
    });
  return items;
}

/** What promotions take off the whole order. */
export const promotionDiscount = (lines: readonly Pick<LineRow, 'promotion_share_amount'>[]): bigint =>
  lines.reduce((sum, { promotion_share_amount }) => sum + promotion_share_amount, 0n);

/** What was sent to the partner, and its hash: acceptance names the hash, so that nobody accepts what he has not seen. */
export function confirmationContent(order: Pick<Order, 'row' | 'lines'>): {
  content: Record<string, unknown>;
  hash: string;
} {
  const { row } = order;
  const promoted = promotionDiscount(order.lines);
  const content = {
    orderId: row.id,
    no: row.no,
    partnerId: row.partner_id,
    poNo: row.po_no,
    currency: row.currency,
    taxInclusive: row.tax_inclusive,
    paymentMethod: row.payment_method,
    paymentTerm: row.payment_term,
    requestedOn: row.requested_on,
    deliveryMethod: row.delivery_method,
    addressId: row.address_id,
    deliveryAddress: row.delivery_address,
    receiver: row.receiver,
    note: row.note,
    orderDiscount: row.order_discount_amount.toString(),
    ...(row.order_discount_rate === null ? {} : { orderDiscountRate: row.order_discount_rate.toString() }),
    ...(promoted === 0n ? {} : { promotionDiscount: promoted.toString() }),
    net: row.net_amount.toString(),
    tax: row.tax_amount.toString(),
    gross: row.gross_amount.toString(),
    lines: order.lines.map((line) => ({
      lineNo: line.line_no,
      productId: line.product_id,
      qty: line.qty.toString(),
      unit: line.unit,
      ...(line.order_unit === null ? {} : { orderUnit: line.order_unit, unitFactor: line.unit_factor.toString() }),
      unitPrice: line.unit_price.toString(),
      taxRate: line.tax_rate.toString(),
      discount: line.discount_amount.toString(),
      discountShare: line.order_discount_share.toString(),
      ...(line.promotion_share_amount === 0n ? {} : { promotionShare: line.promotion_share_amount.toString() }),
      net: line.net_amount.toString(),
      tax: line.tax_amount.toString(),
      gross: line.gross_amount.toString(),
      requestedOn: line.requested_on,
      promisedOn: line.promised_on,
      free: line.free,
      note: line.note,
    })),
  };
  return { content, hash: canonicalHash(content) };
}

/** What guards look at. `input` holds what the caller sent; views leave it out, and guards on input then pass. */
export type OrderFacts = {
  order: OrderSeen;
  partnerState: string;
  partnerHolds: readonly HoldRow[];
  now: Date;
  openDifferences: number;
  poTaken: boolean;
  promised: boolean | null;
  /** Whether it was taken over from the system before, and its version right after. Left out where nobody asks. */
  cutOver?: { orderVersion: number } | null;
  /** Lines of services and freight: accepted, not shipped. */
  serviceLines: ReadonlySet<number>;
  input?: {
    evidenceNeeded?: boolean;
    evidence?: string | undefined;
    /** The partner's own document must be among the files of the order. */
    documentNeeded?: boolean;
    document?: string | undefined;
    consent?: string | undefined;
    unanswered?: number;
  };
};

const open = (line: LineRow) => line.qty - line.shipped_qty - line.closed_qty;
const closable = (line: LineRow) => open(line) - line.picked_qty;

const liveHolds = (facts: OrderFacts) => [
  ...facts.order.holds.filter(({ released_at }) => released_at === null),
  ...facts.partnerHolds,
];
export const blocks = (hold: Pick<HoldRow, 'kind'>, action: string): boolean =>
  (HOLD_BLOCKS[hold.kind as HoldKind] as readonly string[]).includes(action);

function holdGuard(facts: OrderFacts, action: string, credit: boolean): Refusal | null {
  const hit = liveHolds(facts).find((hold) => (hold.kind === 'credit') === credit && blocks(hold, action));
  return hit === undefined
    ? null
    : {
        code: credit ? 'order.credit_hold' : 'order.hold',
        params: {
          reason: hit.reason,
          amount: hit.amount === null ? '' : formatAmount(hit.amount, facts.order.row.currency),
        },
      };
}

/** Whether what the order promises is reserved now. */
export const reserved = ({ row }: OrderSeen, now: Date): boolean =>
  row.reserved_until !== null && row.reserved_until.getTime() >= now.getTime();

/** Whether the last notice still waits for its reply and has not lapsed. */
export const roundIsLive = ({ rounds }: OrderSeen, now: Date): boolean => {
  const round = rounds.at(-1);
  return round !== undefined && round.reply === null && round.lapses_at.getTime() > now.getTime();
};

/** The first that is missing of what a delivery requires: date, place, receiver, method (R3.3). */
function missingOfDelivery({ row, lines }: Pick<OrderSeen, 'row' | 'lines'>): string | null {
  if (row.requested_on === null && lines.some((line) => line.requested_on === null)) return 'requestedOn';
  if (row.address_id === null && row.delivery_address === null) return 'addressId';
  if (row.receiver === null) return 'receiver';
  return row.delivery_method === null ? 'deliveryMethod' : null;
}

type Guard = (facts: OrderFacts, action: OrderAction) => Refusal | null;
const when = (condition: boolean, code: string, params?: Record<string, string>): Refusal | null =>
  condition ? { code, ...(params === undefined ? {} : { params }) } : null;

/** One function for each guard named in the life-cycle table; the name is the code that it refuses with. */
export const orderGuards: Record<string, Guard> = {
  'partner.not_active': ({ partnerState }) => when(partnerState !== 'active', 'partner.not_active'),
  'order.no_lines': ({ order }) => when(order.lines.length === 0, 'order.no_lines'),
  'order.customer_missing': ({ order }) =>
    when(order.row.customer_name === null && !order.row.own_stock, 'order.customer_missing'),
  'order.delivery_missing': ({ order }) => {
    const field = missingOfDelivery(order);
    return field === null ? null : { code: 'order.delivery_missing', field };
  },
  'order.inquiry_difference': ({ openDifferences }) =>
    when(openDifferences > 0, 'order.inquiry_difference', { count: String(openDifferences) }),
  'order.po_duplicate': ({ poTaken, order }) => when(poTaken, 'order.po_duplicate', { poNo: order.row.po_no ?? '' }),
  'order.discrepancy_open': ({ order }) => {
    const count = order.discrepancies.filter(({ state }) => state === 'open').length;
    return when(count > 0, 'order.discrepancy_open', { count: String(count) });
  },
  'order.credit_hold': (facts, action) => holdGuard(facts, action, true),
  'order.hold': (facts, action) => holdGuard(facts, action, false),
  'order.not_promised': ({ promised }) => when(promised === false, 'order.not_promised'),
  'order.promised': ({ promised }) => when(promised === true, 'order.promised'),
  'order.evidence_missing': ({ input }) =>
    when(input?.evidenceNeeded === true && (input.evidence ?? '').trim() === '', 'order.evidence_missing'),
  'order.document_missing': ({ input }) =>
    when(input?.documentNeeded === true && input.document === undefined, 'order.document_missing'),
  'order.still_reserved': ({ order, now }) =>
    when(order.row.state === 'to_confirm' && reserved(order, now), 'order.still_reserved'),
  // Whether a promise that has run out can be given again is seen when the partner accepts; until the notice lapses he may try.
  'order.reservation_lapsed': ({ order, now, input }, action) =>
    when(
      !reserved(order, now) && !(action === 'accept' && input === undefined && roundIsLive(order, now)),
      'order.reservation_lapsed',
    ),
  'order.objection_open': ({ input }) =>
    when((input?.unanswered ?? 0) > 0, 'order.objection_open', { count: String(input?.unanswered ?? 0) }),
  'order.nothing_open': ({ order }) => when(!order.lines.some((line) => closable(line) > 0n), 'order.nothing_open'),
  'order.consent_missing': ({ input }) =>
    when(input !== undefined && (input.consent ?? '').trim() === '', 'order.consent_missing'),
  'order.not_service': ({ order, serviceLines }) =>
    when(
      !order.lines.some((line) => serviceLines.has(line.line_no) && line.delivered_qty + line.closed_qty < line.qty),
      'order.not_service',
    ),
  'order.not_cut_over': ({ cutOver }) => when(cutOver == null, 'order.not_cut_over'),
  'order.moved_on': ({ cutOver, order }) =>
    when(cutOver != null && cutOver.orderVersion !== order.row.version, 'order.moved_on'),
  'order.not_delivered': ({ order }) =>
    when(
      order.lines.some((line) => line.delivered_qty + line.closed_qty < line.qty),
      'order.not_delivered',
    ),
  'order.not_paid': ({ order }) => when(order.row.paid_amount < order.row.gross_amount, 'order.not_paid'),
  'order.not_invoiced': ({ order }) => when(order.row.invoiced_amount < order.row.gross_amount, 'order.not_invoiced'),
};

/** All reasons why an action is refused now; empty: go. Commands and buttons both ask here. */
export function orderRefusals(action: OrderAction, facts: OrderFacts): Refusal[] {
  const found = orderMachine.row(action, facts.order.row.state);
  if (found === undefined) return [{ code: 'order.wrong_state', params: { action, state: facts.order.row.state } }];
  return found.guards.flatMap((name) => {
    const refusal = orderGuards[name]?.(facts, action) ?? null;
    return refusal === null ? [] : [refusal];
  });
}

/** Credit: limit − (balance + held). Negative means over the limit; null means no limit. Amounts in minor units. */
export const headroom = (credit: {
  limit_amount: bigint | null;
  balance_amount: bigint;
  held_amount: bigint;
}): bigint | null =>
  credit.limit_amount === null ? null : credit.limit_amount - credit.balance_amount - credit.held_amount;

export { closable as closableQty };
