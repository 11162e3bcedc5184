/** Promotions on the whole order: from a threshold on, in their time and range, spread once over the lines, frozen by line, told everywhere. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { COMPANY } from '../../platform/db/database.ts';
import { databaseViolations } from '../../platform/invariants/index.ts';
import { confirmationPaper } from '../documents/confirmation-paper.ts';
import { readConfirmation } from '../documents/document-queries.ts';
import { wording } from '../documents/wording.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let manager: Actor;
let warehouse: string;
let made = 0;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [sales, manager] = await Promise.all([t.as('sales'), t.as('manager')]);
  warehouse = await g.warehouse();
});
afterAll(() => t.close());

async function stocked(price: bigint, pieces = 1_000) {
  const product = await g.product({ price });
  await g.stock(product.id, warehouse, pieces);
  return product;
}
async function buyerOf(): Promise<Actor & { partnerId: string }> {
  const partnerId = await t.partner();
  await g.address(partnerId);
  return { ...(await t.as({ partnerId, role: 'partner_buyer' })), partnerId };
}
async function promotion(partnerId: string, fields: Record<string, unknown>) {
  made += 1;
  const { status, body } = await manager.post('/api/v1/promotions', {
    code: `OP${made}`,
    name: `整單優惠 ${made}`,
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    partnerIds: [partnerId],
    ...fields,
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}
type Line = { sku: string; qty: string } & Record<string, unknown>;
const order = async (actor: Actor, lines: Line[], rest: Record<string, unknown> = {}) =>
  (
    await actor.post('/api/v1/orders', {
      submit: true,
      lines: lines.map((line) => ({ requestedOn: '2026-12-20', ...line })),
      ...rest,
    })
  ).body;
const act = (actor: Actor, { id, version }: { id: string; version: number }, verb: string, body?: object) =>
  actor.post(`/api/v1/orders/${id}/${verb}`, body, { ifMatch: version });
type View = { lines: { promotionShare: string; grossAmount: string; why: { step: string; amount?: string }[] }[] };
const sharesOf = ({ lines }: View) => lines.map(({ promotionShare }) => promotionShare);

describe('promotions on the whole order', () => {
  it('R4.1 from the threshold on, a percentage of the whole order is spread over the lines by largest remainder; below it nothing is taken off', async () => {
    const buyer = await buyerOf();
    const [a, b, c] = [await stocked(33_330_000n), await stocked(33_330_000n), await stocked(33_340_000n)];
    const { code } = await promotion(buyer.partnerId, { kind: 'order_percentage', rate: '0.1', minAmount: '100' });
    const lines = [a, b, c].map(({ sku }) => ({ sku, qty: '1' }));
    const { body: quoted } = await buyer.post('/api/v1/quotes', { lines });
    expect([quoted.promotions, quoted.grossAmount]).toEqual([
      [{ code, name: expect.any(String), amount: '10.00' }],
      '90.00',
    ]);
    const placed = await order(buyer, lines);
    expect([placed.discrepancies, placed.promotionDiscountAmount, placed.orderDiscountAmount]).toEqual([
      [],
      '10.00',
      '0.00',
    ]);
    expect(sharesOf(placed)).toEqual(['3.33', '3.33', '3.34']);
    expect(placed.lines[0].why.at(-1)).toMatchObject({
      step: 'order_promotion',
      code,
      rate: '0.1',
      minAmount: '100.00',
      amount: '3.33',
    });
    expect(quoted.lines[0].why).toEqual(placed.lines[0].why);
    const below = await order(buyer, lines.slice(0, 2));
    expect([below.promotionDiscountAmount, below.grossAmount]).toEqual(['0.00', '66.66']);
  });

  it('R4.1 an amount off the order counts and lowers the lines of its range only, in its time, never agreement prices unless it says so', async () => {
    const buyer = await buyerOf();
    const [inside, outside, agreed] = [
      await stocked(50_000_000n),
      await stocked(500_000_000n),
      await stocked(70_000_000n),
    ];
    await g.price(agreed.id, 60_000_000n, { partnerId: buyer.partnerId });
    const range = { kind: 'order_amount', offAmount: '30', minAmount: '100', productIds: [inside.id, agreed.id] };
    await promotion(buyer.partnerId, range);
    await promotion(buyer.partnerId, { ...range, validTo: '2026-01-31', priority: 9 });
    const with2 = [{ sku: inside.sku, qty: '1' }, ...[outside, agreed].map(({ sku }) => ({ sku, qty: '1' }))];
    expect(sharesOf(await order(buyer, with2))).toEqual(['0.00', '0.00', '0.00']);
    const enough = [{ sku: inside.sku, qty: '2' }, ...with2.slice(1)];
    expect(sharesOf(await order(buyer, enough))).toEqual(['30.00', '0.00', '0.00']);
    await promotion(buyer.partnerId, { ...range, onAgreement: true, priority: 5 });
    expect(sharesOf(await order(buyer, with2))).toEqual(['13.64', '0.00', '16.36']);
  });

  it('R4.1 promotions that stack follow each other by priority; one that does not stands alone; what a person takes off comes after', async () => {
    const buyer = await buyerOf();
    const product = await stocked(100_000_000n);
    await promotion(buyer.partnerId, { kind: 'order_percentage', rate: '0.1', priority: 2, stacks: true });
    await promotion(buyer.partnerId, { kind: 'order_amount', offAmount: '5', priority: 1, stacks: true });
    const lines = [
      { sku: product.sku, qty: '1' },
      { sku: product.sku, qty: '3' },
    ];
    const both = await order(sales, lines, { partnerId: buyer.partnerId, orderDiscountAmount: '35.50' });
    // 400 less 10 % is 360, less 5 is 355; a tenth of that is what sales takes off, and it alone deviates.
    expect([both.promotionDiscountAmount, both.grossAmount]).toEqual(['45.00', '319.50']);
    expect(both.discrepancies).toMatchObject([{ kind: 'discount', effectAmount: '-35.50' }]);
    expect(both.lines.map((line: { orderDiscountShare: string }) => line.orderDiscountShare)).toEqual([
      '8.88',
      '26.62',
    ]);
    await promotion(buyer.partnerId, { kind: 'order_percentage', rate: '0.2', priority: 3 });
    expect((await order(buyer, lines)).promotionDiscountAmount).toBe('80.00');
    expect(await databaseViolations(t.services.database)).toEqual([]);
  });

  it('R4.1 shares are frozen by line: what is reduced or parted later takes its own along and leaves the others, and a promotion that ends leaves what was submitted', async () => {
    const buyer = await buyerOf();
    const [short, plenty] = [await stocked(10_000_000n, 2), await stocked(20_000_000n, 1_000)];
    await g.supply(short.id, warehouse, 20, '2027-01-10');
    const kept = await promotion(buyer.partnerId, { kind: 'order_amount', offAmount: '25', minAmount: '250' });
    const placed = await order(buyer, [
      { sku: short.sku, qty: '5' },
      { sku: plenty.sku, qty: '10' },
    ]);
    expect([placed.state, sharesOf(placed)]).toEqual(['shortage', ['5.00', '20.00']]);
    await manager.send('PATCH', `/api/v1/promotions/${kept.id}`, { isActive: false }, { ifMatch: kept.version });
    const split = await act(buyer, placed, 'settle-shortage', { lines: [{ lineNo: 1, choice: 'split' }] });
    expect(sharesOf(split.body)).toEqual(['2.00', '20.00', '3.00']);
    expect(split.body.lines[2].why.at(-1)).toMatchObject({ step: 'order_promotion', amount: '3.00' });
    expect(split.body.grossAmount).toBe('225.00');
    const again = await order(buyer, [{ sku: plenty.sku, qty: '13' }]);
    expect(again.promotionDiscountAmount).toBe('0.00');
    expect(await databaseViolations(t.services.database)).toEqual([]);
  });

  it('R4.3 the round that the partner confirms holds the promotion on the order, and the printed confirmation shows it', async () => {
    const buyer = await buyerOf();
    const product = await stocked(100_000_000n);
    await promotion(buyer.partnerId, { kind: 'order_percentage', rate: '0.05', minAmount: '200' });
    const placed = await order(buyer, [{ sku: product.sku, qty: '2' }]);
    const { body: sent } = await act(sales, placed, 'send-confirmation');
    const [round] = await t.sql<{ content: Record<string, unknown> }>(
      'select content from order_round where order_id = $1',
      [placed.id],
    );
    expect(round?.content).toMatchObject({ promotionDiscount: '1000', gross: '19000' });
    const printed = await t.services.database.read(COMPANY, async (tx) =>
      JSON.stringify(
        confirmationPaper(await readConfirmation(tx, sent.id, undefined), '2026-03-10', wording('zh-Hant', 'zh-Hant')),
      ),
    );
    expect([printed.includes('促銷優惠'), printed.includes('"-10.00"')]).toEqual([true, true]);
    const { body: compared } = await sales.get(`/api/v1/orders/${sent.id}/round-comparison?left=1`);
    expect(compared.items).toContainEqual(
      expect.objectContaining({ field: 'promotionDiscountAmount', left: '10.00', right: '10.00' }),
    );
  });

  it('R4.1 each kind has its own fields: amounts have the decimals of their currency, and a promotion on the order has no quantity, no quota', async () => {
    const send = async (fields: Record<string, unknown>) => {
      const base = { code: 'BAD', name: 'x', validFrom: '2026-01-01', validTo: '2026-12-31' };
      const { status, body } = await manager.post('/api/v1/promotions', { ...base, ...fields });
      return [status, body.code, body.errors?.[0]?.field ?? body.field];
    };
    expect(await send({ kind: 'order_amount' })).toEqual([422, 'promotion.fields', 'offAmount']);
    expect(await send({ kind: 'order_percentage', rate: '0.1', offAmount: '1' })).toEqual([
      422,
      'promotion.fields',
      'offAmount',
    ]);
    expect(await send({ kind: 'percentage', rate: '0.1', minAmount: '1' })).toEqual([
      422,
      'promotion.fields',
      'minAmount',
    ]);
    expect(await send({ kind: 'order_percentage', rate: '0.1', minQty: '1' })).toEqual([
      422,
      'promotion.fields',
      'minQty',
    ]);
    expect(await send({ kind: 'order_percentage', rate: '0.1', quotaQty: '1' })).toEqual([
      422,
      'promotion.fields',
      'quotaQty',
    ]);
    expect(await send({ kind: 'order_amount', offAmount: '1.5', currency: 'JPY' })).toEqual([
      422,
      'field.amount_decimals',
      'offAmount',
    ]);
    expect(await send({ kind: 'order_percentage', rate: '0.1', minAmount: '-1' })).toEqual([
      422,
      'field.amount_decimals',
      'minAmount',
    ]);
  });
});
