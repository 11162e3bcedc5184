/** What is typed in the order editor, and what of it is sent. Numbers stay text; nothing is computed here. */
import { isZero } from '../../ui/is-zero.ts';
import type { Body } from '../../api/client.ts';
import { type EditorLine, emptyLine, isBlank, parseDecimal, unitOf } from '../../ui/line-editor-model.ts';
import type { Order } from './order-page.tsx';
import { PAYMENT_METHODS } from '../../../contract/order-shapes.ts';
import { percentOfRate, rateOfPercent } from './editor/percent.ts';
import type { PaymentTerm } from './term-text.ts';

type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** Conditions of a line that only staff may name. */
export type Special = {
  unitPrice?: string | undefined;
  discountAmount?: string | undefined;
  free?: boolean | undefined;
};

/** How the discount on the whole order is said. */
export type DiscountIn = 'amount' | 'percent';

export type OrderTyped = {
  partner: { value: string; label: string } | null;
  channel: 'sales' | 'phone' | 'email' | 'excel';
  ownStock: boolean;
  customerName: string;
  poNo: string;
  requestedOn: string;
  /** null: another place, as written in `deliveryAddress`. '': the partner's usual address. */
  addressId: string | null;
  deliveryAddress: string;
  receiver: string;
  receiverPhone: string;
  deliveryMethod: string;
  note: string;
  /** null: as agreed with the partner. */
  method: PaymentMethod | null;
  term: PaymentTerm | null;
  orderDiscount: string;
  discountIn: DiscountIn;
  lines: readonly EditorLine[];
  /** By key of the line. */
  special: Record<string, Special>;
};

type Create = Body<'orderCreate'>;
type Update = Body<'orderUpdate'>;
type LineInput = Create['lines'][number];

export const emptyOrder = (): OrderTyped => ({
  partner: null,
  channel: 'sales',
  ownStock: true,
  customerName: '',
  poNo: '',
  requestedOn: '',
  addressId: '',
  deliveryAddress: '',
  receiver: '',
  receiverPhone: '',
  deliveryMethod: '',
  note: '',
  method: null,
  term: null,
  orderDiscount: '',
  discountIn: 'amount',
  lines: [],
  special: {},
});

/** An order as it is edited. */
export function typedOf(order: Order): OrderTyped {
  // What promotions give comes by itself.
  const own = order.lines.filter(({ gift }) => !gift);
  const lines = own.map((line) => ({
    ...emptyLine(),
    product: { id: line.productId, sku: line.sku, name: line.name, unit: line.unit },
    text: line.sku,
    qty: line.orderedQty,
    unit: line.orderedUnit,
    requestedOn: line.requestedOn ?? '',
    note: line.note ?? '',
  }));
  const special: OrderTyped['special'] = {};
  own.forEach((line, index) => {
    const key = lines[index]?.key;
    const byHand = !line.free && line.agreedPrice !== line.unitPrice && !isZero(line.unitPrice);
    const found: Special = {
      ...(byHand ? { unitPrice: line.unitPrice } : {}),
      ...(isZero(line.discountAmount) ? {} : { discountAmount: line.discountAmount }),
      ...(line.free ? { free: true } : {}),
    };
    if (key !== undefined && Object.keys(found).length > 0) special[key] = found;
  });
  const deviates = (kind: string) => order.discrepancies.some((found) => found.kind === kind);
  return {
    partner: { value: order.partner.id, label: order.partner.name },
    channel: 'sales',
    ownStock: order.ownStock,
    customerName: order.customerName ?? '',
    poNo: order.poNo ?? '',
    requestedOn: order.requestedOn ?? '',
    addressId: order.addressId ?? (order.deliveryAddress === null ? '' : null),
    deliveryAddress: order.addressId === null ? (order.deliveryAddress ?? '') : '',
    receiver: order.receiver ?? '',
    receiverPhone: order.receiverPhone ?? '',
    deliveryMethod: order.deliveryMethod ?? '',
    note: order.note ?? '',
    method: deviates('payment_method')
      ? (PAYMENT_METHODS.find((known) => known === order.paymentMethod) ?? null)
      : null,
    term: deviates('payment_term') ? order.paymentTerm : null,
    ...discountOf(order),
    lines,
    special,
  };
}

const discountOf = ({
  orderDiscountAmount: amount,
  orderDiscountRate: rate,
}: Order): Pick<OrderTyped, 'orderDiscount' | 'discountIn'> =>
  rate === null
    ? { orderDiscount: isZero(amount) ? '' : amount, discountIn: 'amount' }
    : { orderDiscount: percentOfRate(rate), discountIn: 'percent' };

/** The discount on the whole order as it is sent; nothing where none is typed. What cannot be read is sent as typed, and refused by name. */
export function discountInput({ orderDiscount, discountIn }: Pick<OrderTyped, 'orderDiscount' | 'discountIn'>): {
  orderDiscountAmount?: string;
  orderDiscountRate?: string;
} {
  const typed = orderDiscount.trim();
  if (typed === '' || isZero(typed)) return {};
  const number = parseDecimal(typed) ?? typed;
  if (discountIn !== 'percent') return { orderDiscountAmount: number };
  return { orderDiscountRate: /^\d+(\.\d+)?$/.test(number) ? rateOfPercent(number) : number };
}

/** Lines that hold something, in the order in which they are sent. */
export const writtenLines = (lines: readonly EditorLine[]): EditorLine[] => lines.filter((line) => !isBlank(line));

export function lineInput(line: EditorLine, special: Special | undefined): LineInput {
  const price = special?.unitPrice;
  const discount = special?.discountAmount;
  return {
    ...(line.product === null ? { sku: line.text.trim() } : { productId: line.product.id }),
    qty: parseDecimal(line.qty) ?? line.qty.trim(),
    ...unitOf(line),
    ...(line.requestedOn === '' ? {} : { requestedOn: line.requestedOn }),
    ...(line.note.trim() === '' ? {} : { note: line.note.trim() }),
    ...(special?.free === true ? { free: true } : {}),
    ...(price === undefined || price === '' || special?.free === true
      ? {}
      : { unitPrice: parseDecimal(price) ?? price }),
    ...(discount === undefined || discount === '' ? {} : { discountAmount: parseDecimal(discount) ?? discount }),
  };
}

/** A line that can be priced: it names a product and a quantity above nothing. */
export const isQuotable = (line: EditorLine): boolean => {
  const qty = parseDecimal(line.qty);
  const named = line.product !== null || (line.text.trim() !== '' && line.text.trim().length <= 64);
  return named && qty !== null && !isZero(qty);
};

function header(typed: OrderTyped): Omit<Update, 'lines'> {
  const text = (name: keyof Update, value: string) => (value.trim() === '' ? {} : { [name]: value.trim() });
  return {
    ownStock: typed.ownStock,
    ...(typed.ownStock ? {} : text('customerName', typed.customerName)),
    ...text('poNo', typed.poNo),
    ...text('requestedOn', typed.requestedOn),
    ...text('deliveryMethod', typed.deliveryMethod),
    ...text('note', typed.note),
    ...(typed.addressId === null
      ? {
          ...text('deliveryAddress', typed.deliveryAddress),
          ...text('receiver', typed.receiver),
          ...text('receiverPhone', typed.receiverPhone),
        }
      : text('addressId', typed.addressId)),
    ...(typed.method === null ? {} : { paymentMethod: typed.method }),
    ...(typed.term === null ? {} : { paymentTerm: typed.term }),
    ...discountInput(typed),
  };
}

/** What is emptied, or goes back to what is agreed, is said so. */
const CLEARED = {
  poNo: null,
  deliveryMethod: null,
  note: null,
  paymentMethod: null,
  paymentTerm: null,
  orderDiscountAmount: null,
} satisfies Update;

export const updateBody = (typed: OrderTyped): Update => ({
  ...CLEARED,
  ...header(typed),
  lines: writtenLines(typed.lines).map((line) => lineInput(line, typed.special[line.key])),
});

export const createBody = (typed: OrderTyped, more: Pick<Create, 'submit' | 'expectedGrossAmount'> = {}): Create => ({
  ...header(typed),
  ...(typed.partner === null ? {} : { partnerId: typed.partner.value }),
  channel: typed.channel,
  lines: writtenLines(typed.lines).map((line) => lineInput(line, typed.special[line.key])),
  ...more,
});

/** What the server says about line N of the lines that were sent, at the row of the editor: `lines.2.qty`. */
export function problemsByRow(
  lines: readonly EditorLine[],
  errors: readonly { field?: string; title: string }[],
): ReadonlyMap<number, readonly string[]> {
  const rows = lines.flatMap((line, index) => (isBlank(line) ? [] : [index]));
  const found = new Map<number, string[]>();
  for (const { field, title } of errors) {
    const at = /(?:^|\.)lines\.(\d+)(?:\.|$)/.exec(field ?? '')?.[1];
    const row = at === undefined ? undefined : rows[Number.parseInt(at, 10)];
    if (row !== undefined) found.set(row, [...(found.get(row) ?? []), title]);
  }
  return found;
}
