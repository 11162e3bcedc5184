import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { refuse } from '../../kernel/refusal.ts';
import { systemActor } from '../../platform/auth/authenticate.ts';
import { sql } from '../../platform/db/database.ts';
import { importKind, textIn } from '../../platform/import/kind.ts';
import { defineBatch, defineCommand } from '../../platform/pipeline/define.ts';
import { column } from './kinds/shared.ts';
import { type ImportCall, runInParts, runWhole } from './run-import.ts';
import type { RowFate } from './import-table.ts';

/** A document of several rows: a list with lines, each of which becomes a carrier. */
const Body = z.strictObject({
  list: z.string(),
  lines: z.array(z.strictObject({ code: z.string().max(5, 'field.too_long') })),
});
type Doc = z.output<typeof Body>;

const rule = (lines: Doc['lines']) => lines.findIndex(({ code }) => code.startsWith('no'));
const single = defineCommand<Doc>({
  name: 'test.doc',
  refuses: [],
  async run({ tx }, { list, lines }) {
    await tx.run(
      sql`insert into carrier (id, code, name) select gen_random_uuid(), c, 'x' from unnest(${lines.map(({ code }) => code)}::text[]) c`,
    );
    if (rule(lines) >= 0) throw refuse('carrier.not_found', undefined, `lines.${rule(lines)}.code`);
    return { status: 201, body: { no: list } };
  },
});
const batch = defineBatch<Doc & { found: string }, null, string[]>({
  name: 'test.docs',
  refuses: [],
  maxBatch: 50,
  load: async () => null,
  decide: (_state, { input: { found, lines } }) =>
    rule(lines) >= 0
      ? { ok: false, refusals: [{ code: 'carrier.not_found', field: `lines.${rule(lines)}.code` }] }
      : {
          ok: true,
          change: lines.map(({ code }) => code),
          events: [],
          tasks: [],
          answer: { status: 201, body: { no: found } },
        },
  save: (tx, _state, changes) =>
    tx.run(
      sql`insert into carrier (id, code, name) select gen_random_uuid(), c, 'x' from unnest(${changes.flat()}::text[]) c`,
    ),
});
const shape = {
  kind: 'orders' as const,
  titles: { 'zh-Hant': '單', 'zh-Hans': '单', en: 'Lists' },
  can: 'company.manage' as const,
  columns: [
    column('list', 'code', '單', '单', 'List', { required: true }),
    column('code', 'code', '碼', '码', 'Code', { field: 'lines.*.code', required: true }),
  ],
  groupBy: ['list'],
  body: (rows: readonly Readonly<Record<string, string | undefined>>[]) => ({
    list: rows[0]?.['list'],
    lines: rows.map((row) => ({ code: row['code'] })),
  }),
  schema: Body,
  numberOf: (answer: unknown) => textIn(answer, 'no'),
};
const kinds = {
  single: importKind<Doc>({ ...shape, command: single }),
  batch: importKind<Doc, Doc & { found: string }>({
    ...shape,
    command: batch,
    prepare: async (tx, rows) => {
      const [company] = await tx.query<{ name: string }>(sql`select name from company`);
      return rows.map(({ body }) =>
        body.list === 'lost'
          ? { ok: false, refusals: [{ code: 'import.row_unmatched', field: 'list', params: { value: 'lost' } }] }
          : { ok: true, input: { ...body, found: `${company?.name} ${body.list}` } },
      );
    },
  }),
};

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.close());

async function parts(call: ImportCall) {
  const fates: RowFate[] = [];
  const keep = async (part: RowFate[]) => fates.push(...part) > 0;
  await runInParts(call, { after: 0, keep });
  return { fates, committed: fates.some(({ ok }) => ok) };
}

const run = async (kind: keyof typeof kinds, mode: 'check' | 'all_or_nothing' | 'valid_rows', text: string) => {
  const call: ImportCall = {
    runtime: t.services.runtime,
    actor: systemActor,
    now: () => t.clock.now(),
    requestId: 'r',
    kind: kinds[kind],
    mode,
    existing: 'keep',
    bytes: Buffer.from(`list,code\n${text}`),
  };
  const { fates, committed } = mode === 'valid_rows' ? await parts(call) : await runWhole(call);
  return {
    committed,
    rows: fates.map(({ row, ok, no, errors }) => [
      row,
      ok
        ? no
        : errors
            .map(({ column: at, code, params }) =>
              [at ?? '-', code, ...(params?.['rows'] === undefined ? [] : [params['rows']])].join(' '),
            )
            .join(),
    ]),
  };
};
const carriers = async () =>
  (await t.sql<{ code: string }>('select code from carrier order by code')).map(({ code }) => code);

it.each(['single', 'batch'] as const)(
  'R3.3 %s: rows that follow each other make one document, which stands or falls as a whole',
  async (kind) => {
    const tag = kind === 'single' ? 's' : 'b';
    const before = await carriers();
    const result = await run(
      kind,
      'valid_rows',
      [
        `A,${tag}1`,
        `A,${tag}2`,
        `B,${tag}3`,
        `B,no${tag}`,
        `B,${tag}4`,
        `C,${tag}5`,
        `C,far-too-long`,
        `D,${tag}6`,
      ].join('\n'),
    );
    const name = (list: string) => (kind === 'single' ? list : `渠成测试公司 ${list}`);
    expect(result.rows).toEqual([
      [2, name('A')],
      [3, name('A')],
      [4, '- import.rest_refused 5'],
      [5, 'code carrier.not_found'],
      [6, '- import.rest_refused 5'],
      [7, '- import.rest_refused 8'],
      [8, 'code field.too_long'],
      [9, name('D')],
    ]);
    expect(await carriers()).toEqual([...before, `${tag}1`, `${tag}2`, `${tag}6`].sort());
  },
);

it('R3.3 what cannot be looked up is a row of its own, and holds back a file that goes in whole or not at all', async () => {
  const before = await carriers();
  expect(await run('batch', 'all_or_nothing', 'lost,p1\nE,p2')).toEqual({
    committed: false,
    rows: [
      [2, 'list import.row_unmatched'],
      [3, '渠成测试公司 E'],
    ],
  });
  expect(await run('batch', 'check', 'E,p2')).toEqual({ committed: false, rows: [[2, '渠成测试公司 E']] });
  expect(await carriers()).toEqual(before);
  expect(await run('batch', 'all_or_nothing', 'E,p2\nF,p3')).toMatchObject({ committed: true });
  expect(await carriers()).toEqual([...before, 'p2', 'p3'].sort());
});

it('R3.3 documents that the database refuses are found among many of a hot command', async () => {
  await run('batch', 'valid_rows', 'G,q1');
  expect((await run('batch', 'valid_rows', 'H,q2\nI,q1\nJ,q3')).rows).toEqual([
    [2, '渠成测试公司 H'],
    [3, '- carrier.duplicate'],
    [4, '渠成测试公司 J'],
  ]);
  expect(await carriers()).toEqual(expect.arrayContaining(['q1', 'q2', 'q3']));
});
