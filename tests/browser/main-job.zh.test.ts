/** The main job in Traditional Chinese: four people and a partner, from the inquiry on the portal to the completed order, by clicking alone. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  acceptOrder,
  convertInquiry,
  dispatch,
  expectState,
  givePassword,
  issueInvoice,
  passAvailability,
  pick,
  picturesOfFailure,
  receive,
  recordPayment,
  sendConfirmation,
  sendInquiry,
  signInOnPage,
  submitOrder,
  WAIT,
  type World,
  worldOf,
} from './main-job.ts';
import { type BrowserApp, browserApp, picture, type Visitor } from './support.ts';

const PASSWORD = 'tidal-marsh-84';

let b: BrowserApp;
let world: World;
let partner: Visitor;
let sales: Visitor;
let processing: Visitor;
let store: Visitor;
let finance: Visitor;

beforeAll(async () => {
  b = await browserApp();
  sales = await b.newcomer({ role: 'sales', name: '林曉雲' });
  world = await worldOf(b, 'zh-Hant', sales.userId);
  [partner, processing, store, finance] = await Promise.all([
    b.newcomer({ partnerId: world.partnerId, role: 'partner_buyer', name: '王大明' }, { phone: true }),
    b.newcomer({ role: 'order_processing', name: '陳淑芬' }),
    b.newcomer({ role: ['warehouse', 'logistics'], name: '張志強' }),
    b.newcomer({ role: 'finance', name: '李美玲' }),
  ]);
  for (const who of [partner, sales, processing, store, finance]) {
    who.page.setDefaultTimeout(WAIT);
    await givePassword(b, who.userId, PASSWORD);
  }
  // Availability is looked at by a person, so that order processing has its part in it.
  await b.t.sql(
    `insert into policy_parameter (id, code, value, unit, valid_from) values (gen_random_uuid(), 'order.auto_pass_availability', 0, 'flag', '2000-01-01')`,
  );
});
afterEach(({ task }) => picturesOfFailure(task, [partner, sales, processing, store, finance]));
afterAll(() => b?.close());

const one = async <Row>(text: string, ...values: unknown[]): Promise<Row> => {
  const [row] = await b.t.sql<Row>(text, values);
  if (row === undefined) throw new Error(`nothing found: ${text}`);
  return row;
};
const orderNow = async () => (await sales.get(`/api/v1/orders/${orderId}`)).body;
const shipmentNo = async (id: string) => (await one<{ no: string }>('select no from shipment where id = $1', id)).no;

let inquiryNo = '';
let orderId = '';
let orderNo = '';
const shipments: string[] = [];

it('everybody signs in with address and password; a wrong password opens nothing', async () => {
  const { page } = partner;
  await page.goto(`${b.url}/portal`);
  await page.getByLabel('登錄賬號').fill(partner.login);
  await page.getByLabel('密碼').fill('something-else');
  await page.getByRole('button', { name: '登錄', exact: true }).click();
  await page.locator('.ant-alert-error').waitFor();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  for (const who of [partner, sales, processing, store, finance]) await signInOnPage(world, who, PASSWORD);
  expect(new URL(page.url()).pathname).toBe('/portal');
  expect(await page.locator('main h1').first().innerText()).toBe('您好，王大明');
});

it('R3.2 the partner sends an inquiry of two lines on the portal', async () => {
  inquiryNo = await sendInquiry(world, partner, '王小姐');
  await expectState(partner.page, '已收到');
});

it('R3.3 sales makes the order of it from home and submits it', async () => {
  orderId = await convertInquiry(world, sales, inquiryNo);
  await submitOrder(world, sales);
  await expectState(sales.page, '可用性確認');
  const order = await orderNow();
  expect(order).toMatchObject({ customerName: '王小姐', poNo: 'PO-2026-77', grossAmount: '35278.80' });
  orderNo = order.no;
});

it('R4.2 R4.3 order processing confirms the availability, sales sends the confirmation, the partner accepts it', async () => {
  await passAvailability(world, processing, orderNo);
  expect((await orderNow()).state).toBe('to_confirm');
  await sendConfirmation(world, sales, orderNo);
  expect((await orderNow()).state).toBe('awaiting_partner');
  await acceptOrder(world, partner, orderNo);
  expect(await orderNow()).toMatchObject({ state: 'in_effect', revision: 1 });
});

it('R5.1 the warehouse starts and finishes the picking', async () => {
  const { no } = await one<{ no: string }>('select no from picking where order_id = $1', orderId);
  await pick(world, store, no);
  expect((await orderNow()).deliveryStatus).toBe('ready');
});

it('R5.2 logistics dispatches a part with waybill and arrival, then the rest', async () => {
  const [bike, helmet] = world.lines;
  shipments.push(await dispatch(world, store, orderNo, 'SF-ZH-001', { [bike.sku]: '4', [helmet.sku]: '0' }));
  expect((await orderNow()).deliveryStatus).toBe('part_shipped');
  shipments.push(await dispatch(world, store, orderNo, 'SF-ZH-002'));
  expect((await orderNow()).deliveryStatus).toBe('shipped');
});

it('R5.2 the partner confirms both receipts on the telephone', async () => {
  for (const id of shipments) await receive(world, partner, await shipmentNo(id));
  expect((await orderNow()).deliveryStatus).toBe('delivered');
});

it('R6.2 R6.3 finance records the payment, allocates it, and issues the invoice', async () => {
  await recordPayment(world, finance, orderNo);
  expect((await orderNow()).paymentStatus).toBe('paid');
  await issueInvoice(world, finance, orderNo);
});

it('the order is completed by that, and everybody concerned can see it', async () => {
  for (const who of [sales, processing]) {
    await who.page.goto(`${b.url}/orders/${orderId}`);
    await expectState(who.page, '完成');
  }
  const shown = await sales.page.locator('main').innerText();
  for (const words of ['已簽收', '已付清', '已開票']) expect(shown).toContain(words);
  await picture(sales.page, 'main-job-zh-order');
  await partner.page.goto(`${b.url}/portal/orders/${orderId}`);
  await expectState(partner.page, '完成');
  expect(await orderNow()).toMatchObject({
    state: 'completed',
    deliveryStatus: 'delivered',
    paymentStatus: 'paid',
    invoiceStatus: 'invoiced',
  });
  // Nothing is left to do for the order itself.
  const left = await b.t.sql('select kind from task where document_id = $1 and closed_at is null', [orderId]);
  expect(left).toEqual([]);
});

it('no page told the console of an error or called anybody else', () => {
  for (const who of [partner, sales, processing, store, finance]) expect(who.problems).toEqual([]);
});
