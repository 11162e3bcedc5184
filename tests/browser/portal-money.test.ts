/** The partner's finance on a telephone: what is owed, what was paid, the invoice that arrived, and a word about it. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { goods } from '../support/goods.ts';
import { inEffect } from '../support/in-effect.ts';
import { type BrowserApp, browserApp, type Visitor, companyToday } from './support.ts';

const WAIT = 15_000;
let b: BrowserApp;
let money: Visitor;
let orderNo: string;
let paymentId: string;
let invoiceId: string;

beforeAll(async () => {
  b = await browserApp();
  const g = await goods(b.t);
  const made = await inEffect(b.t, g, { name: '港口車行' });
  const order = await made.order([{ qty: '3' }]);
  orderNo = order.no;
  const finance = await b.t.as('finance');
  const today = companyToday();
  const paid = await finance.post('/api/v1/payments', {
    partnerId: made.partnerId,
    amount: '113.00',
    receivedOn: today,
    method: 'bank_transfer',
    confirm: true,
    allocations: [{ orderId: order.id, amount: '113.00' }],
  });
  paymentId = paid.body.id;
  const issued = await finance.post('/api/v1/invoices', { orderId: order.id, beforePaymentReason: '月結' });
  invoiceId = issued.body.id;
  await finance.post(`/api/v1/invoices/${invoiceId}/send`, { method: 'email' }, { ifMatch: issued.body.version });
  money = await b.signIn({ partnerId: made.partnerId, role: 'partner_finance' }, { phone: true });
  money.page.setDefaultTimeout(WAIT);
});
afterAll(() => b?.close());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const stateOf = async () =>
  (await b.t.sql<{ state: string }>('select state from invoice where id = $1', [invoiceId]))[0]?.state;

it('R6.3 the invoice that arrived is confirmed on a telephone, and taken back when it was a slip', async () => {
  const { page, problems } = money;
  await page.goto(`${b.url}/portal/invoices`);
  await page.getByText('339.00').first().waitFor();
  await page.goto(`${b.url}/portal/invoices/${invoiceId}`);
  await page.getByText(orderNo).first().waitFor();
  await button(page, '確認收到').click();
  await expect.poll(stateOf, { timeout: WAIT }).toBe('received');
  await button(page, '撤銷收到').click();
  await page.locator('.ant-drawer-open textarea').fill('看錯了');
  await page.locator('.ant-drawer-open .ant-btn-primary').click();
  await expect.poll(stateOf, { timeout: WAIT }).toBe('sent');
  expect(problems).toEqual([]);
});

it('R6.2 what was paid leads to its order, and a question about it stands on the receipt', async () => {
  const { page, problems } = money;
  await page.goto(`${b.url}/portal/payments/${paymentId}`);
  await page.getByRole('link', { name: orderNo }).waitFor();
  await page.getByRole('textbox').first().fill('這筆款項請開兩張發票');
  await button(page, '發送').click();
  await page.getByText('這筆款項請開兩張發票').last().waitFor();
  const said = () => b.t.sql('select body, is_internal from message where document_id = $1', [paymentId]);
  await expect.poll(said, { timeout: WAIT }).toEqual([{ body: '這筆款項請開兩張發票', is_internal: false }]);
  expect(problems).toEqual([]);
});

it('R6.2 the statement says what is owed, to the cent', async () => {
  const { page, problems } = money;
  await page.goto(`${b.url}/portal/statement`);
  // Invoiced 339.00, paid 113.00.
  await page.getByText('226.00').first().waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  expect(problems).toEqual([]);
});
