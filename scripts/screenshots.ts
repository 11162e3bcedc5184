/**
 * The pictures of the README, taken from a running server that holds the demo company:
 *   npm start                                        in another terminal
 *   node scripts/run.mjs scripts/screenshots.ts      [http://127.0.0.1:3000]
 * CHROMIUM names the browser. Signs in as people of the demo by one press, and writes docs/screenshots/{home,order,portal}.png, each below 300 kB.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const MAX_BYTES = 300_000;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const FOLDER = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const url = (process.argv[2] ?? 'http://127.0.0.1:3000').replace(/\/$/, '');

type Identity = { name: string; roles: string[] };
type Order = { id: string; allowedActions: { action: string; refusals: unknown[] }[] };

async function ask<Answer>(page: Page, address: string): Promise<Answer> {
  const response = await page.request.get(`${url}/api/v1/${address}`);
  if (!response.ok()) throw new Error(`${address}: ${response.status()} ${await response.text()}`);
  return response.json();
}

/** A page on which somebody with this role of the demo is signed in. */
async function pageOf(browser: Browser, role: string, size: { width: number; height: number }): Promise<Page> {
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
  const { items } = await ask<{ items: Identity[] }>(page, 'session/demo');
  const who = items.find(({ roles }) => roles.includes(role));
  if (who === undefined) throw new Error(`the demo has nobody with the role ${role}`);
  await page.locator('.qc-identity', { hasText: who.name }).first().click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  return page;
}

async function shoot(page: Page, address: string, name: string): Promise<void> {
  await page.goto(`${url}${address}`);
  await page.locator('h1').first().waitFor();
  await page.locator('.ant-skeleton, .ant-spin-spinning').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
  const file = path.join(FOLDER, `${name}.png`);
  const { length } = await page.screenshot({ path: file });
  if (length > MAX_BYTES) throw new Error(`${file} has ${length} bytes, more than ${MAX_BYTES}`);
  console.log(`${path.relative(process.cwd(), file)}  ${Math.round(length / 1000)} kB  ${address}`);
}

/** An order whose next step is open to this person, so that the picture has its button. */
async function orderToSend(page: Page): Promise<string> {
  const { items } = await ask<{ items: { id: string }[] }>(page, 'orders?state=to_confirm&limit=50');
  for (const { id } of items) {
    const { allowedActions } = await ask<Order>(page, `orders/${id}`);
    if (allowedActions.some(({ action, refusals }) => action === 'sendConfirmation' && refusals.length === 0))
      return id;
  }
  throw new Error('the demo has no order whose confirmation can be sent');
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  fs.mkdirSync(FOLDER, { recursive: true });
  const sales = await pageOf(browser, 'sales', DESK);
  await shoot(sales, '/', 'home');
  await shoot(sales, `/orders/${await orderToSend(sales)}`, 'order');
  await shoot(await pageOf(browser, 'partner_admin', PHONE), '/portal', 'portal');
} finally {
  await browser.close();
}
