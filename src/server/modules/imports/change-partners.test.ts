/** Many changed partner files at once: what the commands of one file make, in sets. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { counted } from '../../../../tests/support/statements.ts';
import { kindOf } from './kinds.ts';
import { runInParts } from './run-import.ts';
import type { RowFate } from './import-table.ts';

let t: TestApp;
let sales: Actor & { token: string };
let next: Actor & { token: string };
let nextLogin = '';
beforeAll(async () => {
  t = await testApp();
  [sales, next] = await Promise.all([t.signedIn('sales'), t.signedIn('sales')]);
  const [user] = await t.sql<{ login: string }>('select login from app_user where id = $1', [next.userId]);
  nextLogin = user?.login ?? '';
});
afterAll(() => t.close());

const COLUMNS =
  '渠道編號,渠道名稱,等級,統一社會信用代碼,銷售負責人賬號,銀行賬號,聯絡人,聯絡人職責,聯絡電話,收貨地址,地址名稱,收貨人';

async function change(rows: readonly string[]) {
  t.services.authenticator.forget();
  const actor = await t.services.authenticator.bySession(sales.token, t.clock.now());
  if (actor === null) throw new Error('not signed in');
  const database = counted(t.services.database);
  const fates: RowFate[] = [];
  await runInParts(
    {
      runtime: { ...t.services.runtime, database },
      actor,
      now: () => t.clock.now(),
      requestId: 'r',
      kind: kindOf('partners'),
      mode: 'valid_rows',
      existing: 'update',
      bytes: Buffer.from([COLUMNS, ...rows].join('\n')),
    },
    { after: 0, keep: async (part) => fates.push(...part) > 0 },
  );
  const told = fates
    .toSorted((a, b) => a.row - b.row)
    .map(({ ok, does, errors }) => (ok ? does : errors.map(({ column, code }) => `${column} ${code}`).join()));
  return { told, statements: database.take().statements };
}

/** Names that have nothing in common. */
const nameOf = (text: string) =>
  String.fromCodePoint(
    ...[...createHash('sha256').update(text).digest()].slice(0, 8).map((byte) => 0x4e00 + byte * 60),
  );

async function made(no: string, active = false): Promise<string> {
  const { body } = await sales.post('/api/v1/partners', {
    no,
    name: nameOf(no),
    contacts: [{ name: '張三', duties: ['buyer'], phone: '139-0000' }],
    addresses: [{ label: '倉', detail: '一號路', receiver: '李四' }],
  });
  if (active) await t.sql(`update partner set state = 'active' where id = $1 returning id`, [body.id]);
  return body.id;
}

/** Everything that a change leaves behind, without what differs from file to file: ids, numbers, names. */
async function left(id: string) {
  const [row] = await t.sql<{ all: unknown }>(
    `select jsonb_build_object(
      'file', (select to_jsonb(p) - '{id,no,name,name_folded,name_stem,pinyin,pinyin_initials}'::text[] from partner p where id = $1),
      'contacts', (select jsonb_agg(to_jsonb(c) - '{id,partner_id}'::text[] order by name) from partner_contact c where partner_id = $1),
      'addresses', (select jsonb_agg(to_jsonb(a) - '{id,partner_id}'::text[] order by detail) from partner_address a where partner_id = $1),
      'events', (select jsonb_agg(jsonb_build_array(type, version, actor_id, payload - '{contactId,addressId,changeId,name}'::text[]) order by version)
        from event where document_id = $1 and version > 1),
      'personal', (select jsonb_agg(to_jsonb(c) - '{partner_id,subject_id}'::text[] order by version, field) from partner_personal_change c where partner_id = $1),
      'proposals', (select jsonb_agg(to_jsonb(c) - '{id,partner_id}'::text[]) from partner_change c where partner_id = $1),
      'tasks', (select jsonb_agg(jsonb_build_array(kind, user_id, role, due_at, closed_at, closed_by) order by kind) from task where document_id = $1)
    ) as all`,
    [id],
  );
  return row?.all;
}

it('R3.1 what a file changes is what the commands of one file change: fields, work of the sales contact, proposals, contacts, addresses, events', async () => {
  const nos = ['F-1', 'F-2', 'F-3', 'F-4'];
  const byFile = await Promise.all(nos.map((no, at) => made(no, at === 2)));
  const byHand = await Promise.all(nos.map((no, at) => made(`H${no}`, at === 2)));
  expect(
    (
      await change([
        `F-1,${nameOf('F-1')},B,,,,,,,,,`,
        `F-2,${nameOf('F-2')},,,${nextLogin},,,,,,,`,
        `F-3,${nameOf('F-3')},C,,,6222000011112222,,,,,,`,
        `F-4,${nameOf('F-4')},A,,,,張三,"buyer,finance",138-1111,二號路,新倉,王五`,
      ])
    ).told,
  ).toEqual(['change', 'change', 'change', 'change']);
  const [one, two, three, four] = byHand.map((id) => `/api/v1/partners/${id}`);
  const [contact] = await t.sql<{ id: string }>('select id from partner_contact where partner_id = $1', [byHand[3]]);
  const done = [
    await sales.patch(one ?? '', { level: 'B' }, { ifMatch: 1 }),
    await sales.patch(two ?? '', { salesOwnerId: next.userId }, { ifMatch: 1 }),
    await sales.patch(three ?? '', { level: 'C', bankAccount: '6222000011112222' }, { ifMatch: 1 }),
    await sales.patch(four ?? '', { level: 'A' }, { ifMatch: 1 }),
    await sales.post(
      `${four}/contacts`,
      { id: contact?.id, name: '張三', duties: ['buyer', 'finance'], phone: '138-1111' },
      { ifMatch: 2 },
    ),
    await sales.post(`${four}/addresses`, { label: '新倉', detail: '二號路', receiver: '王五' }, { ifMatch: 3 }),
  ];
  expect(done.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  for (const [at, id] of byFile.entries()) expect(await left(id)).toEqual(await left(byHand[at] ?? ''));
});

it('R3.1 rows are decided one after the other: on what those before them have left, each refused alone', async () => {
  const [a, b] = await Promise.all([made('G-1', true), made('G-2'), made('G-3'), made('G-4')]);
  const twin = nameOf('a name that two of them want');
  const rows = [
    `G-1,${nameOf('G-1')},,,,6222000011112222,,,,,,`,
    // Finance has not decided about the first.
    `G-1,${nameOf('G-1')},B,,,6333000011112222,,,,,,`,
    `G-2,${twin},,,,,,,,,,`,
    `G-3,${twin}有限公司,B,,,,,,,,,`,
    // The name that the third row has given up is free.
    `G-4,${nameOf('G-2')},,,,,,,,,,`,
    `G-2,${twin},,91310000MA1FLUPD12,,,,,,,,`,
    `G-2,${twin},,,,,乙,buyer,1,三號路,倉二,乙`,
    `G-2,${twin},,,,,丙,buyer,2,四號路,倉三,丙`,
  ];
  expect((await change(rows)).told).toEqual([
    'change',
    'null partner.change_open',
    'change',
    'name partner.duplicate',
    'change',
    'uscc partner.uscc_invalid',
    'change',
    'change',
  ]);
  expect(await t.sql('select level, bank_account, version from partner where id = $1', [a])).toEqual([
    { level: null, bank_account: null, version: 2 },
  ]);
  expect(await t.sql('select version, uscc from partner where id = $1', [b])).toEqual([{ version: 6, uscc: null }]);
  const places = await t.sql(
    'select detail, is_default from partner_address where partner_id = $1 order by detail collate "C"',
    [b],
  );
  expect(places).toEqual([
    { detail: '一號路', is_default: true },
    { detail: '三號路', is_default: false },
    { detail: '四號路', is_default: false },
  ]);
  const versions = await t.sql<{ version: number }>('select version from event where document_id = $1 order by 1', [b]);
  expect(versions.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('R3.1 a larger file of changes costs no more statements', async () => {
  const numbers = Array.from({ length: 120 }, (_, at) => `S-${at}`);
  const rows = (level: string, from: number, to: number) =>
    numbers.slice(from, to).map((no) => `${no},${nameOf(no)},${level},,,,甲,buyer,${level},五號路,倉,甲`);
  expect((await change(rows('A', 0, 120))).told).not.toContain(undefined);
  const [few, many] = [await change(rows('B', 0, 10)), await change(rows('B', 10, 120))];
  expect([new Set(few.told), new Set(many.told)]).toEqual([new Set(['change']), new Set(['change'])]);
  expect(many.statements).toBeLessThanOrEqual(few.statements);
});
