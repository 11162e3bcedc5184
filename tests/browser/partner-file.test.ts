/** A partner keeps its file up to date on the telephone; finance look at its bank data; the file is confirmed. Source: R3.1. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BrowserApp, browserApp, picture } from './support.ts';

const WAIT = 15_000;
let b: BrowserApp;
let partnerId: string;
beforeAll(async () => {
  b = await browserApp();
  const sales = await b.t.as('sales');
  partnerId = await b.t.partner({ ownerId: sales.userId, name: 'Harbour Cycles Ltd' });
  const path = `/api/v1/partners/${partnerId}`;
  const version = async () => (await sales.get(path)).body.version;
  await sales.post(
    `${path}/contacts`,
    { name: 'Ann Lee', duties: ['buyer'], phone: '13900001234' },
    { ifMatch: await version() },
  );
  await sales.post(
    `${path}/addresses`,
    { label: '總倉', regionCode: '320583', detail: '試驗路 1 號', receiver: '王' },
    { ifMatch: await version() },
  );
  await sales.post(
    `${path}/agreements`,
    {
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
      paymentTerm: { kind: 'net_days', days: 30 },
      theirParty: 'Harbour',
    },
    { ifMatch: await version() },
  );
});
afterAll(() => b?.close());

it('R3.1 bank data that the partner changes on the portal count once finance have accepted them, and the partner confirms its file', async () => {
  const partner = await b.signIn({ partnerId, role: 'partner_admin', name: 'Ann' }, { locale: 'en', phone: true });
  const { page } = partner;
  page.setDefaultTimeout(WAIT);
  await page.goto(`${b.url}/portal/company`);
  await page.getByRole('heading', { name: 'Company', exact: true }).waitFor();
  const invoicing = page.getByRole('region', { name: 'Invoice data' });
  await invoicing.getByRole('button', { name: 'Ask for a change' }).click();
  await page.getByLabel('Bank', { exact: true }).fill('Bank of China');
  await page.getByLabel('Bank account').fill('6222000011112222');
  await page.locator('.ant-drawer').getByRole('button', { name: 'Ask for a change' }).click();
  await page.getByText('A change of bank or invoicing data waits for finance').waitFor();
  await page.locator('.ant-drawer').waitFor({ state: 'hidden' });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
  await picture(page, 'company-file-phone');

  const finance = await b.signIn({ role: 'finance', name: '錢會計' });
  finance.page.setDefaultTimeout(WAIT);
  await finance.page.goto(`${b.url}/tasks`);
  await finance.page.getByText('審核銀行與開票資料變更').first().waitFor();
  await finance.page.goto(`${b.url}/partners/${partnerId}`);
  await finance.page.getByText('6222000011112222').waitFor();
  await picture(finance.page, 'partner-file-change');
  await finance.page.getByRole('button', { name: '接受變更' }).click();
  await finance.page.getByRole('button', { name: '接受變更' }).waitFor({ state: 'detached' });

  await page.reload();
  await invoicing.getByText('6222000011112222').waitFor();
  await page.getByRole('button', { name: 'Confirm the file' }).click();
  await page.locator('.ant-modal').getByRole('button', { name: 'Confirm the file' }).click();
  await page.getByText('The file was last confirmed on').waitFor();

  const manager = await b.signIn({ role: ['manager', 'sales'], name: '林經理' });
  await manager.page.goto(`${b.url}/partners/${partnerId}`);
  await manager.page.getByText('可售範圍').waitFor();
  await picture(manager.page, 'partner-file-manager');
  for (const visitor of [partner, finance, manager]) expect(visitor.problems).toEqual([]);
});
