/** What has to be there before the first order of the AdventureWorks sample can be placed: company, people, products, prices, partners, stock. */
import { startOfDay } from '../../../src/server/kernel/biz-date.ts';
import { addMs } from '../../../src/server/kernel/clock.ts';
import { createProducts } from '../../../src/server/modules/catalog/commands/save-product.ts';
import { createCarrier } from '../../../src/server/modules/company/commands/save-carrier.ts';
import { createWarehouse } from '../../../src/server/modules/company/commands/save-warehouse.ts';
import { createUser } from '../../../src/server/modules/identity/commands/create-user.ts';
import { receiveStock } from '../../../src/server/modules/inventory/commands/receive-stock.ts';
import { activatePartner } from '../../../src/server/modules/partners/commands/change-partner-state.ts';
import { createPartners } from '../../../src/server/modules/partners/commands/create-partner.ts';
import { savePricesOfFile } from '../../../src/server/modules/pricing/commands/save-price-entries.ts';
import { createPriceList } from '../../../src/server/modules/pricing/commands/save-price-list.ts';
import { systemActor } from '../../../src/server/platform/auth/authenticate.ts';
import type { Services } from '../../../src/server/platform/http/services.ts';
import type { Actor } from '../../../src/server/platform/pipeline/types.ts';
import { pieces } from '../run/execution-desk.ts';
import { setPolicy } from '../../../src/server/modules/company/commands/set-policy.ts';
import { foundCompany } from '../run/found-company.ts';
import { actorOf, idOf, type Person, type Seed } from '../run/session.ts';
import {
  type AwOrder,
  type AwProduct,
  type AwReseller,
  awPriceHistory,
  awProducts,
  awResellers,
  awSalespersons,
  awStock,
  awTerritories,
} from './load.ts';
import { entriesByProduct, type RuleEntry, ruleEntries } from './rules.ts';
import { receiptsBeforeStart } from './receipts.ts';

export const AW_ZONE = 'America/Los_Angeles';
const CURRENCY = 'USD';
const HOUR_MS = 3_600_000;

/** An instant of a business day of the sample's company, by the hour. */
export const atHour = (on: string, hour: number): Date => addMs(startOfDay(on, AW_ZONE), hour * HOUR_MS);

export type AwCrew = { warehouse: Actor; logistics: Actor; finance: Actor; manager: Actor };
export type AwMasters = {
  /** By key of the source. */
  sellers: Map<string, Actor>;
  crew: AwCrew;
  partners: Map<string, string>;
  /** By product number. */
  products: Map<string, string>;
  warehouseId: string;
  carrierId: string;
  /** The list of the rules, by product number. */
  ruled: ReadonlyMap<string, readonly RuleEntry[]>;
};

/** Loads the master data as they are before the first of the orders. `startOn` lies before the first order. */
export async function loadAwMasters(
  seed: Seed,
  services: Pick<Services, 'settings'>,
  orders: readonly AwOrder[],
  resellers: readonly AwReseller[],
  startOn: string,
): Promise<AwMasters> {
  const now = atHour(startOn, 9);
  const by = (about: string) => ({ actor: systemActor, now, about });
  const name = 'Adventure Works Cycles';
  await seed.one(foundCompany, {
    ...by('the company'),
    input: { name, nameEn: name, currency: CURRENCY, timeZone: AW_ZONE },
  });
  // The zone of the company decides from now on which day it is.
  // The resellers of the sample accepted on paper that is not in it.
  const onPaper = { code: 'order.reply_document', value: 0 };
  await seed.one(setPolicy, { ...by('acceptance on paper'), input: onPaper });
  services.settings.forget();
  const { sellers, crew } = await people(seed, now);
  const warehouse = { code: 'FG', name: 'Finished Goods Storage' };
  const warehouseId = idOf(await seed.one(createWarehouse, { ...by('the warehouse'), input: warehouse }));
  const carrier = { code: 'OVS', name: 'Overseas Deluxe' };
  const carrierId = idOf(await seed.one(createCarrier, { ...by('the carrier'), input: carrier }));
  const products = await loadProducts(seed, now, crew.manager);
  const listId = await loadPrices(seed, now, crew.manager);
  const partners = await loadPartners(seed, now, { orders, resellers, sellers, listId });
  await loadStock(seed, now, { orders, products, warehouseId, actor: crew.warehouse });
  return { sellers, crew, partners, products, warehouseId, carrierId, ruled: entriesByProduct() };
}

async function people(seed: Seed, now: Date): Promise<{ sellers: Map<string, Actor>; crew: AwCrew }> {
  const make = async (login: string, name: string, roles: Person['roles'], approvalLimit: bigint | null) => {
    const input = { login, name, email: login, locale: 'en', roles, approvalLimit, passwordHash: null };
    const body = await seed.one(createUser, {
      actor: systemActor,
      now,
      about: login,
      input: { ...input, state: 'active' },
    });
    return actorOf({ userId: idOf(body), name, login, roles, partnerId: null, approvalLimit });
  };
  const sellers = new Map<string, Actor>();
  for (const { salespersonKey, name, email } of awSalespersons())
    sellers.set(salespersonKey, await make(email, name, ['sales'], null));
  const staff = (login: string, name: string, role: Person['roles'][number], limit: bigint | null = null) =>
    make(`${login}@adventureworks.com`, name, [role], limit);
  return {
    sellers,
    crew: {
      warehouse: await staff('warehouse', 'Warehouse', 'warehouse'),
      logistics: await staff('logistics', 'Logistics', 'logistics'),
      finance: await staff('finance', 'Finance', 'finance'),
      manager: await staff('manager', 'Manager', 'manager', 100_000_000n),
    },
  };
}

async function loadProducts(seed: Seed, now: Date, actor: Actor): Promise<Map<string, string>> {
  const list = awProducts();
  const bodies = await seed.runAll(
    createProducts,
    list.map((product) => ({ actor, now, about: product.productNumber, input: productInput(product) })),
  );
  return new Map(list.map(({ productNumber }, i) => [productNumber, idOf(bodies[i])]));
}

const productInput = (product: AwProduct) => ({
  sku: product.productNumber,
  name: product.name,
  nameEn: product.name,
  category: product.category,
  spec: [product.subcategory, product.color, product.size].filter((text) => text !== '').join(', ') || null,
  kind: product.made ? ('made' as const) : ('stock' as const),
  unit: 'pc',
  unitEn: 'pc',
  taxRate: '0',
  standardCostPrice: product.standardCost,
  leadDays: product.daysToManufacture,
  // The keys under which the source sold it: each version of a product had its own.
  sourceRef: product.sourceKeys.join(' ') || null,
});

const ENTRIES_AT_MOST = 500;

/** The rules of the source as the agreement list of all resellers, and the history of list prices as the base list. Returns the id of the former. */
async function loadPrices(seed: Seed, now: Date, actor: Actor): Promise<string> {
  const make = async (code: string, name: string, kind: 'agreement' | 'base', priceScale: number, set: PriceSet) => {
    const input = { code, name, kind, currency: CURRENCY, taxInclusive: true, priceScale };
    const priceListId = idOf(await seed.one(createPriceList, { actor, now, about: code, input }));
    for (let at = 0; at < set.length; at += ENTRIES_AT_MOST) {
      const part = { priceListId, set: set.slice(at, at + ENTRIES_AT_MOST) };
      await seed.one(savePricesOfFile, { actor, now, about: code, input: part });
    }
    return priceListId;
  };
  const history = awPriceHistory().map(({ productNumber, validFrom, validTo, listPrice }) => ({
    sku: productNumber,
    validFrom,
    ...(validTo === null ? {} : { validTo }),
    unitPrice: listPrice,
  }));
  await make('AW-LIST', 'List prices', 'base', 4, history);
  const ruled = ruleEntries().map(({ productNumber, minQty, validFrom, validTo, unitPrice }) => ({
    sku: productNumber,
    minQty: String(minQty),
    validFrom,
    ...(validTo === null ? {} : { validTo }),
    unitPrice,
  }));
  return make('AW-RESELLER', 'Reseller prices', 'agreement', 2, ruled);
}
type PriceSet = { sku: string; minQty?: string; validFrom: string; validTo?: string; unitPrice: string }[];

const COUNTRIES: Record<string, string> = {
  'United States': 'US',
  Canada: 'CA',
  France: 'FR',
  Germany: 'DE',
  Australia: 'AU',
  'United Kingdom': 'GB',
};

type PartnerSource = {
  orders: readonly AwOrder[];
  resellers: readonly AwReseller[];
  sellers: ReadonlyMap<string, Actor>;
  listId: string;
};

/** Every reseller as an active partner, looked after by whoever sold to it first. */
async function loadPartners(seed: Seed, now: Date, source: PartnerSource): Promise<Map<string, string>> {
  const firstOf = new Map<string, AwOrder>();
  for (const order of source.orders) if (!firstOf.has(order.resellerKey)) firstOf.set(order.resellerKey, order);
  const regions = new Map(awTerritories().map(({ territoryKey, region }) => [territoryKey, region]));
  const [anybody] = source.sellers.values();
  const acts = source.resellers.map((reseller) => {
    const first = firstOf.get(reseller.resellerKey);
    const owner = (first === undefined ? undefined : source.sellers.get(first.salespersonKey)) ?? anybody;
    if (owner === undefined) throw new Error('nobody sells');
    const territory = first === undefined ? null : (regions.get(first.territoryKey) ?? null);
    const input = partnerInput(reseller, owner.userId, territory, source.listId);
    return { actor: owner, now, about: reseller.accountNumber, input };
  });
  const bodies = await seed.runAll(createPartners, acts);
  await seed.runAll(
    activatePartner,
    acts.map(({ input: _input, ...act }, i) => ({ ...act, input: { partnerId: idOf(bodies[i]) } })),
  );
  return new Map(source.resellers.map(({ resellerKey }, i) => [resellerKey, idOf(bodies[i])]));
}

function partnerInput(reseller: AwReseller, salesOwnerId: string, territory: string | null, priceListId: string) {
  const place = [reseller.city, reseller.stateProvince, reseller.postalCode, reseller.country].join(', ');
  const detail = [reseller.addressLine1, reseller.addressLine2].filter((line) => line !== '').join(', ');
  return {
    no: reseller.accountNumber,
    name: reseller.name,
    nameEn: reseller.name,
    country: COUNTRIES[reseller.country] ?? 'US',
    territory,
    salesOwnerId,
    currency: CURRENCY,
    paymentTerm: { kind: 'net_days' as const, days: 30 },
    priceListId,
    invoiceTitle: reseller.name,
    bankName: reseller.bankName,
    bankAccount: reseller.accountNumber,
    // The form has room for a hundred characters, telephone number included.
    invoiceAddress: `${detail}, ${reseller.city} ${reseller.postalCode}`,
    invoicePhone: reseller.phone,
    sourceRef: reseller.resellerKey,
    // Two names occur twice; the account number tells them apart.
    confirmDuplicate: true,
    contacts: [{ name: 'Purchasing', duties: ['buyer' as const, 'finance' as const], phone: reseller.phone }],
    addresses: [{ label: 'Main office', regionText: place, detail, receiver: reseller.name, phone: reseller.phone }],
  };
}

type StockSource = {
  orders: readonly AwOrder[];
  products: ReadonlyMap<string, string>;
  warehouseId: string;
  actor: Actor;
};

/** Opening stock, then what has to come so that it covers all that will be ordered. */
async function loadStock(seed: Seed, now: Date, { orders, products, warehouseId, actor }: StockSource): Promise<void> {
  const stock = awStock();
  const receive = (kind: 'opening' | 'receipt', list: readonly { productNumber: string; quantity: number }[]) =>
    seed.runAll(
      receiveStock,
      list
        .filter(({ quantity }) => quantity > 0)
        .map(({ productNumber, quantity }) => ({
          actor,
          now,
          about: productNumber,
          input: {
            productId: products.get(productNumber) ?? '',
            warehouseId,
            qty: pieces(quantity),
            kind,
            note: null,
          },
        })),
    );
  await receive('opening', stock);
  await receive('receipt', receiptsBeforeStart(orders, stock));
}

/** The resellers of a part of the orders, or all of them. */
export function resellersOf(orders: readonly AwOrder[] | null): AwReseller[] {
  const all = awResellers();
  if (orders === null) return all;
  const keys = new Set(orders.map(({ resellerKey }) => resellerKey));
  return all.filter(({ resellerKey }) => keys.has(resellerKey));
}
