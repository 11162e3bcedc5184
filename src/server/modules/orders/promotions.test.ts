/** Promotions on orders: the price and its reasons, goods that are given, quotas under load, discounts that stay with their lines. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { databaseViolations } from '../../platform/invariants/index.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let manager: Actor;
let buyer: Actor;
let partnerId: string;
let warehouse: string;
let made = 0;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [sales, manager] = await Promise.all([t.as('sales'), t.as('manager')]);
  partnerId = await t.partner({ level: 'A' });
  await g.address(partnerId);
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  warehouse = await g.warehouse();
});
afterAll(() => t.close());

async function stocked(pieces: number, options: Parameters<Goods['product']>[0] = {}) {
  const product = await g.product(options);
  await g.stock(product.id, warehouse, pieces);
  return product;
}
async function promotion(fields: Record<string, unknown>) {
  made += 1;
  const { status, body } = await manager.post('/api/v1/promotions', {
    code: `P${made}`,
    name: `促銷 ${made}`,
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    ...fields,
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}
const place = (lines: Record<string, unknown>[], rest: Record<string, unknown> = {}) => ({
  submit: true,
  lines: lines.map((line) => ({ requestedOn: '2026-12-20', ...line })),
  ...rest,
});
const act = (actor: Actor, order: { id: string; version: number }, verb: string, body?: object) =>
  actor.post(`/api/v1/orders/${order.id}/${verb}`, body, { ifMatch: order.version });
const stepsOf = (line: { why: { step: string; price?: string }[] }) => line.why.map(({ step, price }) => [step, price]);

describe('promotions', () => {
  it('R4.1 a percentage, then an amount: applied by priority, rounded once to the decimals of the list, and every step is told', async () => {
    const product = await stocked(100, { price: 99_990_000n });
    await g.price(product.id, 89_990_000n, { minQty: 100_000n });
    const range = { productIds: [product.id], stacks: true };
    await promotion({ kind: 'percentage', rate: '0.125', priority: 10, ...range });
    await promotion({ kind: 'amount', offPrice: '1.5', priority: 5, ...range });
    const { status, body } = await buyer.post('/api/v1/orders', place([{ sku: product.sku, qty: '10' }]));
    // 89.99 × 0.875 = 78.74125; − 1.5 = 77.24125 → 77.24
    expect([status, body.state, body.grossAmount, body.discrepancies]).toEqual([201, 'to_confirm', '772.40', []]);
    expect(stepsOf(body.lines[0])).toEqual([
      ['list', '89.99'],
      ['break', undefined],
      ['promotion', '78.74125'],
      ['promotion', '77.24125'],
      ['rounded', '77.24'],
    ]);
    const { body: quote } = await buyer.post('/api/v1/quotes', { lines: [{ sku: product.sku, qty: '10' }] });
    expect([quote.lines[0].unitPrice, quote.lines[0].why]).toEqual(['77.24', body.lines[0].why]);
  });

  it('R4.1 one that does not stack stands alone; range, level, period and the partner’s own agreement keep others out', async () => {
    const product = await stocked(100, { price: 100_000_000n });
    const only = { productIds: [product.id], kind: 'percentage' };
    await promotion({ ...only, rate: '0.1', priority: 20 });
    await promotion({ ...only, rate: '0.2', priority: 10, stacks: true });
    await promotion({ ...only, rate: '0.5', priority: 99, levels: ['B'] });
    await promotion({ ...only, rate: '0.5', priority: 99, validTo: '2026-03-09' });
    await promotion({ ...only, rate: '0.5', priority: 99, minQty: '50' });
    await promotion({ ...only, rate: '0.5', priority: 99, categories: ['別的'] });
    const priceFor = async (actor: Actor, extra = {}) =>
      (await actor.post('/api/v1/quotes', { lines: [{ sku: product.sku, qty: '1' }], ...extra })).body.lines[0]
        .unitPrice;
    expect(await priceFor(buyer)).toBe('90.00');
    const other = await t.partner();
    await g.price(product.id, 80_000_000n, { partnerId: other });
    expect(await priceFor(sales, { partnerId: other })).toBe('80.00');
  });

  it('R4.1 buy ten, get one: a free line with stock of its own, no discrepancy, nothing for the editor to send back', async () => {
    const gift = await stocked(5, { price: 20_000_000n });
    const product = await stocked(100, { price: 10_000_000n });
    const rule = { kind: 'free_goods', buyQty: '10', getQty: '1', productIds: [product.id] };
    await promotion({ ...rule, giftProductId: gift.id });
    const lines = [
      { sku: product.sku, qty: '15' },
      { sku: product.sku, qty: '9' },
    ];
    const { body } = await buyer.post('/api/v1/orders', place(lines));
    expect([body.state, body.grossAmount, body.discrepancies]).toEqual(['to_confirm', '240.00', []]);
    expect(body.lines[2]).toMatchObject({
      lineNo: 3,
      sku: gift.sku,
      qty: '2',
      free: true,
      gift: true,
      grossAmount: '0.00',
    });
    expect(body.lines[2].why).toEqual([expect.objectContaining({ step: 'promotion', buy: '10', get: '1' })]);
    expect(body.lines[2].promises).toHaveLength(1);
    expect(await t.sql('select reserved_qty from stock where product_id = $1', [gift.id])).toEqual([
      { reserved_qty: '20000' },
    ]);
    const { body: copy } = await act(buyer, body, 'copy');
    expect(copy.lines.map((line: { gift: boolean; qty: string }) => [line.gift, line.qty])).toEqual([
      [false, '15'],
      [false, '9'],
      [true, '2'],
    ]);
    const changed = await buyer.patch(
      `/api/v1/orders/${copy.id}`,
      { lines: [{ sku: product.sku, qty: '9' }] },
      { ifMatch: copy.version },
    );
    expect(changed.body.lines).toHaveLength(1);
  });

  it('P4 a quota is given away once, whatever the load, and comes back with a withdrawal', async () => {
    const product = await stocked(1000, { price: 100_000_000n });
    const quota = await promotion({ kind: 'percentage', rate: '0.5', productIds: [product.id], quotaQty: '10' });
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => buyer.post('/api/v1/orders', place([{ sku: product.sku, qty: '2' }]))),
    );
    const cheap = answers.filter(({ body }) => body.grossAmount === '100.00');
    expect([answers.every(({ status }) => status === 201), cheap.length]).toEqual([true, 5]);
    const full = answers.find(({ body }) => body.grossAmount === '200.00');
    expect(stepsOf(full?.body.lines[0])).toEqual([
      ['list', '100.00'],
      ['promotion_full', undefined],
    ]);
    const used = async () => (await manager.get(`/api/v1/promotions/${quota.id}`)).body.usedQty;
    expect(await used()).toBe('10');
    await act(buyer, cheap[0]?.body, 'withdraw', { reason: '不要了' });
    expect(await used()).toBe('8');
    const below = await manager.patch(`/api/v1/promotions/${quota.id}`, { quotaQty: '7' }, { ifMatch: 1 });
    expect([below.status, below.body.code]).toEqual([409, 'promotion.quota_full']);
    expect(await databaseViolations(t.services.database)).toEqual([]);
  });

  it('R4.1 an order under way keeps its promotion when that is ended, a new one does not get it', async () => {
    const product = await stocked(100, { price: 100_000_000n });
    const running = await promotion({ kind: 'percentage', rate: '0.1', productIds: [product.id] });
    const { body: order } = await sales.post(
      '/api/v1/orders',
      place([{ sku: product.sku, qty: '1', discountAmount: '5' }], { partnerId }),
    );
    expect([order.state, order.grossAmount]).toEqual(['terms_review', '85.00']);
    const ended = await manager.patch(`/api/v1/promotions/${running.id}`, { isActive: false }, { ifMatch: 1 });
    expect(ended.body).toMatchObject({ isActive: false, version: 2 });
    const settled = await act(sales, order, 'settle-discrepancy', {
      discrepancyId: order.discrepancies[0].id,
      how: 'take_back',
    });
    expect(settled.body.grossAmount).toBe('90.00');
    const { body: later } = await buyer.post('/api/v1/orders', place([{ sku: product.sku, qty: '1' }]));
    expect(later.grossAmount).toBe('100.00');
  });

  it('R4.1 what a kind of promotion does not have is refused by field', async () => {
    const base = { code: 'BAD', name: 'x', validFrom: '2026-01-01', validTo: '2026-12-31' };
    const send = async (fields: Record<string, unknown>) => {
      const { body } = await manager.post('/api/v1/promotions', { ...base, ...fields });
      return [body.code, body.errors[0].field];
    };
    expect(await send({ kind: 'percentage' })).toEqual(['promotion.fields', 'rate']);
    expect(await send({ kind: 'percentage', rate: '1.5' })).toEqual(['promotion.fields', 'rate']);
    expect(await send({ kind: 'amount', offPrice: '0' })).toEqual(['promotion.fields', 'offPrice']);
    expect(await send({ kind: 'amount', offPrice: '1', currency: 'XYZ' })).toEqual(['field.currency', 'currency']);
    expect(await send({ kind: 'free_goods', buyQty: '10' })).toEqual(['promotion.fields', 'getQty']);
    expect(await send({ kind: 'percentage', rate: '0.1', buyQty: '10' })).toEqual(['promotion.fields', 'buyQty']);
    expect(await send({ kind: 'percentage', rate: '0.1', validTo: '2025-01-01' })).toEqual([
      'promotion.period',
      'validTo',
    ]);
    expect(await send({ kind: 'percentage', rate: '0.1', partnerIds: [t.companyId] })).toEqual([
      'partner.not_found',
      'partnerIds',
    ]);
    expect(await send({ kind: 'percentage', rate: '0.1', productIds: [t.companyId] })).toEqual([
      'product.not_found',
      'productIds',
    ]);
  });
});

describe('discounts', () => {
  it('R4.1 shares of the order discount stay with their lines: a line that is reduced or parted leaves the others alone', async () => {
    const [a, b] = [await stocked(2, { price: 10_000_000n }), await stocked(100, { price: 20_000_000n })];
    await g.supply(a.id, warehouse, 20, '2027-01-10');
    const { body: order } = await sales.post(
      '/api/v1/orders',
      place(
        [
          { sku: a.sku, qty: '5', discountAmount: '1' },
          { sku: b.sku, qty: '10' },
        ],
        { partnerId, orderDiscountAmount: '10' },
      ),
    );
    const shares = (view: { lines: { orderDiscountShare: string; discountAmount: string }[] }) =>
      view.lines.map((line) => [line.discountAmount, line.orderDiscountShare]);
    expect(shares(order)).toEqual([
      ['1.00', '1.97'],
      ['0.00', '8.03'],
    ]);
    const boss = await t.as({ role: 'manager', approvalLimit: 1_000_000n });
    let now = order;
    for (const { id } of order.discrepancies)
      now = (await act(boss, now, 'settle-discrepancy', { discrepancyId: id, how: 'approve' })).body;
    expect(now.state).toBe('shortage');
    const split = await act(buyer, now, 'settle-shortage', { lines: [{ lineNo: 1, choice: 'split' }] });
    expect(shares(split.body)).toEqual([
      ['0.40', '0.79'],
      ['0.00', '8.03'],
      ['0.60', '1.18'],
    ]);
    expect([split.body.grossAmount, split.body.orderDiscountAmount]).toEqual(['239.00', '10.00']);
  });
});
