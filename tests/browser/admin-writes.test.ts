/** Every form of administration and masters once in a real browser, through to what the server made of it. One server for all of them. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Goods, goods } from '../support/goods.ts';
import { type BrowserApp, browserApp, type Visitor, companyToday } from './support.ts';

const WAIT = 15_000;
const EN = { locale: 'en' } as const;

let b: BrowserApp;
let g: Goods;
let warehouseName: string;
const people = new Map<string, Promise<Visitor>>();
/** Signed in once a role, with all the roles that the pages of this file need. */
const as = (role: 'system_admin' | 'security_admin' | 'manager' | 'warehouse'): Promise<Visitor> => {
  const known =
    people.get(role) ??
    b.signIn(role === 'security_admin' ? [role, 'finance'] : role, EN).then((visitor) => {
      visitor.page.setDefaultTimeout(WAIT);
      return visitor;
    });
  people.set(role, known);
  return known;
};

beforeAll(async () => {
  b = await browserApp();
  g = await goods(b.t);
  warehouseName = 'Main store';
  await g.warehouse({ name: warehouseName });
});
afterAll(() => b?.close());

const button = (inside: Page | Locator, name: string): Locator => inside.getByRole('button', { name, exact: true });
const drawer = (page: Page): Locator => page.locator('.ant-drawer-open');
const field = (inside: Locator, label: string): Locator => inside.getByLabel(label, { exact: true });

async function choose(page: Page, inside: Locator, label: string, option: string): Promise<void> {
  await field(inside, label).click();
  // Narrows a list that can be searched; one that cannot does not mind.
  await page.keyboard.type(option);
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).first().click();
}
/** Fills the open form and sends it; it closes when the server has taken it. */
async function send(page: Page, submit: string, fields: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await field(drawer(page), label).fill(text);
  await button(drawer(page), submit).click();
  await drawer(page).waitFor({ state: 'detached', timeout: WAIT });
}
const one = async (text: string, values: unknown[] = []) => (await b.t.sql<Record<string, unknown>>(text, values))[0];

describe('P11 people and keys', () => {
  it('R2 a person is invited by a link shown once, changed, disabled and enabled', async () => {
    const { page, problems } = await as('security_admin');
    await page.goto(`${b.url}/admin/users`);
    await button(page, 'Invite').click();
    await field(drawer(page), 'Login').fill('lin.wen');
    await field(drawer(page), 'Name').fill('林文');
    await choose(page, drawer(page), 'Roles', 'Finance');
    await page.keyboard.press('Escape');
    await button(drawer(page), 'Invite').click();
    await page.locator('.qa-secret').waitFor({ timeout: WAIT });
    expect(await page.locator('.qa-secret').textContent()).toMatch(/\/reset#./);
    await page.locator('.ant-modal-footer .ant-btn-primary').click();
    const user = await one(`select id, state from app_user where login = 'lin.wen'`);
    expect(user?.['state']).toBe('invited');
    await page.goto(`${b.url}/admin/users/${String(user?.['id'])}`);
    await button(page, 'Disable').click();
    await button(page.locator('.ant-modal-confirm'), 'Disable').click();
    await button(page, 'Enable').waitFor({ timeout: WAIT });
    expect((await one(`select state from app_user where login = 'lin.wen'`))?.['state']).toBe('disabled');
    await button(page, 'Enable').click();
    await button(page, 'Disable').waitFor({ timeout: WAIT });
    expect(problems).toEqual([]);
  });

  it('R2 an API key is made, its secret shown once, and revoked', async () => {
    const { page, problems } = await as('security_admin');
    await page.goto(`${b.url}/admin/keys`);
    await button(page, 'New key').click();
    await field(drawer(page), 'Purpose').fill('Scanner');
    // No stronger than its maker.
    await choose(page, drawer(page), 'Roles', 'Finance');
    await page.keyboard.press('Escape');
    await button(drawer(page), 'New key').click();
    await page.locator('.qa-secret').waitFor({ timeout: WAIT });
    expect(await page.locator('.qa-secret').textContent()).toMatch(/^qk_/);
    await page.locator('.ant-modal-footer .ant-btn-primary').click();
    const row = page.getByRole('row').filter({ hasText: 'Scanner' });
    await button(row, 'Revoke').click();
    await button(page.locator('.ant-popover:visible'), 'Revoke').click();
    await row.getByText('Revoked').waitFor({ timeout: WAIT });
    expect((await one(`select revoked_at from api_key where name = 'Scanner'`))?.['revoked_at']).not.toBeNull();
    expect(problems).toEqual([]);
  });
});

describe('P11 the company', () => {
  it('R2 company data, its lists, warehouses and carriers are changed', async () => {
    const { page, problems } = await as('system_admin');
    await page.goto(`${b.url}/admin/company`);
    await button(page, 'Change').first().click();
    await send(page, 'Save', { Phone: '0512-5555 0000' });
    expect((await one('select phone from company'))?.['phone']).toBe('0512-5555 0000');
    await page.getByRole('tab', { name: 'Warehouses' }).click();
    await button(page, 'Add warehouse').click();
    await send(page, 'Save', { Code: 'SZ', Name: '蘇州倉' });
    expect((await one(`select name from warehouse where code = 'SZ'`))?.['name']).toBe('蘇州倉');
    await page.getByRole('tab', { name: 'Carriers' }).click();
    await button(page, 'Add carrier').click();
    await send(page, 'Save', { Code: 'SF', Name: '順豐' });
    await page.getByText('順豐').waitFor({ timeout: WAIT });
    expect((await one(`select name from carrier where code = 'SF'`))?.['name']).toBe('順豐');
    const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();
    await tab('Accounts to pay into');
    await button(page, 'Add account').click();
    await send(page, 'Save', { Bank: 'Harbour Bank', 'Bank account': '6222-7' });
    expect((await one(`select bank_name from bank_account where account_no = '6222-7'`))?.['bank_name']).toBe(
      'Harbour Bank',
    );
    await tab('Tax rates');
    await button(page, 'Add tax rate').click();
    await send(page, 'Save', { Rate: '17', Name: '增值税 17%' });
    expect((await one(`select rate::text as rate from tax_rate where name = '增值税 17%'`))?.['rate']).toBe('170000');
    await tab('Units of measure');
    await button(page, 'Add unit').click();
    await send(page, 'Save', { Unit: '筐', 'English name': 'crate' });
    expect((await one(`select name_en from unit_of_measure where name = '筐'`))?.['name_en']).toBe('crate');
    expect(problems).toEqual([]);
  });

  it('R2 a day of the working calendar is set and taken back', async () => {
    const { page, problems } = await as('system_admin');
    const year = new Date().getFullYear();
    await page.goto(`${b.url}/admin/calendar`);
    await button(page, 'Set a day').click();
    await field(drawer(page), 'Date').fill(`${year}-12-30`);
    await page.keyboard.press('Enter');
    await field(drawer(page), 'Name').fill('Stocktaking');
    await button(drawer(page), 'Save').click();
    await drawer(page).waitFor({ state: 'detached', timeout: WAIT });
    const row = page.getByRole('row').filter({ hasText: 'Stocktaking' });
    await row.waitFor({ timeout: WAIT });
    await button(row, 'Remove').click();
    await button(page.locator('.ant-popover:visible'), 'Remove').click();
    await row.waitFor({ state: 'detached', timeout: WAIT });
    expect(problems).toEqual([]);
  });

  it('R2 a policy parameter is changed from an instant on', async () => {
    const { page, problems } = await as('manager');
    await page.goto(`${b.url}/admin/policies`);
    const row = page.getByRole('row').filter({ hasText: 'R4.3' }).first();
    await button(row, 'Change').click();
    await send(page, 'Save', { Value: '4', Note: 'Trial' });
    expect(Number((await one(`select value from policy_parameter where note = 'Trial'`))?.['value'])).toBe(4);
    expect(problems).toEqual([]);
  });

  it('R2 a deputy is named for an absence, and the absence ended', async () => {
    const { page, userId, problems } = await as('manager');
    const deputy = await b.t.as({ role: 'manager', name: 'Deputy Deng' });
    await page.goto(`${b.url}/admin/delegations`);
    await button(page, 'Name a deputy').click();
    await choose(page, drawer(page), 'Deputy', 'Deputy Deng');
    const today = companyToday();
    for (const label of ['First day', 'Last day']) {
      await field(drawer(page), label).fill(today);
      await page.keyboard.press('Tab');
    }
    await drawer(page).locator('button[type=submit]').click();
    await drawer(page).waitFor({ state: 'detached', timeout: WAIT });
    const made = await one('select id from delegation where user_id = $1 and deputy_id = $2', [userId, deputy.userId]);
    expect(made).toBeDefined();
    const row = page.getByRole('row').filter({ hasText: 'Deputy Deng' });
    await button(row, 'End').click();
    await button(page.locator('.ant-popover:visible'), 'End').click();
    await row.waitFor({ state: 'detached', timeout: WAIT });
    expect(problems).toEqual([]);
  });
});

describe('P11 masters and stock', () => {
  it('R3.1 a file is checked and imported, and another one changes what is there', async () => {
    const { page, problems } = await as('manager');
    await page.goto(`${b.url}/imports`);
    await field(page.locator('main'), 'Kind').first().click();
    await page.locator('.ant-select-dropdown:visible').getByText('Products', { exact: true }).click();
    await page.locator('input[type=file]').setInputFiles({
      name: 'products.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('sku,name,unit,taxRate\nIMP-1,導入品,件,0.13\n'),
    });
    await button(page, 'Check').click();
    await page.getByText('IMP-1').first().waitFor({ timeout: WAIT });
    await button(page, 'Import').click();
    await expect.poll(async () => one(`select name from product where sku = 'IMP-1'`), { timeout: WAIT }).toBeDefined();
    await page.getByRole('radio', { name: 'Add and update' }).check();
    await page.locator('input[type=file]').setInputFiles({
      name: 'products.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('sku,name,unit,taxRate\nIMP-1,改名品,件,0.13\n'),
    });
    await button(page, 'Check').click();
    await page.getByText('導入品').first().waitFor({ timeout: WAIT });
    await button(page, 'Import').click();
    await expect
      .poll(async () => one(`select name from product where sku = 'IMP-1'`), { timeout: WAIT })
      .toEqual({ name: '改名品' });
    expect(problems).toEqual([]);
  });

  it('R3.2 R4.1 a product is made, changed, put on a price list', async () => {
    const { page, problems } = await as('manager');
    await page.goto(`${b.url}/products`);
    await button(page, 'New product').click();
    await choose(page, drawer(page), 'Unit', '件 pc');
    await send(page, 'Save', { 'Product code': 'BELL-1', Name: '鈴' });
    const product = await one(`select id, version from product where sku = 'BELL-1'`);
    expect(product).toBeDefined();
    await page.goto(`${b.url}/price-lists`);
    await button(page, 'New price list').click();
    await send(page, 'Save', { Code: 'DEALER', Name: 'Dealers' });
    const list = await one(`select id from price_list where code = 'DEALER'`);
    await page.goto(`${b.url}/price-lists/${String(list?.['id'])}`);
    await button(page, 'Add price').click();
    await field(drawer(page), 'Product').fill('BELL');
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
    await field(drawer(page), 'Valid from').fill(companyToday());
    await page.keyboard.press('Tab');
    await send(page, 'Save', { 'Unit price': '12.50' });
    const price = await one(
      'select unit_price::text as price from price_entry where price_list_id = $1 and product_id = $2',
      [list?.['id'], product?.['id']],
    );
    expect(price).toEqual({ price: '12500000' });
    expect(problems).toEqual([]);
  });

  it('R5.1 stock is received, adjusted, taken back, and a minimum set', async () => {
    const store = await as('warehouse');
    const { page, problems } = store;
    const { id, sku } = await g.product({ sku: 'RIM-1' });
    const onHand = async () =>
      (await one('select on_hand_qty::text as qty from stock where product_id = $1', [id]))?.['qty'];
    await page.goto(`${b.url}/stock/${id}`);
    expect(sku).toBe('RIM-1');
    await button(page, 'Receive').first().click();
    await choose(page, drawer(page), 'Warehouse', warehouseName);
    await send(page, 'Receive', { Quantity: '30' });
    expect(await onHand()).toBe('300000');
    await button(page, 'Adjust').first().click();
    await choose(page, drawer(page), 'Warehouse', warehouseName);
    await send(page, 'Adjust', { Difference: '-2', Reason: 'Counted' });
    expect(await onHand()).toBe('280000');
    expect(problems).toEqual([]);
  });
});
