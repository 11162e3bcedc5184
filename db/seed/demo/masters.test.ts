import { describe, expect, it } from 'vitest';
import { STAFF_ROLES } from '../../../src/contract/roles.ts';
import { usccProblem } from '../../../src/server/kernel/uscc.ts';
import { isAddressRegion } from '../../reference/regions.ts';
import { taxCode } from '../../reference/tax-codes.ts';
import { awProducts } from '../adventureworks/load.ts';
import { toUnits } from '../decimal-text.ts';
import { CARRIERS, COMPANY, STAFF, TEAMS, WAREHOUSES } from './company.ts';
import { demoPartners } from './partners.ts';
import { orderPatterns } from './patterns.ts';
import { demoPriceLists } from './prices.ts';
import { demoProducts, SCARCE_SKUS } from './products.ts';

const today = '2026-11-23';
const partners = demoPartners(today);
const products = demoProducts();
const unique = (texts: readonly string[]): void => expect(new Set(texts).size).toBe(texts.length);

describe('the demo company', () => {
  it('R2 every staff role is held by somebody, administrators by nobody else', () => {
    for (const role of STAFF_ROLES) expect(STAFF.some((person) => person.roles.includes(role))).toBe(true);
    for (const person of STAFF) expect(person.roles).toHaveLength(1);
    expect(
      STAFF.filter((person) => person.roles.includes('manager')).every((person) => person.approvalLimit !== null),
    ).toBe(true);
    const keys = STAFF.map((person) => person.key);
    for (const team of TEAMS) for (const member of team.memberKeys) expect(keys).toContain(member);
    for (const warehouse of WAREHOUSES) expect(keys).toContain(warehouse.staffKey);
    unique([...keys, ...STAFF.map((person) => person.email)]);
    unique(CARRIERS.map((carrier) => carrier.code));
  });

  it('R3.1 forty partners with valid codes, regions, contacts for each duty and an agreement of today', () => {
    expect(partners).toHaveLength(40);
    unique([...partners.map((partner) => partner.uscc), COMPANY.uscc]);
    unique(partners.map((partner) => partner.name));
    unique(partners.flatMap((partner) => partner.contacts.map((contact) => contact.name)));
    for (const partner of partners) {
      expect(usccProblem(partner.uscc)).toBeNull();
      for (const address of partner.addresses) expect(isAddressRegion(address.regionCode)).toBe(true);
      for (const duty of ['admin', 'buyer', 'finance', 'after_sales'] as const) {
        expect(partner.contacts.some((contact) => contact.duties.includes(duty))).toBe(true);
      }
      expect(partner.users.length).toBeGreaterThanOrEqual(1);
      expect(partner.users.length).toBeLessThanOrEqual(4);
      expect(partner.agreement.validFrom < '2025-11-23' && partner.agreement.validTo >= today).toBe(true);
    }
    expect(usccProblem(COMPANY.uscc)).toBeNull();
    expect(partners.filter((partner) => partner.agreement.silenceAccepts)).toHaveLength(2);
    expect(partners.filter((partner) => partner.agreement.validTo < '2026-12-23')).toHaveLength(1);
    expect(new Set(partners.map((partner) => partner.paymentTerm.kind)).size).toBe(5);
  });

  it('R3.1 nobody can be reached by mistake: reserved mail domains and invented telephone numbers only', () => {
    const people = [...STAFF, ...partners.flatMap((partner) => partner.contacts)];
    for (const person of people) {
      expect(person.email).toMatch(/^[a-z.]+@[a-z]+\.example\.com$/);
      expect(person.phone).toMatch(/^1380000\d{4}$/);
    }
    unique(people.map((person) => person.email));
  });
});

describe('the demo catalogue', () => {
  const aw = new Map(awProducts().map((product) => [product.productNumber, product]));
  const goods = products.filter((product) => product.kind === 'stock' || product.kind === 'made');

  it('R4.1 prices come from the AdventureWorks list prices at 7.2, rounded to what a price list shows', () => {
    expect(goods).toHaveLength(79);
    for (const product of goods) {
      const source = aw.get(product.sku);
      const pieces = product.sku === 'WB-H098' ? 24n : 1n;
      const exact = (toUnits(source?.listPrice ?? '0', 4) * 72n * pieces) / 10n;
      const off = toUnits(product.listPrice, 4) - exact;
      expect(off < exact / 20n + 2_500n && -off < exact / 20n + 2_500n).toBe(true);
      expect(toUnits(product.cost, 2) > 0n && toUnits(product.cost, 2) < toUnits(product.listPrice, 2)).toBe(true);
    }
  });

  it('R4.2 names in three languages, substitutes that exist, tax codes that an invoice may use', () => {
    const skus = products.map((product) => product.sku);
    unique(skus);
    for (const product of products) {
      unique([product.sku, product.name.en, product.name.hant].filter((text) => text !== ''));
      for (const text of [product.name, product.category, product.unit]) {
        expect(text.hant !== '' && text.hans !== '' && text.en !== '').toBe(true);
      }
      if (product.substituteSku !== null) expect(skus).toContain(product.substituteSku);
      if (product.taxCode !== null) expect(taxCode(product.taxCode)?.summary).toBe(false);
      expect(product.minQty % product.multipleQty).toBe(0);
    }
    expect(products.filter((product) => product.kind === 'service' || product.kind === 'freight')).toHaveLength(3);
  });

  it('R4.1 entries of one list, product and quantity break never overlap, and a greater break is never dearer', () => {
    for (const list of demoPriceLists(products, today, '2025-09-01')) {
      for (const entries of Map.groupBy(list.entries, (entry) => `${entry.sku}|${entry.minQty}`).values()) {
        const sorted = entries.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
        for (const [index, entry] of sorted.entries()) {
          const next = sorted[index + 1];
          if (next !== undefined) expect(entry.validTo < next.validFrom).toBe(true);
        }
      }
      for (const entries of Map.groupBy(list.entries, (entry) => `${entry.sku}|${entry.validFrom}`).values()) {
        const prices = entries.toSorted((a, b) => a.minQty - b.minQty).map((entry) => toUnits(entry.unitPrice, 2));
        for (const [index, price] of prices.entries()) expect(price <= (prices[index - 1] ?? price)).toBe(true);
      }
    }
  });

  it('R3.3 order patterns name known partners and goods in whole packs, and leave scarce goods alone', () => {
    const bySku = new Map(products.map((product) => [product.sku, product]));
    const keys = partners.map((partner) => partner.key);
    expect(orderPatterns().length).toBeGreaterThan(600);
    for (const pattern of orderPatterns()) {
      expect(keys).toContain(pattern.partnerKey);
      unique(pattern.lines.map((line) => line.sku));
      for (const { sku, qty } of pattern.lines) {
        const product = bySku.get(sku);
        expect(SCARCE_SKUS).not.toContain(sku);
        expect(product !== undefined && qty >= product.minQty && qty % product.multipleQty === 0).toBe(true);
      }
    }
  });
});
