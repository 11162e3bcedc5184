/** An order of hundreds of lines: read, searched, edited with the keyboard and saved, with what is not on the screen costing nothing. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Goods, goods } from '../support/goods.ts';
import { type BrowserApp, browserApp, type Visitor } from './support.ts';

const WAIT = 15_000;
const SOON = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
const LINES = 240;

let b: BrowserApp;
let g: Goods;
let sales: Visitor;
let order: { id: string; version: number };

beforeAll(async () => {
  b = await browserApp();
  g = await goods(b.t);
  sales = await b.signIn('sales', { locale: 'en' });
  const partnerId = await b.t.partner({ ownerId: sales.userId, name: 'Harbour Lighting Ltd' });
  await g.address(partnerId);
  const warehouse = await g.warehouse();
  const lamps = await Promise.all(
    Array.from({ length: 8 }, (_, n) => g.product({ sku: `LAMP-${n}`, price: BigInt(n + 1) * 1_000_000n })),
  );
  for (const { id } of lamps) await g.stock(id, warehouse, 100_000);
  const rare = await g.product({ sku: 'RARE', name: '罕見燈' });
  await g.stock(rare.id, warehouse, 10);
  const lines = Array.from({ length: LINES }, (_, n) => ({
    sku: n === 200 ? 'RARE' : `LAMP-${n % 8}`,
    qty: '1',
    requestedOn: SOON,
  }));
  const { body } = await sales.post('/api/v1/orders', { partnerId, ownStock: true, requestedOn: SOON, lines });
  order = body;
});
afterAll(() => b?.close());

it('R3.3 a long order shows its beginning, any line is found by a word, and all of them come with one press', async () => {
  const { page } = sales;
  await page.goto(`${b.url}/orders/${order.id}`);
  const rows = page.locator('.qo-table tbody tr');
  await page.getByText(`30 of ${LINES} lines`).waitFor({ timeout: WAIT });
  expect(await rows.count()).toBe(30);
  const find = page.getByRole('searchbox', { name: 'Find a line by code or name' });
  await find.fill('rare');
  await page.getByText(`1 of ${LINES} lines`).waitFor();
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('201')]);
  await find.fill('');
  await page.getByRole('button', { name: `Show all ${LINES} lines`, exact: true }).click();
  await rows.nth(LINES - 1).waitFor();
  // The reason of a price opens with the first press, and closes again.
  await page
    .getByRole('button', { name: /^Why this price/ })
    .last()
    .press('Enter');
  await page.locator('.ant-popover:visible').waitFor();
});

it('R3.3 one of its lines is changed with the keyboard, and the order is saved and shown without being asked for again', async () => {
  const { page } = sales;
  await page.goto(`${b.url}/orders/${order.id}`);
  await page
    .getByRole('link', { name: 'Edit', exact: true })
    .or(page.getByRole('button', { name: 'Edit', exact: true }))
    .first()
    .click();
  const qty = (n: number) => page.locator(`[data-index="${n}"] [data-cell="qty"]`);
  await qty(3).waitFor({ timeout: WAIT });
  expect(await page.locator('[data-cell="qty"]').count()).toBeLessThan(LINES / 2);
  await qty(3).fill('7');
  await qty(3).press('Enter');
  await page.locator('[data-index="4"] [data-cell="qty"]:focus').waitFor();
  // A line far down is chosen by typing its code, and made free.
  const choice = page.getByRole('combobox', { name: 'Set for' });
  await choice.click();
  await choice.fill('RARE');
  await choice.press('Enter');
  await page.getByRole('dialog').getByRole('checkbox').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply', exact: true }).click();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  const path = `/api/v1/orders/${order.id}`;
  // A slow server: the pause in typing after which prices are asked for passes while the order is being saved.
  await page.route(`**${path}`, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await qty(3).fill('8');
  await page.getByRole('button', { name: 'Save draft', exact: true }).click();
  await page.getByText(`30 of ${LINES} lines`).waitFor({ timeout: WAIT });
  expect(asked.filter((one) => one.endsWith(path))).toEqual([`PATCH ${path}`]);
  const afterwards = asked.slice(asked.indexOf(`PATCH ${path}`));
  expect(afterwards.filter((one) => one.endsWith('/quotes'))).toEqual([]);
  await page.locator('.qo-table tbody tr').filter({ hasText: 'LAMP-3' }).filter({ hasText: '8 pc' }).waitFor();
  const { body } = await sales.get(path);
  expect([body.lines[3].qty, body.lines[200].free, body.lines[199].free]).toEqual(['8', true, false]);
});
