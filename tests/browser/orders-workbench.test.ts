/** What sales does with orders and inquiries on the workbench, in a browser. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../support/app.ts';
import { type Goods, goods } from '../support/goods.ts';
import { type BrowserApp, browserApp, type Visitor } from './support.ts';

const PARTNER = 'Harbour Lighting Ltd';
const WAIT = 15_000;
/** Somewhat ahead, so that stock can be promised. */
const SOON = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);

let b: BrowserApp;
let g: Goods;
let sales: Visitor;
let buyer: Actor;
let partnerId: string;
let lamp: { id: string; sku: string };
let panel: { id: string; sku: string };

beforeAll(async () => {
  b = await browserApp();
  g = await goods(b.t);
  sales = await b.signIn('sales', { locale: 'en' });
  partnerId = await b.t.partner({ ownerId: sales.userId, name: PARTNER });
  await g.address(partnerId);
  buyer = await b.t.as({ partnerId, role: 'partner_buyer' });
  const warehouse = await g.warehouse();
  lamp = await g.product({ sku: 'LAMP-9', name: 'Lamp nine' });
  panel = await g.product({ sku: 'PANEL-36', name: 'Panel thirty-six', price: 226_000_000n });
  await g.stock(lamp.id, warehouse, 10_000);
  await g.stock(panel.id, warehouse, 10_000);
});
afterAll(() => b?.close());

const stateTag = (page: Page): Locator => page.locator('.qc-page-title .qc-tag').first();
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const inDrawer = (page: Page): Locator => page.locator('.ant-drawer-open');
const cell = (page: Page, column: 'product' | 'qty', row = 0): Locator =>
  page.locator(`[data-index="${row}"] [data-cell="${column}"]`);

async function expectState(page: Page, words: string): Promise<void> {
  await stateTag(page).filter({ hasText: words }).waitFor({ timeout: WAIT });
}

async function choosePartner(page: Page, field: string): Promise<void> {
  await page.locator(`#${field}`).fill('Harbour');
  await page.locator('.ant-select-item-option', { hasText: PARTNER }).first().click();
}

async function placed(qty: string, extra: Record<string, unknown> = {}) {
  const { body } = await sales.post('/api/v1/orders', {
    partnerId,
    requestedOn: SOON,
    lines: [{ sku: lamp.sku, qty }],
    submit: true,
    ...extra,
  });
  expect(body.state).toBe('to_confirm');
  return body;
}

const sent = async (order: { id: string; version: number }) =>
  (await sales.post(`/api/v1/orders/${order.id}/send-confirmation`, undefined, { ifMatch: order.version })).body;

describe('orders on the workbench', () => {
  it('R5.3 on a telephone quantity, price and amount of each line are seen without moving sideways, and the sums below', async () => {
    const order = await placed('3');
    const { page } = await b.open(sales.token, { locale: 'en', phone: true });
    await page.goto(`${b.url}/orders/${order.id}`);
    const line = page.locator('.qc-entries > li', { has: page.locator('.qo-line-amount') });
    await line.waitFor({ timeout: WAIT });
    const width = page.viewportSize()?.width ?? 0;
    for (const shown of [
      line.getByText('LAMP-9'),
      line.locator('.qo-line-amount > div', { hasText: /^3\s.*×\s*¥/ }),
      line.locator('.qo-line-amount strong', { hasText: '¥339.00' }),
    ]) {
      const box = await shown.boundingBox();
      expect(box === null ? null : box.x >= 0 && box.x + box.width <= width).toBe(true);
    }
    expect(await page.locator('.qo-sums > div').allInnerTexts()).toEqual([
      expect.stringMatching(/¥300\.00$/),
      expect.stringMatching(/¥39\.00$/),
      expect.stringMatching(/¥339\.00$/),
    ]);
    expect(await page.locator('table', { has: page.getByText('LAMP-9') }).count()).toBe(0);
  });

  it('R3.3 R4.3 sales takes an order down, submits it, sends the confirmation, recalls it and sends it again', async () => {
    const { page } = sales;
    await page.goto(`${b.url}/orders/new`);
    await choosePartner(page, 'order-partner');
    await page.locator('#order-po').fill('PO-UI-1');
    await page.locator('#order-on').fill(SOON);
    await page.locator('#order-on').press('Enter');
    await cell(page, 'product').fill('LAMP');
    await page.getByRole('option', { name: /LAMP-9/ }).waitFor({ timeout: WAIT });
    await cell(page, 'product').press('Enter');
    await cell(page, 'qty').fill('3');
    // Price, tax and total come from the server while one types.
    await page.locator('.qc-lines-foot', { hasText: '¥339.00' }).waitFor({ timeout: WAIT });
    await button(page, 'Submit').click();

    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/, { timeout: WAIT });
    const orderId = page.url().split('/').at(-1) ?? '';
    await expectState(page, 'Ready to confirm');
    await button(page, 'Send the confirmation').click();
    await expectState(page, 'Awaiting reply');
    await page.getByText('Round 1', { exact: true }).waitFor();

    await button(page, 'Recall').click();
    await inDrawer(page).getByRole('textbox').fill('The partner asked for another date');
    await inDrawer(page).getByRole('button', { name: 'Recall' }).click();
    await expectState(page, 'Ready to confirm');
    await button(page, 'Send the confirmation').click();
    await expectState(page, 'Awaiting reply');
    await page.getByRole('strong').filter({ hasText: 'Round 2' }).waitFor();

    const { body: order } = await sales.get(`/api/v1/orders/${orderId}`);
    expect(order).toMatchObject({ state: 'awaiting_partner', round: 2, poNo: 'PO-UI-1', grossAmount: '339.00' });
    expect(order.rounds.map((round: { reply: string | null }) => round.reply)).toEqual(['recalled', null]);
    expect(sales.problems).toEqual([]);
  });

  it('R3.3 lines pasted from a spreadsheet find their products, the partner’s own codes too', async () => {
    const { body: partner } = await sales.get(`/api/v1/partners/${partnerId}`);
    const items = { set: [{ code: 'HL-777', sku: panel.sku }] };
    const saved = await sales.post(`/api/v1/partners/${partnerId}/items`, items, { ifMatch: partner.version });
    expect(saved.status).toBeLessThan(300);
    const { page } = sales;
    await page.goto(`${b.url}/orders/new`);
    await choosePartner(page, 'order-partner');
    await page.locator('#order-on').fill(SOON);
    await page.locator('#order-on').press('Enter');
    await cell(page, 'product').evaluate((element, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, 'Item\tQty\nLAMP-9\t10\nHL-777\t1,000\n');
    await page.locator('.qc-lines-foot', { hasText: '¥227,130.00' }).waitFor({ timeout: WAIT });
    await expect.poll(() => cell(page, 'product', 1).inputValue(), { timeout: WAIT }).toContain('PANEL-36');
    await button(page, 'Save draft').click();
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/, { timeout: WAIT });
    await expectState(page, 'Draft');
    const { body: order } = await sales.get(`/api/v1/orders/${page.url().split('/').at(-1)}`);
    expect(order.lines.map(({ sku, qty }: { sku: string; qty: string }) => [sku, qty])).toEqual([
      ['LAMP-9', '10'],
      ['PANEL-36', '1000'],
    ]);
  });

  it('R4.1 a payment method other than agreed is chosen in the editor, seen as a deviation, and taken back there; a promotion on the order is told while typing', async () => {
    const manager = await b.t.as('manager');
    const promotion = await manager.post('/api/v1/promotions', {
      code: 'UI-ORDER',
      name: 'Ten thousand',
      kind: 'order_percentage',
      rate: '0.05',
      minAmount: '10000',
      partnerIds: [partnerId],
      validFrom: '2020-01-01',
      validTo: '2099-12-31',
    });
    expect(promotion.status).toBe(201);
    const { page } = sales;
    await page.goto(`${b.url}/orders/new`);
    await choosePartner(page, 'order-partner');
    await page.locator('#order-po').fill('PO-UI-2');
    await page.locator('#order-on').fill(SOON);
    await page.locator('#order-on').press('Enter');
    await cell(page, 'product').fill('LAMP');
    await page.getByRole('option', { name: /LAMP-9/ }).waitFor({ timeout: WAIT });
    await cell(page, 'product').press('Enter');
    await cell(page, 'qty').fill('100');
    await page.locator('.qc-lines-foot', { hasText: '¥10,735.00' }).waitFor({ timeout: WAIT });
    await page.getByText('Promotion Ten thousand on the whole order: ¥565.00 off').waitFor();
    await page.locator('#order-payment-method').click();
    await page.locator('.ant-select-item-option', { hasText: 'Cash' }).click();
    await button(page, 'Save draft').click();
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/, { timeout: WAIT });
    await page.getByText('Deviations from the agreement').waitFor({ timeout: WAIT });
    const path = `/api/v1/orders/${page.url().split('/').at(-1)}`;
    const { body: draft } = await sales.get(path);
    expect(draft).toMatchObject({ paymentMethod: 'cash', promotionDiscountAmount: '565.00', grossAmount: '10735.00' });

    await page.goto(`${page.url()}/edit`);
    await page
      .locator('.ant-select', { has: page.locator('#order-payment-method') })
      .getByText('Cash')
      .waitFor({ timeout: WAIT });
    await page.locator('#order-payment-method').click();
    await page.locator('.ant-select-item-option', { hasText: 'As agreed' }).first().click();
    await page.locator('#order-po').fill('');
    await button(page, 'Save draft').click();
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/, { timeout: WAIT });
    await expect
      .poll(async () => (await sales.get(path)).body, { timeout: WAIT })
      .toMatchObject({ paymentMethod: 'bank_transfer', poNo: null, discrepancies: [] });
    await manager.send('PATCH', `/api/v1/promotions/${promotion.body.id}`, { isActive: false }, { ifMatch: 1 });
  });

  it('P6 who decides on an order that changed meanwhile is told so, and keeps what was typed', async () => {
    const order = await sent(await placed('5'));
    const { page } = sales;
    await page.goto(`${b.url}/orders/${order.id}`);
    await button(page, 'Recall').click();
    const reason = inDrawer(page).getByRole('textbox');
    await reason.fill('Typed before the change');
    const colleague = await b.t.as('finance');
    await colleague.post(`/api/v1/orders/${order.id}/hold`, { reason: 'Check first' }, { ifMatch: order.version });
    await inDrawer(page).getByText('Somebody changed this while you were typing').waitFor({ timeout: WAIT });
    // The seen version is the one that is sent: the server refuses until the person has looked.
    await inDrawer(page).getByRole('button', { name: 'Recall' }).click();
    await inDrawer(page).locator('.ant-alert-error').waitFor({ timeout: WAIT });
    expect((await sales.get(`/api/v1/orders/${order.id}`)).body.state).toBe('awaiting_partner');
    expect(await reason.inputValue()).toBe('Typed before the change');
    await inDrawer(page).getByRole('button', { name: 'Seen, go on' }).click();
    await inDrawer(page).getByRole('button', { name: 'Recall' }).click();
    await expectState(page, 'Ready to confirm');
  });

  it('R4.1 a price below the agreement waits for a manager, who approves it on the page', async () => {
    const { body: order } = await sales.post('/api/v1/orders', {
      partnerId,
      requestedOn: SOON,
      lines: [{ sku: lamp.sku, qty: '2', unitPrice: '100' }],
      submit: true,
    });
    expect(order.state).toBe('terms_review');
    const manager = await b.signIn({ role: 'manager', approvalLimit: 1_000_000n }, { locale: 'en' });
    await manager.page.goto(`${b.url}/orders/${order.id}`);
    await manager.page.getByText('Deviations from the agreement').waitFor({ timeout: WAIT });
    await button(manager.page, 'Settle the deviation').click();
    await inDrawer(manager.page).getByRole('button', { name: 'Settle the deviation' }).click();
    await expectState(manager.page, 'Ready to confirm');
    expect(manager.problems).toEqual([]);
  });

  it('R4.3 an objection is answered and the order revised: it goes through the checks again', async () => {
    const order = await sent(await placed('7'));
    const objected = await buyer.post(
      `/api/v1/orders/${order.id}/object`,
      { contentHash: order.rounds[0].contentHash, reasons: [{ lineNo: 1, reason: 'We need eight' }] },
      { ifMatch: order.version },
    );
    expect(objected.body.state).toBe('objected');
    const { page } = sales;
    await page.goto(`${b.url}/orders/${order.id}`);
    await button(page, 'Answer and revise').click();
    await page.waitForURL(/\/edit$/, { timeout: WAIT });
    await button(page, 'Answer and revise').click();
    await page.getByText('Please answer every objection.').waitFor();
    await page.locator('#answer-1').fill('Eight it is');
    await cell(page, 'qty').fill('8');
    await button(page, 'Answer and revise').click();
    await page.waitForURL((url) => !url.pathname.endsWith('/edit'), { timeout: WAIT });
    await expectState(page, 'Ready to confirm');
    const { body: revised } = await sales.get(`/api/v1/orders/${order.id}`);
    expect(revised.lines[0].qty).toBe('8');
    expect(revised.rounds[0].reasons).toEqual([{ lineNo: 1, reason: 'We need eight', answer: 'Eight it is' }]);
  });

  it('R3.2 R3.3 an inquiry is recorded, completed, made an order, and its difference accepted on submission', async () => {
    const { page } = sales;
    await page.goto(`${b.url}/inquiries/new`);
    await choosePartner(page, 'inquiry-partner');
    await cell(page, 'product').fill('some lamps');
    await cell(page, 'qty').fill('20');
    await button(page, 'Record').click();
    await page.waitForURL(/\/inquiries\/[0-9a-f-]{36}$/, { timeout: WAIT });
    await page.getByText('Product not clear').waitFor({ timeout: WAIT });
    await button(page, 'Ask back').click();
    await expectState(page, 'Needs data');
    await page.getByRole('button', { name: 'Correct Line 1' }).click();
    await inDrawer(page).locator('input[role="combobox"]').fill('LAMP-9');
    await page.locator('.ant-select-item-option', { hasText: 'LAMP-9' }).first().click();
    const date = inDrawer(page).locator('.ant-picker input').last();
    await date.fill(SOON);
    await date.press('Tab');
    await inDrawer(page).getByRole('button', { name: 'Answer' }).click();
    await button(page, 'Make an order').click();
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/, { timeout: WAIT });
    await expectState(page, 'Draft');

    await button(page, 'Edit').click();
    await cell(page, 'qty').fill('15');
    await button(page, 'Save and submit').click();
    const form = inDrawer(page);
    await form.getByText('Differences to the inquiry').waitFor({ timeout: WAIT });
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.getByText('Some differences are not accepted.', { exact: false }).waitFor();
    await form.getByRole('checkbox').check();
    await form.getByRole('button', { name: 'Submit' }).click();
    await expectState(page, 'Ready to confirm');
    await page.getByText('Accepted', { exact: true }).first().waitFor();
    expect(sales.problems).toEqual([]);
  });

  it('R2 home lists my tasks by deadline; a plain step is taken from there', async () => {
    const order = await placed('1', { poNo: 'PO-HOME' });
    const { page } = sales;
    await page.goto(`${b.url}/`);
    const row = page.getByRole('row').filter({ hasText: order.no });
    await row.getByRole('button', { name: 'Send the confirmation' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Send the confirmation' }).click();
    await row.waitFor({ state: 'detached', timeout: WAIT });
    expect((await sales.get(`/api/v1/orders/${order.id}`)).body.state).toBe('awaiting_partner');
  });
});
