/** The price list that an agreement names prices the partner's orders while the agreement is valid; and why this price says so. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';

const DAY_MS = 86_400_000;
const YEAR = { validFrom: '2026-01-01', validTo: '2027-12-31' };
let t: TestApp;
let g: Goods;
let sales: Actor;
let manager: Actor;
let warehouse: string;
let made = 0;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sales = await t.as('sales');
  manager = await t.as('manager');
  warehouse = await g.warehouse();
});
afterAll(() => t.close());

/** An agreement list with these prices. */
async function list(prices: Record<string, string>): Promise<{ id: string; code: string; version: number }> {
  made += 1;
  const body = { code: `AL${made}`, name: `協議價 ${made}`, kind: 'agreement', taxInclusive: true };
  const { body: head } = await manager.post('/api/v1/price-lists', body);
  const set = Object.entries(prices).map(([sku, unitPrice]) => ({ sku, unitPrice, ...YEAR }));
  await manager.post(`/api/v1/price-lists/${head.id}/entries`, { set }, { ifMatch: head.version });
  return head;
}
async function agree(partnerId: string, body: Record<string, unknown>) {
  const { body: partner } = await sales.get(`/api/v1/partners/${partnerId}`);
  const { status, body: after } = await sales.post(
    `/api/v1/partners/${partnerId}/agreements`,
    { paymentTerm: { kind: 'prepaid' }, ...body },
    { ifMatch: partner.version },
  );
  expect(status).toBe(201);
  return after.agreements as { id: string; no: string; version: number; validTo: string }[];
}
async function product(price = 100_000_000n) {
  const made = await g.product({ price });
  await g.stock(made.id, warehouse, 1_000);
  return made;
}
async function partner() {
  const id = await t.partner();
  await g.address(id);
  return id;
}
const quoted = async (partnerId: string, sku: string, qty = '1') => {
  const { body } = await sales.post('/api/v1/quotes', { partnerId, lines: [{ sku, qty }] });
  return body.lines[0] as { unitPrice: string; why: Record<string, unknown>[] };
};
const today = () => t.clock.now().toISOString().slice(0, 10);
const inDays = (days: number) => new Date(t.clock.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);

describe('prices of an agreement', () => {
  it('R4.1 the list that the agreement names prices before the list of the file, the level and the base, and why this price names agreement and version', async () => {
    const { sku, id } = await product();
    const other = await product();
    const partnerId = await partner();
    await g.price(id, 95_000_000n, { partnerId });
    await g.price(other.id, 94_000_000n, { partnerId });
    expect((await quoted(partnerId, sku)).unitPrice).toBe('95.00');
    const agreed = await list({ [sku]: '80' });
    const [agreement] = await agree(partnerId, { validFrom: today(), validTo: inDays(30), priceListId: agreed.id });
    const line = await quoted(partnerId, sku);
    expect([line.unitPrice, line.why[0]]).toEqual([
      '80.00',
      expect.objectContaining({ step: 'list', code: agreed.code, agreement: agreement?.no, version: 1 }),
    ]);
    // What the agreement's list does not name is not priced by what the file said before it, but by level and base.
    const rest = await quoted(partnerId, other.sku);
    expect([rest.unitPrice, rest.why[0]?.agreement]).toEqual(['100.00', undefined]);
    const { body: placed } = await sales.post('/api/v1/orders', {
      partnerId,
      submit: true,
      lines: [{ sku, qty: '2', requestedOn: '2026-12-20' }],
    });
    expect([placed.discrepancies, placed.grossAmount, placed.lines[0].why[0].agreement]).toEqual([
      [],
      '160.00',
      agreement?.no,
    ]);
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    const { body: seen } = await buyer.post('/api/v1/quotes', { lines: [{ sku, qty: '1' }] });
    expect(seen.lines[0]).toMatchObject({ unitPrice: '80.00', why: [{ agreement: agreement?.no }] });
  });

  it('R4.1 each version of the agreement prices within its own dates; before, between and after them the file’s list holds', async () => {
    const { sku, id } = await product();
    const partnerId = await partner();
    await g.price(id, 95_000_000n, { partnerId });
    const [first, second] = [await list({ [sku]: '80' }), await list({ [sku]: '70' })];
    await agree(partnerId, { no: `V1-${sku}`, validFrom: inDays(1), validTo: inDays(2), priceListId: first.id });
    await agree(partnerId, { no: `V2-${sku}`, validFrom: inDays(4), validTo: inDays(5), priceListId: second.id });
    const seen: string[] = [];
    for (let day = 0; day < 7; day += 1) {
      seen.push((await quoted(partnerId, sku)).unitPrice);
      t.clock.advance(DAY_MS);
    }
    expect(seen).toEqual(['95.00', '80.00', '80.00', '95.00', '70.00', '70.00', '95.00']);
  });

  it('R4.1 what was submitted under one version keeps its price when the next takes its place; what is submitted later has the new one', async () => {
    const { sku } = await product();
    const partnerId = await partner();
    const [first, second] = [await list({ [sku]: '80' }), await list({ [sku]: '70' })];
    const [agreement] = await agree(partnerId, { validFrom: today(), validTo: inDays(90), priceListId: first.id });
    const lines = [{ sku, qty: '2', discountAmount: '10', requestedOn: '2026-12-20' }];
    const { body: placed } = await sales.post('/api/v1/orders', { partnerId, submit: true, lines });
    await agree(partnerId, {
      validFrom: inDays(1),
      validTo: inDays(90),
      priceListId: second.id,
      replacesId: agreement?.id,
    });
    t.clock.advance(2 * DAY_MS);
    const { body: settled } = await sales.post(
      `/api/v1/orders/${placed.id}/settle-discrepancy`,
      { discrepancyId: placed.discrepancies[0].id, how: 'take_back' },
      { ifMatch: placed.version },
    );
    expect([settled.grossAmount, settled.lines[0].why[0].agreement]).toEqual(['160.00', agreement?.no]);
    const { body: copy } = await sales.post(`/api/v1/orders/${placed.id}/copy`, {});
    expect(copy.lines[0].unitPrice).toBe('70.00');
  });

  it('R4.1 an agreement without a list leaves that of the file; one that ends early prices no longer than it holds', async () => {
    const { sku, id } = await product();
    const partnerId = await partner();
    await g.price(id, 95_000_000n, { partnerId });
    await agree(partnerId, { validFrom: today(), validTo: today() });
    expect((await quoted(partnerId, sku)).unitPrice).toBe('95.00');
    t.clock.advance(DAY_MS);
    const agreed = await list({ [sku]: '80' });
    const agreements = await agree(partnerId, { validFrom: today(), validTo: inDays(30), priceListId: agreed.id });
    const running = agreements.find(({ validTo }) => validTo === inDays(30));
    expect((await quoted(partnerId, sku)).unitPrice).toBe('80.00');
    const { body: file } = await sales.get(`/api/v1/partners/${partnerId}`);
    await sales.post(
      `/api/v1/partners/${partnerId}/agreements/${running?.id}/end`,
      { validTo: today(), reason: '提前終止' },
      { ifMatch: file.version },
    );
    t.clock.advance(DAY_MS);
    expect((await quoted(partnerId, sku)).unitPrice).toBe('95.00');
  });
});
