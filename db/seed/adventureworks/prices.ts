/** Turns what was sold into imported agreement prices, so that price resolution gives every line its price back. */
import { addDays, type BizDate } from '../../../src/server/kernel/biz-date.ts';
import type { AwLine, AwOrder } from './load.ts';

export type AgreementPriceEntry = {
  /** `AW-SHARED` for all resellers, `AW-P-<resellerKey>` for one. */
  listCode: string;
  partnerKey: string | null;
  productNumber: string;
  minQty: number;
  /** Both ends included. */
  validFrom: BizDate;
  validTo: BizDate;
  /** USD, tax 0 %, decimal text. */
  unitPrice: string;
};

/** The shared list: currency USD, tax rate 0, prices at two decimals as the source has them. */
export const SHARED_LIST = { code: 'AW-SHARED', currency: 'USD', taxRate: '0', priceScale: 2 } as const;

/** Code of the list that one reseller alone has. */
export const partnerListCode = (partnerKey: string): string => `AW-P-${partnerKey}`;

/** The quantities at which the source's volume discounts begin. */
export const QUANTITY_BREAKS = [1, 11, 15, 25, 41, 61] as const;

type Sold = { orderOn: BizDate; partnerKey: string; line: AwLine };

/**
 * Price entries from order lines. For each product and quantity band, runs of dates on which all resellers paid the same
 * become entries of the shared list; what does not fit a day's shared price becomes an entry of the reseller's own list,
 * valid on that day only, from exactly the quantity ordered. To resolve: the partner's list first, then the shared one;
 * of the entries valid on the order date, the one with the greatest `minQty` that the quantity reaches.
 * Entries of one list, product and `minQty` never overlap. Throws if a reseller paid two prices for the same product,
 * day and quantity: no such list can give both back.
 */
export function agreementPrices(orders: readonly AwOrder[]): AgreementPriceEntry[] {
  const shared: AgreementPriceEntry[] = [];
  const own = new Map<string, AgreementPriceEntry>();
  for (const [bandKey, sold] of bands(orders)) {
    const days = sharedDays(sold);
    shared.push(...runs(bandKey.productNumber, bandKey.minQty, days));
    for (const sale of sold) if (days.get(sale.orderOn) !== sale.line.unitPrice) addOwn(own, sale);
  }
  completeOwn(own, orders);
  return [...shared, ...own.values()].sort((a, b) => (entryKey(a) < entryKey(b) ? -1 : 1));
}

const entryKey = (entry: AgreementPriceEntry): string =>
  [entry.listCode, entry.productNumber, String(entry.minQty).padStart(6, '0'), entry.validFrom].join('|');

const bandOf = (quantity: number): number => QUANTITY_BREAKS.findLast((minQty) => minQty <= quantity) ?? 1;

function bands(orders: readonly AwOrder[]): Map<{ productNumber: string; minQty: number }, Sold[]> {
  const found = new Map<string, { key: { productNumber: string; minQty: number }; sold: Sold[] }>();
  for (const order of orders) {
    for (const line of order.lines) {
      const minQty = bandOf(line.quantity);
      const name = `${line.productNumber}|${minQty}`;
      const band = found.get(name) ?? { key: { productNumber: line.productNumber, minQty }, sold: [] };
      found.set(name, band);
      band.sold.push({ orderOn: order.orderOn, partnerKey: order.resellerKey, line });
    }
  }
  return new Map([...found.values()].map((band) => [band.key, band.sold]));
}

/** The price that most lines of a day had, the lower one when it is a draw. */
function sharedDays(sold: readonly Sold[]): Map<BizDate, string> {
  const counts = new Map<BizDate, Map<string, number>>();
  for (const { orderOn, line } of sold) {
    const day = counts.get(orderOn) ?? new Map<string, number>();
    counts.set(orderOn, day);
    day.set(line.unitPrice, (day.get(line.unitPrice) ?? 0) + 1);
  }
  const byFrequency = ([aPrice, a]: [string, number], [bPrice, b]: [string, number]): number =>
    b - a || (aPrice < bPrice ? -1 : 1);
  return new Map([...counts].map(([day, prices]) => [day, [...prices].sort(byFrequency)[0]?.[0] ?? '']));
}

/** Joins days of equal price; an entry lasts until the day before the next price, the last one until its last sale. */
function runs(productNumber: string, minQty: number, days: ReadonlyMap<BizDate, string>): AgreementPriceEntry[] {
  const entries: AgreementPriceEntry[] = [];
  for (const [day, unitPrice] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const open = entries.at(-1);
    if (open !== undefined && open.unitPrice === unitPrice) {
      open.validTo = day;
      continue;
    }
    if (open !== undefined) open.validTo = addDays(day, -1);
    entries.push({
      listCode: SHARED_LIST.code,
      partnerKey: null,
      productNumber,
      minQty,
      validFrom: day,
      validTo: day,
      unitPrice,
    });
  }
  return entries;
}

const ownKey = (sale: Sold): string =>
  [sale.partnerKey, sale.line.productNumber, sale.orderOn, sale.line.quantity].join('|');

function addOwn(own: Map<string, AgreementPriceEntry>, sale: Sold): void {
  const known = own.get(ownKey(sale));
  if (known !== undefined && known.unitPrice !== sale.line.unitPrice) throw new Error(`two prices for ${ownKey(sale)}`);
  own.set(ownKey(sale), {
    listCode: partnerListCode(sale.partnerKey),
    partnerKey: sale.partnerKey,
    productNumber: sale.line.productNumber,
    minQty: sale.line.quantity,
    validFrom: sale.orderOn,
    validTo: sale.orderOn,
    unitPrice: sale.line.unitPrice,
  });
}

/** A reseller's own entry also catches its greater quantities of that day and product: those need entries too, whatever they paid. */
function completeOwn(own: Map<string, AgreementPriceEntry>, orders: readonly AwOrder[]): void {
  if (own.size === 0) return;
  const caught = new Set(
    [...own.values()].map((entry) => [entry.partnerKey, entry.productNumber, entry.validFrom].join('|')),
  );
  for (const order of orders) {
    for (const line of order.lines) {
      if (!caught.has([order.resellerKey, line.productNumber, order.orderOn].join('|'))) continue;
      addOwn(own, { orderOn: order.orderOn, partnerKey: order.resellerKey, line });
    }
  }
}
