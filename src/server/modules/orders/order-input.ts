/** What callers send of an order, set on the order at work: header, place, lines with their quantities and units. Source: R3.3. */
import { mayBuy } from '../partners/range-rules.ts';
import type { z } from 'zod';
import type { OrderLineInput, OrderUpdate } from '../../../contract/orders.ts';
import { parseDecimal, PRICE_SCALE, RATE_SCALE } from '../../kernel/decimal.ts';
import { parseAmount } from '../../kernel/money.ts';
import { formatQty, isMultipleOf, isWhole, parseQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { toBase, unitNamed, unitsOf } from '../catalog/unit-rules.ts';
import { BASE_UNIT, type OrderUnit } from '../pricing/price-rules.ts';
import type { AddressRow, ProductRow } from './order-masters.ts';
import { NAMED_BY_HAND } from './order-price-rules.ts';
import type { LineRow, OrderRow } from './order-tables.ts';
import type { Work } from './order-work.ts';

type LineInput = z.infer<typeof OrderLineInput>;
type HeaderInput = Omit<z.infer<typeof OrderUpdate>, 'lines'>;

const ONLY_STAFF = ['paymentMethod', 'paymentTerm', 'orderDiscountAmount', 'orderDiscountRate'] as const;
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
  const followsPlace = row.delivery_method === null || row.delivery_method === usualMethod(work);
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
    ...(input.note === undefined ? {} : { note: input.note }),
    ...(input.paymentMethod === undefined
      ? {}
      : { payment_method: input.paymentMethod ?? work.partner.payment_method }),
    ...(input.paymentTerm === undefined ? {} : { payment_term: input.paymentTerm ?? work.partner.payment_term }),
    ...orderDiscount(input, row.currency),
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
  if (input.deliveryMethod === undefined ? followsPlace : input.deliveryMethod === null)
    row.delivery_method = usualMethod(work);
  else if (input.deliveryMethod !== undefined) row.delivery_method = input.deliveryMethod;
}

type DiscountInput = Pick<HeaderInput, 'orderDiscountAmount' | 'orderDiscountRate'>;
type Discount = Pick<OrderRow, 'order_discount_amount' | 'order_discount_rate'>;
export const NO_DISCOUNT: Discount = { order_discount_amount: 0n, order_discount_rate: null };

/** What is taken off the whole order as the caller named it: an amount or a part, never both; a part is made an amount when the order is priced. */
export function orderDiscount(input: DiscountInput, currency: string): Partial<Discount> {
  const { orderDiscountAmount: off, orderDiscountRate: rate } = input;
  if (off === undefined && rate === undefined) return {};
  if (off != null && rate != null) throw refuse('order.discount_twice', undefined, 'orderDiscountRate');
  return {
    order_discount_amount: off == null ? 0n : amount(off, currency, 'orderDiscountAmount'),
    order_discount_rate: rate == null ? null : parseDecimal(rate, RATE_SCALE),
  };
}

export const addressText = (address: AddressRow): string =>
  [address.region_text, address.detail].filter(Boolean).join(' ');

/** Where the partner usually has its goods delivered: its default address, else its first. */
export function usualAddress(work: Work): AddressRow | null {
  const known = work.state.addressesOf.get(work.partner.id) ?? [];
  return known.find(({ is_default }) => is_default) ?? known[0] ?? null;
}

/** How goods usually go to the place of the order: as its address says, else as the company does. */
export function usualMethod({ order: { row }, state, env }: Work): string | null {
  const known = state.addressesOf.get(row.partner_id) ?? [];
  const address = row.address_id === null ? undefined : known.find(({ id }) => id === row.address_id);
  return address?.delivery_method ?? env.company.deliveryMethod;
}

export function setAddress(work: Work, address: AddressRow): void {
  Object.assign(work.order.row, {
    address_id: address.id,
    delivery_address: addressText(address),
    receiver: address.receiver,
    receiver_phone: address.phone,
  });
}

export function amount(text: string, currency: string, field: string): bigint {
  const value = parseAmount(text, currency);
  if (value === null) throw refuse('field.amount_decimals', { currency }, field);
  return value;
}

/** Makes the lines anew from what the caller sent: product, quantity by the product's rules, and for staff price, discount and free goods. They are priced next. */
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
    if (!mayBuy(work.partner, product)) throw refuse('partner.not_in_range', { sku: product.sku }, `${at}.sku`);
    const { qty, unit } = quantityOf(input.qty, product, at, input.unit);
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
      price_entry_id: null,
      agreed_price: byHand === null ? null : NAMED_BY_HAND,
      unit_price: byHand ?? 0n,
      tax_rate: product.tax_rate,
      discount_amount:
        input.discountAmount === undefined ? 0n : amount(input.discountAmount, row.currency, `${at}.discountAmount`),
      order_discount_share: 0n,
      promotion_share_amount: 0n,
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
      why: [],
      promotion_id: null,
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
