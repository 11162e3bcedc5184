import { describe, expect, it } from 'vitest';
import { fromUnits, toUnits } from '../decimal-text.ts';
import {
  AW_CONTROL,
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
import { entriesByProduct, ruledPrices } from './rules.ts';
import { receiptsBeforeStart } from './receipts.ts';

const orders = awOrders();
const lines = orders.flatMap((order) => order.lines.map((line) => ({ order, line })));

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

describe('prices by rules', () => {
  it('R4.1 the list of the rules explains 56,646 of 57,851 lines; the other 1,205 deviate in 279 orders', () => {
    const entries = entriesByProduct();
    let deviating = 0;
    const odd = orders.filter((order) => {
      const ruled = ruledPrices(entries, order);
      const here = order.lines.filter(({ unitPrice }, i) => ruled[i] !== unitPrice).length;
      deviating += here;
      return here > 0;
    });
    expect([lines.length, deviating, odd.length]).toEqual([57_851, 1_205, 279]);
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
