/** The pictures of the README: docs/screenshots/{home,order,portal}.png, each below 300 kB. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';

const MAX_BYTES = 300_000;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

type Identity = { name: string; roles: string[] };
type Order = { id: string; allowedActions: { action: string; refusals: unknown[] }[] };

async function ask<Answer>(page: Page, url: string, address: string): Promise<Answer> {
  const response = await page.request.get(`${url}/api/v1/${address}`);
  if (!response.ok()) throw new Error(`${address}: ${response.status()} ${await response.text()}`);
  return response.json();
}

/** A page on which somebody with this role of the demo is signed in. */
async function pageOf(
  browser: Browser,
  url: string,
  role: string,
  size: { width: number; height: number },
): Promise<Page> {
  const phone = size.width < 600;
  const context = await browser.newContext({
    viewport: size,
    locale: 'zh-TW',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    ...(phone ? { isMobile: true, hasTouch: true } : {}),
  });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  const { items } = await ask<{ items: Identity[] }>(page, url, 'session/demo');
  const who = items.find(({ roles }) => roles.includes(role));
  if (who === undefined) throw new Error(`the demo has nobody with the role ${role}`);
  await page.locator('.qc-identity', { hasText: who.name }).first().click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  return page;
}

async function shoot(page: Page, address: string, name: string): Promise<void> {
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  await page.locator('.ant-skeleton, .ant-spin-spinning').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
  const file = path.join(FOLDER, `${name}.png`);
  const { length } = await page.screenshot({ path: file });
  if (length > MAX_BYTES) throw new Error(`${file} has ${length} bytes, more than ${MAX_BYTES}`);
  console.log(`${path.relative(process.cwd(), file)}  ${Math.round(length / 1000)} kB`);
}

/** An order whose next step is open to this person, so that the picture has its button. */
async function orderToSend(page: Page, url: string): Promise<string> {
  const { items } = await ask<{ items: { id: string }[] }>(page, url, 'orders?state=to_confirm&limit=50');
  for (const { id } of items) {
    const { allowedActions } = await ask<Order>(page, url, `orders/${id}`);
    if (allowedActions.some(({ action, refusals }) => action === 'sendConfirmation' && refusals.length === 0))
      return id;
  }
  throw new Error('the demo has no order whose confirmation can be sent');
}

export async function readmePictures(browser: Browser, url: string): Promise<void> {
  fs.mkdirSync(FOLDER, { recursive: true });
  const sales = await pageOf(browser, url, 'sales', DESK);
  await shoot(sales, `${url}/`, 'home');
  await shoot(sales, `${url}/orders/${await orderToSend(sales, url)}`, 'order');
  await shoot(await pageOf(browser, url, 'partner_admin', PHONE), `${url}/portal`, 'portal');
}
