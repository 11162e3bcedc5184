/** Warehouse and logistics with a telephone in hand: what is picked and what leaves is typed where it stands, and nothing lies sideways. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { goods } from '../support/goods.ts';
import { type BrowserApp, browserApp, done, soon } from './support.ts';

const WAIT = 15_000;

let b: BrowserApp;
let orderId: string;
let warehouseId: string;

beforeAll(async () => {
  b = await browserApp();
  const g = await goods(b.t);
  const sales = await b.t.as(['sales', 'order_processing']);
  const partnerId = await b.t.partner({ ownerId: sales.userId, name: 'Harbour Lighting Ltd' });
  await g.address(partnerId);
  const buyer = await b.t.as({ partnerId, role: 'partner_buyer' });
  warehouseId = await g.warehouse();
  for (const sku of ['LAMP-9', 'PANEL-36']) await g.stock((await g.product({ sku })).id, warehouseId, 100);
  const lines = ['LAMP-9', 'PANEL-36'].map((sku) => ({ sku, qty: '12' }));
  const order = await done(buyer.post('/api/v1/orders', { requestedOn: soon(), lines, submit: true }));
  const path = `/api/v1/orders/${order.id}`;
  const sent = await done(sales.post(`${path}/send-confirmation`, undefined, { ifMatch: order.version }));
  await done(buyer.post(`${path}/accept`, { contentHash: sent.rounds[0].contentHash }, { ifMatch: sent.version }));
  orderId = order.id;
});
afterAll(() => b?.close());

/** Tables that move in themselves, and the page when it does. */
const sideways = (page: Page): Promise<number> =>
  page
    .locator('html, .qc-sideways')
    .evaluateAll((all) => all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length);

it('R5.1 R5.2 on a telephone the warehouse says what was picked and logistics what leaves, with the keyboard and without moving sideways', async () => {
  const store = await b.signIn('warehouse', { locale: 'en', phone: true });
  const [picking] = (await store.get(`/api/v1/pickings?orderId=${orderId}`)).body.items;
  await done(store.post(`/api/v1/pickings/${picking.id}/start`, undefined, { ifMatch: picking.version }));
  await store.page.goto(`${b.url}/pickings/${picking.id}`);
  await store.page.getByText('LAMP-9', { exact: true }).first().waitFor({ timeout: WAIT });
  expect(await sideways(store.page)).toBe(0);
  await store.page.getByRole('button', { name: 'Finish picking', exact: true }).click();
  const drawer = store.page.getByRole('dialog');
  await drawer.getByLabel('Picked quantity of LAMP-9', { exact: true }).waitFor({ timeout: WAIT });
  expect(await sideways(store.page)).toBe(0);
  await drawer.getByRole('button', { name: 'Finish picking', exact: true }).click();
  await drawer.waitFor({ state: 'detached', timeout: WAIT });

  const logistics = await b.signIn('logistics', { locale: 'en', phone: true });
  const { page } = logistics;
  await page.goto(`${b.url}/shipments/new?orderId=${orderId}&warehouseId=${warehouseId}`);
  const leaves = (sku: string) => page.getByLabel(`Quantity of ${sku} to ship now`, { exact: true });
  await leaves('LAMP-9').waitFor({ timeout: WAIT });
  expect(await sideways(page)).toBe(0);
  await leaves('LAMP-9').press('ControlOrMeta+a');
  await page.keyboard.type('10');
  await page.keyboard.press('Tab');
  await page.keyboard.type('11');
  expect([await leaves('LAMP-9').inputValue(), await leaves('PANEL-36').inputValue()]).toEqual(['10', '11']);
  await page.getByLabel('Why data is missing').fill('The carrier calls back');
  await page.getByRole('button', { name: 'Dispatch the goods', exact: true }).click();
  await page.waitForURL(/\/shipments\/[0-9a-f-]{36}$/, { timeout: WAIT });
  await page.getByText('PANEL-36', { exact: true }).first().waitFor({ timeout: WAIT });
  expect(await sideways(page)).toBe(0);
  const { body } = await logistics.get(`/api/v1/shipments/${page.url().split('/').at(-1)}`);
  expect(body.lines.map(({ qty }: { qty: string }) => qty)).toEqual(['10', '11']);
  expect([...store.problems, ...logistics.problems]).toEqual([]);
});
