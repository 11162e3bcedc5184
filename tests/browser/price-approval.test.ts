/** A price below the agreement: shown with its reasons, answered by the partner, refused to whoever asked for it, approved by a manager. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { goods } from '../support/goods.ts';
import { type BrowserApp, browserApp, picture, type Visitor } from './support.ts';

const WAIT = 15_000;
const SOON = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);

let b: BrowserApp;
let chief: Visitor;
let manager: Visitor;
let buyer: Visitor;
let order: { id: string; version: number };

beforeAll(async () => {
  b = await browserApp();
  const g = await goods(b.t);
  chief = await b.signIn({ role: ['sales', 'manager'], approvalLimit: 1_000_000n }, { locale: 'en' });
  manager = await b.signIn({ role: 'manager', approvalLimit: 1_000_000n }, { locale: 'zh-Hant' });
  const partnerId = await b.t.partner({ ownerId: chief.userId, name: 'Harbour Lighting Ltd' });
  await g.address(partnerId);
  buyer = await b.signIn({ partnerId, role: 'partner_buyer' }, { locale: 'zh-Hans', phone: true });
  const lamp = await g.product({ sku: 'LAMP', price: 100_000_000n });
  await g.stock(lamp.id, await g.warehouse(), 100);
  await chief.patch(`/api/v1/products/${lamp.id}`, { units: [{ unit: '箱', factor: '10' }] }, { ifMatch: 1 });
  const { body } = await chief.post('/api/v1/orders', {
    partnerId,
    submit: true,
    lines: [{ sku: 'LAMP', qty: '1', unit: '箱', unitPrice: '900', requestedOn: SOON }],
  });
  order = body;
});
afterAll(() => b?.close());

const button = (page: Page | Locator, name: string): Locator => page.getByRole('button', { name, exact: true });
const form = (page: Page): Locator => page.locator('.ant-drawer-open');
it('R4.1 a price below the agreement is refused to the requester and approved by a manager; the partner has answered on the portal', async () => {
  // What is asked of the partner stands on its home.
  await buyer.page.goto(`${b.url}/portal`);
  await buyer.page.getByRole('link', { name: '答复与协议的差异' }).click({ timeout: WAIT });
  await buyer.page.getByText('与协议的差异').first().waitFor({ timeout: WAIT });
  await picture(buyer.page, 'portal-deviation');
  await buyer.page.getByRole('radio', { name: '同意', exact: true }).check();
  await button(buyer.page, '提交答复').click();
  await buyer.page.getByText('您已同意').waitFor({ timeout: WAIT });

  const { page } = chief;
  await page.goto(`${b.url}/orders/${order.id}`);
  await page.getByText('The partner agreed').waitFor({ timeout: WAIT });
  await page.getByRole('button', { name: /^Why this price/ }).click();
  await page.getByText('Set by hand').waitFor();
  await picture(page, 'order-deviation');
  await page.keyboard.press('Escape');
  await button(page, 'Settle').click();
  await form(page)
    .getByRole('radio', { name: /^Approve/ })
    .check();
  await form(page).locator('button[type=submit]').click();
  await form(page).locator('.ant-alert').first().waitFor({ timeout: WAIT });
  expect((await chief.get(`/api/v1/orders/${order.id}`)).body.state).toBe('terms_review');

  await manager.page.goto(`${b.url}/orders/${order.id}`);
  await manager.page.getByText('須經審批').waitFor({ timeout: WAIT });
  await manager.page.locator('table button', { hasText: '處理' }).first().click();
  await form(manager.page).locator('button[type=submit]').click();
  await expect
    .poll(async () => (await manager.get(`/api/v1/orders/${order.id}`)).body.state, { timeout: WAIT })
    .toBe('to_confirm');
  await picture(manager.page, 'order-approved');
  expect([...chief.problems, ...manager.problems, ...buyer.problems].filter((text) => !/40[39]/.test(text))).toEqual(
    [],
  );
});
