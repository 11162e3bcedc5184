import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { COMPANY, sql } from './database.ts';
import { type Cells, hanging } from './hanging.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.close());

type Row = {
  no: number;
  amount: bigint | null;
  at: Date | null;
  on: string;
  what: unknown;
  text: string;
  yes: boolean;
};
const rows = hanging<Row>(
  { no: 'int', amount: 'bigint?', at: 'timestamptz?', on: 'date', what: 'jsonb', text: 'text', yes: 'boolean' },
  sql`(values
    (2, null::bigint, null::timestamptz, date '2026-02-28', '{"a": [1, "2"]}'::jsonb, '渠成 "渠道" \\ é', false),
    (1, 9223372036854775807, '2026-11-26T01:02:03.456Z', '0001-01-01', 'null', '', true)
  ) x(no, amount, at, "on", what, text, yes) where x.no <= o.most`,
  sql`x.no`,
);

it('hanging rows come back as they lie in the database: large whole numbers, instants, days, JSON, nothing', async () => {
  const found = await t.services.database.read(COMPANY, (tx) =>
    tx.query<{ found: Cells }>(sql`select ${rows.value} as found from (values (0), (2)) o(most) order by o.most`),
  );
  expect(found.map((row) => rows.rows(row.found))).toEqual([
    [],
    [
      {
        no: 1,
        amount: 9223372036854775807n,
        at: new Date('2026-11-26T01:02:03.456Z'),
        on: '0001-01-01',
        what: null,
        text: '',
        yes: true,
      },
      { no: 2, amount: null, at: null, on: '2026-02-28', what: { a: [1, '2'] }, text: '渠成 "渠道" \\ é', yes: false },
    ],
  ]);
});
