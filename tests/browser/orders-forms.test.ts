/** The forms on an order's page, each through to what the server made of it. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Goods, goods } from '../support/goods.ts';
import { type BrowserApp, browserApp, type Visitor } from './support.ts';

const WAIT = 15_000;
const SOON = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);

let b: BrowserApp;
let g: Goods;
let sales: Visitor;
let partnerId: string;

beforeAll(async () => {
  b = await browserApp();
  g = await goods(b.t);
  sales = await b.signIn('sales', { locale: 'en' });
  partnerId = await b.t.partner({ ownerId: sales.userId, name: 'Harbour Lighting Ltd' });
  await g.address(partnerId);
  const warehouse = await g.warehouse();
  const other = await g.product({ sku: 'LAMP-B' });
  await g.stock(other.id, warehouse, 1000);
  const scarce = await g.product({ sku: 'SCARCE', substituteId: other.id });
  await g.stock(scarce.id, warehouse, 10);
  const lamp = await g.product({ sku: 'LAMP' });
  await g.stock(lamp.id, warehouse, 1000);
  await g.product({ sku: 'FITTING', kind: 'service' });
});
afterAll(() => b?.close());

const button = (page: Page | Locator, name: string): Locator => page.getByRole('button', { name, exact: true });
const form = (page: Page): Locator => page.locator('.ant-drawer-open');

async function expectState(page: Page, words: string): Promise<void> {
  await page.locator('.qc-page-title .qc-tag').first().filter({ hasText: words }).waitFor({ timeout: WAIT });
}

async function placed(lines: readonly Record<string, unknown>[]) {
  const { body } = await sales.post('/api/v1/orders', { partnerId, requestedOn: SOON, lines, submit: true });
  return body;
}

const now = async (id: string) => (await sales.get(`/api/v1/orders/${id}`)).body;
const open = (visitor: Visitor, id: string) => visitor.page.goto(`${b.url}/orders/${id}`);

/** The partner accepted by mail: recorded on the page. */
async function acceptedOnPage(lines: readonly Record<string, unknown>[]): Promise<string> {
  const order = await placed(lines);
  await sales.post(`/api/v1/orders/${order.id}/send-confirmation`, undefined, { ifMatch: order.version });
  const { page } = sales;
  await open(sales, order.id);
  await button(page, 'Record the partner’s acceptance').click();
  await form(page).getByRole('textbox').fill('Mail of Mr Wang');
  const paper = { name: 'mail.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 yes %%EOF') };
  await form(page).locator('input[type=file]').setInputFiles(paper);
  await form(page).getByText('mail.pdf').waitFor();
  await button(form(page), 'Record the partner’s acceptance').click();
  await expectState(page, 'In effect');
  return order.id;
}

describe('forms of an order', () => {
  it('R4.2 a shortage is settled line by line, with the partner’s word on record', async () => {
    const order = await placed([{ sku: 'SCARCE', qty: '25' }]);
    expect(order.state).toBe('shortage');
    const { page } = sales;
    await open(sales, order.id);
    await button(page, 'Settle the shortage').click();
    await button(form(page), 'Settle the shortage').click();
    await form(page).getByText('Please choose for this line.').waitFor();
    await form(page)
      .getByRole('radio', { name: /Substitute/ })
      .check();
    await form(page).getByRole('textbox').fill('Telephone, Mr Wang, today');
    await button(form(page), 'Settle the shortage').click();
    await expectState(page, 'Ready to confirm');
    expect((await now(order.id)).lines[0].sku).toBe('LAMP-B');
  });

  it('R4.3 R5.2 an order takes effect by an acceptance on record; a service is accepted, the rest of a line is closed', async () => {
    const id = await acceptedOnPage([
      { sku: 'LAMP', qty: '5' },
      { sku: 'FITTING', qty: '1' },
    ]);
    const { page } = sales;
    await page.getByRole('columnheader', { name: 'Payment plan' }).waitFor({ timeout: WAIT });
    await button(page, 'Accept the service').click();
    await button(form(page), 'Accept the service').click();
    await form(page).waitFor({ state: 'detached', timeout: WAIT });
    expect((await now(id)).lines.map((line: { deliveredQty: string }) => line.deliveredQty)).toEqual(['0', '1']);

    const processing = await b.signIn('order_processing', { locale: 'en' });
    await open(processing, id);
    await button(processing.page, 'Close the rest').click();
    await form(processing.page).locator('.ant-select').click();
    await processing.page.locator('.ant-select-item-option', { hasText: 'LAMP' }).first().click();
    await form(processing.page).getByRole('textbox').nth(0).fill('No longer needed');
    await form(processing.page).getByRole('textbox').nth(1).fill('Mail of today');
    await button(form(processing.page), 'Close the rest').click();
    await form(processing.page).waitFor({ state: 'detached', timeout: WAIT });
    expect((await now(id)).lines[0].closedQty).toBe('5');
    expect(processing.problems).toEqual([]);
  });

  it('R6.1 a hold is placed with its reason and released by somebody who may', async () => {
    const order = await placed([{ sku: 'LAMP', qty: '1' }]);
    await open(sales, order.id);
    await button(sales.page, 'Hold').click();
    await form(sales.page).getByRole('textbox').fill('Licence to be checked');
    await button(form(sales.page), 'Hold').click();
    await sales.page
      .getByRole('region', { name: 'Holds' })
      .getByText('Licence to be checked')
      .waitFor({ timeout: WAIT });
    const finance = await b.signIn('finance', { locale: 'en' });
    await open(finance, order.id);
    await button(finance.page, 'Release').click();
    await form(finance.page).getByRole('textbox').fill('Checked');
    await button(form(finance.page), 'Release').click();
    await finance.page
      .locator('strong', { hasText: 'Licence to be checked' })
      .waitFor({ state: 'detached', timeout: WAIT });
    expect((await now(order.id)).holds).toEqual([]);
  });

  it('P6 two people edit one draft: the later one sees both versions and chooses', async () => {
    const { body: draft } = await sales.post('/api/v1/orders', { partnerId, lines: [{ sku: 'LAMP', qty: '2' }] });
    const { page } = sales;
    await page.goto(`${b.url}/orders/${draft.id}/edit`);
    const qty = page.locator('[data-index="0"] [data-cell="qty"]');
    await qty.fill('7');
    await sales.patch(`/api/v1/orders/${draft.id}`, { poNo: 'PO-OTHER' }, { ifMatch: draft.version });
    const compared = page.locator('.qc-compare');
    await compared.waitFor({ timeout: WAIT });
    expect(await compared.locator('tr.differs').allInnerTexts()).toEqual([
      expect.stringContaining('PO-OTHER'),
      expect.stringContaining('LAMP × 7'),
    ]);
    await button(page, 'Go on with mine').click();
    await button(page, 'Save draft').click();
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/, { timeout: WAIT });
    await expectState(page, 'Draft');
    expect((await now(draft.id)).lines[0].qty).toBe('7');
  });

  it('R5.3 colleagues and the partner talk on the order, with files; an internal note stays inside', async () => {
    const order = await placed([{ sku: 'LAMP', qty: '1' }]);
    const buyer = await b.t.as({ partnerId, role: 'partner_buyer' });
    const { page } = sales;
    await open(sales, order.id);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, 'Attach').click()]);
    await chooser.setFiles({
      name: 'order.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('sku,qty\nLAMP,1\n'),
    });
    await page.locator('.ant-tag', { hasText: 'order.csv' }).waitFor({ timeout: WAIT });
    await page.getByRole('textbox', { name: 'Message' }).fill('Here is your list');
    await button(page, 'Send').click();
    await page.locator('li', { hasText: 'Here is your list' }).getByText('order.csv').waitFor({ timeout: WAIT });
    await page.getByRole('checkbox', { name: 'Internal note' }).check();
    await page.getByRole('textbox', { name: 'Message' }).fill('Mind the margin');
    await button(page, 'Send').click();
    await page.locator('li', { hasText: 'Mind the margin' }).waitFor({ timeout: WAIT });
    const { body: seen } = await buyer.get(`/api/v1/documents/order/${order.id}/messages`);
    expect(seen.items.map(({ body }: { body: string }) => body)).toEqual(['Here is your list']);
  });

  it('R5.3 the list is filtered by its address, names what it is filtered by, and goes out as a file', async () => {
    const order = await placed([{ sku: 'LAMP', qty: '3' }]);
    const { page } = sales;
    await page.goto(`${b.url}/orders?state=to_confirm&partnerId=${partnerId}&sort=-gross`);
    await page.getByRole('link', { name: order.no }).waitFor({ timeout: WAIT });
    await page.locator('.qc-table-tools').getByText('Harbour Lighting Ltd').waitFor({ timeout: WAIT });
    const link = page.getByRole('link', { name: 'Export to Excel' });
    const file = await page.request.get(b.url + ((await link.getAttribute('href')) ?? ''));
    expect([file.status(), file.headers()['content-type']]).toEqual([
      200,
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ]);
    expect((await file.body()).subarray(0, 2).toString()).toBe('PK');
    expect(sales.problems).toEqual([]);
  });
});
