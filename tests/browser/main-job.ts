/**
 * The main job by clicking: the steps of each person, in any language. The words on the screen are looked up by their key, so
 * that a step reads the same in every language; the tests say which literal words they expect to see at the end.
 */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { hashPassword } from '../../src/server/modules/identity/index.ts';
import { flatten } from '../../src/web/i18n/flatten.ts';
import { goods } from '../support/goods.ts';
import { type BrowserApp, evidence, type Locale, soon, type Visitor } from './support.ts';

export const WAIT = 15_000;
export const SOON = soon();
const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/;

export type Say = (key: string, params?: Record<string, string>) => string;

/** All texts of a language, by key. */
export function textsOf(locale: Locale): Record<string, string> {
  const own = fileURLToPath(new URL(`../../src/web/i18n/${locale}/`, import.meta.url));
  const files = fs.readdirSync(own).filter((name) => name.endsWith('.json'));
  const states = fileURLToPath(new URL(`../../src/contract/i18n/${locale}/states.json`, import.meta.url));
  const read = (file: string) => [file, JSON.parse(fs.readFileSync(file, 'utf8'))] as const;
  return flatten(Object.fromEntries([...files.map((name) => read(own + name)), read(states)]));
}

/** What the screen says for a key. */
export function sayIn(locale: Locale): Say {
  const texts = textsOf(locale);
  return (key, params = {}) => {
    const text = texts[key];
    if (text === undefined) throw new Error(`no text for ${key} in ${locale}`);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  };
}

export type Line = { sku: string; name: string; qty: string };
export type World = {
  b: BrowserApp;
  say: Say;
  partnerName: string;
  partnerId: string;
  lines: readonly [Line, Line];
  /** Tax-inclusive sum of the order, as typed. */
  gross: string;
  carrier: string;
};
export type Goods = Awaited<ReturnType<typeof goods>>;

const CARRIER = '00000000-0000-7000-8000-0000000000c1';

/** A partner on 30 days with an address, two products with a price and stock, a carrier. */
export async function worldOf(b: BrowserApp, locale: Locale, salesId: string): Promise<World> {
  const g = await goods(b.t);
  const zh = locale !== 'en';
  const partnerName = zh ? '城南車行有限公司' : 'South Town Cycles Ltd';
  const carrier = zh ? '順達速運' : 'Swift Freight';
  const partnerId = await b.t.partner({
    ownerId: salesId,
    name: partnerName,
    paymentTerm: { kind: 'net_days', days: 30 },
  });
  await g.address(partnerId);
  const warehouse = await g.warehouse({ name: zh ? '昆山總倉' : 'Main warehouse' });
  const bike = await g.product({ sku: 'BK-R93R', name: zh ? '公路車 鳳行 R1' : 'Road bike', price: 3_288_000_000n });
  const helmet = await g.product({ sku: 'HL-U509', name: zh ? '頭盔 輕風' : 'Helmet', price: 199_900_000n });
  await g.stock(bike.id, warehouse, 20);
  await g.stock(helmet.id, warehouse, 50);
  await b.t.sql('insert into carrier (id, code, name) values ($1, $2, $3)', [CARRIER, 'C1', carrier]);
  return {
    b,
    say: sayIn(locale),
    partnerName,
    partnerId,
    lines: [
      { sku: bike.sku, name: '', qty: '10' },
      { sku: helmet.sku, name: '', qty: '12' },
    ],
    gross: '35278.80',
    carrier,
  };
}

/** By the words on it: an icon adds its own name to the accessible one. */
export const button = (page: Page | Locator, name: string): Locator =>
  page.getByRole('button').filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) });
export const drawer = (page: Page): Locator => page.locator('.ant-drawer-open');
const titleTag = (page: Page): Locator => page.locator('.qc-page-title .qc-tag').first();
export const expectState = (page: Page, words: string): Promise<void> =>
  titleTag(page).filter({ hasText: words }).waitFor({ timeout: WAIT });

async function idIn(page: Page, folder: string): Promise<string> {
  await page.waitForURL((url) => new RegExp(`/${folder}/${UUID.source}$`).test(url.pathname), { timeout: WAIT });
  return page.url().split('/').at(-1) ?? '';
}

async function typeDate(field: Locator, day: string): Promise<void> {
  await field.fill(day);
  await field.press('Tab');
}

async function choose(page: Page, field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await page.locator('.ant-select-item-option', { hasText: text }).first().click();
}

/** A password, as somebody has it who has opened the link of an invitation. */
export async function givePassword(b: BrowserApp, userId: string, password: string): Promise<void> {
  await b.t.sql('update app_user set password_hash = $2 where id = $1', [userId, await hashPassword(password)]);
}

/** The way in of everybody: address, password, press. */
export async function signInOnPage({ b, say }: World, visitor: Visitor, password: string): Promise<void> {
  const { page } = visitor;
  await page.goto(`${b.url}/`);
  await page.waitForURL(/\/sign-in/, { timeout: WAIT });
  await page.getByLabel(say('auth.login'), { exact: true }).fill(visitor.login);
  await page.getByLabel(say('auth.password'), { exact: true }).fill(password);
  await button(page, say('auth.signIn.submit')).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'), { timeout: WAIT });
  await page.locator('main h1').first().waitFor({ timeout: WAIT });
}

/** The row of one document among my tasks at home. */
async function taskRow({ b }: World, { page }: Visitor, documentNo: string): Promise<Locator> {
  await page.goto(`${b.url}/`);
  const row = page.locator('.qh-tasks tbody tr').filter({ hasText: documentNo });
  await row.first().waitFor({ timeout: WAIT });
  return row.first();
}

/** The plain next step of a task, taken from home: the button of the row, then that of the dialog. */
async function stepFromHome(world: World, who: Visitor, documentNo: string, action: string): Promise<void> {
  const label = world.say(`states.action.${action}`);
  const row = await taskRow(world, who, documentNo);
  await button(row, label).click();
  const dialog = who.page.getByRole('dialog');
  await button(dialog, label).click();
  await dialog.waitFor({ state: 'detached', timeout: WAIT });
}

/** The partner writes two lines, has them checked, and sends them. Returns the number of the inquiry. */
export async function sendInquiry({ b, say, lines }: World, { page }: Visitor, customer: string): Promise<string> {
  await page.goto(`${b.url}/portal`);
  await button(page, say('portal.newInquiry')).click();
  const cell = (key: string, no: number) =>
    page.getByLabel(say('common.lines.cell', { label: say(key), no: String(no) }), { exact: true });
  for (const [index, line] of lines.entries()) {
    const no = index + 1;
    if (no > 1) await button(page, say('common.lines.add')).click();
    await cell('portal.line.wanted', no).pressSequentially(line.sku.slice(0, 5));
    await page.locator('.ant-select-item-option', { hasText: line.sku }).first().click();
    await cell('portal.line.qty', no).fill(line.qty);
  }
  await page.locator('#inquiry-customer').fill(customer);
  await page.locator('#inquiry-po').fill('PO-2026-77');
  await typeDate(page.locator('#inquiry-on'), SOON);
  await button(page, say('portal.inquiry.toCheck')).click();
  const checked = page.locator('.qp-check > li');
  for (const index of lines.keys())
    await checked.nth(index).getByText(say('portal.inquiry.clear')).waitFor({ timeout: WAIT });
  await button(page, say('portal.inquiry.send')).click();
  const id = await idIn(page, 'inquiries');
  const [row] = await b.t.sql<{ no: string }>('select no from inquiry where id = $1', [id]);
  return row?.no ?? '';
}

/** Sales opens a complete inquiry from its tasks and makes the order of it. Returns the order's id. */
export async function convertInquiry(world: World, who: Visitor, inquiryNo: string): Promise<string> {
  const { say } = world;
  const row = await taskRow(world, who, inquiryNo);
  await row.getByRole('link', { name: say('states.task.inquiry.handle') }).click();
  await button(who.page, say('states.action.inquiry.convert')).click();
  const orderId = await idIn(who.page, 'orders');
  await expectState(who.page, say('states.order.draft'));
  return orderId;
}

/** Sales takes an order down in the line editor and submits it. Returns the order's id. */
export async function enterOrder({ b, say, lines, partnerName }: World, { page }: Visitor): Promise<string> {
  const cell = (column: string, row: number) => page.locator(`[data-index="${row}"] [data-cell="${column}"]`);
  await page.goto(`${b.url}/orders`);
  await page
    .getByRole('link', { name: say('orders.new'), exact: true })
    .or(button(page, say('orders.new')))
    .first()
    .click();
  await choose(page, page.locator('#order-partner'), partnerName);
  await page.locator('#order-po').fill('PO-2026-78');
  await typeDate(page.locator('#order-on'), SOON);
  for (const [row, line] of lines.entries()) {
    await cell('product', row).fill(line.sku.slice(0, 5));
    await page.getByRole('option', { name: new RegExp(line.sku) }).waitFor({ timeout: WAIT });
    await cell('product', row).press('Enter');
    await cell('qty', row).fill(line.qty);
    if (row < lines.length - 1) await cell('qty', row).press('Enter');
  }
  await page.locator('.qc-lines-foot', { hasText: '35,278.80' }).waitFor({ timeout: WAIT });
  await button(page, say('states.action.order.submit')).click();
  return idIn(page, 'orders');
}

/** Sales submits a draft on its page. */
export async function submitOrder({ say }: World, { page }: Visitor): Promise<void> {
  const label = say('states.action.order.submit');
  await button(page, label).click();
  await button(drawer(page), label).click();
  await drawer(page).waitFor({ state: 'detached', timeout: WAIT });
}

export const passAvailability = (world: World, who: Visitor, orderNo: string): Promise<void> =>
  stepFromHome(world, who, orderNo, 'order.passAvailability');
export const sendConfirmation = (world: World, who: Visitor, orderNo: string): Promise<void> =>
  stepFromHome(world, who, orderNo, 'order.sendConfirmation');

/** The partner sees what was sent, and accepts exactly that. */
export async function acceptOrder({ b, say }: World, { page }: Visitor, orderNo: string): Promise<void> {
  await page.goto(`${b.url}/portal`);
  const waiting = page.locator('.qp-list > li').filter({ hasText: orderNo });
  await waiting.getByRole('link', { name: say('portal.ask.confirm') }).click();
  const panel = page.getByRole('region', { name: say('portal.confirm.title') });
  await panel.getByText('35,278.80').waitFor({ timeout: WAIT });
  await button(page, say('states.action.order.accept')).click();
  await page.locator('.ant-modal-confirm .ant-btn-primary').click();
  await panel.waitFor({ state: 'detached', timeout: WAIT });
  await expectState(page, say('states.order.in_effect'));
}

/** The warehouse opens the list from its tasks, starts, and finishes with everything picked. */
export async function pick(world: World, who: Visitor, pickingNo: string): Promise<void> {
  const { say } = world;
  const { page } = who;
  const row = await taskRow(world, who, pickingNo);
  await row.getByRole('link', { name: say('states.task.picking.start') }).click();
  await expectState(page, say('states.picking.open'));
  await button(page, say('states.action.picking.start')).click();
  await expectState(page, say('states.picking.picking'));
  const finish = say('states.action.picking.finish');
  await button(page, finish).click();
  await button(drawer(page), finish).click();
  await expectState(page, say('states.picking.ready'));
}

/** What stands ready for the order is sent off; `only`: so much of each line. Returns the shipment's id. */
export async function dispatch(
  { b, say, carrier }: World,
  { page }: Visitor,
  orderNo: string,
  waybillNo: string,
  only: Record<string, string> = {},
): Promise<string> {
  await page.goto(`${b.url}/shipments/new`);
  await page.getByRole('link', { name: say('shipping.dispatchOf', { no: orderNo }) }).click();
  for (const [product, qty] of Object.entries(only))
    await page.getByLabel(say('shipping.shipNowOf', { product }), { exact: true }).fill(qty);
  await choose(page, page.getByLabel(say('shipping.carrier'), { exact: true }), carrier);
  await page.getByLabel(say('shipping.waybillNo'), { exact: true }).fill(waybillNo);
  await typeDate(page.getByLabel(say('shipping.expectedOn'), { exact: true }), SOON);
  await button(page, say('shipping.dispatchNow')).click();
  const id = await idIn(page, 'shipments');
  await expectState(page, say('states.shipment.shipped'));
  await page.getByText(waybillNo, { exact: true }).first().waitFor({ timeout: WAIT });
  return id;
}

/** The partner confirms that a shipment came, in full. */
export async function receive({ b, say }: World, { page }: Visitor, shipmentNo: string): Promise<void> {
  await page.goto(`${b.url}/portal/shipments`);
  await page.getByRole('link', { name: shipmentNo }).first().click();
  await button(page, say('portal.receipt.confirm')).first().click();
  await button(drawer(page), say('portal.receipt.send')).click();
  await drawer(page).waitFor({ state: 'detached', timeout: WAIT });
  await expectState(page, say('states.shipment.delivered'));
}

/** Finance records a receipt and gives it to the open order, as the server proposes. Returns the payment's id. */
export async function recordPayment(
  { b, say, partnerName, gross }: World,
  { page }: Visitor,
  orderNo: string,
): Promise<string> {
  const field = (key: string) => page.getByLabel(say(key), { exact: true });
  await page.goto(`${b.url}/payments/new`);
  await choose(page, field('finance.partner'), partnerName);
  await field('finance.amount').fill(gross);
  await field('finance.bankRef').fill(`B-${orderNo}`);
  const share = page.getByLabel(say('finance.allocateTo', { no: orderNo }), { exact: true });
  await share.waitFor({ timeout: WAIT });
  await button(page, say('finance.takeProposal')).click();
  await page.waitForFunction(
    (wanted) => [...document.querySelectorAll('input')].some(({ value }) => value === wanted),
    gross,
  );
  await button(page, say('finance.recordPayment')).click();
  const id = await idIn(page, 'payments');
  await expectState(page, say('states.payment.confirmed'));
  await page.getByRole('link', { name: orderNo }).first().waitFor({ timeout: WAIT });
  return id;
}

/** Finance chooses the order and issues the invoice over all of it. Returns the invoice's id. */
export async function issueInvoice({ b, say }: World, { page }: Visitor, orderNo: string): Promise<string> {
  await page.goto(`${b.url}/invoices/new`);
  await choose(page, page.getByRole('combobox', { name: say('finance.chooseOrder') }), orderNo);
  const kind = page.getByLabel(say('finance.invoiceKind'), { exact: true });
  await kind.waitFor({ timeout: WAIT });
  await kind.click();
  await page
    .locator('.ant-select-item-option', { hasText: say('states.invoiceKind.ordinary') })
    .first()
    .click();
  await button(page, say('finance.issueInvoice')).click();
  const id = await idIn(page, 'invoices');
  await expectState(page, say('states.invoice.issued'));
  return id;
}

/** Pictures of everybody's page when a test has failed. */
export async function picturesOfFailure(
  task: { result?: { state: string } | undefined },
  visitors: readonly Visitor[],
) {
  if (task.result?.state !== 'fail') return;
  for (const { page, login } of visitors) await evidence(page, `failed-${login.split('@')[0]}`);
}
