import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, HOST, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { SILENT_MS } from './import-queries.ts';
import type { RowFate } from './import-table.ts';
import { kindOf } from './kinds.ts';
import { runInParts } from './run-import.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let skus: string[];
beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sales = await t.as('sales');
  const partnerId = await t.partner({ no: 'C-LONG' });
  await g.address(partnerId);
  const warehouse = await g.warehouse();
  const products = await Promise.all(Array.from({ length: 10 }, () => g.product()));
  for (const { id } of products) await g.stock(id, warehouse, 100_000);
  skus = products.map(({ sku }) => sku);
});
afterAll(() => t.close());

/** So many orders of five lines; the last line of every hundredth names a product that does not exist. */
const fileOf = (name: string, orders: number) =>
  [
    'partner,poNo,requestedOn,sku,qty,submit',
    ...Array.from({ length: orders }, (_, n) =>
      [0, 1, 2, 3, 4].map(
        (line) =>
          `C-LONG,${name}-${n},2026-05-01,${n % 100 === 99 && line === 4 ? 'NO-SUCH' : skus[(n + line) % 10]},1,1`,
      ),
    ).flat(),
  ].join('\n');
const upload = (name: string, orders: number) =>
  sales.send(
    'POST',
    `/api/v1/imports?kind=orders&mode=valid_rows&fileName=${name}.csv`,
    Buffer.from(fileOf(name, orders)),
    {
      headers: { 'content-type': 'text/csv' },
    },
  );
const look = async (id: string) => (await sales.get(`/api/v1/imports/${id}`)).body;
const until = async (id: string, wanted: (body: { state: string; okCount: number }) => boolean) => {
  for (let tries = 0; tries < 600; tries += 1) {
    const body = await look(id);
    if (wanted(body)) return body;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the import did not get there');
};
const ordersOf = async (name: string) =>
  (await t.sql<{ n: number }>(`select count(*)::int as n from sales_order where po_no like $1`, [`${name}-%`]))[0]?.n;

it('P17 a long file of orders goes on after the answer, shows how far it is, and ends with every row and its reason', async () => {
  const { status, body } = await upload('LONG', 300);
  expect([status, body.state, body.rowCount]).toEqual([200, 'running', 1500]);
  const done = await until(body.id, ({ state }) => state !== 'running');
  expect(done).toMatchObject({ state: 'done', okCount: 1485, errorCount: 15, committed: true, stoppedBy: null });
  expect(done.rows[0]).toMatchObject({ ok: false });
  expect(await ordersOf('LONG')).toBe(297);
  const file = await sales.get(`/api/v1/imports/${body.id}/file`);
  expect([file.status, file.text.slice(0, 2)]).toEqual([200, 'PK']);
  const again = await upload('LONG', 300);
  const replay = await until(again.body.id, ({ state }) => state !== 'running');
  expect([replay.replayedCount, await ordersOf('LONG')]).toEqual([1485, 297]);
});

it('P17 a running import is cancelled after the parts under way, and continued it ends as if nothing had been', async () => {
  const { body } = await upload('STOP', 1000);
  const cancelled = await sales.post(`/api/v1/imports/${body.id}/cancel`);
  expect(cancelled.status).toBe(200);
  const stopped = await until(body.id, ({ state }) => state !== 'running');
  expect(stopped.state).toBe('cancelled');
  expect(stopped.okCount + stopped.errorCount).toBeLessThan(5000);
  expect((await sales.post(`/api/v1/imports/${body.id}/cancel`)).body.code).toBe('import.wrong_state');
  const stranger = await t.as('manager');
  expect((await stranger.post(`/api/v1/imports/${body.id}/continue`)).body.code).toBe('import.not_yours');
  expect((await sales.post(`/api/v1/imports/${body.id}/continue`)).status).toBe(200);
  const done = await until(body.id, ({ state }) => state !== 'running');
  expect(done).toMatchObject({ state: 'done', okCount: 4950, errorCount: 50 });
  expect(await ordersOf('STOP')).toBe(990);
});

it('P17 what fails while two parts are worked on leaves nothing at work behind it, and goes on to the same end', async () => {
  const { token, userId } = await t.signedIn({ role: 'sales' });
  await g.address(await t.partner({ no: 'C-BREAK', ownerId: userId }));
  const actor = await t.services.authenticator.bySession(token, t.clock.now());
  if (actor === null) throw new Error('not signed in');
  const call = {
    runtime: t.services.runtime,
    actor,
    now: () => t.clock.now(),
    requestId: 'r',
    kind: kindOf('orders'),
    mode: 'valid_rows' as const,
    existing: 'keep' as const,
    bytes: Buffer.from(fileOf('BREAK', 600).replaceAll('C-LONG', 'C-BREAK')),
  };
  const keep = async () => {
    throw new Error('killed');
  };
  await expect(runInParts(call, { after: 0, keep })).rejects.toThrow('killed');
  const made = await ordersOf('BREAK');
  await new Promise((done) => setTimeout(done, 500));
  expect(await ordersOf('BREAK')).toBe(made);
  const fates: RowFate[] = [];
  await runInParts(call, { after: 0, keep: async (part) => fates.push(...part) > 0 });
  expect(fates.map(({ row }) => row)).toEqual(Array.from({ length: 3000 }, (_, i) => i + 2));
  expect([fates.filter(({ replayed }) => replayed).length, fates.filter(({ ok }) => ok).length]).toEqual([
    (made ?? 0) * 5,
    2970,
  ]);
  expect(await ordersOf('BREAK')).toBe(594);
});

it('P17 an import whose server is gone stands there as interrupted and is continued', async () => {
  const { body } = await upload('GONE', 2);
  await t.sql(`update import_run set state = 'running', ok_count = 5, seen_at = $2 where id = $1`, [
    body.id,
    new Date(t.clock.now().getTime() - SILENT_MS - 1),
  ]);
  await t.sql('delete from import_fate where import_id = $1 and row > 6', [body.id]);
  expect((await look(body.id)).state).toBe('interrupted');
  await sales.post(`/api/v1/imports/${body.id}/continue`);
  expect(await look(body.id)).toMatchObject({ state: 'done', okCount: 10, replayedCount: 5 });
  expect(await ordersOf('GONE')).toBe(2);
});

it('R3.3 rows of an order that went in are kept once, and told one by one: to the reader and in the file that comes back', async () => {
  const [head = '', ...lines] = fileOf('TOLD', 100).split('\n');
  // An empty line in the middle of the first order; the last order is refused.
  const { body } = await sales.send(
    'POST',
    '/api/v1/imports?kind=orders&mode=valid_rows&fileName=told.csv',
    Buffer.from([head, ...lines.slice(0, 2), '', ...lines.slice(2)].join('\n')),
    { headers: { 'content-type': 'text/csv' } },
  );
  expect(body).toMatchObject({ state: 'done', rowCount: 500, okCount: 495, errorCount: 5 });
  expect((await look(body.id)).rows).toEqual(body.rows);
  const told = (body.rows as { row: number; no?: string }[]).map(({ row, no }) => [row, no]);
  const numbers = new Map(
    (await t.sql<{ po_no: string; no: string }>(`select po_no, no from sales_order where po_no like 'TOLD-%'`)).map(
      ({ po_no, no }) => [po_no, no],
    ),
  );
  const wanted = lines.map((line, at) => [at < 2 ? at + 2 : at + 3, numbers.get(line.split(',')[1] ?? '')]);
  expect(told).toEqual([...wanted.slice(495), ...wanted.slice(0, 495)]);
  const kept = await t.sql<{ n: number }>('select count(*)::int as n from import_fate where import_id = $1', [body.id]);
  // Two for the order with a gap, one for each of the others, one for each row that was refused.
  expect(kept[0]?.n).toBe(2 + 98 + 5);
  const manager = await t.signedIn('manager');
  const file = await t.running.app.server.inject({
    method: 'GET',
    url: `/api/v1/imports/${body.id}/file?language=en`,
    headers: { host: HOST, cookie: `qc_session=${manager.token}` },
  });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(file.rawPayload as never);
  const results = (workbook.worksheets[0]?.getColumn(7).values ?? []).slice(2);
  expect(results.slice(0, 495)).toEqual(wanted.slice(0, 495).map(([, no]) => `Done ${no}`));
  expect(results[499]).toContain('Product not found');
});
