/** What a partner does on the telephone: asks, confirms what sales made of it, receives the goods. */
import fs from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../support/app.ts';
import { type Goods, goods } from '../support/goods.ts';
import { type BrowserApp, browserApp, done, picture, soon, type Visitor } from './support.ts';

const PARTNER = 'Harbour Cycles Ltd';
const WAIT = 15_000;
const SOON = soon();

let b: BrowserApp;
let g: Goods;
let buyer: Visitor;
let sales: Actor;
let partnerId: string;
let warehouse: string;
let bike: { id: string; sku: string };
let helmet: { id: string; sku: string };

beforeAll(async () => {
  b = await browserApp();
  g = await goods(b.t);
  sales = await b.t.as(['sales', 'order_processing']);
  partnerId = await b.t.partner({
    ownerId: sales.userId,
    name: PARTNER,
    paymentTerm: { kind: 'net_days', days: 30 },
  });
  await g.address(partnerId);
  warehouse = await g.warehouse();
  bike = await g.product({ sku: 'BK-R93R', name: 'Road bike', price: 3_288_000_000n });
  helmet = await g.product({ sku: 'HL-U509', name: 'Helmet', price: 199_900_000n });
  await g.stock(bike.id, warehouse, 500);
  await g.stock(helmet.id, warehouse, 500);
  buyer = await b.signIn({ partnerId, role: 'partner_buyer', name: 'Wong' }, { locale: 'en', phone: true });
  buyer.page.setDefaultTimeout(WAIT);
});
afterAll(() => b?.close());

/** A button by its words alone: its icon has a name of its own. */
const button = (page: Page | Locator, name: string): Locator =>
  page.getByRole('button').filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) });
const stateTag = (page: Page): Locator => page.locator('.qc-page-title .qc-tag').first();
const expectState = (page: Page, words: string) => stateTag(page).filter({ hasText: words }).waitFor({ timeout: WAIT });

const act = (who: Actor, order: { id: string; version: number }, verb: string, body?: object) =>
  done(who.post(`/api/v1/orders/${order.id}/${verb}`, body, { ifMatch: order.version }));
const read = async (who: Actor, path: string) => (await who.get(`/api/v1/${path}`)).body;

/** Nothing on a telephone is wider than the telephone. */
const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function placed(lines: object[], extra: object = {}) {
  return done(buyer.post('/api/v1/orders', { customerName: 'Shop', requestedOn: SOON, lines, submit: true, ...extra }));
}
async function sent(lines: object[]) {
  return act(sales, await placed(lines), 'send-confirmation');
}
async function shippedOf(order: { id: string }) {
  const [store, logistics] = await Promise.all([b.t.as('warehouse'), b.t.as('logistics')]);
  const [picking] = (await read(store, `pickings?orderId=${order.id}`)).items;
  await done(store.post(`/api/v1/pickings/${picking.id}/start`, undefined, { ifMatch: picking.version }));
  const started = await read(store, `pickings/${picking.id}`);
  await done(store.post(`/api/v1/pickings/${picking.id}/finish`, {}, { ifMatch: started.version }));
  const carrierId = '00000000-0000-7000-8000-0000000000c1';
  await b.t.sql(`insert into carrier (id, code, name) values ($1, 'C1', 'Swift') on conflict do nothing`, [carrierId]);
  await done(
    logistics.post('/api/v1/shipments', {
      orderId: order.id,
      warehouseId: warehouse,
      carrierId,
      waybillNo: 'SF7788',
      shippedAt: new Date(b.t.clock.now()).toISOString(),
      expectedOn: SOON,
    }),
  );
  return (await read(buyer, `shipments?orderId=${order.id}`)).items[0];
}

it('R3.2 an inquiry that was withdrawn by mistake is opened again on the same page', async () => {
  const { page } = buyer;
  const made = await done(buyer.post('/api/v1/inquiries', { lines: [{ wanted: helmet.sku, qty: '1' }] }));
  await page.goto(`${b.url}/portal/inquiries/${made.id}`);
  await button(page.locator('.qc-page-head'), 'Withdraw').click();
  await page.locator('.ant-modal-confirm .ant-btn-primary').click();
  await expectState(page, 'Withdrawn');
  await button(page.locator('.qc-page-head'), 'Reopen').click();
  await expectState(page, 'Received');
  expect(await read(buyer, `inquiries/${made.id}`)).toMatchObject({ state: 'received' });
  await done(
    buyer.post(`/api/v1/inquiries/${made.id}/withdraw`, undefined, {
      ifMatch: (await read(buyer, `inquiries/${made.id}`)).version,
    }),
  );
});

describe('from inquiry to receipt on a telephone', () => {
  let inquiryId = '';
  let orderId = '';

  it('R3.2 an inquiry pasted from a spreadsheet is checked before it is sent', async () => {
    const { page } = buyer;
    await page.goto(`${b.url}/portal`);
    await button(page, 'New inquiry').click();
    await button(page, 'Paste words or a table').click();
    await page
      .locator('.ant-modal textarea')
      .fill(`Code\tQty\tDate\n${bike.sku}\t10\t${SOON}\nsome black helmet\tabout 12\t`);
    await button(page, 'Read').click();
    await page.locator('.ant-modal').waitFor({ state: 'detached', timeout: WAIT });
    await page.locator('#inquiry-customer').fill('South Town');
    await page.locator('#inquiry-po').fill('PO-77');
    await button(page, 'Next: check').click();
    // The code is understood; the other line says what is missing and what could not be read.
    const lines = page.locator('.qp-check > li');
    await lines.nth(0).getByText('32,880.00').waitFor({ timeout: WAIT });
    expect(await lines.nth(0).innerText()).toContain('Complete');
    expect(await lines.nth(1).innerText()).toContain('about 12');
    expect(await lines.nth(1).innerText()).toContain('Quantity missing');
    expect(await lines.nth(1).innerText()).toContain('Date missing');
    expect(await tooWide(page)).toBe(0);
    await picture(page, 'portal-check');
    // What was typed survives a reload.
    await page.reload();
    expect(await page.locator('#inquiry-po').inputValue()).toBe('PO-77');
    await button(page, 'Next: check').click();
    await button(page.locator('.qc-page-actions'), 'Send').click();
    await expectState(page, 'Received');
    inquiryId = page.url().split('/').at(-1) ?? '';
    const inquiry = await read(sales, `inquiries/${inquiryId}`);
    expect(inquiry).toMatchObject({ customerName: 'South Town', poNo: 'PO-77', channel: 'portal' });
    expect(inquiry.lines[0]).toMatchObject({ product: { id: bike.id }, qty: '10', requestedOn: SOON });
    expect(inquiry.lines[1]).toMatchObject({ wanted: 'some black helmet', qty: null, note: 'about 12' });
  });

  it('R3.2 a file that is uploaded stays with its inquiry as it came, also when the draft is taken up again', async () => {
    const { page } = buyer;
    await page.goto(`${b.url}/portal/inquiries/new`);
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      button(page, 'Upload Excel or CSV').click(),
    ]);
    const buffer = Buffer.from(`Code,Qty,Need by\n${helmet.sku},4,${SOON}\n`);
    await chooser.setFiles({ name: 'needs of December.csv', mimeType: 'text/csv', buffer });
    await page.locator('.qp-found').waitFor({ timeout: WAIT });
    await page.reload();
    await button(page, 'Next: check').click();
    await button(page.locator('.qc-page-actions'), 'Send').click();
    await expectState(page, 'Received');
    const link = page.getByRole('link', { name: 'needs of December.csv' });
    await link.waitFor({ timeout: WAIT });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(fs.readFileSync(await download.path())).toEqual(buffer);
    const id = page.url().split('/').at(-1) ?? '';
    expect((await read(sales, `documents/inquiry/${id}/attachments`)).items).toHaveLength(1);
    expect((await read(sales, `inquiries/${id}`)).channel).toBe('excel');

    // Nothing happens on it: what is said beforehand, and the way back afterwards.
    await b.t.sql(`update inquiry set warned_at = now(), closes_at = now() + interval '2 days' where id = $1`, [id]);
    await page.reload();
    await page.getByText('Closes by itself at').waitFor({ timeout: WAIT });
    await b.t.sql(`update inquiry set state = 'lapsed', closes_at = null where id = $1`, [id]);
    await page.reload();
    await page.getByText('Closed by itself after a long silence').waitFor({ timeout: WAIT });
    expect(await tooWide(page)).toBe(0);
    await button(page, 'Reopen').click();
    await expectState(page, 'Received');
  });

  it('R3.2 what sales asks back is answered, and sales makes the order', async () => {
    const { page } = buyer;
    let inquiry = await read(sales, `inquiries/${inquiryId}`);
    await done(
      sales.post(
        `/api/v1/inquiries/${inquiryId}/ask-back`,
        { note: 'How many helmets?' },
        { ifMatch: inquiry.version },
      ),
    );
    await page.goto(`${b.url}/portal`);
    await page.getByRole('link', { name: /details? of your inquiry/ }).click();
    await page.getByText('How many helmets?').waitFor({ timeout: WAIT });
    await page.locator('.qc-page-head').getByRole('button', { name: 'Answer', exact: true }).click();
    const form = page.locator('.ant-drawer-open');
    await form.locator('.ant-select input').first().fill('HL-U');
    await page.locator('.ant-select-item-option', { hasText: helmet.sku }).click();
    await form.locator('input[inputmode="decimal"]').first().fill('12');
    await form.locator('.ant-picker input').first().fill(SOON);
    await page.keyboard.press('Tab');
    await button(form, 'Send').click();
    await form.waitFor({ state: 'detached', timeout: WAIT });
    inquiry = await read(sales, `inquiries/${inquiryId}`);
    expect(inquiry.lines[1]).toMatchObject({ product: { id: helmet.id }, qty: '12', requestedOn: SOON, gaps: [] });
    let order = await done(
      sales.post(`/api/v1/inquiries/${inquiryId}/convert`, undefined, { ifMatch: inquiry.version }),
    );
    order = await act(sales, order, 'submit', {});
    order = await act(sales, order, 'send-confirmation');
    expect(order).toMatchObject({ state: 'awaiting_partner', grossAmount: '35278.80' });
    orderId = order.id;
  });

  it('R4.3 exactly what was sent is accepted, in three presses from the home page', async () => {
    const { page } = buyer;
    await page.goto(`${b.url}/portal`);
    await page.getByRole('link', { name: 'Please confirm the order' }).click();
    const panel = page.getByRole('region', { name: 'Please confirm this order' });
    await panel.waitFor({ timeout: WAIT });
    expect(await panel.innerText()).toContain('35,278.80');
    expect(await tooWide(page)).toBe(0);
    await picture(page, 'portal-confirm');
    const accept = page.locator('.qc-page-actions').getByRole('button').first();
    await accept.click();
    await page.locator('.ant-modal-confirm .ant-btn-primary').click();
    await panel.waitFor({ state: 'detached', timeout: WAIT });
    const order = await read(buyer, `orders/${orderId}`);
    expect(order).toMatchObject({ state: 'in_effect', revision: 1 });
    expect(order.rounds.at(-1)).toMatchObject({ reply: 'accepted', repliedBy: 'Wong' });
  });

  it('R5.2 receipt is confirmed with the quantity that arrived', async () => {
    const { page } = buyer;
    const shipment = await shippedOf({ id: orderId });
    await page.goto(`${b.url}/portal`);
    await page.getByRole('link', { name: shipment.no }).click();
    await page.locator('.qc-page-actions').getByRole('button', { name: 'Confirm receipt' }).click();
    const form = page.locator('.ant-drawer-open');
    const quantities = form.locator('input[inputmode="decimal"]');
    expect(await quantities.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))).toEqual([
      '10',
      '12',
    ]);
    await quantities.nth(1).fill('11');
    await form.getByRole('button', { name: 'Confirm receipt' }).click();
    // Less than was sent needs a word about it; what was typed stays.
    await form.locator('.ant-form-item-has-error textarea').waitFor({ timeout: WAIT });
    expect(await quantities.nth(1).inputValue()).toBe('11');
    await form.locator('textarea').fill('One box was open');
    await form.getByRole('button', { name: 'Confirm receipt' }).click();
    await form.waitFor({ state: 'detached', timeout: WAIT });
    const received = await read(buyer, `shipments/${shipment.id}`);
    expect(received).toMatchObject({ state: 'delivered', receivedBy: 'Wong', hasDifference: true });
    expect(received.lines.map((line: { receivedQty: string }) => line.receivedQty)).toEqual(['10', '11']);
    await page.getByText('Less was received than sent').waitFor({ timeout: WAIT });
  });

  it('has told nothing to the console and called nobody else', () => {
    expect(buyer.problems).toEqual([]);
  });
});

describe('orders on the portal', () => {
  it('R3.3 an order is typed, priced while typing, and submitted', async () => {
    const { page } = buyer;
    await page.goto(`${b.url}/portal/orders/new`);
    await page.locator('[data-index="0"] [data-cell="product"]').fill('HL-U');
    await page.locator('.qc-suggest [role="option"]').first().waitFor({ timeout: WAIT });
    await page.keyboard.press('Enter');
    await page.locator('[data-index="0"] [data-cell="qty"]').fill('7');
    await page.locator('.qp-quote-foot', { hasText: '1,399.30' }).waitFor({ timeout: WAIT });
    await page.locator('#order-customer').fill('South Town');
    await page.locator('#order-on').fill(SOON);
    await page.keyboard.press('Enter');
    await button(page, 'Submit order').click();
    await page.waitForURL(/\/portal\/orders\/[0-9a-f-]{36}$/, { timeout: WAIT });
    const order = await read(buyer, `orders/${page.url().split('/').at(-1)}`);
    expect(order).toMatchObject({ state: 'to_confirm', grossAmount: '1399.30', channel: 'portal', requestedOn: SOON });
  });

  it('R4.3 an objection names its line, and nothing typed is lost by a refusal', async () => {
    const { page } = buyer;
    const order = await sent([{ sku: bike.sku, qty: '1' }]);
    await page.goto(`${b.url}/portal/orders/${order.id}`);
    await page.locator('.qc-page-actions').getByRole('button').nth(1).click();
    const form = page.locator('.ant-drawer-open');
    await form.getByRole('button', { name: 'Send objection' }).click();
    await form.getByText('Give at least one reason').waitFor({ timeout: WAIT });
    await form.locator('textarea').first().fill('The colour is wrong');
    await form.getByRole('button', { name: 'Send objection' }).click();
    await form.waitFor({ state: 'detached', timeout: WAIT });
    const objected = await read(buyer, `orders/${order.id}`);
    expect(objected).toMatchObject({ state: 'objected' });
    expect(objected.rounds.at(-1).reasons).toMatchObject([{ lineNo: 1, reason: 'The colour is wrong' }]);
  });

  it('R3.3 the last order is ordered again as a draft with the same lines', async () => {
    const { page } = buyer;
    await page.goto(`${b.url}/portal`);
    await page
      .getByRole('button', { name: /^Order again: / })
      .first()
      .click();
    await page.waitForURL(/\/edit$/, { timeout: WAIT });
    await page.locator('.qp-quote-foot', { hasText: '35,278.80' }).waitFor({ timeout: WAIT });
    const copy = await read(buyer, `orders/${page.url().split('/').at(-2)}`);
    expect(copy.state).toBe('draft');
    expect(copy.lines.map(({ sku, qty }: { sku: string; qty: string }) => [sku, qty])).toEqual([
      [bike.sku, '10'],
      [helmet.sku, '12'],
    ]);
  });
});
