import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { goods } from '../../../../tests/support/goods.ts';
import { ARCHIVED } from './archive-tables.ts';
import { ArchiveError, checkArchive, MANIFEST, readTable, writeArchive } from './index.ts';

let t: TestApp;
let root: string;
let orderNo: string;
const folder = (name: string) => path.join(root, name);
const write = (name: string, year: number, withOpen = false) =>
  writeArchive({ url: t.database.appUrl, year, folder: folder(name), now: t.clock.now(), withOpen });
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'written',
    (error: unknown) => (error instanceof ArchiveError ? `${error.code} ${error.about}` : String(error)),
  );

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'qucheng-archive-'));
  t = await testApp();
  const g = await goods(t);
  const partnerId = await t.partner({ name: '華東"渠道", 有限公司' });
  await g.address(partnerId);
  const product = await g.product({ sku: 'LAMP' });
  const sales = await t.signedIn(['sales', 'order_processing']);
  const placed = await sales.post('/api/v1/orders', {
    partnerId,
    requestedOn: '2026-06-30',
    lines: [{ sku: product.sku, qty: '3' }],
  });
  expect(placed.status).toBe(201);
  orderNo = placed.body.no;
  t.clock.advance(366 * 86_400_000);
  await sales.post('/api/v1/orders', { partnerId, requestedOn: '2027-08-30', lines: [{ sku: 'LAMP', qty: '1' }] });
});
afterAll(async () => {
  await t?.close();
  fs.rmSync(root, { recursive: true, force: true });
});

describe('the archive of a year', () => {
  it('every table says what an archive takes of it', async () => {
    const rows = await t.sql(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'schema_migration'`,
    );
    expect(Object.keys(ARCHIVED).sort()).toEqual(rows.map((row) => String(row.name)).sort());
  });

  it('refuses where no company has been set up, and in a database of something else', async () => {
    const empty = await testApp({ company: false });
    const from = (url: string) =>
      refusal(writeArchive({ url, year: 2025, folder: folder('none'), now: t.clock.now(), withOpen: false }));
    expect(await from(empty.database.appUrl)).toBe('no_company ');
    expect(await from(empty.database.superUrl.replace(/\/[^/?]+(?=\?|$)/, '/postgres'))).toBe('no_company ');
    expect(fs.existsSync(folder('none'))).toBe(false);
    await empty.close();
  });

  it('refuses a year that is not over, one with open orders, and a folder that is not empty', async () => {
    expect(await refusal(write('a', 2027))).toBe('not_over 2027');
    expect(await refusal(write('a', 2026))).toBe('open_orders 1');
    fs.mkdirSync(folder('full'));
    fs.writeFileSync(path.join(folder('full'), 'x'), '');
    expect(await refusal(write('full', 2026, true))).toBe(`not_empty ${folder('full')}`);
  });

  it('holds the year’s orders with their lines and events, names as they stand, and none of the next year', async () => {
    const manifest = await write('y', 2026, true);
    expect(manifest).toMatchObject({ year: 2026, openOrders: 1, sums: [{ what: 'orders draft', count: 1 }] });
    const rowsOf = (table: string) => manifest.files.find((file) => file.table === table)?.rows;
    expect([rowsOf('sales_order'), rowsOf('order_line'), rowsOf('partner')]).toEqual([1, 1, 1]);
    const orders = await text(readTable(folder('y'), 'sales_order'));
    expect(orders.split('\n')[0]).toContain('gross_amount');
    expect(orders).toContain(orderNo);
    expect(await text(readTable(folder('y'), 'partner'))).toContain('"華東""渠道"", 有限公司"');
    const events = await text(readTable(folder('y'), 'event'));
    expect(events).toContain('order.');
    expect(events).not.toContain('2027-');
    expect(await text(readTable(folder('y'), 'columns'))).toContain('sales_order,gross_amount,bigint,minor units');
    expect((await checkArchive(folder('y'))).files).toEqual(manifest.files);
  });

  it('lets nobody in: no password, session, key or link is in any of its files', async () => {
    const names = fs.readdirSync(path.join(folder('y'), 'tables'));
    for (const table of ['user_session', 'api_key', 'signed_link', 'mail_server', 'webhook_endpoint', 'one_time_token'])
      expect(names).not.toContain(`${table}.csv.gz`);
    expect((await text(readTable(folder('y'), 'app_user'))).split('\n')[0]).toBe(
      'id,kind,partner_id,login,name,name_en,state,created_at',
    );
  });

  it('names the first file that was changed, lost or added', async () => {
    const copy = (name: string) => {
      fs.cpSync(folder('y'), folder(name), { recursive: true });
      return folder(name);
    };
    const changed = copy('changed');
    fs.appendFileSync(path.join(changed, 'tables/order_line.csv.gz'), 'x');
    expect(await refusal(checkArchive(changed))).toBe('changed tables/order_line.csv.gz');
    const lost = copy('lost');
    fs.rmSync(path.join(lost, 'tables/event.csv.gz'));
    expect(await refusal(checkArchive(lost))).toBe('changed tables/event.csv.gz');
    const added = copy('added');
    fs.writeFileSync(path.join(added, 'tables/zz.csv.gz'), '');
    expect(await refusal(checkArchive(added))).toBe('changed tables/zz.csv.gz');
    fs.rmSync(path.join(added, MANIFEST));
    expect(await refusal(checkArchive(added))).toBe(`no_manifest ${added}`);
  });
});
