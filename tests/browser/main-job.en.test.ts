/** The main job in English, begun by sales in the line editor: entered, confirmed, picked, shipped in two parts, received, paid, invoiced, completed. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  acceptOrder,
  dispatch,
  enterOrder,
  expectState,
  issueInvoice,
  pick,
  picturesOfFailure,
  receive,
  recordPayment,
  sendConfirmation,
  WAIT,
  type World,
  worldOf,
} from './main-job.ts';
import { type BrowserApp, browserApp, picture, type Visitor } from './support.ts';

let b: BrowserApp;
let world: World;
let partner: Visitor;
let sales: Visitor;
let store: Visitor;
let finance: Visitor;

beforeAll(async () => {
  b = await browserApp();
  sales = await b.signIn({ role: 'sales', name: 'Rosa Lind' }, { locale: 'en' });
  world = await worldOf(b, 'en', sales.userId);
  [partner, store, finance] = await Promise.all([
    b.signIn({ partnerId: world.partnerId, role: 'partner_buyer', name: 'Daniel Wong' }, { locale: 'en' }),
    b.signIn({ role: ['warehouse', 'logistics'], name: 'Sam Ito' }, { locale: 'en', theme: 'dark' }),
    b.signIn({ role: 'finance', name: 'Mary Lee' }, { locale: 'en' }),
  ]);
  for (const who of [partner, sales, store, finance]) who.page.setDefaultTimeout(WAIT);
});
afterEach(({ task }) => picturesOfFailure(task, [partner, sales, store, finance]));
afterAll(() => b?.close());

let orderId = '';
let orderNo = '';
const shipments: string[] = [];
const orderNow = async () => (await sales.get(`/api/v1/orders/${orderId}`)).body;

it('R3.3 R4.3 sales enters an order of two lines, sends the confirmation from home, and the partner accepts it', async () => {
  orderId = await enterOrder(world, sales);
  await expectState(sales.page, 'Ready to confirm');
  const order = await orderNow();
  expect(order).toMatchObject({ poNo: 'PO-2026-78', grossAmount: '35278.80', state: 'to_confirm' });
  orderNo = order.no;
  await sendConfirmation(world, sales, orderNo);
  await acceptOrder(world, partner, orderNo);
  expect(await orderNow()).toMatchObject({ state: 'in_effect', revision: 1 });
});

it('R5.1 R5.2 the goods are picked, sent in two parts and received', async () => {
  const [picking] = await b.t.sql<{ no: string }>('select no from picking where order_id = $1', [orderId]);
  await pick(world, store, picking?.no ?? '');
  const [bike, helmet] = world.lines;
  shipments.push(await dispatch(world, store, orderNo, 'SW-EN-001', { [bike.sku]: '10', [helmet.sku]: '0' }));
  shipments.push(await dispatch(world, store, orderNo, 'SW-EN-002'));
  const sent = await b.t.sql<{ no: string }>('select no from shipment where id = any ($1::uuid[])', [shipments]);
  expect(sent).toHaveLength(2);
  for (const { no } of sent) await receive(world, partner, no);
  expect((await orderNow()).deliveryStatus).toBe('delivered');
});

it('R6.2 R6.3 the payment is allocated, the invoice issued, and the order completed by that', async () => {
  await recordPayment(world, finance, orderNo);
  await issueInvoice(world, finance, orderNo);
  await sales.page.goto(`${b.url}/orders/${orderId}`);
  await expectState(sales.page, 'Completed');
  const shown = await sales.page.locator('main').innerText();
  for (const words of ['Delivered', 'Paid', 'Invoiced']) expect(shown).toContain(words);
  await picture(sales.page, 'main-job-en-order');
  await partner.page.goto(`${b.url}/portal/orders/${orderId}`);
  await expectState(partner.page, 'Completed');
  expect(await orderNow()).toMatchObject({
    state: 'completed',
    deliveryStatus: 'delivered',
    paymentStatus: 'paid',
    invoiceStatus: 'invoiced',
  });
});

it('no page told the console of an error or called anybody else', () => {
  for (const who of [partner, sales, store, finance]) expect(who.problems).toEqual([]);
});
