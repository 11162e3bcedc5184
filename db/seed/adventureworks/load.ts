/** Typed loaders of the AdventureWorks sample. Origin, licence and oddities: README.md beside this file. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { addDays, type BizDate } from '../../../src/server/kernel/biz-date.ts';
import { toInt } from '../decimal-text.ts';

export type AwReseller = {
  /** Identity; two names occur twice. */
  resellerKey: string;
  accountNumber: string;
  name: string;
  businessType: string;
  phone: string;
  addressLine1: string;
  addressLine2: string;
  postalCode: string;
  city: string;
  stateProvince: string;
  country: string;
  employees: number;
  yearOpened: number;
  orderFrequency: 'S' | 'A' | 'Q';
  productLine: string;
  bankName: string;
  /** USD a year, decimal text. */
  annualSales: string;
};

export type AwProduct = {
  productNumber: string;
  name: string;
  category: string;
  subcategory: string;
  model: string;
  color: string;
  size: string;
  made: boolean;
  daysToManufacture: number;
  safetyStock: number;
  reorderPoint: number;
  /** USD, decimal text. */
  standardCost: string;
  listPrice: string;
  /** Every source key of this product: its versions in the sales data. */
  sourceKeys: string[];
};

export type AwLine = {
  productNumber: string;
  sourceProductKey: string;
  /** Whole pieces. */
  quantity: number;
  /** USD, two decimals. */
  unitPrice: string;
  /** USD, two decimals: quantity × unit price, exact. */
  sales: string;
};

export type AwOrder = {
  orderNumber: string;
  orderOn: BizDate;
  resellerKey: string;
  salespersonKey: string;
  territoryKey: string;
  /** In the order of the source. A product number occurs at most once. */
  lines: AwLine[];
};

export type AwStock = { productNumber: string; quantity: number };
export type AwStockPlace = { productNumber: string; location: string; quantity: number };
export type AwListPrice = { productNumber: string; validFrom: BizDate; validTo: BizDate | null; listPrice: string };
export type AwSpecialOffer = {
  offerId: string;
  description: string;
  /** A ratio: 0.02 is 2 %. */
  discountRate: string;
  type: string;
  category: string;
  validFrom: BizDate;
  validTo: BizDate;
  minQty: number;
  maxQty: number | null;
  productNumbers: string[];
};
export type AwTerritory = { territoryKey: string; region: string; country: string; group: string };
export type AwSalesperson = {
  salespersonKey: string;
  name: string;
  title: string;
  email: string;
  territoryKeys: string[];
};

/** What the whole sample adds up to. */
export const AW_CONTROL = {
  orders: 3616,
  lines: 57_851,
  quantity: 204_114,
  sales: '77548570.20',
  resellers: 701,
  resellersWithOrders: 632,
  products: 295,
  productsSold: 250,
  sourceKeys: 397,
  salespersonsWithOrders: 17,
  firstOrderOn: '2017-07-01',
  lastOrderOn: '2020-05-31',
} as const;

/** Price history and offers lie this many days after the sales; the loaders take it off. */
const PRICE_SHIFT_DAYS = 1794;

type Row = Record<string, string>;

function rows(name: string): Row[] {
  const raw = readFileSync(new URL(`./data/${name}`, import.meta.url));
  const text = name.endsWith('.gz') ? gunzipSync(raw) : raw;
  return parse(text, { columns: true }) as Row[];
}

function text(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`column ${column} is missing`);
  return value;
}

const int = (row: Row, column: string): number => toInt(text(row, column));
const salesDate = (date: string): BizDate => addDays(date, -PRICE_SHIFT_DAYS);

function groupBy(list: readonly Row[], key: string, value: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of list) {
    const group = groups.get(text(row, key));
    if (group === undefined) groups.set(text(row, key), [text(row, value)]);
    else group.push(text(row, value));
  }
  return groups;
}

/** All 701 resellers, by key. 69 of them never order. */
export function awResellers(): AwReseller[] {
  return rows('resellers.csv').map((row) => ({
    resellerKey: text(row, 'reseller_key'),
    accountNumber: text(row, 'account_number'),
    name: text(row, 'reseller'),
    businessType: text(row, 'business_type'),
    phone: text(row, 'phone'),
    addressLine1: text(row, 'address_line1'),
    addressLine2: text(row, 'address_line2'),
    postalCode: text(row, 'postal_code'),
    city: text(row, 'city'),
    stateProvince: text(row, 'state_province'),
    country: text(row, 'country_region'),
    employees: int(row, 'number_employees'),
    yearOpened: int(row, 'year_opened'),
    orderFrequency: frequency(text(row, 'order_frequency')),
    productLine: text(row, 'product_line'),
    bankName: text(row, 'bank_name'),
    annualSales: text(row, 'annual_sales'),
  }));
}

function frequency(code: string): 'S' | 'A' | 'Q' {
  if (code === 'S' || code === 'A' || code === 'Q') return code;
  throw new Error(`unknown order frequency ${code}`);
}

/** The 295 products of the sales data; identity is the product number, each name is unique. */
export function awProducts(): AwProduct[] {
  const keys = groupBy(rows('product_versions.csv'), 'product_number', 'product_key');
  return rows('products.csv').map((row) => ({
    productNumber: text(row, 'product_number'),
    name: text(row, 'product'),
    category: text(row, 'category'),
    subcategory: text(row, 'subcategory'),
    model: text(row, 'model'),
    color: text(row, 'color'),
    size: text(row, 'size'),
    made: text(row, 'make') === '1',
    daysToManufacture: int(row, 'days_to_manufacture'),
    safetyStock: int(row, 'safety_stock'),
    reorderPoint: int(row, 'reorder_point'),
    standardCost: text(row, 'standard_cost'),
    listPrice: text(row, 'list_price'),
    sourceKeys: keys.get(text(row, 'product_number')) ?? [],
  }));
}

/** All 3,616 orders by date, then number. */
export function awOrders(): AwOrder[] {
  const numbers = new Map(
    rows('product_versions.csv').map((row) => [text(row, 'product_key'), text(row, 'product_number')]),
  );
  const orders = new Map<string, AwOrder>();
  for (const row of rows('reseller_sales.csv.gz')) {
    const orderNumber = text(row, 'sales_order_number');
    const sourceProductKey = text(row, 'product_key');
    const productNumber = numbers.get(sourceProductKey);
    if (productNumber === undefined) throw new Error(`product key ${sourceProductKey} has no product`);
    const order = orders.get(orderNumber) ?? {
      orderNumber,
      orderOn: text(row, 'order_date'),
      resellerKey: text(row, 'reseller_key'),
      salespersonKey: text(row, 'employee_key'),
      territoryKey: text(row, 'territory_key'),
      lines: [],
    };
    orders.set(orderNumber, order);
    order.lines.push({
      productNumber,
      sourceProductKey,
      quantity: int(row, 'quantity'),
      unitPrice: text(row, 'unit_price'),
      sales: text(row, 'sales'),
    });
  }
  return [...orders.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

const sortKey = (order: AwOrder): string => `${order.orderOn} ${order.orderNumber}`;

/** Stock on hand by product and place. */
export function awStockByPlace(): AwStockPlace[] {
  return rows('stock.csv').map((row) => ({
    productNumber: text(row, 'product_number'),
    location: text(row, 'location'),
    quantity: int(row, 'quantity'),
  }));
}

/** Stock on hand summed over all places, one entry for each of the 295 products (0 where the source has none). */
export function awStock(): AwStock[] {
  const sums = new Map(rows('products.csv').map((row) => [text(row, 'product_number'), 0]));
  for (const { productNumber, quantity } of awStockByPlace())
    sums.set(productNumber, (sums.get(productNumber) ?? 0) + quantity);
  return [...sums].map(([productNumber, quantity]) => ({ productNumber, quantity }));
}

/** List prices with validity, in the calendar of the orders. Several of the oldest are rounded to four decimals. */
export function awPriceHistory(): AwListPrice[] {
  return rows('price_history.csv').map((row) => {
    const validTo = text(row, 'valid_to');
    return {
      productNumber: text(row, 'product_number'),
      validFrom: salesDate(text(row, 'valid_from')),
      validTo: validTo === '' ? null : salesDate(validTo),
      listPrice: text(row, 'list_price'),
    };
  });
}

/** Volume discounts and promotions, in the calendar of the orders. */
export function awSpecialOffers(): AwSpecialOffer[] {
  const products = groupBy(rows('special_offer_products.csv'), 'special_offer_id', 'product_number');
  return rows('special_offers.csv').map((row) => {
    const maxQty = text(row, 'max_qty');
    return {
      offerId: text(row, 'special_offer_id'),
      description: text(row, 'description'),
      discountRate: text(row, 'discount_rate'),
      type: text(row, 'type'),
      category: text(row, 'category'),
      validFrom: salesDate(text(row, 'valid_from')),
      validTo: salesDate(text(row, 'valid_to')),
      minQty: int(row, 'min_qty'),
      maxQty: maxQty === '' ? null : toInt(maxQty),
      productNumbers: products.get(text(row, 'special_offer_id')) ?? [],
    };
  });
}

/** The ten sales territories. */
export function awTerritories(): AwTerritory[] {
  return rows('territories.csv').map((row) => ({
    territoryKey: text(row, 'territory_key'),
    region: text(row, 'region'),
    country: text(row, 'country'),
    group: text(row, 'group'),
  }));
}

/** The 18 salespersons with the territories in which they may sell. */
export function awSalespersons(): AwSalesperson[] {
  const territories = groupBy(rows('salesperson_territories.csv'), 'employee_key', 'territory_key');
  return rows('salespersons.csv').map((row) => ({
    salespersonKey: text(row, 'employee_key'),
    name: text(row, 'salesperson'),
    title: text(row, 'title'),
    email: text(row, 'upn'),
    territoryKeys: territories.get(text(row, 'employee_key')) ?? [],
  }));
}
