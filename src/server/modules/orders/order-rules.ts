/** The rules of orders: pure functions over rows. Source: R3.3, R4.1, R4.3. */
import { type HoldKind, HOLD_BLOCKS, type OrderAction, orderMachine } from '../../../contract/machines/order.ts';
import { divRoundHalfUp, formatDecimal, PRICE_SCALE } from '../../kernel/decimal.ts';
import { canonicalHash } from '../../kernel/ids.ts';
import { formatAmount, lineGross } from '../../kernel/money.ts';
import { formatQty } from '../../kernel/qty.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import { fromBase, type Measured, ONE_UNIT, toBase, unitNamed } from '../catalog/unit-rules.ts';
import { type OrderUnit, orderAmounts, type PriceEntry, resolvePrice } from '../pricing/price-rules.ts';
import type { InquiryLineRow } from './order-load.ts';
import type { PartnerTerms } from './order-masters.ts';
import type { DiscrepancyRow, HoldRow, LineRow, Order, PaymentTermValue } from './order-tables.ts';

/** A line whose unit price is not the agreement's was priced by a person. */
const pricedByHand = (line: LineRow) => line.unit_price !== (line.agreed_price ?? 0n) && !line.free;

export const orderUnit = (line: LineRow): OrderUnit => ({ unit: line.order_unit, factor: line.unit_factor });
const lineWorth = (line: LineRow, price: bigint, currency: string) =>
  lineGross(line.qty, price, currency, line.unit_factor);

/** A line of which a part was taken away and that is no number of its unit any more (five of a box of twelve) goes on in the base unit. */
function inWholeUnits(line: LineRow): LineRow {
  if (fromBase(line.qty, line.unit_factor) !== null) return line;
  const perBase = (price: bigint) => divRoundHalfUp(price * ONE_UNIT, line.unit_factor);
  return {
    ...line,
    order_unit: null,
    unit_factor: ONE_UNIT,
    unit_price: perBase(line.unit_price),
    agreed_price: line.agreed_price === null ? null : perBase(line.agreed_price),
  };
}

/**
 * Prices every line for a day and computes all amounts. Lines priced by hand keep their price; the agreed price stands beside it.
 * The break of a product is that of its quantity over the whole order.
 */
export function priceLines(
  order: Order,
  entriesOf: (productId: string) => readonly PriceEntry[],
  taxRateOf: (productId: string) => bigint,
  on: string,
  currency: string,
): void {
  const quantities = new Map<string, bigint>();
  for (const line of order.lines)
    if (!line.free) quantities.set(line.product_id, (quantities.get(line.product_id) ?? 0n) + line.qty);
  const priced = order.lines.map(inWholeUnits).map((line) => {
    const entry = resolvePrice(
      entriesOf(line.product_id),
      quantities.get(line.product_id) ?? line.qty,
      on,
      orderUnit(line),
    );
    const byHand = pricedByHand(line);
    return { line, entry, unitPrice: byHand ? line.unit_price : (entry?.unit_price ?? 0n) };
  });
  const inclusive = priced.find(({ entry }) => entry !== null)?.entry?.tax_inclusive ?? order.row.tax_inclusive;
  const amounts = orderAmounts(
    priced.map(({ line, unitPrice }) => ({
      qty: line.qty,
      unitPrice,
      unitFactor: line.unit_factor,
      taxRate: taxRateOf(line.product_id),
      discount: line.discount_amount,
      free: line.free,
    })),
    order.row.order_discount_amount,
    inclusive ? 'inclusive' : 'exclusive',
    currency,
  );
  if (amounts.tooMuchDiscount) throw refuse('order.amount_range', undefined, 'orderDiscountAmount');
  if (amounts.gross > 10n ** 15n) throw refuse('order.amount_range', undefined, 'lines');
  order.lines = priced.map(({ line, entry, unitPrice }, i) => {
    const amount = amounts.lines[i];
    if (amount === undefined) return line;
    return {
      ...line,
      price_entry_id: entry?.id ?? null,
      agreed_price: entry?.unit_price ?? null,
      unit_price: unitPrice,
      tax_rate: taxRateOf(line.product_id),
      discount_amount: amount.discount,
      order_discount_share: amount.orderDiscountShare,
      net_amount: amount.net,
      tax_amount: amount.tax,
      gross_amount: amount.gross,
    };
  });
  Object.assign(order.row, {
    tax_inclusive: inclusive,
    net_amount: amounts.net,
    tax_amount: amounts.tax,
    gross_amount: amounts.gross,
    pricing_on: on,
  });
}

/** Lines that have neither an agreed price nor one named by a person: they cannot be sold. */
export const unpriced = (order: Order): LineRow[] =>
  order.lines.filter((line) => !line.free && line.agreed_price === null && line.unit_price === 0n);

type Found = Pick<DiscrepancyRow, 'line_no' | 'kind' | 'agreed' | 'ordered' | 'effect_amount'>;

/** Every deviation of an order from the agreement, in either side's favour. effect = ordered − agreed, in minor units. */
export function deviations(order: Order, partner: PartnerTerms): Found[] {
  const { row } = order;
  const price = (value: bigint) => formatDecimal(value, PRICE_SCALE, 2);
  const found: Found[] = [];
  for (const line of order.lines) {
    if (line.free) {
      const worth = line.agreed_price === null ? 0n : lineWorth(line, line.agreed_price, row.currency);
      found.push({
        line_no: line.line_no,
        kind: 'free_goods',
        agreed: line.agreed_price === null ? null : price(line.agreed_price),
        ordered: '0',
        effect_amount: -worth,
      });
      continue;
    }
    if (line.agreed_price === null) {
      found.push({
        line_no: line.line_no,
        kind: 'price_missing',
        agreed: null,
        ordered: price(line.unit_price),
        effect_amount: lineWorth(line, line.unit_price, row.currency),
      });
    } else if (line.unit_price !== line.agreed_price) {
      const effect = lineWorth(line, line.unit_price, row.currency) - lineWorth(line, line.agreed_price, row.currency);
      found.push({
        line_no: line.line_no,
        kind: 'price',
        agreed: price(line.agreed_price),
        ordered: price(line.unit_price),
        effect_amount: effect,
      });
    }
    if (line.discount_amount !== 0n)
      found.push({
        line_no: line.line_no,
        kind: 'discount',
        agreed: '0',
        ordered: formatAmount(line.discount_amount, row.currency),
        effect_amount: -line.discount_amount,
      });
  }
  if (row.order_discount_amount !== 0n)
    found.push({
      line_no: null,
      kind: 'discount',
      agreed: '0',
      ordered: formatAmount(row.order_discount_amount, row.currency),
      effect_amount: -row.order_discount_amount,
    });
  if (termText(row.payment_term) !== termText(partner.payment_term))
    found.push({
      line_no: null,
      kind: 'payment_term',
      agreed: termText(partner.payment_term),
      ordered: termText(row.payment_term),
      effect_amount: 0n,
    });
  if (row.address_id === null && row.delivery_address !== null)
    found.push({
      line_no: null,
      kind: 'delivery_place',
      agreed: null,
      ordered: row.delivery_address,
      effect_amount: 0n,
    });
  return found;
}

/** A payment term as one comparable text, e.g. `deposit_balance depositRate=0.3 days=30`. */
export const termText = (term: PaymentTermValue): string =>
  [
    term.kind,
    ...Object.entries(term)
      .filter(([key, value]) => key !== 'kind' && value !== undefined && value !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${value}`),
  ].join(' ');

export const sameDeviation = (a: Found, b: Found): boolean =>
  a.line_no === b.line_no &&
  a.kind === b.kind &&
  a.agreed === b.agreed &&
  a.ordered === b.ordered &&
  a.effect_amount === b.effect_amount;

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
  for (const line of rest)
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

/** What was sent to the partner, and its hash: acceptance names the hash, so that nobody accepts what he has not seen. */
export function confirmationContent(order: Pick<Order, 'row' | 'lines'>): {
  content: Record<string, unknown>;
  hash: string;
} {
  const { row } = order;
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
  order: Order;
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
export const reserved = ({ row }: Order, now: Date): boolean =>
  row.reserved_until !== null && row.reserved_until.getTime() >= now.getTime();

/** Whether the last notice still waits for its reply and has not lapsed. */
export const roundIsLive = ({ rounds }: Order, now: Date): boolean => {
  const round = rounds.at(-1);
  return round !== undefined && round.reply === null && round.lapses_at.getTime() > now.getTime();
};

type Guard = (facts: OrderFacts, action: OrderAction) => Refusal | null;
const when = (condition: boolean, code: string, params?: Record<string, string>): Refusal | null =>
  condition ? { code, ...(params === undefined ? {} : { params }) } : null;

/** One function for each guard named in the life-cycle table; the name is the code that it refuses with. */
export const orderGuards: Record<string, Guard> = {
  'partner.not_active': ({ partnerState }) => when(partnerState !== 'active', 'partner.not_active'),
  'order.no_lines': ({ order }) => when(order.lines.length === 0, 'order.no_lines'),
  'order.customer_missing': ({ order }) =>
    when(order.row.customer_name === null && !order.row.own_stock, 'order.customer_missing'),
  'order.delivery_missing': ({ order }) =>
    when(
      (order.row.address_id === null && order.row.delivery_address === null) ||
        (order.row.requested_on === null && order.lines.some((line) => line.requested_on === null)),
      'order.delivery_missing',
    ),
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
