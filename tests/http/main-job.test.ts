/**
 * The main job by API alone, with keys: one inquiry becomes an order that is confirmed, shipped in two parts, paid, invoiced and completed.
 * What each step refuses is in the tests of its module; here the chain itself is proved, with the books after it.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../support/app.ts';
import { type Goods, goods } from '../support/goods.ts';

let t: TestApp;
let g: Goods;
beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  // As it will be one day: more documents than their numbers have digits. They grow longer, and stay unlike each other.
  const rows = await t.sql(`select sequencename as name from pg_sequences where sequencename like '%\\_no'`);
  for (const { name } of rows) await t.sql(`select setval('${name}', 999999)`);
});
afterAll(() => t.close());

const post = async (actor: Actor, path: string, body?: object, version?: number) => {
  const answer = await actor.post(`/api/v1/${path}`, body, version === undefined ? {} : { ifMatch: version });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.body;
};

it('R3.2 R3.3 R4.1 R4.2 R4.3 R5.1 R5.2 R6.2 R6.3 an order goes from inquiry to completed by keys alone', async () => {
  const partnerId = await t.partner({ paymentTerm: { kind: 'net_days', days: 30 } });
  await g.address(partnerId);
  const warehouse = await g.warehouse();
  const bike = await g.product({ name: '公路車 鳳行 R1', price: 3_288_000_000n });
  const helmet = await g.product({ name: '頭盔 輕風', price: 199_900_000n });
  await g.stock(bike.id, warehouse, 20);
  await g.stock(helmet.id, warehouse, 50);
  const carrierId = '00000000-0000-7000-8000-0000000000c1';
  await t.sql(`insert into carrier (id, code, name) values ($1, 'C1', '順達')`, [carrierId]);
  const [buyer, sales, store, logistics, finance] = await Promise.all([
    t.key({ roles: ['partner_buyer'], partnerId }),
    t.key({ roles: ['sales', 'order_processing'] }),
    t.key({ roles: ['warehouse'] }),
    t.key({ roles: ['logistics'] }),
    t.key({ roles: ['finance'] }),
  ]);
  await t.sql('update partner set sales_owner_id = $1 where id = $2', [sales.userId, partnerId]);

  // 3: the partner asks, one line without a date; sales asks back; the partner answers
  let inquiry = await post(buyer, 'inquiries', {
    poNo: 'PO-2026-77',
    customerName: '城南車行',
    lines: [
      { wanted: bike.sku, qty: '10', requestedOn: '2026-04-20' },
      { wanted: helmet.sku, qty: '10' },
    ],
  });
  expect(inquiry.lines.map((line: { gaps: string[] }) => line.gaps)).toEqual([[], ['requestedOn']]);
  inquiry = await post(sales, `inquiries/${inquiry.id}/ask-back`, { note: '頭盔的交期？' }, inquiry.version);
  inquiry = await post(
    buyer,
    `inquiries/${inquiry.id}/answer`,
    { lines: [{ lineNo: 2, requestedOn: '2026-04-25' }] },
    inquiry.version,
  );
  let order = await post(sales, `inquiries/${inquiry.id}/convert`, undefined, inquiry.version);
  expect(order).toMatchObject({
    state: 'draft',
    customerName: '城南車行',
    poNo: 'PO-2026-77',
    grossAmount: '34879.00',
    inquiry: { id: inquiry.id },
  });
  expect([inquiry.no, order.no]).toEqual(['IN-2026-1000000', expect.stringMatching(/^SO-2026-100000\d$/)]);

  // a difference from the inquiry must be accepted before the order goes on
  order = (
    await sales.patch(
      `/api/v1/orders/${order.id}`,
      {
        lines: [
          { sku: bike.sku, qty: '10', requestedOn: '2026-04-20' },
          { sku: helmet.sku, qty: '12', requestedOn: '2026-04-25' },
        ],
      },
      { ifMatch: order.version },
    )
  ).body;
  const blocked = await sales.post(`/api/v1/orders/${order.id}/submit`, {}, { ifMatch: order.version });
  expect(blocked.body.code).toBe('order.inquiry_difference');
  const comparison = (await sales.get(`/api/v1/orders/${order.id}/inquiry-comparison`)).body;
  const keys = comparison.items
    .filter((item: { differs: boolean }) => item.differs)
    .map((item: { key: string }) => item.key);
  expect(keys).toHaveLength(1);
  order = await post(sales, `orders/${order.id}/submit`, { acceptInquiryDifferences: keys }, order.version);
  expect(order).toMatchObject({ state: 'to_confirm', grossAmount: '35278.80' });

  // 4: confirmation and acceptance
  order = await post(sales, `orders/${order.id}/send-confirmation`, undefined, order.version);
  order = await post(buyer, `orders/${order.id}/accept`, { contentHash: order.rounds[0].contentHash }, order.version);
  expect(order).toMatchObject({ state: 'in_effect', revision: 1 });

  /** Everybody finds the partner's own reference on what they have to do. */
  const referenceOf = async (actor: Actor, documentId: string) =>
    (await actor.get('/api/v1/tasks?limit=200')).body.items.find(
      (task: { documentId: string }) => task.documentId === documentId,
    )?.poNo;

  // 5: picking, two shipments, proof of delivery
  const [picking] = (await store.get(`/api/v1/pickings?orderId=${order.id}`)).body.items;
  expect(await referenceOf(store, picking.id)).toBe('PO-2026-77');
  const started = await post(store, `pickings/${picking.id}/start`, undefined, picking.version);
  await post(store, `pickings/${picking.id}/finish`, {}, started.version ?? picking.version + 1);
  const ship = (lines: object[] | undefined, waybillNo: string) =>
    post(logistics, 'shipments', {
      orderId: order.id,
      warehouseId: warehouse,
      ...(lines === undefined ? {} : { lines }),
      carrierId,
      waybillNo,
      shippedAt: t.clock.now().toISOString(),
      expectedOn: '2026-04-01',
    });
  await ship([{ lineNo: 1, qty: '4' }], 'SF001');
  expect((await buyer.get(`/api/v1/orders/${order.id}`)).body).toMatchObject({
    deliveryStatus: 'part_shipped',
    stage: 'in_execution',
  });
  await ship(undefined, 'SF002');
  const shipments = (await buyer.get(`/api/v1/shipments?orderId=${order.id}`)).body.items;
  expect(shipments.map((shipment: { order: { poNo: string } }) => shipment.order.poNo)).toEqual([
    'PO-2026-77',
    'PO-2026-77',
  ]);
  expect(await referenceOf(logistics, shipments[0].id)).toBe('PO-2026-77');
  for (const shipment of shipments)
    await post(
      buyer,
      `shipments/${shipment.id}/deliver`,
      { at: t.clock.now().toISOString(), receivedBy: '收貨部' },
      shipment.version,
    );

  // 6: payment, invoice; the product completes the order by itself
  await post(finance, 'payments', {
    partnerId,
    amount: '35278.80',
    receivedOn: '2026-03-10',
    method: 'bank_transfer',
    bankRef: 'B-1',
    confirm: true,
    allocations: [{ orderId: order.id, amount: '35278.80' }],
  });
  const invoice = await post(finance, 'invoices', { orderId: order.id, kind: 'ordinary' });
  expect(invoice).toMatchObject({ grossAmount: '35278.80' });
  order = (await buyer.get(`/api/v1/orders/${order.id}`)).body;
  expect(order).toMatchObject({
    state: 'completed',
    deliveryStatus: 'delivered',
    paymentStatus: 'paid',
    invoiceStatus: 'invoiced',
    stage: 'completed',
  });

  // the books
  expect(
    await t.sql('select balance_amount::text as b, held_amount::text as h from credit_account where partner_id = $1', [
      partnerId,
    ]),
  ).toEqual([{ b: '0', h: '0' }]);
  expect(
    await t.sql('select on_hand_qty::text as q, reserved_qty::text as r from stock where product_id = $1', [bike.id]),
  ).toEqual([{ q: '100000', r: '0' }]);
  const events = await t.sql<{ version: number }>('select version from event where document_id = $1 order by version', [
    order.id,
  ]);
  expect(events.map(({ version }) => version)).toEqual(Array.from({ length: order.version }, (_, i) => i + 1));
  expect(
    await t.sql(`select count(*)::int as n from task where document_id = $1 and closed_at is null`, [order.id]),
  ).toEqual([{ n: 0 }]);
  const timeline = (await buyer.get(`/api/v1/orders/${order.id}/timeline`)).body.items.map(
    (entry: { type: string }) => entry.type,
  );
  for (const type of ['inquiry.received', 'order.took_effect', 'order.completed']) expect(timeline).toContain(type);
});

it('P9 another partner’s key sees nothing of it', async () => {
  const other = await t.partner();
  const stranger = await t.key({ roles: ['partner_buyer'], partnerId: other });
  const [order] = await t.sql<{ id: string; no: string }>('select id, no from sales_order limit 1');
  const foreign = await stranger.get(`/api/v1/orders/${order?.id}`);
  const missing = await stranger.get('/api/v1/orders/00000000-0000-7000-8000-00000000dead');
  expect([foreign.status, foreign.body.code, foreign.body.detail]).toEqual([
    missing.status,
    missing.body.code,
    missing.body.detail,
  ]);
  expect((await stranger.get('/api/v1/orders')).body.items).toEqual([]);
});
