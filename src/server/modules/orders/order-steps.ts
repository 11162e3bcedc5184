/** Steps that commands on orders are made of. Each changes the order at work or refuses. Source: R3.3–R4.3. */
import type { z } from 'zod';
import type { OrderLineInput, OrderUpdate } from '../../../contract/orders.ts';
import { parseDecimal, PRICE_SCALE } from '../../kernel/decimal.ts';
import { newId } from '../../kernel/ids.ts';
import { formatAmount, parseAmount } from '../../kernel/money.ts';
import { formatQty, isMultipleOf, isWhole, parseQty } from '../../kernel/qty.ts';
import { refuse, refuseIf } from '../../kernel/refusal.ts';
import { toBase, unitNamed, unitsOf } from '../catalog/unit-rules.ts';
import { BASE_UNIT, type OrderUnit, resolvePrice } from '../pricing/price-rules.ts';
import { isService, promisePlans, reserve } from './availability-steps.ts';
import { poKey } from './order-load.ts';
import { type AddressRow, priceKey, type ProductRow } from './order-masters.ts';
import {
  compareWithInquiry,
  deviations,
  headroom,
  type OrderFacts,
  orderRefusals,
  priceLines,
  sameDeviation,
  unpriced,
} from './order-rules.ts';
import type { LineRow } from './order-tables.ts';
import { emit, go, switchedOn, type Work } from './order-work.ts';
import { sendNotice } from './send-notice.ts';
import { reportShortage } from './shortage-steps.ts';

type LineInput = z.infer<typeof OrderLineInput>;
type HeaderInput = Omit<z.infer<typeof OrderUpdate>, 'lines'>;

const ONLY_STAFF = ['paymentTerm', 'orderDiscountAmount'] as const;
const ONLY_STAFF_ON_LINES = ['unitPrice', 'discountAmount', 'free'] as const;

/** A partner names what it wants, never what it costs: such a field is refused by name. */
export function refuseStaffFields(work: Work, header: HeaderInput, lines: readonly LineInput[]): void {
  if (work.command.actor.kind !== 'partner') return;
  for (const field of ONLY_STAFF) if (header[field] !== undefined) throw refuse('field.unknown', undefined, field);
  lines.forEach((line, i) => {
    for (const field of ONLY_STAFF_ON_LINES)
      if (line[field] !== undefined) throw refuse('field.unknown', undefined, `lines.${i}.${field}`);
  });
}

/** Sets the fields of the header that the caller named. */
export function setHeader(work: Work, input: HeaderInput): void {
  const { row } = work.order;
  const discount =
    input.orderDiscountAmount === undefined
      ? null
      : input.orderDiscountAmount === null
        ? 0n
        : amount(input.orderDiscountAmount, row.currency, 'orderDiscountAmount');
  Object.assign(row, {
    ...(input.customerName === undefined ? {} : { customer_name: input.customerName, own_stock: false }),
    ...(input.ownStock === undefined
      ? {}
      : {
          own_stock: input.ownStock,
          ...(input.ownStock && input.customerName === undefined ? { customer_name: null } : {}),
        }),
    ...(input.poNo === undefined ? {} : { po_no: input.poNo }),
    ...(input.requestedOn === undefined ? {} : { requested_on: input.requestedOn }),
    ...(input.deliveryMethod === undefined ? {} : { delivery_method: input.deliveryMethod }),
    ...(input.note === undefined ? {} : { note: input.note }),
    ...(input.paymentTerm === undefined ? {} : { payment_term: input.paymentTerm }),
    ...(discount === null ? {} : { order_discount_amount: discount }),
  });
  if (input.addressId !== undefined) {
    const address = work.state.addressesOf.get(row.partner_id)?.find(({ id }) => id === input.addressId);
    if (address === undefined) throw refuse('address.not_found', undefined, 'addressId');
    setAddress(work, address);
  } else if (input.deliveryAddress !== undefined) {
    Object.assign(row, {
      address_id: null,
      delivery_address: input.deliveryAddress,
      receiver: input.receiver ?? row.receiver,
      receiver_phone: input.receiverPhone ?? row.receiver_phone,
    });
  }
  if (input.receiver !== undefined) row.receiver = input.receiver;
  if (input.receiverPhone !== undefined) row.receiver_phone = input.receiverPhone;
}

export function setAddress(work: Work, address: AddressRow): void {
  Object.assign(work.order.row, {
    address_id: address.id,
    delivery_address: [address.region_text, address.detail].filter(Boolean).join(' '),
    receiver: address.receiver,
    receiver_phone: address.phone,
  });
}

function amount(text: string, currency: string, field: string): bigint {
  const value = parseAmount(text, currency);
  if (value === null) throw refuse('field.amount_decimals', { currency }, field);
  return value;
}

/** Makes the lines anew from what the caller sent: product, quantity by the product's rules, and for staff price, discount and free goods. */
export function setLines(work: Work, inputs: readonly LineInput[]): void {
  const { row } = work.order;
  work.order.lines = inputs.map((input, i): LineRow => {
    const at = `lines.${i}`;
    const product =
      input.productId !== undefined ? work.state.products.get(input.productId) : work.state.bySku.get(input.sku ?? '');
    if (product === undefined)
      throw refuse(
        'product.not_found',
        { product: input.sku ?? input.productId ?? '' },
        `${at}.${input.sku === undefined ? 'productId' : 'sku'}`,
      );
    const { qty, unit } = quantityOf(input.qty, product, at, input.unit);
    const prices = work.state.prices.get(priceKey(row.partner_id, product.id)) ?? [];
    const entry = resolvePrice(prices, qty, work.today, unit);
    const byHand = input.unitPrice === undefined ? null : parseDecimal(input.unitPrice, PRICE_SCALE);
    return {
      order_id: row.id,
      line_no: i + 1,
      partner_id: row.partner_id,
      product_id: product.id,
      qty,
      unit: product.unit,
      order_unit: unit.unit,
      unit_factor: unit.factor,
      requested_on: input.requestedOn ?? row.requested_on,
      note: input.note ?? null,
      free: input.free ?? false,
      price_entry_id: entry?.id ?? null,
      agreed_price: entry?.unit_price ?? null,
      unit_price: byHand ?? entry?.unit_price ?? 0n,
      tax_rate: product.tax_rate,
      discount_amount:
        input.discountAmount === undefined ? 0n : amount(input.discountAmount, row.currency, `${at}.discountAmount`),
      order_discount_share: 0n,
      net_amount: 0n,
      tax_amount: 0n,
      gross_amount: 0n,
      promised_on: null,
      picked_qty: 0n,
      shipped_qty: 0n,
      delivered_qty: 0n,
      closed_qty: 0n,
      invoiced_gross_amount: 0n,
      invoiced_net_amount: 0n,
      invoiced_tax_amount: 0n,
      source_ref: null,
    };
  });
}

/** The quantity in the base unit and the unit that it was written in, by the rules of the product: whole base units, minimum, multiple. */
export function quantityOf(
  text: string,
  product: ProductRow,
  at: string,
  unit?: string,
): { qty: bigint; unit: OrderUnit } {
  const written = parseQty(text);
  if (written === null || written <= 0n) throw refuse('field.qty_range', undefined, `${at}.qty`);
  if (!product.is_sellable) throw refuse('product.not_sellable', { sku: product.sku }, `${at}.sku`);
  const named = unit === undefined ? unitsOf(product)[0] : unitNamed(product, unit);
  if (named == null) {
    const known = unitsOf(product).map((each) => each.unit);
    throw refuse('order.unit_unknown', { sku: product.sku, unit: unit ?? '', known: known.join(', ') }, `${at}.unit`);
  }
  const qty = toBase(written, named.factor);
  if (qty === null || (product.whole_units && !isWhole(qty)))
    throw refuse(
      'order.not_whole_base_unit',
      { sku: product.sku, unit: product.unit, qty: `${text} ${named.unit}` },
      `${at}.qty`,
    );
  if (qty < product.min_qty)
    throw refuse(
      'order.qty_minimum',
      { sku: product.sku, minimum: formatQty(product.min_qty), unit: product.unit },
      `${at}.qty`,
    );
  if (!isMultipleOf(qty, product.multiple_qty))
    throw refuse(
      'order.qty_multiple',
      { sku: product.sku, multiple: formatQty(product.multiple_qty), unit: product.unit },
      `${at}.qty`,
    );
  return { qty, unit: named.unit === product.unit ? BASE_UNIT : { unit: named.unit, factor: named.factor } };
}

/** Prices the order for a day, today unless said otherwise, and notes each deviation; what was settled before and is unchanged stays settled. */
export function price(work: Work, on = work.today): void {
  const { order, state, partner } = work;
  priceLines(
    order,
    (productId) => state.prices.get(priceKey(order.row.partner_id, productId)) ?? [],
    (productId) => state.products.get(productId)?.tax_rate ?? 0n,
    on,
    order.row.currency,
  );
  order.discrepancies = deviations(order, partner).map((found) => {
    const known = order.discrepancies.find((earlier) => sameDeviation(earlier, found));
    return (
      known ?? {
        id: newId(work.now),
        order_id: order.row.id,
        partner_id: order.row.partner_id,
        ...found,
        state: 'open',
        raised_by: work.command.actor.personId,
        raised_at: work.now,
        settled_by: null,
        settled_at: null,
        evidence: null,
      }
    );
  });
}

const productIn = (state: Work['state']) => (id: string) => state.products.get(id);

export function factsOf(work: Work, input?: OrderFacts['input'], promised: boolean | null = null): OrderFacts {
  const { order, state } = work;
  const poNo = order.row.po_no;
  const takenBy = poNo === null ? undefined : state.takenPo.get(poKey(order.row.partner_id, poNo));
  const differences =
    order.row.inquiry_id === null
      ? []
      : compareWithInquiry(state.inquiryLines.get(order.row.id) ?? [], order.lines, productIn(state)).filter(
          ({ differs }) => differs,
        );
  return {
    order,
    partnerState: work.partner.state,
    partnerHolds: state.partnerHolds.get(order.row.partner_id) ?? [],
    now: work.now,
    openDifferences: differences.filter(({ key }) => !order.differences.some((accepted) => accepted.key === key))
      .length,
    poTaken: takenBy !== undefined && takenBy !== order.row.id,
    promised,
    serviceLines: new Set(
      order.lines.filter((line) => isService(state.products.get(line.product_id))).map(({ line_no }) => line_no),
    ),
    ...(input === undefined ? {} : { input }),
  };
}

export type SubmitOptions = {
  onShortage: 'report' | 'refuse';
  acceptDifferences?: readonly string[] | 'all';
  expectedGross?: string;
};

/** Submits, and goes on by itself as far as nothing stands in the way. */
export function submit(work: Work, options: SubmitOptions): void {
  acceptDifferences(work, options.acceptDifferences ?? []);
  price(work);
  refuseIf(orderRefusals('submit', factsOf(work)));
  const missing = unpriced(work.order);
  if (missing.length > 0)
    throw refuse(
      'price.missing',
      { skus: missing.map((line) => work.state.products.get(line.product_id)?.sku ?? '').join(', ') },
      'lines',
    );
  refuseChangedPrice(work, options.expectedGross);
  // What was laid down or answered for an earlier content does not bind this one.
  Object.assign(work.order.row, { submitted_at: work.now, corrections: [], production_answers: [] });
  go(work, 'submit', {
    payload: {
      ...(work.before === null ? { created: true, channel: work.order.row.channel } : {}),
      gross: work.order.row.gross_amount.toString(),
      lines: work.order.lines.length,
    },
  });
  goOn(work, options.onShortage);
}

function refuseChangedPrice(work: Work, expected: string | undefined): void {
  if (expected === undefined) return;
  const { currency, gross_amount } = work.order.row;
  if (amount(expected, currency, 'expectedGrossAmount') !== gross_amount)
    throw refuse('price.changed', { expected, now: formatAmount(gross_amount, currency) }, 'expectedGrossAmount');
}

function acceptDifferences(work: Work, keys: readonly string[] | 'all'): void {
  const { order } = work;
  if (order.row.inquiry_id === null || keys.length === 0) return;
  for (const item of compareWithInquiry(
    work.state.inquiryLines.get(order.row.id) ?? [],
    order.lines,
    productIn(work.state),
  )) {
    if (
      !item.differs ||
      (keys !== 'all' && !keys.includes(item.key)) ||
      order.differences.some(({ key }) => key === item.key)
    )
      continue;
    order.differences = [
      ...order.differences,
      {
        order_id: order.row.id,
        partner_id: order.row.partner_id,
        key: item.key,
        inquiry_value: item.inquiryValue,
        order_value: item.orderValue,
        accepted_by: work.command.actor.userId,
        accepted_at: work.now,
      },
    ];
  }
}

/** What the product does by itself after a person's step: pass the terms, promise and reserve, or report the shortage. */
export function goOn(work: Work, onShortage: 'report' | 'refuse'): void {
  const automatic: string[] = [];
  if (work.order.row.state === 'terms_review') {
    checkCredit(work);
    if (!switchedOn(work, 'order.auto_pass_terms') || orderRefusals('passTerms', factsOf(work)).length > 0) return;
    go(work, 'passTerms', { quiet: true });
    automatic.push('passTerms');
  }
  if (work.order.row.state !== 'availability_review') return;
  const plans = promisePlans(work);
  const short = plans.filter((plan) => plan.short > 0n);
  if (short.length > 0 && onShortage === 'refuse') {
    const line = work.order.lines.find(({ line_no }) => line_no === short[0]?.lineNo);
    const available = (line?.qty ?? 0n) - (short[0]?.short ?? 0n);
    throw refuse(
      'stock.insufficient',
      { lines: short.map(({ lineNo }) => lineNo).join(', '), available: formatQty(available) },
      `lines.${(short[0]?.lineNo ?? 1) - 1}.qty`,
    );
  }
  if (!switchedOn(work, 'order.auto_pass_availability')) {
    if (automatic.length > 0) emit(work, 'order.terms_passed', { automatic });
    return;
  }
  if (short.length > 0) reportShortage(work, plans, automatic);
  else {
    reserve(work, plans, [...automatic, 'passAvailability']);
    sendBySwitch(work);
  }
}

/** Once everything is confirmed, the notice goes out by itself where the policy says so. */
export function sendBySwitch(work: Work): void {
  if (!switchedOn(work, 'order.auto_send_confirmation')) return;
  if (orderRefusals('sendConfirmation', factsOf(work)).length === 0) sendNotice(work, true);
}

/** Over the limit is a hold for finance or a manager, never a refusal; a hold that was released for at least this amount counts. */
export function checkCredit(work: Work): void {
  const { order, state } = work;
  // What the order holds already is in the partner's account until the step is done, also when the step has released it.
  const over = creditOverrun(work, order.row.gross_amount - (work.before?.row.held_amount ?? 0n));
  const live = order.holds.find((hold) => hold.kind === 'credit' && hold.released_at === null);
  if (over === null) {
    // Nothing stands in the way any more: the hold that the product placed is lifted by the product.
    if (live !== undefined) {
      order.holds = order.holds.map((hold) =>
        hold === live ? { ...hold, released_at: work.now, release_reason: null } : hold,
      );
      emit(work, 'order.hold_released', { kind: 'credit', holdId: live.id });
    }
    return;
  }
  if (live !== undefined || state.credit.get(order.row.partner_id) === undefined) return;
  const id = newId(work.now);
  order.holds = [
    ...order.holds,
    {
      id,
      partner_id: order.row.partner_id,
      order_id: order.row.id,
      kind: 'credit',
      // A code: the words stand in the reader's language.
      reason: 'order.credit_hold',
      amount: over,
      placed_by: null,
      placed_at: work.now,
      released_by: null,
      released_at: null,
      release_reason: null,
    },
  ];
  emit(work, 'order.hold_placed', { kind: 'credit', holdId: id, amount: over.toString() });
}

/** By how much the order would go over the partner's limit; null when it fits, or finance has released it for this amount. */
export function creditOverrun(work: Work, additional: bigint): bigint | null {
  const { order, state } = work;
  const credit = state.credit.get(order.row.partner_id);
  const room = credit === undefined ? null : headroom(credit);
  if (room === null || room >= additional) return null;
  const over = additional - room;
  const released = order.holds.some(
    (hold) => hold.kind === 'credit' && hold.released_by !== null && (hold.amount ?? 0n) >= over,
  );
  return released ? null : over;
}
