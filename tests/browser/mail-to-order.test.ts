/** A mail with a workbook becomes an inquiry, the inquiry an order, the order takes effect; beside it, mail of a stranger is released by hand. */
import ExcelJS from 'exceljs';
import nodemailer from 'nodemailer';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Intake, startIntake } from '../../src/server/modules/intake/index.ts';
import {
  acceptOrder,
  button,
  convertInquiry,
  drawer,
  expectState,
  picturesOfFailure,
  sendConfirmation,
  SOON,
  submitOrder,
  WAIT,
  type World,
  worldOf,
} from './main-job.ts';
import { type BrowserApp, browserApp, picture, type Visitor } from './support.ts';

let b: BrowserApp;
let world: World;
let sales: Visitor;
let partner: Visitor;
let admin: Visitor;
let intake: Intake;

const TXT: Record<string, string> = {
  'chengnan.example': 'v=spf1 ip4:127.0.0.1 -all',
  '_dmarc.chengnan.example': 'v=DMARC1; p=reject',
};
const resolver = (name: string, type: string): Promise<unknown> => {
  const text = type === 'TXT' ? TXT[name.toLowerCase()] : undefined;
  return text === undefined
    ? Promise.reject(Object.assign(new Error('not there'), { code: 'ENOTFOUND' }))
    : Promise.resolve([[text]]);
};
const quiet = { debug() {}, info() {}, warn() {}, error() {}, fatal() {}, trace() {}, child: () => quiet } as never;

beforeAll(async () => {
  b = await browserApp();
  sales = await b.signIn({ role: 'sales', name: '林曉雲' });
  world = await worldOf(b, 'zh-Hant', sales.userId);
  partner = await b.signIn({ partnerId: world.partnerId, role: 'partner_buyer', name: '王大明' }, { phone: true });
  admin = await b.signIn({ role: 'system_admin', name: '周管理' });
  for (const { page } of [sales, partner, admin]) page.setDefaultTimeout(WAIT);
  await b.t.sql(
    `insert into partner_contact (id, partner_id, name, email) values (gen_random_uuid(), $1, '王大明', 'wang@chengnan.example')`,
    [world.partnerId],
  );
});
afterEach(({ task }) => picturesOfFailure(task, [sales, partner, admin]));
afterAll(async () => {
  await intake?.stop();
  await b?.close();
});

async function send(from: string, subject: string, text: string, rows?: readonly unknown[][]): Promise<void> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('採購');
  for (const row of rows ?? []) sheet.addRow([...row]);
  const attachments =
    rows === undefined
      ? []
      : [{ filename: '採購單.xlsx', content: Buffer.from((await book.xlsx.writeBuffer()) as ArrayBuffer) }];
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: intake.smtpPort() ?? 0,
    ignoreTLS: true,
    name: 'mx.example',
  });
  await transport.sendMail({ from, to: 'orders@ours.example', subject, text, attachments });
  await intake.settle();
}

it('R3.2 the system administrator turns the listener on', async () => {
  const { page } = admin;
  await page.goto(`${b.url}/admin/incoming-mail`);
  await page.locator('#smtpEnabled').click();
  await page.locator('#smtpPort').fill('2599');
  await button(page, world.say('common.save')).click();
  await page
    .locator('.ant-message')
    .filter({ hasText: world.say('admin.saved') })
    .waitFor();
  await picture(page, 'mail-settings');
  intake = startIntake({ services: b.t.services, log: quiet, resolver, everyMs: 600_000 });
  await intake.apply();
  await page.reload();
  await page.getByText('127.0.0.1:2599').waitFor();
});

it('R3.2 R3.3 R4.3 a mail with an Excel file becomes an inquiry with matched lines, the order of it takes effect', async () => {
  const [bike, helmet] = world.lines;
  await send('wang@chengnan.example', '四月採購', '林小姐您好，\n採購單見附件。\n\n謝謝\n王大明', [
    ['客戶名稱：王小姐', null, '採購單號', 'PO-2026-77'],
    ['編碼', '品名', '數量', '單位', '交貨日期'],
    [bike.sku, '公路車', Number(bike.qty), '件', SOON],
    ['', '頭盔 輕風', Number(helmet.qty), '件', SOON],
  ]);
  const { page } = sales;
  await page.goto(`${b.url}/mail`);
  const row = page.locator('tr').filter({ hasText: '四月採購' });
  await row.getByText('已成為需求').waitFor();
  await row.getByRole('link', { name: /^IN-/ }).click();
  await page.locator('.qc-table').getByText(bike.sku).first().waitFor();
  await page.getByText('採購單.xlsx').waitFor();
  const shown = await page.locator('main').innerText();
  for (const words of ['匹配度 100%', '匹配度 97%', '郵件', 'PO-2026-77']) expect(shown).toContain(words);
  await page.locator('summary').first().click();
  await page.getByText('採購單見附件').waitFor();
  await picture(page, 'mail-inquiry');
  const [inquiry] = await b.t.sql<{ no: string }>('select no from inquiry');
  const orderId = await convertInquiry(world, sales, inquiry?.no ?? '');
  await submitOrder(world, sales);
  await expectState(page, world.say('states.order.to_confirm'));
  const order = (await sales.get(`/api/v1/orders/${orderId}`)).body;
  expect(order).toMatchObject({ channel: 'email', customerName: '王小姐', grossAmount: '35278.80' });
  await sendConfirmation(world, sales, order.no);
  await acceptOrder(world, partner, order.no);
  expect((await sales.get(`/api/v1/orders/${orderId}`)).body).toMatchObject({ state: 'in_effect', revision: 1 });
});

it('R3.2 mail of a stranger waits in quarantine: discarded and taken back, then released to its partner', async () => {
  await send('someone@chengnan.example', '急單', `${world.lines[1].sku} x 6\n下週五前`);
  const { page } = sales;
  await page.goto(`${b.url}/mail`);
  await page.getByRole('link', { name: '急單' }).click();
  await page.locator('.qo-mail').waitFor();
  await page.getByText('寄件人不是已知聯絡人').waitFor();
  await picture(page, 'mail-quarantine');
  await button(page, world.say('states.action.intake.discard')).click();
  await drawer(page).locator('textarea').fill('看似廣告');
  await button(drawer(page), world.say('states.action.intake.discard')).click();
  await expectState(page, '已作廢');
  await button(page, world.say('states.action.intake.restore')).click();
  await expectState(page, '隔離');
  await button(page, world.say('states.action.intake.release')).click();
  await drawer(page).getByRole('combobox').fill('城南');
  await page.locator('.ant-select-item-option', { hasText: world.partnerName }).first().click();
  await button(drawer(page), world.say('states.action.intake.release')).click();
  await page.waitForURL(/\/inquiries\/[0-9a-f-]{36}$/);
  await page.locator('.qc-table').getByText(world.lines[1].sku).first().waitFor();
  for (const { problems } of [sales, partner, admin]) expect(problems).toEqual([]);
});
