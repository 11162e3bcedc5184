/**
 * Which price holds, and what a line and an order come to. Pure. Source: R4.1; rounding as in docs/conventions.md.
 * Quantities scale 4, unit prices and rates scale 6, amounts in minor units of the currency.
 */
import { divRoundHalfUp, pow10 } from '../../kernel/decimal.ts';
import { allocate, applyRate, lineGross, roundPrice, type TaxMode, taxOf } from '../../kernel/money.ts';
import { QTY_SCALE } from '../../kernel/qty.ts';

export type PriceEntry = {
  id: string;
  list_id: string;
  list_code: string;
  list_name: string;
  list_kind: 'base' | 'level' | 'agreement';
  product_id: string;
  min_qty: bigint;
  valid_from: string;
  valid_to: string;
  unit_price: bigint;
  /** The unit that the price is of (null: the base unit), and how much of the base unit that is, scale 4. */
  unit: string | null;
  unit_factor: bigint;
  tax_inclusive: boolean;
  price_scale: number;
};
export type OrderUnit = { unit: string | null; factor: bigint };
/** A price in the unit that is ordered, and the entry that it comes from. */
export type ResolvedPrice = PriceEntry & { listed: PriceEntry };

/** A list that an agreement names, for as long as the agreement is valid. */
export type AgreedList = { listId: string; no: string; version: number; from: string; to: string };
/** The partner's own list on a day, and the agreement that names it (null: the partner's file does). */
export type OwnList = { listId: string | null; agreement: AgreedList | null };

/**
 * The list that is the partner's own on a day: while an agreement that names one is valid, that one alone; otherwise the list of the
 * partner's file.
 */
export function ownListOn(agreed: readonly AgreedList[], fileListId: string | null, on: string): OwnList {
  const agreement = agreed.find(({ from, to }) => from <= on && on <= to) ?? null;
  return { listId: agreement?.listId ?? fileListId, agreement };
}

/** The entries that count beside the partner's own list: those of lists that were its own on other days do not. */
export const entriesWithOwn = (entries: readonly PriceEntry[], { listId }: OwnList): readonly PriceEntry[] =>
  entries.every(({ list_kind, list_id }) => list_kind !== 'agreement' || list_id === listId)
    ? entries
    : entries.filter(({ list_kind, list_id }) => list_kind !== 'agreement' || list_id === listId);

export const BASE_UNIT: OrderUnit = { unit: null, factor: pow10(QTY_SCALE) };

export const RANK = { agreement: 0, level: 1, base: 2 } as const;

/**
 * The price of a product for a partner on a day, per `ordered` unit: the partner's agreement before its level before the base list; within
 * a list the greatest quantity break not above the quantity, and of those the price of the ordered unit itself before one that has to be
 * converted. `quantity` (base unit) is that of the product over the whole order, so that splitting a line never changes the price.
 */
export function resolvePrice(
  entries: readonly PriceEntry[],
  quantity: bigint,
  on: string,
  ordered: OrderUnit = BASE_UNIT,
): ResolvedPrice | null {
  let best: PriceEntry | null = null;
  const exact = (entry: PriceEntry) => entry.unit_factor === ordered.factor && entry.unit === ordered.unit;
  for (const entry of entries) {
    if (entry.valid_from > on || entry.valid_to < on || entry.min_qty > quantity) continue;
    if (
      best === null ||
      RANK[entry.list_kind] < RANK[best.list_kind] ||
      (RANK[entry.list_kind] === RANK[best.list_kind] &&
        (entry.min_qty > best.min_qty || (entry.min_qty === best.min_qty && exact(entry) && !exact(best))))
    )
      best = entry;
  }
  return best === null ? null : { ...best, unit_price: priceIn(best, ordered.factor), listed: best };
}

/** The price of an entry for another unit, rounded to the decimals of its list. */
function priceIn(entry: PriceEntry, factor: bigint): bigint {
  if (factor === entry.unit_factor) return entry.unit_price;
  return roundPrice(divRoundHalfUp(entry.unit_price * factor, entry.unit_factor), entry.price_scale);
}

export type AmountsInput = {
  qty: bigint;
  /** Per `unitFactor` of the base unit. */
  unitPrice: bigint;
  unitFactor: bigint;
  taxRate: bigint;
  discount: bigint;
  /** Of what promotions take off the whole order. */
  promotionShare: bigint;
  free: boolean;
};
export type LineAmounts = { discount: bigint; orderDiscountShare: bigint; net: bigint; tax: bigint; gross: bigint };

/** What a person takes off the whole order: an amount, a part of what the lines come to, or what each line bears, once it was spread. */
export type OrderDiscount = bigint | { rate: bigint } | readonly bigint[];

/**
 * Amounts of all lines of an order. The order discount is spread by largest remainder over the line amounts, after promotions and before
 * tax; a part of the order is made an amount first, half up. Sums of lines are the document's sums.
 */
export function orderAmounts(
  lines: readonly AmountsInput[],
  orderDiscount: OrderDiscount,
  mode: TaxMode,
  currency: string,
): { lines: LineAmounts[]; net: bigint; tax: bigint; gross: bigint; orderDiscount: bigint; tooMuchDiscount: boolean } {
  const before = lines.map((line) =>
    line.free
      ? 0n
      : lineGross(line.qty, line.unitPrice, currency, line.unitFactor) - line.discount - line.promotionShare,
  );
  const whole = before.reduce((sum, amount) => sum + amount, 0n);
  const negative = before.some((amount) => amount < 0n);
  const off =
    typeof orderDiscount === 'bigint'
      ? orderDiscount
      : 'rate' in orderDiscount
        ? applyRate(whole, orderDiscount.rate)
        : null;
  const tooMuch = negative || (off !== null && off > whole);
  const given = typeof orderDiscount === 'bigint' || 'rate' in orderDiscount ? [] : orderDiscount;
  const shares = off === null ? given : off === 0n || tooMuch ? lines.map(() => 0n) : allocate(off, before);
  const tooMuchDiscount = tooMuch || before.some((amount, i) => amount < (shares[i] ?? 0n));
  const amounts = lines.map((line, i): LineAmounts => {
    const share = shares[i] ?? 0n;
    const { net, tax, gross } = taxOf((before[i] ?? 0n) - share, line.taxRate, mode);
    return { discount: line.free ? 0n : line.discount, orderDiscountShare: share, net, tax, gross };
  });
  const sum = (of: (line: LineAmounts) => bigint) => amounts.reduce((total, line) => total + of(line), 0n);
  return {
    lines: amounts,
    net: sum((l) => l.net),
    tax: sum((l) => l.tax),
    gross: sum((l) => l.gross),
    orderDiscount: sum((l) => l.orderDiscountShare),
    tooMuchDiscount,
  };
}
