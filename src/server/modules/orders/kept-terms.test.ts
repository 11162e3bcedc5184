/** What an order keeps while it is checked: the credit that it holds counts once, the prices are those of its submission. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { act } from '../../../../tests/support/order-act.ts';

const DAY_MS = 86_400_000;
let t: TestApp;
let g: Goods;
let sales: Actor;
let warehouse: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sales = await t.as('sales');
  warehouse = await g.warehouse();
});
afterAll(() => t.close());

async function buyerWithLimit(limit: bigint): Promise<{ partnerId: string; buyer: Actor }> {
  const partnerId = await t.partner();
  await g.address(partnerId);
  await g.credit(partnerId, limit);
  return { partnerId, buyer: await t.as({ partnerId, role: 'partner_buyer' }) };
}

describe('kept terms', () => {
  it('R4.1 a revised order, and one promised anew, meets no credit hold for what it holds itself', async () => {
    const { partnerId, buyer } = await buyerWithLimit(50_000n);
    const product = await g.product();
    await g.stock(product.id, warehouse, 100);
    const lines = [{ sku: product.sku, qty: '3', requestedOn: '2026-12-20' }];
    const { body: placed } = await buyer.post('/api/v1/orders', { submit: true, lines });
    const { body: sent } = await act(sales, placed, 'send-confirmation');
    const { contentHash } = sent.rounds.at(-1);
    const { body: objected } = await act(buyer, sent, 'object', {
      contentHash,
      reasons: [{ lineNo: 1, reason: '延后' }],
    });
    const { body: revised } = await act(sales, objected, 'revise', {
      answers: [{ lineNo: 1, answer: '已改' }],
      changes: { lines: [{ sku: product.sku, qty: '4', requestedOn: '2026-12-27' }] },
    });
    expect([revised.state, revised.holds]).toEqual(['to_confirm', []]);
    // The reservation lapses; the goods are promised anew.
    await t.sql('update sales_order set reserved_until = $2 where id = $1', [revised.id, t.clock.now()]);
    t.clock.advance(60_000);
    const { body: checked } = await act(sales, revised, 'recheck-availability');
    const { status, body: again } = await act(sales, checked, 'send-confirmation');
    expect([status, again.state, again.holds]).toEqual([200, 'awaiting_partner', []]);
    expect(await t.sql('select held_amount::text from credit_account where partner_id = $1', [partnerId])).toEqual([
      { held_amount: '45200' },
    ]);
  });

  it('R4.1 an order that grows beyond the limit in its revision is held', async () => {
    const { buyer } = await buyerWithLimit(50_000n);
    const product = await g.product();
    await g.stock(product.id, warehouse, 100);
    const { body: placed } = await buyer.post('/api/v1/orders', {
      submit: true,
      lines: [{ sku: product.sku, qty: '3', requestedOn: '2026-12-20' }],
    });
    const { body: sent } = await act(sales, placed, 'send-confirmation');
    const { contentHash } = sent.rounds.at(-1);
    const { body: objected } = await act(buyer, sent, 'object', { contentHash, reasons: [{ reason: '要更多' }] });
    const { body: revised } = await act(sales, objected, 'revise', {
      answers: [{ answer: '好' }],
      changes: { lines: [{ sku: product.sku, qty: '5', requestedOn: '2026-12-20' }] },
    });
    expect(revised.state).toBe('terms_review');
    expect(revised.holds).toEqual([expect.objectContaining({ kind: 'credit' })]);
  });

  it('R4.1 a deviation taken back days later leaves the prices of the day of submission', async () => {
    const { partnerId } = await buyerWithLimit(10_000_000n);
    const product = await g.product({ price: null });
    await g.stock(product.id, warehouse, 100);
    const today = t.clock.now().toISOString().slice(0, 10);
    await g.price(product.id, 100_000_000n, { to: today });
    const tomorrow = new Date(t.clock.now().getTime() + DAY_MS).toISOString().slice(0, 10);
    await g.price(product.id, 200_000_000n, { from: tomorrow });
    const { body: placed } = await sales.post('/api/v1/orders', {
      partnerId,
      submit: true,
      lines: [{ sku: product.sku, qty: '2', unitPrice: '90', requestedOn: '2026-12-20' }],
    });
    expect(placed.state).toBe('terms_review');
    t.clock.advance(2 * DAY_MS);
    const discrepancyId = placed.discrepancies[0].id;
    const { body: settled } = await act(sales, placed, 'settle-discrepancy', { discrepancyId, how: 'take_back' });
    expect([settled.state, settled.grossAmount, settled.pricingOn]).toEqual(['to_confirm', '200.00', today]);
  });
});
