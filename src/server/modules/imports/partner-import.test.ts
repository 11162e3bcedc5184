import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor as Person, HOST, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { makeUscc } from '../../kernel/uscc.ts';
import { counted } from '../../../../tests/support/statements.ts';
import { COMPANY } from '../../platform/db/database.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { findDuplicates } from '../partners/index.ts';
import { loadKnownCompanies } from '../partners/known-companies.ts';
import { nameColumns } from '../partners/partner-names.ts';
import { kindOf } from './kinds.ts';
import { runInParts } from './run-import.ts';
import type { RowFate } from './import-table.ts';

let t: TestApp;
let sales: Person & { token: string };
let caller: Actor;
beforeAll(async () => {
  t = await testApp();
  sales = await t.signedIn('sales');
  const actor = await t.services.authenticator.bySession(sales.token, t.clock.now());
  if (actor === null) throw new Error('not signed in');
  caller = actor;
});
afterAll(() => t.close());

/** Names that have nothing in common but place and legal form. */
const nameOf = (n: number) => `廣州${createHash('sha256').update(String(n)).digest('hex').slice(0, 12)}商貿有限公司`;
const rowsOf = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `${nameOf(from + at)},張三,採購,139${String(10_000_000 + from + at)}`);
const bytesOf = (rows: readonly string[]) => Buffer.from(['渠道名稱,聯絡人,聯絡人職責,聯絡電話', ...rows].join('\n'));

async function importAs(rows: readonly string[]) {
  const database = counted(t.services.database);
  const fates: RowFate[] = [];
  await runInParts(
    {
      runtime: { ...t.services.runtime, database },
      actor: caller,
      now: () => t.clock.now(),
      requestId: 'r',
      kind: kindOf('partners'),
      mode: 'valid_rows',
      existing: 'keep',
      bytes: bytesOf(rows),
    },
    { after: 0, keep: async (part) => fates.push(...part) > 0 },
  );
  return { fates, counts: database.take() };
}

it('R3.1 partners of a file go in by the hundred: a larger file costs no more statements, and each is the file that one entered by hand would be', async () => {
  const few = await importAs(rowsOf(0, 10));
  const many = await importAs(rowsOf(10, 400));
  expect([few, many].map(({ fates }) => fates.filter(({ ok }) => ok).length)).toEqual([10, 400]);
  expect(many.counts.statements).toBeLessThanOrEqual(few.counts.statements);
  t.services.authenticator.forget();
  const [made] = (await sales.get(`/api/v1/partners?q=${many.fates[399]?.no}`)).body.items;
  const { body } = await sales.get(`/api/v1/partners/${made.id}`);
  const byHand = (await sales.post('/api/v1/partners', { name: '手工錄入單位' })).body;
  expect(body).toMatchObject({ name: nameOf(409), salesOwner: { id: sales.userId }, version: 1, state: 'applied' });
  expect(body.completeness.missing).toEqual(
    byHand.completeness.missing.filter((field: string) => !['contact', 'contactBuyer'].includes(field)),
  );
  const traces = await t.sql<{ n: string }>(
    `select (select count(*) from event where type = 'partner.created' and document_id = p.id)
       + (select count(*) from task where kind = 'partner.complete' and document_id = p.id and user_id = $1)
       + (select count(*) from credit_account where partner_id = p.id) as n from partner p where p.id = any($2)`,
    [sales.userId, [made.id, byHand.id]],
  );
  expect(traces.map(({ n }) => Number(n))).toEqual([3, 3]);
});

it('R3.1 rows are compared with each other and with files of others, by code, name, sound and telephone', async () => {
  const other = await t.as({ role: 'sales', name: '他人' });
  await other.post('/api/v1/partners', {
    name: '別人的泰山石材有限公司',
    contacts: [{ name: '甲', duties: ['buyer'], phone: '020-8888 7777' }],
  });
  const { fates } = await importAs([
    '佛山市遠豐電器有限公司,,,',
    '遠豐電器有限責任公司,,,',
    '佛山市远丰电器有限公司,,,',
    '別人的泰山石材廠,,,',
    '毫不相干機械廠,乙,採購,02088887777',
    '完全不同的紡織廠,丙,採購,13911112222',
    '另有一家造紙廠,丁,採購,139-1111-2222',
  ]);
  expect(fates.map(({ ok, errors }) => (ok ? 'in' : errors[0]?.params?.['why']))).toEqual([
    'in',
    'name',
    'pinyin',
    'name',
    'phone',
    'in',
    'phone',
  ]);
});

it('R3.1 comparing many at once finds what comparing one finds', async () => {
  await importAs(
    ['深圳市星河科技有限公司', '星河材料（深圳）有限公司', '深圳新河科技公司', '大星河科技集團'].map(
      (name) => `${name},,,`,
    ),
  );
  const sought = [
    '星河科技',
    '深圳星和科技',
    '星河',
    '星河材料有限公司',
    '大星河科技',
    ...rowsOf(0, 8).map((row) => row.split(',')[0] ?? ''),
  ].map((name) => ({ id: null, uscc: null, phones: [], ...nameColumns(name) }));
  const [known, single] = await t.services.database.read(COMPANY, (tx) =>
    Promise.all([loadKnownCompanies(tx, sought), Promise.all(sought.map((one) => findDuplicates(tx, one)))]),
  );
  expect(sought.map((one) => known.like(one))).toEqual(single);
  expect(single.flat().length).toBeGreaterThan(10);
});

it('R3.1 files that are exported in the form of the import come in again unchanged, in both formats and three languages; what differs is named', async () => {
  await sales.post('/api/v1/partners', {
    name: '往返測試單位',
    nameEn: '=Round "trip", Ltd',
    uscc: makeUscc('91310000MA1FLRT01'),
    level: 'A',
    regionCode: '310115',
    territory: '華東',
    paymentTerm: { kind: 'deposit_balance', depositRate: '0.300', days: 30 },
    replyDays: 5,
    invoiceTitle: '往返測試單位',
    taxNo: '91310000MA1FLRT012',
    bankName: '中國銀行',
    bankAccount: '0012345678901234567890',
    invoiceAddress: '世紀大道 1 號',
    invoicePhone: '021-12345678',
    obtainedOn: '2026-03-01',
    contacts: [{ name: '張三', duties: ['finance', 'buyer'], phone: '+86 139 0000 1111', email: 'z@example.test' }],
    addresses: [{ label: '倉', regionCode: '310115', detail: '世紀大道 1 號', receiver: '李四' }],
  });
  for (const [format, locale, type] of [
    ['csv', 'zh-Hans', 'text/csv'],
    ['xlsx', 'zh-Hant', 'application/octet-stream'],
    ['xlsx', 'en', 'application/octet-stream'],
  ] as const) {
    const url = `/api/v1/exports/partnerFiles?format=${format}`;
    const headers = { host: HOST, 'accept-language': locale, cookie: `qc_session=${sales.token}` };
    const { rawPayload } = await t.running.app.server.inject({ method: 'GET', url, headers });
    const { body } = await sales.send(
      'POST',
      '/api/v1/imports?kind=partners&mode=all_or_nothing&fileName=f',
      rawPayload,
      {
        headers: { 'content-type': type },
      },
    );
    expect(body.rowCount).toBeGreaterThan(400);
    expect(body, `${format} ${locale}`).toMatchObject({
      errorCount: 0,
      replayedCount: body.rowCount,
      okCount: body.rowCount,
    });
  }
  const [{ no = '' } = {}] = await t.sql<{ no: string }>(`select no from partner where name = '往返測試單位'`);
  const { body } = await sales.send(
    'POST',
    '/api/v1/imports?kind=partners&mode=valid_rows&fileName=f',
    Buffer.from(
      `渠道編號,渠道名稱,等級,銀行賬號,付款天數,付款條件,訂金比例,聯絡人,聯絡人職責,聯絡郵箱\n${no},往返測試單位,B,0012345678901234567890,45,訂金加尾款,30%,張三,"finance, buyer",z@example.test`,
    ),
    { headers: { 'content-type': 'text/csv' }, locale: 'en' },
  );
  expect(body.rows[0]).toMatchObject({
    ok: false,
    errors: [
      { column: 'level', code: 'import.row_differs' },
      { column: 'termDays', code: 'import.row_differs' },
    ],
  });
  expect(await t.sql(`select level from partner where no = $1`, [no])).toEqual([{ level: 'A' }]);
});
