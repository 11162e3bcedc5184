/** A company applies on its telephone, sales accept, its first user signs in and orders as an active partner. Source: R3.1. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeUscc } from '../../src/server/kernel/uscc.ts';
import { type BrowserApp, browserApp, picture } from './support.ts';

const WAIT = 15_000;
const NAME = '大海騎行用品有限公司';
let b: BrowserApp;
beforeAll(async () => {
  b = await browserApp();
});
afterAll(() => b?.close());

it('R3.1 from an application without an account to an active partner who is signed in', async () => {
  // Somebody of the company is there before anybody applies.
  const sales = await b.signIn({ role: 'sales', name: '林曉雲' });
  sales.page.setDefaultTimeout(WAIT);
  const applicant = await b.open(null, { phone: true });
  const { page } = applicant;
  page.setDefaultTimeout(WAIT);
  await page.goto(`${b.url}/sign-in`);
  await page.getByRole('link', { name: '想成為渠道夥伴？在這裡申請' }).click();
  await page.getByLabel('公司名稱', { exact: true }).fill(NAME);
  await page.getByLabel('統一社會信用代碼').fill('91310000MA1FL0AB40');
  await page.getByLabel('地區', { exact: true }).fill('浦东新区');
  await page.locator('.ant-cascader-menu-item').filter({ hasText: '浦东新区' }).first().click();
  await page.getByLabel('收貨地址').fill('張江路 1 號');
  await page.getByLabel('姓名').fill('海小姐');
  await page.getByLabel('電話', { exact: true }).first().fill('13900001111');
  await page.getByLabel('郵箱').fill('hai@ocean.example');
  await page.getByRole('checkbox').check();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
  await picture(page, 'application-form-phone');
  await page.getByRole('button', { name: '提交申請' }).click();
  // A wrong code is refused at its field, and what was typed stays.
  await page.getByText('統一社會信用代碼校驗不通過').first().waitFor();
  await page.getByLabel('統一社會信用代碼').fill(makeUscc('91310000MA1FL0AB4'));
  await page.getByRole('button', { name: '提交申請' }).click();
  await page.getByText('申請已收到，銷售人員正在審核。').waitFor();
  await picture(page, 'application-sent-phone');

  await sales.page.goto(`${b.url}/applications`);
  await sales.page.getByRole('link', { name: /^AP-/ }).click();
  await sales.page.getByRole('heading', { name: NAME }).waitFor();
  await picture(sales.page, 'application-review');
  await sales.page.getByRole('button', { name: '請申請人補充' }).click();
  await sales.page.getByLabel('需要補充的內容').fill('請補充開戶銀行');
  await sales.page.locator('.ant-drawer').getByRole('button', { name: '請申請人補充' }).click();

  await sales.page.locator('.qc-page-title .qc-tag').filter({ hasText: '待補資料' }).waitFor();

  await page.reload();
  await page.getByText('請補充開戶銀行').waitFor();
  await page.getByLabel('開戶銀行').fill('中國銀行');
  await page.getByRole('button', { name: '提交更正' }).click();
  await page.getByText('申請已收到，銷售人員正在審核。').waitFor();

  await sales.page.reload();
  await sales.page.getByText('中國銀行').waitFor();
  await sales.page.getByRole('button', { name: '接受並建檔' }).click();
  await picture(sales.page, 'application-accept');
  await sales.page.locator('.ant-drawer').getByRole('button', { name: '接受並建檔' }).click();
  await sales.page.getByText('第一位用戶的邀請連結').waitFor();
  await sales.page.getByRole('button', { name: '我已保存' }).click();
  await sales.page.getByRole('link', { name: new RegExp(NAME) }).click();
  await sales.page.locator('.qc-page-title .qc-tag').filter({ hasText: '合作中' }).waitFor();
  expect(sales.problems).toEqual([]);

  await page.reload();
  await page.getByRole('button', { name: '設定密碼，啟用賬號' }).click();
  await page.getByLabel('新密碼', { exact: true }).fill('Riding-the-Sea-2026');
  await page.getByLabel('再次輸入新密碼').fill('Riding-the-Sea-2026');
  await page.getByRole('button', { name: '設定密碼' }).click();
  await page.getByRole('link', { name: '登錄' }).click();
  await page.getByLabel('登錄賬號').fill('hai@ocean.example');
  await page.getByLabel('密碼').fill('Riding-the-Sea-2026');
  await page.getByRole('button', { name: /^登\s*錄$/ }).click();
  await page.waitForURL(`${b.url}/portal`);
  await page.getByRole('heading', { name: /海小姐/ }).waitFor();
  expect(applicant.problems).toEqual([]);
});
