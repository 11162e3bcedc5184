/** A shortage that ends with a substitute, an objection that ends with a second round: between sales at a desk and the partner on a telephone. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import type { Actor } from '../support/app.ts';
import { type Goods, goods } from '../support/goods.ts';
import { type BrowserApp, browserApp, done, picture, type Visitor } from './support.ts';

const WAIT = 15_000;
const SOON = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);

let b: BrowserApp;
let g: Goods;
let buyer: Visitor;
let sales: Visitor;
let warehouse: string;

beforeAll(async () => {
  b = await browserApp();
  g = await goods(b.t);
  sales = await b.signIn(['sales', 'order_processing'], { locale: 'zh-Hant' });
  const partnerId = await b.t.partner({ ownerId: sales.userId, name: 'Harbour Cycles Ltd' });
  await g.address(partnerId);
  warehouse = await g.warehouse({ name: '華東倉' });
  buyer = await b.signIn({ partnerId, role: 'partner_buyer', name: 'Wong' }, { locale: 'en', phone: true });
  for (const { page } of [buyer, sales]) page.setDefaultTimeout(WAIT);
});
afterAll(() => b?.close());

const act = (who: Actor, order: { id: string; version: number }, verb: string, body?: object) =>
  done(who.post(`/api/v1/orders/${order.id}/${verb}`, body, { ifMatch: order.version }));
const read = async (id: string) => (await sales.get(`/api/v1/orders/${id}`)).body;
const placed = (lines: object[]) =>
  done(buyer.post('/api/v1/orders', { customerName: 'Shop', requestedOn: SOON, lines, submit: true }));
const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const stateTag = (page: Page, words: string): Promise<void> =>
  page.locator('.qc-page-title .qc-tag').first().filter({ hasText: words }).waitFor({ timeout: WAIT });
const button = (inside: Page | Locator, name: string): Locator =>
  inside.getByRole('button').filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) });

async function acceptOnTelephone(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Please confirm this order' }).waitFor({ timeout: WAIT });
  await page.locator('.qc-page-actions').getByRole('button').first().click();
  await page.locator('.ant-modal-confirm .ant-btn-primary').click();
  await page.getByRole('region', { name: 'Please confirm this order' }).waitFor({ state: 'detached', timeout: WAIT });
}

it('R4.2 R4.3 short goods: the partner takes a substitute on the portal, sales sends the confirmation, the order takes effect', async () => {
  const other = await g.product({ sku: 'BK-BLUE', name: 'Road bike blue', price: 120_000_000n });
  const dearer = await g.product({ sku: 'BK-RED', name: 'Road bike red', price: 150_000_000n });
  await g.stock(other.id, warehouse, 20);
  await g.stock(dearer.id, warehouse, 20);
  const short = await g.product({ sku: 'BK-SHORT', name: 'Road bike', substituteIds: [dearer.id, other.id] });
  const order = await placed([{ sku: short.sku, qty: '4' }]);
  expect(order.state).toBe('shortage');

  await sales.page.goto(`${b.url}/orders/${order.id}`);
  await stateTag(sales.page, '缺貨');
  await picture(sales.page, 'confirm-shortage-staff');

  const { page } = buyer;
  await page.goto(`${b.url}/portal/orders/${order.id}`);
  const panel = page.getByRole('region', { name: 'Some products are short' });
  await panel.waitFor({ timeout: WAIT });
  expect(await panel.innerText()).toContain('BK-RED');
  expect(await tooWide(page)).toBe(0);
  await picture(page, 'confirm-shortage-portal');
  await panel.locator('.ant-radio-wrapper', { hasText: 'BK-BLUE' }).click();
  await panel.getByRole('button').click();
  await panel.waitFor({ state: 'detached', timeout: WAIT });
  expect(await read(order.id)).toMatchObject({ state: 'to_confirm', lines: [{ sku: 'BK-BLUE', unitPrice: '120.00' }] });

  await sales.page.goto(`${b.url}/orders/${order.id}`);
  await stateTag(sales.page, '待發確認');
  await sales.page.getByText('現貨').first().waitFor({ timeout: WAIT });
  await picture(sales.page, 'confirm-promise-staff');
  await button(sales.page, '發送確認通知').click();
  await stateTag(sales.page, '待回覆');

  await page.goto(`${b.url}/portal/orders/${order.id}`);
  await acceptOnTelephone(page);
  const effective = await read(order.id);
  expect(effective).toMatchObject({ state: 'in_effect', revision: 1, rounds: [{ reply: 'accepted', how: 'portal' }] });
});

it('R4.3 an objection by line is answered, the second round stands beside the first, and takes effect', async () => {
  const bike = await g.product({ sku: 'BK-TWO', name: 'Touring bike', price: 100_000_000n });
  await g.stock(bike.id, warehouse, 50);
  const order = await act(sales, await placed([{ sku: bike.sku, qty: '5' }]), 'send-confirmation');
  const { page } = buyer;
  await page.goto(`${b.url}/portal/orders/${order.id}`);
  await page.locator('.qc-page-actions').getByRole('button').nth(1).click();
  const form = page.locator('.ant-drawer-open');
  await form.locator('textarea').first().fill('Three are enough');
  await form.getByRole('button', { name: 'Send objection' }).click();
  await form.waitFor({ state: 'detached', timeout: WAIT });

  const objected = await read(order.id);
  const revised = await act(sales, objected, 'revise', {
    answers: [{ lineNo: 1, answer: '已改為 3' }],
    changes: { lines: [{ sku: bike.sku, qty: '3', requestedOn: SOON }] },
  });
  await act(sales, revised, 'send-confirmation');

  await sales.page.goto(`${b.url}/orders/${order.id}`);
  const compared = sales.page.getByRole('table', { name: '各輪內容對比' });
  await compared.waitFor({ timeout: WAIT });
  const different = compared.locator('tr.differs');
  expect(await different.count()).toBeGreaterThanOrEqual(3);
  expect(await compared.innerText()).toContain('3 件');
  await picture(sales.page, 'confirm-rounds-staff');

  await page.goto(`${b.url}/portal/orders/${order.id}`);
  await page.getByRole('table', { name: 'Rounds side by side' }).waitFor({ timeout: WAIT });
  expect(await tooWide(page)).toBe(0);
  await picture(page, 'confirm-rounds-portal');
  await acceptOnTelephone(page);
  const effective = await read(order.id);
  expect(effective.rounds.map(({ reply }: { reply: string }) => reply)).toEqual(['objected', 'accepted']);
  expect(effective).toMatchObject({ state: 'in_effect', grossAmount: '300.00' });
});

it('has told nothing to the console and called nobody else', () => {
  expect([...buyer.problems, ...sales.problems]).toEqual([]);
});
