/** One order as it is read: everything that hangs on it, in one statement, with names that are remembered and never old, and nobody else's rows. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { orderInEffect } from '../../../../tests/support/order-in-effect.ts';
import { counted } from '../../../../tests/support/statements.ts';
import { newId } from '../../kernel/ids.ts';
import { systemActor } from '../../platform/auth/authenticate.ts';
import { COMPANY } from '../../platform/db/database.ts';
import { readOrderView } from './order-queries.ts';

let t: TestApp;
let g: Goods;
let partnerId: string;
let warehouseId: string;
let sales: Actor;
let buyer: Actor;
let manager: Actor;
let carrierId: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  partnerId = await t.partner({ name: '江南灯具有限公司' });
  await g.address(partnerId);
  warehouseId = await g.warehouse({ name: '昆山仓' });
  [sales, buyer, manager] = await Promise.all([
    t.as('sales'),
    t.as({ partnerId, role: 'partner_buyer' }),
    t.as({ role: ['manager', 'order_processing', 'warehouse', 'logistics', 'finance'], name: '杜长河' }),
  ]);
  carrierId = newId(t.clock.now());
  await t.sql(`insert into carrier (id, code, name) values ($1, 'SF', '顺丰')`, [carrierId]);
});
afterAll(() => t.close());

// Actions answer in the language of who acts.
const read = async (id: string, actor = sales) => (await actor.get(`/api/v1/orders/${id}`)).body;
const nameOf = async ({ userId }: Actor) =>
  (await t.sql<{ name: string }>('select name from app_user where id = $1', [userId]))[0]?.name;
async function stocked(pieces = 100) {
  const product = await g.product();
  await g.stock(product.id, warehouseId, pieces);
  return product;
}
const line = (sku: string, qty = '3') => ({ sku, qty, requestedOn: '2026-12-20' });
const done = <B>({ status, body, text }: { status: number; body: B; text: string }): B => {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body;
};

it('R5.3 a new order is read as the answer of its creation said, which was made without reading', async () => {
  const product = await stocked();
  const made = await g.product();
  await g.supply(made.id, warehouseId, 50, '2026-04-01');
  const drafts = [
    await sales.post('/api/v1/orders', { partnerId, note: '"渠成" \\ é', lines: [line(product.sku)] }),
    await sales.post('/api/v1/orders', {
      partnerId,
      lines: [{ ...line(product.sku), unitPrice: '99.5' }],
      submit: true,
    }),
  ];
  for (const { body } of drafts) expect(await read(body.id)).toEqual(body);
  const placed = await buyer.post('/api/v1/orders', { submit: true, lines: [line(product.sku), line(made.sku, '7')] });
  expect(placed.body.lines[1].promises).toHaveLength(1);
  expect(await read(placed.body.id, buyer)).toEqual(placed.body);
  const seen = await read(placed.body.id);
  expect(seen.lines[1].promises[0]).toMatchObject({
    qty: '7',
    warehouse: { id: warehouseId, name: '昆山仓' },
    supply: { kind: 'production', expectedOn: '2026-04-01' },
  });
});

it('R5.3 everything that has become of an order stands in its answer, for staff and for its partner', async () => {
  const [first, second] = [await stocked(), await stocked()];
  const order = await orderInEffect(t, partnerId, [line(first.sku), line(second.sku, '5')]);
  const { id } = order;
  const { items } = (await manager.get(`/api/v1/pickings?orderId=${id}`)).body;
  const step = async (doc: { id: string; version: number }, verb: string) =>
    done(await manager.post(`/api/v1/pickings/${doc.id}/${verb}`, {}, { ifMatch: doc.version }));
  expect((await read(id)).holder).toMatchObject({ taskKind: 'picking.start', role: 'warehouse' });
  const picking = await step(await step(items[0], 'start'), 'finish');
  const shipment = done(
    await manager.post('/api/v1/shipments', {
      orderId: id,
      warehouseId,
      carrierId,
      waybillNo: 'SF1234567890',
      shippedAt: t.clock.now().toISOString(),
      expectedOn: '2026-03-12',
    }),
  );
  const invoice = done(await manager.post('/api/v1/invoices', { orderId: id, beforePaymentReason: '月结' }));
  const [payment] = [
    done(
      await manager.post('/api/v1/payments', {
        partnerId,
        amount: '500.00',
        receivedOn: '2026-03-10',
        method: 'bank_transfer',
        confirm: true,
        allocations: [{ orderId: id, amount: '200.00' }],
      }),
    ),
  ];
  const before = await read(id);
  done(await manager.post(`/api/v1/orders/${id}/hold`, { reason: '待核实' }, { ifMatch: before.version }));
  await t.sql(
    `insert into hold (id, partner_id, order_id, kind, reason, placed_by, placed_at) values ($1, $2, null, 'overdue', '逾期', $3, $4)`,
    [newId(t.clock.now()), partnerId, manager.userId, t.clock.now()],
  );
  const seen = await read(id);
  expect(seen).toMatchObject({
    partner: { id: partnerId, name: '江南灯具有限公司' },
    lines: [
      { sku: first.sku, qty: '3', shippedQty: '3', grossAmount: '339.00' },
      { sku: second.sku, qty: '5', shippedQty: '5', grossAmount: '565.00' },
    ],
    rounds: [
      { round: 1, reply: 'accepted', how: 'portal', sentBy: await nameOf(sales), repliedBy: await nameOf(buyer) },
    ],
    pickings: [{ id: picking.id, no: picking.no, warehouseName: '昆山仓' }],
    shipments: [
      { id: shipment.id, no: shipment.no, carrierName: '顺丰', waybillNo: 'SF1234567890', expectedOn: '2026-03-12' },
    ],
    invoices: [{ id: invoice.id, no: invoice.no, grossAmount: '904.00' }],
    payments: [{ id: payment.id, no: payment.no, amount: '200.00', receivedOn: '2026-03-10' }],
    paidAmount: '200.00',
  });
  expect(seen.holds.map(({ wholePartner, placedBy }: Record<string, unknown>) => [wholePartner, placedBy])).toEqual([
    [false, '杜长河'],
    [true, '杜长河'],
  ]);
  expect(seen.paymentPlan.map(({ itemNo }: { itemNo: number }) => itemNo)).toEqual(
    (await t.sql<{ n: number }>('select item_no as n from payment_plan_item where order_id = $1 order by 1', [id])).map(
      ({ n }) => n,
    ),
  );
  // The partner reads the same, without what is internal.
  const theirs = await read(id, buyer);
  expect(theirs).toMatchObject({
    shipments: seen.shipments,
    invoices: seen.invoices,
    payments: seen.payments,
    paymentPlan: seen.paymentPlan,
    pickings: [],
  });
  await t.sql('delete from hold where partner_id = $1 and order_id is null', [partnerId]);
});

it('R5.3 names are remembered, and a change of one is read with the next look', async () => {
  const product = await stocked();
  const order = await orderInEffect(t, partnerId, [line(product.sku)]);
  const names = async () => {
    const { partner, createdBy, lines, pickings } = await read(order.id);
    return [partner.name, createdBy, lines[0].name, pickings[0].warehouseName];
  };
  const asItWas = await names();
  expect(await names()).toEqual(asItWas);
  await t.sql(`update partner set name = '江北灯具有限公司' where id = $1`, [partnerId]);
  await t.sql(`update app_user set name = '王小明' where id = $1`, [buyer.userId]);
  await t.sql(`update product set name = '吊灯' where id = $1`, [product.id]);
  await t.sql(`update warehouse set name = '太仓', is_active = false where id = $1`, [warehouseId]);
  expect(await names()).toEqual(['江北灯具有限公司', '王小明', '吊灯', '太仓']);
  await t.sql('update warehouse set is_active = true where id = $1', [warehouseId]);
});

it('R2 what the node remembers shows nobody an order of others', async () => {
  const order = await orderInEffect(t, partnerId, [line((await stocked()).sku)]);
  expect((await read(order.id)).id).toBe(order.id);
  const stranger = await t.as({ partnerId: await t.partner(), role: 'partner_buyer' });
  expect((await stranger.get(`/api/v1/orders/${order.id}`)).body.code).toBe('order.not_found');
});

it('R2 orders that many people open at the same moment come each to who asked, in the words and with the actions that are theirs', async () => {
  const product = await stocked();
  const orders = [];
  for (let n = 0; n < 3; n += 1) orders.push(await orderInEffect(t, partnerId, [line(product.sku)]));
  const stranger = await t.as({ partnerId: await t.partner(), role: 'partner_buyer' });
  const paths = [...orders.map(({ id }) => `/api/v1/orders/${id}`), `/api/v1/orders/${newId(t.clock.now())}`];
  const asked = [sales, manager, buyer, stranger].flatMap((actor) => paths.map((path) => ({ actor, path })));
  const apart = [];
  for (const { actor, path } of asked) apart.push(await actor.get(path));
  const atOnce = await Promise.all(asked.map(({ actor, path }) => actor.get(path)));
  const told = ({ status, body }: { status: number; body: object }) => ({ status, ...body, requestId: undefined });
  expect(atOnce.map(told)).toEqual(apart.map(told));
  expect(apart.map(({ status }) => status)).toEqual([
    200, 200, 200, 404, 200, 200, 200, 404, 200, 200, 200, 404, 404, 404, 404, 404,
  ]);
});

it('an order is read in one statement, however many documents hang on it', async () => {
  const order = await orderInEffect(t, partnerId, [line((await stocked()).sku)]);
  const now = t.clock.now();
  const env = await t.services.settings.env(now);
  const database = counted(t.services.database);
  const look = () => database.read(COMPANY, (tx) => readOrderView(tx, order.id, env, { actor: systemActor, now }));
  await look();
  database.take();
  await look();
  expect(database.take()).toEqual({ transactions: 0, statements: 1, flights: 1 });
});
