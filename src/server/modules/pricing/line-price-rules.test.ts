/** Prices by lists, breaks, units, tax modes and promotions, without a database; and a manufacturer's three years, reproduced to the cent. */
import { describe, expect, it } from 'vitest';
import { awOrders } from '../../../../db/seed/adventureworks/load.ts';
import { ruleEntries } from '../../../../db/seed/adventureworks/rules.ts';
import { formatDecimal, PRICE_SCALE, parseDecimal } from '../../kernel/decimal.ts';
import { formatAmount, lineGross } from '../../kernel/money.ts';
import { type LineAsk, priceAll, type PricingContext } from './line-price-rules.ts';
import { BASE_UNIT, orderAmounts, type PriceEntry } from './price-rules.ts';
import type { Promotion } from './promotion-rules.ts';

const QTY = 10_000n;
const price = (text: string) => parseDecimal(text, PRICE_SCALE) ?? 0n;
const entry = (rest: Partial<PriceEntry>): PriceEntry => ({
  id: 'e',
  list_id: 'l',
  list_code: 'BASE',
  list_name: 'Base',
  list_kind: 'base',
  product_id: 'p',
  min_qty: 0n,
  valid_from: '2000-01-01',
  valid_to: '2999-12-31',
  unit_price: price('100'),
  unit: null,
  unit_factor: QTY,
  tax_inclusive: true,
  price_scale: 2,
  ...rest,
});
const context = (entries: readonly PriceEntry[], rest: Partial<PricingContext> = {}): PricingContext => ({
  partner: { id: 'partner', level: null },
  currency: 'CNY',
  on: '2026-03-10',
  agreement: null,
  entriesOf: (productId) => entries.filter(({ product_id }) => product_id === productId),
  productOf: (id) => ({ id, category: null, tax_rate: 130_000n, is_sellable: true, unit: '件' }),
  promotions: [],
  quotaLeft: () => null,
  kept: new Set(),
  taxInclusive: true,
  ...rest,
});
const line = (pieces: number, productId = 'p'): LineAsk => ({
  productId,
  qty: BigInt(pieces) * QTY,
  unit: BASE_UNIT,
  free: false,
});
const agreed = (lines: LineAsk[], ...rest: Parameters<typeof context>) =>
  priceAll(lines, context(...rest)).lines.map(({ agreed: found }) =>
    found === null ? null : formatDecimal(found, PRICE_SCALE, 2),
  );

describe('prices', () => {
  const entries = [
    entry({ unit_price: price('100') }),
    entry({ unit_price: price('90'), min_qty: 10n * QTY }),
    entry({ list_kind: 'level', unit_price: price('95') }),
    entry({ list_kind: 'agreement', unit_price: price('80'), valid_from: '2026-04-01' }),
  ];

  it('R4.1 the partner’s agreement goes before its level, and that before the base list, each in its time', () => {
    expect(agreed([line(1)], entries)).toEqual(['95.00']);
    expect(agreed([line(1)], entries, { on: '2026-04-01' })).toEqual(['80.00']);
    expect(agreed([line(1, 'other')], entries)).toEqual([null]);
  });

  it('R4.1 a quantity break is reached by all lines of the product together, to the piece', () => {
    const base = entries.slice(0, 2);
    expect(agreed([line(9)], base)).toEqual(['100.00']);
    expect(agreed([line(4), line(6)], base)).toEqual(['90.00', '90.00']);
    expect(agreed([line(4), { ...line(6), free: true }], base)).toEqual(['100.00', '100.00']);
  });

  it.each([
    [2, '33.33'],
    [3, '33.333'],
    [4, '33.3333'],
    [5, '33.33333'],
    [6, '33.333333'],
  ])('R4.1 a list of %d decimals rounds a converted price to %s', (price_scale, wanted) => {
    const boxed = entry({ unit: '箱', unit_factor: 3n * QTY, price_scale });
    expect(agreed([line(1)], [boxed])).toEqual([wanted]);
  });

  it('R4.1 one order has one tax mode: prices without tax are converted to those with it, and the other way', () => {
    const mixed = [
      entry({ list_kind: 'agreement', unit_price: price('113') }),
      entry({ product_id: 'q', tax_inclusive: false, unit_price: price('100') }),
    ];
    const inclusive = priceAll([line(1), line(1, 'q')], context(mixed));
    expect([inclusive.taxInclusive, inclusive.lines.map(({ agreed: found }) => found)]).toEqual([
      true,
      [price('113'), price('113')],
    ]);
    const turned = mixed.map((row) => ({ ...row, tax_inclusive: !row.tax_inclusive }));
    const exclusive = priceAll([line(1), line(1, 'q')], context(turned));
    expect([exclusive.taxInclusive, exclusive.lines.map(({ agreed: found }) => found)]).toEqual([
      false,
      [price('113'), price('88.50')],
    ]);
    expect(exclusive.lines[1]?.why.map(({ step }) => step)).toEqual(['list', 'tax', 'rounded']);
  });

  it('R4.1 ten lines of 1.00 with tax hold 1.20 of it, ten of 1.04 without tax bear 1.40: tax is rounded by line', () => {
    const ten = (unitPrice: string) =>
      Array.from({ length: 10 }, () => ({
        qty: QTY,
        unitPrice: price(unitPrice),
        unitFactor: QTY,
        taxRate: 130_000n,
        discount: 0n,
        promotionShare: 0n,
        free: false,
      }));
    expect(formatAmount(orderAmounts(ten('1'), 0n, 'inclusive', 'CNY').tax, 'CNY')).toBe('1.20');
    expect(formatAmount(orderAmounts(ten('1.04'), 0n, 'exclusive', 'CNY').tax, 'CNY')).toBe('1.40');
  });

  it('R4.1 a promotion in another currency, of another category or for more pieces says nothing', () => {
    const promotion: Promotion = {
      id: 'm',
      code: 'M',
      name: 'M',
      kind: 'amount',
      rate: null,
      off_price: price('10'),
      off_amount: null,
      min_amount: 0n,
      currency: 'CNY',
      buy_qty: null,
      get_qty: null,
      gift_product_id: null,
      min_qty: 0n,
      valid_from: '2026-01-01',
      valid_to: '2026-12-31',
      product_ids: [],
      categories: [],
      levels: [],
      partner_ids: [],
      on_agreement: false,
      priority: 0,
      stacks: false,
      quota_qty: null,
      used_qty: 0n,
      is_active: true,
    };
    const base = entries.slice(0, 1);
    const withOne = (rest: Partial<Promotion>) =>
      agreed([line(1)], base, { promotions: [{ ...promotion, ...rest }] })[0];
    expect(withOne({})).toBe('90.00');
    expect(withOne({ off_price: price('1000') })).toBe('0.00');
    for (const rest of [{ currency: 'USD' }, { categories: ['c'] }, { min_qty: 2n * QTY }, { partner_ids: ['x'] }])
      expect(withOne(rest)).toBe('100.00');
  });
});

describe('AdventureWorks', () => {
  it('R4.1 list price × (60 % − volume discount), as an ordinary list with breaks, gives 56,646 of 57,851 lines to the cent', () => {
    const lists = Map.groupBy(
      ruleEntries().map(({ productNumber, minQty, validFrom, validTo, unitPrice }) =>
        entry({
          product_id: productNumber,
          min_qty: BigInt(minQty) * QTY,
          unit_price: price(unitPrice),
          valid_from: validFrom,
          valid_to: validTo ?? '2999-12-31',
        }),
      ),
      ({ product_id }) => product_id,
    );
    let explained = 0;
    let lines = 0;
    for (const order of awOrders()) {
      const asked = order.lines.map(({ productNumber, quantity }) => line(quantity, productNumber));
      const found = priceAll(
        asked,
        context([], { currency: 'USD', on: order.orderOn, entriesOf: (id) => lists.get(id) ?? [] }),
      );
      order.lines.forEach(({ unitPrice, sales }, i) => {
        lines += 1;
        const paid = found.lines[i]?.agreed ?? null;
        const amount = paid === null ? null : formatAmount(lineGross(asked[i]?.qty ?? 0n, paid, 'USD'), 'USD');
        if (paid === price(unitPrice) && amount === Number(sales).toFixed(2)) explained += 1;
      });
    }
    expect([lines, explained]).toEqual([57_851, 56_646]);
  });
});
