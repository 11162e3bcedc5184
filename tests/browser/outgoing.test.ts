/** What leaves the house, on its pages: the mailed link and its code, the mail set-up, endpoints of a partner. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/server/kernel/clock.ts';
import { newId } from '../../src/server/kernel/ids.ts';
import { mailChannel, noticeReader } from '../../src/server/modules/notifications/index.ts';
import { readAll } from '../../src/server/platform/events/reader-host.ts';
import { silentLog } from '../../src/server/platform/log.ts';
import { dispatchOnce } from '../../src/server/platform/outbound/index.ts';
import { goods } from '../support/goods.ts';
import { addressesOf, type MailSink, mailSink, setUpMail } from '../support/mail-sink.ts';
import { type BrowserApp, browserApp, picture, type Visitor } from './support.ts';

const WAIT = 30_000;
const SOON = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
const CONTACT = 'wang@partner.test';

let b: BrowserApp;
let sink: MailSink;
let sales: Visitor;
let partnerId: string;
const button = (page: Page | Locator, name: string): Locator => page.getByRole('button', { name, exact: true });

/** The reader and the worker, which no test server runs by itself. */
async function mailsGo(): Promise<void> {
  const { database, settings, secrets } = b.t.services;
  const options = { database, env: (now: Date) => settings.env(now), clock: systemClock, log: silentLog() };
  await readAll(options, noticeReader);
  while ((await dispatchOnce(options, mailChannel({ database, secrets }))) > 0);
}
const lastTo = (address: string) => sink.got.filter((mail) => addressesOf(mail).includes(address)).at(-1)?.text ?? '';

beforeAll(async () => {
  b = await browserApp();
  sink = await mailSink();
  const g = await goods(b.t);
  sales = await b.signIn('sales', { locale: 'en' });
  partnerId = await b.t.partner({ ownerId: sales.userId, name: '華東渠道有限公司' });
  await g.address(partnerId);
  const product = await g.product({ sku: 'LAMP' });
  await g.stock(product.id, await g.warehouse(), 1000);
  await b.t.sql(
    `insert into partner_contact (id, partner_id, name, duties, email) values ($1, $2, '王五', '{buyer}', $3)`,
    [newId(systemClock.now()), partnerId, CONTACT],
  );
  await setUpMail(b.t, sink, { publicUrl: b.url });
});
afterAll(async () => {
  await b?.close();
  await sink?.close();
});

describe('the mailed link', () => {
  it('R4.3 a contact without an account reads the order on a telephone, asks for a code and accepts', async () => {
    const { body: placed } = await sales.post('/api/v1/orders', {
      partnerId,
      requestedOn: SOON,
      lines: [{ sku: 'LAMP', qty: '2' }],
      submit: true,
    });
    await sales.post(`/api/v1/orders/${placed.id}/send-confirmation`, undefined, { ifMatch: placed.version });
    await mailsGo();
    const link = /https?:\/\/\S+\/link#\S+/.exec(lastTo(CONTACT))?.[0] ?? '';
    const { page, problems } = await b.open(null, { phone: true });
    await page.goto(link);
    await page.getByText('請在期限前回覆').waitFor({ timeout: WAIT });
    await picture(page, 'link-reply');
    await button(page, '寄驗證碼給我').click();
    await page.getByText('w•••@partner.test').waitFor({ timeout: WAIT });
    await mailsGo();
    const code = /\d{6}/.exec(lastTo(CONTACT))?.[0] ?? '';
    await page.getByLabel('驗證碼').fill(code === '000000' ? '000001' : '000000');
    await button(page, '接受訂單').click();
    await page.getByText('驗證碼不正確或已過期').first().waitFor({ timeout: WAIT });
    await page.getByLabel('驗證碼').fill(code);
    await button(page, '接受訂單').click();
    await page.getByText('這一輪已不再等待回覆').waitFor({ timeout: WAIT });
    expect((await sales.get(`/api/v1/orders/${placed.id}`)).body.state).toBe('in_effect');
    await picture(page, 'link-answered');
    expect(problems).toEqual([]);
  });

  it('R5.3 the link for the customer shows shipments on a page of its own, and is not found once it is revoked', async () => {
    const { body: list } = await sales.get('/api/v1/orders?state=in_effect');
    const order = list.items[0];
    await sales.page.goto(`${b.url}/orders/${order.id}`);
    await button(sales.page, 'Make a link').click();
    await button(sales.page, 'Revoke').waitFor({ timeout: WAIT });
    await picture(sales.page, 'order-links');
    const { body: links } = await sales.get(`/api/v1/orders/${order.id}/status-links`);
    const address = `${b.url}/link#${links.items[0].token}`;
    const { page } = await b.open(null, { locale: 'en' });
    await page.goto(address);
    await page.getByText('Nothing has been shipped yet.').waitFor({ timeout: WAIT });
    await picture(page, 'link-status');
    const revoked = await sales.post(`/api/v1/orders/${order.id}/status-links/${links.items[0].id}/revoke`);
    expect(revoked.status).toBe(200);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.reload();
    await page.getByText('This link does not work').first().waitFor({ timeout: WAIT });
    // Nobody is signed in here, and nobody is asked to.
    expect(asked).not.toContain('/api/v1/session');
  });
});

describe('the pages of administration', () => {
  it('the mail set-up is shown without its password, a test mail shows its fate, messages are listed and sent again', async () => {
    const admin = await b.signIn('system_admin');
    const { page } = admin;
    await page.goto(`${b.url}/admin/mail`);
    await page.getByLabel('測試郵件寄到').fill('me@qucheng.test');
    await button(page, '寄出測試郵件').click();
    await page.getByText('等待發送').waitFor({ timeout: WAIT });
    await mailsGo();
    await page.getByText('已送達').waitFor({ timeout: WAIT });
    await picture(page, 'mail-server');
    await button(page, '修改').click();
    await page.locator('.ant-drawer-open').getByLabel('主機').waitFor({ timeout: WAIT });
    await picture(page, 'mail-form');
    await page.goto(`${b.url}/outgoing`);
    await page.getByText('一次性驗證碼').first().waitFor({ timeout: WAIT });
    await picture(page, 'outgoing');
    await page.getByRole('link', { name: '郵件設定測試' }).first().click();
    await page.getByText('每次嘗試').waitFor({ timeout: WAIT });
    await picture(page, 'outgoing-one');
    await button(page, '重新發送').click();
    await page.locator('.qc-page-title .qc-tag').filter({ hasText: '等待發送' }).waitFor({ timeout: WAIT });
    expect(admin.problems).toEqual([]);
  });

  it('W1 a partner makes an endpoint on a telephone: an address inside is refused at its field, the secret is shown once', async () => {
    const admin = await b.signIn({ partnerId, role: 'partner_admin' }, { phone: true, locale: 'en' });
    const { page } = admin;
    await page.goto(`${b.url}/portal/webhooks`);
    await button(page, 'New endpoint').click();
    const form = page.locator('.ant-drawer-open');
    await form.getByLabel('Name').fill('Our ERP');
    await form.getByLabel('Address').fill('https://169.254.169.254/latest');
    await picture(page, 'webhook-form');
    await button(form, 'Save').click();
    await form.getByText('This address is not allowed').first().waitFor({ timeout: WAIT });
    await form.getByLabel('Address').fill('https://hooks.example.com/qucheng');
    await button(form, 'Save').click();
    await page.getByText('whsec_').waitFor({ timeout: WAIT });
    await page
      .getByRole('button', { name: /I have handed/i })
      .or(page.locator('.ant-modal-footer .ant-btn-primary, .ant-modal .ant-btn-primary'))
      .first()
      .click();
    await page.getByText('hooks.example.com').waitFor({ timeout: WAIT });
    await picture(page, 'webhooks');
    expect(admin.problems).toEqual([]);
  });
});
