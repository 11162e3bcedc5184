/** Refusals of the life-cycle tables that the walks of the other tests do not meet: each with the situation that brings it about. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../support/app.ts';
import { type Goods, goods } from '../support/goods.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let buyer: Actor;
let finance: Actor;
let processing: Actor;
let partnerId: string;
let warehouse: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [sales, processing, finance] = await Promise.all([t.as('sales'), t.as('order_processing'), t.as('finance')]);
  partnerId = await t.partner();
  await g.address(partnerId);
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  warehouse = await g.warehouse();
});
afterAll(() => t.close());

// oxlint-disable-next-line typescript/no-explicit-any -- what an answer holds is what the test looks at
type View = any;
const act = (actor: Actor, of: string, document: View, verb: string, body?: object) =>
  actor.post(`/api/v1/${of}/${document.id}/${verb}`, body, { ifMatch: document.version });
async function must(actor: Actor, of: string, document: View, verb: string, body?: object): Promise<View> {
  const answer = await act(actor, of, document, verb, body);
  if (answer.status >= 300) throw new Error(`${verb}: ${answer.text}`);
  return answer.body;
}
async function stocked(): Promise<string> {
  const { id, sku } = await g.product();
  await g.stock(id, warehouse, 100);
  return sku;
}
async function order(options: { of?: string; submit?: boolean; unitPrice?: string } = {}): Promise<View> {
  const { of = partnerId, submit = true, unitPrice } = options;
  const line = {
    sku: await stocked(),
    qty: '2',
    requestedOn: '2026-12-20',
    ...(unitPrice === undefined ? {} : { unitPrice }),
  };
  const { body } = await sales.post('/api/v1/orders', {
    partnerId: of,
    submit,
    lines: [line],
  });
  return body;
}
const codesOf = ({ status, body }: { status: number; body: View }) => [
  status,
  ...body.errors.map(({ code }: { code: string }) => code),
];

describe('P11 orders', () => {
  it('R3.3 the draft of a partner that was suspended meanwhile is not submitted', async () => {
    const of = await t.partner();
    await g.address(of);
    const draft = await order({ of, submit: false });
    await t.sql(`update partner set state = 'suspended' where id = $1`, [of]);
    expect(codesOf(await act(sales, 'orders', draft, 'submit', {}))).toEqual([409, 'partner.not_active']);
  });

  it('R4.1 terms are not passed over the credit limit, nor past a manual hold', async () => {
    const of = await t.partner();
    await g.address(of);
    await g.credit(of, 1n);
    const over = await order({ of });
    expect(over.state).toBe('terms_review');
    expect(codesOf(await act(sales, 'orders', over, 'pass-terms'))).toEqual([409, 'order.credit_hold']);
    const dear = await order({ unitPrice: '1' });
    const held = await must(finance, 'orders', dear, 'hold', { reason: '核对资质' });
    expect(codesOf(await act(sales, 'orders', held, 'pass-terms'))).toContain('order.hold');
  });

  it('R4.3 an order on hold is not accepted', async () => {
    const sent = await must(sales, 'orders', await order(), 'send-confirmation');
    const held = await must(finance, 'orders', sent, 'hold', { reason: '核对资质' });
    const answer = await act(buyer, 'orders', held, 'accept', { contentHash: held.rounds.at(-1).contentHash });
    expect(codesOf(answer)).toEqual([409, 'order.hold']);
  });

  it('R3.2 goods are not accepted as a service', async () => {
    const sent = await must(sales, 'orders', await order(), 'send-confirmation');
    const running = await must(buyer, 'orders', sent, 'accept', { contentHash: sent.rounds.at(-1).contentHash });
    expect(codesOf(await act(processing, 'orders', running, 'accept-service', { lineNos: [1] }))).toEqual([
      422,
      'order.not_service',
    ]);
  });
});

describe('P11 inquiries', () => {
  const inquiry = async (lines: object[], of: Actor = buyer): Promise<View> =>
    (await of.post('/api/v1/inquiries', { lines })).body;

  it('R3.2 what lacks a quantity or a day is neither ready nor an order, and neither is what no product matches', async () => {
    const sku = await stocked();
    const open = await inquiry([{ wanted: sku }]);
    const strange = await inquiry([{ wanted: '没有这种东西', qty: '1', requestedOn: '2026-12-20' }]);
    for (const verb of ['check', 'convert']) {
      expect(codesOf(await act(sales, 'inquiries', open, verb))).toEqual([409, 'inquiry.incomplete']);
      expect(codesOf(await act(sales, 'inquiries', strange, verb))).toEqual([409, 'inquiry.line_unmatched']);
    }
  });

  it('R3.3 the inquiry of a partner that is suspended does not become an order', async () => {
    const of = await t.partner();
    const asked = await inquiry(
      [{ wanted: await stocked(), qty: '1', requestedOn: '2026-12-20' }],
      await t.as({ partnerId: of, role: 'partner_buyer' }),
    );
    await t.sql(`update partner set state = 'suspended' where id = $1`, [of]);
    expect(codesOf(await act(sales, 'inquiries', asked, 'convert'))).toEqual([409, 'partner.not_active']);
  });
});

describe('P11 shipments', () => {
  it('R5.2 goods on the way are not taken back into an order that is closed', async () => {
    const sent = await must(sales, 'orders', await order(), 'send-confirmation');
    const running = await must(buyer, 'orders', sent, 'accept', { contentHash: sent.rounds.at(-1).contentHash });
    const store = await t.as('warehouse');
    const logistics = await t.as('logistics');
    const picking = (await store.get(`/api/v1/pickings?orderId=${running.id}`)).body.items[0];
    await must(store, 'pickings', await must(store, 'pickings', picking, 'start'), 'finish', {});
    const { body: shipment } = await logistics.post('/api/v1/shipments', {
      orderId: running.id,
      warehouseId: picking.warehouse.id,
      shippedAt: t.clock.now().toISOString(),
      missingDataReason: '自提',
    });
    await t.sql(`update sales_order set state = 'completed' where id = $1`, [running.id]);
    expect(codesOf(await act(logistics, 'shipments', shipment, 'reverse', { reason: '误发' }))).toEqual([
      409,
      'order.wrong_state',
    ]);
  });
});
