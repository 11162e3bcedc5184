import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/server/kernel/biz-date.ts';
import { fromUnits, toUnits } from '../decimal-text.ts';
import {
  AW_CONTROL,
  type AwOrder,
  awOrders,
  awPriceHistory,
  awProducts,
  awResellers,
  awSalespersons,
  awSpecialOffers,
  awStock,
  awStockByPlace,
  awTerritories,
} from './load.ts';
import { type AgreementPriceEntry, agreementPrices, QUANTITY_BREAKS, SHARED_LIST } from './prices.ts';
import { receiptsBeforeStart } from './receipts.ts';

const orders = awOrders();
const lines = orders.flatMap((order) => order.lines.map((line) => ({ order, line })));

/** Price resolution written on its own, the slow way: the partner's list, then the shared one; greatest minQty that is reached. */
function resolver(entries: readonly AgreementPriceEntry[]) {
  const index = Map.groupBy(entries, (entry) => `${entry.partnerKey ?? '*'}|${entry.productNumber}`);
  return (partnerKey: string, productNumber: string, on: string, quantity: number): string | undefined => {
    for (const owner of [partnerKey, '*']) {
      let best: AgreementPriceEntry | undefined;
      for (const entry of index.get(`${owner}|${productNumber}`) ?? []) {
        const applies = entry.validFrom <= on && on <= entry.validTo && entry.minQty <= quantity;
        if (applies && (best === undefined || entry.minQty > best.minQty)) best = entry;
      }
      if (best !== undefined) return best.unitPrice;
    }
    return undefined;
  };
}

function expectNoOverlap(entries: readonly AgreementPriceEntry[]): void {
  const groups = Map.groupBy(entries, (entry) => `${entry.listCode}|${entry.productNumber}|${entry.minQty}`);
  for (const group of groups.values()) {
    const sorted = group.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    for (const [index, entry] of sorted.entries()) {
      expect(entry.validFrom <= entry.validTo).toBe(true);
      const next = sorted[index + 1];
      if (next !== undefined) expect(entry.validTo < next.validFrom).toBe(true);
    }
  }
}

describe('AdventureWorks sample', () => {
  it('R3.3 adds up to its published control totals', () => {
    const quantity = lines.reduce((sum, { line }) => sum + line.quantity, 0);
    const sales = lines.reduce((sum, { line }) => sum + toUnits(line.sales, 2), 0n);
    expect({ orders: orders.length, lines: lines.length, quantity, sales: fromUnits(sales, 2) }).toEqual({
      orders: AW_CONTROL.orders,
      lines: AW_CONTROL.lines,
      quantity: AW_CONTROL.quantity,
      sales: AW_CONTROL.sales,
    });
    expect(new Set(orders.map((order) => order.resellerKey)).size).toBe(AW_CONTROL.resellersWithOrders);
    expect(new Set(orders.map((order) => order.salespersonKey)).size).toBe(AW_CONTROL.salespersonsWithOrders);
    expect(new Set(lines.map(({ line }) => line.productNumber)).size).toBe(AW_CONTROL.productsSold);
    expect(orders[0]?.orderOn).toBe(AW_CONTROL.firstOrderOn);
    expect(orders.at(-1)?.orderOn).toBe(AW_CONTROL.lastOrderOn);
  });

  it('R4.1 every line is quantity × unit price to the cent, and an order names a product once', () => {
    for (const { line } of lines)
      expect(BigInt(line.quantity) * toUnits(line.unitPrice, 2)).toBe(toUnits(line.sales, 2));
    for (const order of orders)
      expect(new Set(order.lines.map((line) => line.productNumber)).size).toBe(order.lines.length);
  });

  it('R3.1 every order names a known reseller, product, salesperson and territory', () => {
    const resellers = new Set(awResellers().map((reseller) => reseller.resellerKey));
    const products = new Map(awProducts().map((product) => [product.productNumber, product]));
    const territories = new Set(awTerritories().map((territory) => territory.territoryKey));
    const sellers = new Map(awSalespersons().map((seller) => [seller.salespersonKey, seller]));
    expect(resellers.size).toBe(AW_CONTROL.resellers);
    expect(products.size).toBe(AW_CONTROL.products);
    expect([...products.values()].flatMap((product) => product.sourceKeys)).toHaveLength(AW_CONTROL.sourceKeys);
    for (const order of orders) {
      expect(
        resellers.has(order.resellerKey) && territories.has(order.territoryKey) && sellers.has(order.salespersonKey),
      ).toBe(true);
      for (const line of order.lines)
        expect(products.get(line.productNumber)?.sourceKeys).toContain(line.sourceProductKey);
    }
  });

  it('R4.1 the shifted list prices explain what small quantities without promotion paid: 60 % of list', () => {
    const history = Map.groupBy(awPriceHistory(), (entry) => entry.productNumber);
    const small = lines.filter(({ line }) => line.quantity < 11);
    const explained = small.filter(({ order, line }) =>
      (history.get(line.productNumber) ?? []).some((entry) => {
        if (entry.validFrom > order.orderOn || (entry.validTo !== null && entry.validTo < order.orderOn)) return false;
        const off = toUnits(line.unitPrice, 6) * 10n - toUnits(entry.listPrice, 6) * 6n;
        return off <= 100_000n && off >= -100_000n;
      }),
    );
    expect(explained.length / small.length).toBeGreaterThan(0.9);
    expect(
      awSpecialOffers()
        .filter((offer) => offer.type === 'Volume Discount')
        .map((offer) => offer.minQty),
    ).toEqual([11, 15, 25, 41, 61]);
  });

  it('R4.2 stock by place adds up to stock by product', () => {
    const byPlace = awStockByPlace().reduce((sum, entry) => sum + entry.quantity, 0);
    expect(awStock()).toHaveLength(AW_CONTROL.products);
    expect(awStock().reduce((sum, entry) => sum + entry.quantity, 0)).toBe(byPlace);
  });
});

describe('imported agreement prices', () => {
  const entries = agreementPrices(orders);

  it('R4.1 price resolution gives all 57,851 lines their price back', () => {
    const resolve = resolver(entries);
    let total = 0n;
    let wrong = 0;
    for (const { order, line } of lines) {
      const price = resolve(order.resellerKey, line.productNumber, order.orderOn, line.quantity);
      if (price !== line.unitPrice) wrong += 1;
      total += BigInt(line.quantity) * toUnits(price ?? '0', 2);
    }
    expect(wrong).toBe(0);
    expect(fromUnits(total, 2)).toBe(AW_CONTROL.sales);
  });

  it('R4.1 entries of one list, product and quantity break never overlap', () => {
    expectNoOverlap(entries);
    const breaks: readonly number[] = QUANTITY_BREAKS;
    for (const entry of entries) expect(breaks).toContain(entry.minQty);
    expect(new Set(entries.map((entry) => entry.listCode))).toEqual(new Set([SHARED_LIST.code]));
  });

  it('R4.1 a reseller that paid another price gets it from its own list, on that day and from that quantity', () => {
    const at = (
      resellerKey: string,
      orderNumber: string,
      quantity: number,
      unitPrice: string,
      orderOn = '2018-01-10',
    ): AwOrder => ({
      orderNumber,
      orderOn,
      resellerKey,
      salespersonKey: '1',
      territoryKey: '1',
      lines: [{ productNumber: 'P', sourceProductKey: '1', quantity, unitPrice, sales: '0' }],
    });
    const invented = [
      at('1', 'A', 2, '10.00'),
      at('2', 'B', 3, '10.00'),
      at('3', 'C', 2, '8.00'),
      at('3', 'D', 5, '10.00'),
      at('3', 'E', 12, '9.50'),
      at('1', 'F', 2, '11.00', '2018-01-20'),
      at('1', 'G', 2, '10.00', '2018-01-30'),
    ];
    const found = agreementPrices(invented);
    const resolve = resolver(found);
    for (const order of invented) {
      const line = order.lines[0];
      expect(resolve(order.resellerKey, 'P', order.orderOn, line?.quantity ?? 0)).toBe(line?.unitPrice);
    }
    expectNoOverlap(found);
    expect(found.filter((entry) => entry.partnerKey === '3').map((entry) => entry.minQty)).toEqual([2, 5, 12]);
    expect(resolve('1', 'P', addDays('2018-01-20', -1), 2)).toBe('10.00');
    expect(() => agreementPrices([at('1', 'A', 2, '10.00'), at('1', 'B', 2, '9.00')])).toThrow('two prices');
  });
});

describe('receipts before the replay', () => {
  it('R4.2 opening stock and receipts cover every order, and nothing is received that is not needed', () => {
    const receipts = receiptsBeforeStart(orders, awStock());
    const supply = new Map(awStock().map((entry) => [entry.productNumber, entry.quantity]));
    for (const receipt of receipts)
      supply.set(receipt.productNumber, (supply.get(receipt.productNumber) ?? 0) + receipt.quantity);
    for (const { line } of lines) supply.set(line.productNumber, (supply.get(line.productNumber) ?? 0) - line.quantity);
    for (const left of supply.values()) expect(left).toBeGreaterThanOrEqual(0);
    for (const receipt of receipts) expect(supply.get(receipt.productNumber)).toBe(0);
    expect(receipts.length).toBeGreaterThan(100);
  });
});
