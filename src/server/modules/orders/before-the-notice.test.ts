/** From a complete inquiry to the notice: whose clock runs, what has to be settled before, and what a change undoes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let manager: Actor;
let buyer: Actor;
let partnerId: string;
let sku: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [sales, manager] = await Promise.all([t.as('sales'), t.as('manager')]);
  partnerId = await t.partner();
  await g.address(partnerId);
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  const product = await g.product();
  await g.stock(product.id, await g.warehouse(), 1_000);
  sku = product.sku;
});
afterAll(() => t.close());

const DAY = '2026-12-20';
const act = (actor: Actor, doc: { id: string; version: number }, path: string, body?: object) =>
  actor.post(path.replace(':id', doc.id), body, { ifMatch: doc.version });
const onOrder = (actor: Actor, order: { id: string; version: number }, verb: string, body?: object) =>
  act(actor, order, `/api/v1/orders/:id/${verb}`, body);
const openTasks = (id: string) =>
  t.sql<{ kind: string; clock: string; user_id: string | null; role: string | null }>(
    'select kind, clock, user_id, role from task where document_id = $1 and closed_at is null order by kind',
    [id],
  );
const ready = async (qty = '3') => {
  const lines = [{ wanted: sku, qty, requestedOn: DAY }];
  const { body: inquiry } = await buyer.post('/api/v1/inquiries', { lines });
  return (await act(sales, inquiry, '/api/v1/inquiries/:id/check')).body;
};

describe('R3.3 a preliminary order from an inquiry', () => {
  it('R3.3 the clock from the complete inquiry to the preliminary order is the sales contact’s, and ends with the order', async () => {
    const inquiry = await ready();
    expect(await openTasks(inquiry.id)).toMatchObject([
      { kind: 'inquiry.convert', clock: 'order.preliminary=1wd', user_id: sales.userId },
    ]);
    const { body: order } = await act(sales, inquiry, '/api/v1/inquiries/:id/convert');
    expect(order).toMatchObject({ state: 'draft', channel: 'portal', requestedOn: null });
    expect(order.lines).toMatchObject([{ sku, qty: '3', requestedOn: DAY }]);
    expect(await openTasks(inquiry.id)).toEqual([]);
  });

  it('R3.3 each difference from the inquiry is marked and holds the order back until it is mended or accepted, by whom is on record', async () => {
    const mended = (await act(sales, await ready(), '/api/v1/inquiries/:id/convert')).body;
    const edit = (order: { id: string; version: number }, qty: string) =>
      sales.patch(
        `/api/v1/orders/${order.id}`,
        { lines: [{ sku, qty, requestedOn: DAY }] },
        { ifMatch: order.version },
      );
    const { body: other } = await edit(mended, '5');
    const refused = await onOrder(sales, other, 'submit', {});
    expect(refused.body).toMatchObject({ code: 'order.inquiry_difference' });
    const { body: same } = await edit(other, '3');
    expect((await onOrder(sales, same, 'submit', {})).body.state).toBe('to_confirm');

    const accepted = (await act(sales, await ready(), '/api/v1/inquiries/:id/convert')).body;
    const { body: changed } = await edit(accepted, '5');
    const { body: compared } = await sales.get(`/api/v1/orders/${changed.id}/inquiry-comparison`);
    const keys = compared.items
      .filter(({ differs }: { differs: boolean }) => differs)
      .map(({ key }: { key: string }) => key);
    expect(keys).toHaveLength(1);
    const { body: sent } = await onOrder(sales, changed, 'submit', { acceptInquiryDifferences: keys });
    expect(sent.state).toBe('to_confirm');
    expect(
      await t.sql('select inquiry_value, order_value, accepted_by from inquiry_difference where order_id = $1', [
        changed.id,
      ]),
    ).toEqual([{ inquiry_value: '3', order_value: '5', accepted_by: sales.userId }]);
  });
});

it('R3.3 the delivery requirement is date, place, method and receiver: what is missing is named by its field, and the order is not submitted', async () => {
  const stranger = await t.partner();
  const place = { deliveryAddress: '工地 3 號', deliveryMethod: '自提' };
  const send = async (rest: object, requestedOn: string | null = DAY) => {
    const line = { sku, qty: '1', ...(requestedOn === null ? {} : { requestedOn }) };
    const { body } = await sales.post('/api/v1/orders', { partnerId: stranger, submit: true, lines: [line], ...rest });
    return body.state ?? [body.code, body.errors[0].field];
  };
  expect([
    await send({}),
    await send(place),
    await send({ ...place, receiver: '王' }, null),
    await send({ ...place, receiver: '王' }),
  ]).toEqual([
    ['order.delivery_missing', 'addressId'],
    ['order.delivery_missing', 'receiver'],
    ['order.delivery_missing', 'requestedOn'],
    'terms_review',
  ]);
});

it('R3.3 how goods usually go to an address, or by the company’s rule, is taken for granted, follows the place, and is asked for only where nobody has said it', async () => {
  const admin = await t.as('system_admin');
  const company = async (deliveryMethod: string | null) => {
    const { body } = await admin.get('/api/v1/company');
    const { status } = await admin.send('PATCH', '/api/v1/company', { deliveryMethod }, { ifMatch: body.version });
    expect(status).toBe(200);
  };
  const own = await t.partner();
  let { version } = (await sales.get(`/api/v1/partners/${own}`)).body;
  const address = async (label: string, deliveryMethod: string | null) => {
    const { body } = await sales.post(
      `/api/v1/partners/${own}/addresses`,
      { label, detail: '試驗路 1 號', receiver: '王', deliveryMethod },
      { ifMatch: version },
    );
    version = body.version;
    return body.addresses.find((row: { label: string }) => row.label === label).id;
  };
  const [plain, collected] = [await address('總倉', null), await address('分倉', 'pickup')];
  const lines = [{ sku, qty: '1', requestedOn: DAY }];
  let { body: draft } = await sales.post('/api/v1/orders', { partnerId: own, lines });
  const methods = [draft.deliveryMethod];
  for (const body of [
    { addressId: collected },
    { addressId: plain },
    { deliveryMethod: '專車' },
    { addressId: collected },
    { deliveryMethod: null },
  ]) {
    draft = (await sales.send('PATCH', `/api/v1/orders/${draft.id}`, body, { ifMatch: draft.version })).body;
    methods.push(draft.deliveryMethod);
  }
  expect(methods).toEqual(['delivery', 'pickup', 'delivery', '專車', '專車', 'pickup']);
  await company(null);
  const refused = await sales.post('/api/v1/orders', { partnerId: own, submit: true, lines });
  expect([refused.status, refused.body.code, refused.body.errors[0].field]).toEqual([
    422,
    'order.delivery_missing',
    'deliveryMethod',
  ]);
  const named = { partnerId: own, submit: true, lines };
  expect((await sales.post('/api/v1/orders', { ...named, addressId: collected })).body.deliveryMethod).toBe('pickup');
  expect((await sales.post('/api/v1/orders', { ...named, deliveryMethod: 'express' })).body.deliveryMethod).toBe(
    'express',
  );
  await company('freight');
  expect((await sales.post('/api/v1/orders', named)).body.deliveryMethod).toBe('freight');
});

describe('availability and notice', () => {
  it('R4.2 a submitted order is work of order processing with a deadline of its own, and a notice waits for it', async () => {
    await manager.post('/api/v1/policies/order.auto_pass_availability', { value: 0 });
    t.clock.advance(60_000);
    const lines = [{ sku, qty: '1', requestedOn: DAY }];
    const { body: order } = await sales.post('/api/v1/orders', { partnerId, submit: true, lines });
    expect(order.state).toBe('availability_review');
    expect(await openTasks(order.id)).toMatchObject([
      { kind: 'order.check_availability', clock: 'order.availability=4wh', role: 'order_processing' },
    ]);
    expect((await onOrder(sales, order, 'send-confirmation')).body.code).toBe('order.wrong_state');
    await manager.post('/api/v1/policies/order.auto_pass_availability', { value: 1 });
    t.clock.advance(60_000);
  });

  it('R4.3 changed content voids the confirmation of terms and of availability, releases what was promised, and goes out as a new round', async () => {
    const lines = [{ sku, qty: '2', requestedOn: DAY }];
    const { body: order } = await sales.post('/api/v1/orders', { partnerId, submit: true, lines });
    const { body: sent } = await onOrder(sales, order, 'send-confirmation');
    const old = sent.rounds[0].contentHash;
    const edit = (of: { id: string; version: number }) =>
      sales.patch(`/api/v1/orders/${of.id}`, { lines: [{ sku, qty: '4', requestedOn: DAY }] }, { ifMatch: of.version });
    expect((await edit(sent)).body.code).toBe('order.wrong_state');
    const { body: recalled } = await onOrder(sales, sent, 'recall', { reason: '數量有誤' });
    expect((await edit(recalled)).body.code).toBe('order.wrong_state');
    const { body: draft } = await onOrder(sales, recalled, 'send-back', { reason: '數量有誤' });
    const held = 'select count(*)::int as n from reservation where order_id = $1';
    expect([draft.state, await t.sql(held, [order.id])]).toEqual(['draft', [{ n: 0 }]]);
    const { body: changed } = await edit(draft);
    const { body: again } = await onOrder(sales, changed, 'submit', {});
    expect([again.state, again.termsReview.at]).toEqual(['to_confirm', t.clock.now().toISOString()]);
    const { body: second } = await onOrder(sales, again, 'send-confirmation');
    expect(second.rounds.map(({ round, reply }: { round: number; reply: string }) => [round, reply])).toEqual([
      [1, 'recalled'],
      [2, null],
    ]);
    expect((await onOrder(buyer, second, 'accept', { contentHash: old })).body.code).toBe('order.round_changed');
    const { body: done } = await onOrder(buyer, second, 'accept', { contentHash: second.rounds[1].contentHash });
    expect([done.state, done.revision]).toEqual(['in_effect', 1]);
  });
});
