/** Price lists of the demo company, and the price that they give: agreement list, level list, base list; greatest quantity break reached. */
import { addDays, addMonths, type BizDate } from '../../../src/server/kernel/biz-date.ts';
import { divRoundHalfUp } from '../../../src/server/kernel/decimal.ts';
import { fromUnits, toUnits } from '../decimal-text.ts';
import type { DemoPartner, DemoPriceEntry, DemoPriceList, DemoProduct, PartnerLevel, Yuan } from './types.ts';

export const PRICES_END: BizDate = '2099-12-31';

const LEVEL_PERCENT: Record<PartnerLevel, bigint> = { A: 60n, B: 64n, C: 68n };
const LEVELS: readonly PartnerLevel[] = ['A', 'B', 'C'];

/** [from quantity, per cent of the level price] for bikes and frames, and for everything that is sold in packs. */
const BIKE_BREAKS = [
  [1, 100n],
  [10, 98n],
  [25, 96n],
] as const;
const PART_BREAKS = [
  [1, 100n],
  [60, 97n],
  [240, 94n],
] as const;

/** Partners with a list of their own: what they sell most, at 97 per cent of their level price. */
const AGREEMENT_LISTS: readonly { partnerKey: string; code: string; skus: readonly string[] }[] = [
  { partnerKey: 'P01', code: 'AG-TAAN', skus: ['BK-M68B-38', 'BK-M68B-42', 'BK-M68S-38', 'HL-U509', 'HL-U509-B'] },
  { partnerKey: 'P15', code: 'AG-YANLUN', skus: ['BK-R79Y-40', 'BK-R79Y-48', 'BK-R64Y-48', 'PD-R853'] },
  { partnerKey: 'P23', code: 'AG-WANQI', skus: ['BK-R79Y-40', 'BK-R79Y-48', 'SJ-0194-L', 'SJ-0194-X'] },
];

/** The first day of the prices in force: level prices of bikes and frames rose by two per cent then. */
export const priceRevisionOn = (today: BizDate): BizDate => `${addMonths(today, -5).slice(0, 7)}-01`;

/** Whole yuan from a hundred on, ten fen below. */
function sensible(cents: bigint): bigint {
  const step = cents >= 10_000n ? 100n : 10n;
  return divRoundHalfUp(cents, step) * step;
}

const percentOf = (cents: bigint, percent: bigint): bigint => divRoundHalfUp(cents * percent, 100n);

function levelEntries(
  product: DemoProduct,
  level: PartnerLevel,
  factor: bigint,
  today: BizDate,
  from: BizDate,
): DemoPriceEntry[] {
  const bike = product.kind === 'made';
  const revisionOn = priceRevisionOn(today);
  const before = percentOf(percentOf(toUnits(product.listPrice, 2), LEVEL_PERCENT[level]), factor);
  const after = bike ? percentOf(before, 102n) : before;
  const periods: [bigint, BizDate, BizDate][] = bike
    ? [
        [before, from, addDays(revisionOn, -1)],
        [after, revisionOn, PRICES_END],
      ]
    : [[before, from, PRICES_END]];
  const breaks = bike ? BIKE_BREAKS : PART_BREAKS;
  return periods.flatMap(([cents, validFrom, validTo]) =>
    breaks.map(([minQty, percent]) => ({
      sku: product.sku,
      minQty,
      validFrom,
      validTo,
      unitPrice: fromUnits(sensible(percentOf(cents, percent)), 2),
    })),
  );
}

/** All lists: BASE for everybody, LEVEL-A, LEVEL-B, LEVEL-C, and three agreement lists. Entries are valid from `from` on. */
export function demoPriceLists(products: readonly DemoProduct[], today: BizDate, from: BizDate): DemoPriceList[] {
  const common = { currency: 'CNY', taxInclusive: true, priceScale: 2 } as const;
  const goods = products.filter((product) => product.kind === 'stock' || product.kind === 'made');
  const base: DemoPriceList = {
    ...common,
    code: 'BASE',
    name: { hant: '基準價目表', hans: '基准价目表', en: 'Base prices' },
    kind: 'base',
    level: null,
    partnerKey: null,
    entries: products.map((product) => ({
      sku: product.sku,
      minQty: 1,
      validFrom: from,
      validTo: PRICES_END,
      unitPrice: product.listPrice,
    })),
  };
  const levels = LEVELS.map(
    (level): DemoPriceList => ({
      ...common,
      code: `LEVEL-${level}`,
      name: { hant: `${level} 級渠道價`, hans: `${level} 级渠道价`, en: `Level ${level} prices` },
      kind: 'level',
      level,
      partnerKey: null,
      entries: goods.flatMap((product) => levelEntries(product, level, 100n, today, from)),
    }),
  );
  const agreements = AGREEMENT_LISTS.map(
    ({ partnerKey, code, skus }): DemoPriceList => ({
      ...common,
      code,
      name: { hant: `${code} 協議價`, hans: `${code} 协议价`, en: `${code} agreement prices` },
      kind: 'agreement',
      level: null,
      partnerKey,
      entries: goods
        .filter((product) => skus.includes(product.sku))
        .flatMap((product) => levelEntries(product, 'A', 97n, today, from)),
    }),
  );
  return [base, ...levels, ...agreements];
}

export type PriceFinder = (partner: DemoPartner, sku: string, qty: number, on: BizDate) => Yuan;

/** Price resolution over the lists. Throws when nothing applies: the demo has a base price for everything. */
export function priceFinder(lists: readonly DemoPriceList[]): PriceFinder {
  const index = new Map<string, DemoPriceEntry[]>();
  for (const list of lists) {
    const owner = list.partnerKey ?? list.level ?? 'base';
    for (const entry of list.entries) {
      const name = `${owner}|${entry.sku}`;
      const known = index.get(name);
      if (known === undefined) index.set(name, [entry]);
      else known.push(entry);
    }
  }
  return (partner, sku, qty, on) => {
    for (const owner of [partner.key, partner.level, 'base']) {
      let best: DemoPriceEntry | undefined;
      for (const entry of index.get(`${owner}|${sku}`) ?? []) {
        if (entry.validFrom > on || entry.validTo < on || entry.minQty > qty) continue;
        if (best === undefined || entry.minQty > best.minQty) best = entry;
      }
      if (best !== undefined) return best.unitPrice;
    }
    throw new Error(`no price for ${sku}`);
  };
}
