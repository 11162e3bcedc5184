import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { sql } from '../db/database.ts';
import { defineBatch } from './define.ts';
import { runCommands } from './run.ts';
import type { Actor, Command } from './types.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.close());

type Row = { id: string; no: string; version: number };

/** Renames a partner, and forgets to ask whose it is. */
const forgetful = defineBatch<{ partnerId: string; name: string }, Map<string, Row>, { id: string; name: string }>({
  name: 'test.forgetful',
  refuses: [],
  maxBatch: 10,
  async load(tx, commands) {
    const ids = commands.map(({ input }) => input.partnerId);
    const rows = await tx.query<Row>(
      sql`select id, no, version from partner where id = any(${ids}::uuid[]) order by id for update`,
    );
    return new Map(rows.map((row) => [row.id, row]));
  },
  decide(state, { input }) {
    const row = state.get(input.partnerId);
    if (row === undefined) return { ok: false, refusals: [{ code: 'partner.not_found' }] };
    row.version += 1;
    return {
      ok: true,
      change: { id: row.id, name: input.name },
      events: [
        {
          documentType: 'partner',
          documentId: row.id,
          documentNo: row.no,
          version: row.version,
          type: 'partner.changed',
          partnerId: row.id,
          payload: {},
        },
      ],
      tasks: [],
      answer: { status: 200, body: {} },
    };
  },
  save: (tx, _state, changes) =>
    tx.run(sql`update partner p set name = c.name from unnest(${changes.map(({ id }) => id)}::uuid[],
      ${changes.map(({ name }) => name)}::text[]) as c(id, name) where p.id = c.id`),
});

async function buyerOf(partnerId: string): Promise<Actor> {
  const key = await t.key({ partnerId, roles: ['partner_buyer'] });
  const actor = await t.services.authenticator.byKey(key.secret, t.clock.now());
  if (actor === null) throw new Error('no actor');
  return actor;
}

it('P9 a decision that forgets to ask for the scope changes nothing of another partner in its batch, and its neighbours go through', async () => {
  const [mine, theirs] = await Promise.all([t.partner({ name: 'mine' }), t.partner({ name: 'theirs' })]);
  const [me, them] = await Promise.all([buyerOf(mine), buyerOf(theirs)]);
  const command = (actor: Actor, partnerId: string, name: string): Command<{ partnerId: string; name: string }> => ({
    input: { partnerId, name },
    actor,
    now: t.clock.now(),
    requestId: 'r',
  });
  const outcomes = await runCommands(t.services.runtime, forgetful, [
    command(them, theirs, 'theirs, by themselves'),
    command(me, theirs, 'theirs, by me'),
    command(me, mine, 'mine, by me'),
  ]);
  expect(outcomes.map((outcome) => (outcome.ok ? outcome.status : outcome.refusals[0]?.code))).toEqual([
    200,
    // Run again alone, the row-level security of its own scope hides the row.
    'partner.not_found',
    200,
  ]);
  expect(await t.sql('select name from partner where id = any($1) order by name', [[mine, theirs]])).toEqual([
    { name: 'mine, by me' },
    { name: 'theirs, by themselves' },
  ]);
});
