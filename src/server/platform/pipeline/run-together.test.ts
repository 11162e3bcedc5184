import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { newId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/refusal.ts';
import { systemActor } from '../auth/authenticate.ts';
import { sql } from '../db/database.ts';
import { defineBatch, defineCommand } from './define.ts';
import { runTogether } from './run-together.ts';
import type { Command } from './types.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.close());

/** Writes a carrier, and refuses after the write when the code begins with "no". */
const add = defineCommand<string>({
  name: 'test.add',
  refuses: [],
  async run({ tx, command }, code) {
    await tx.run(sql`insert into carrier (id, code, name) values (${newId(command.now)}, ${code}, 'x')`);
    if (code.startsWith('no')) throw refuse('carrier.not_found');
    return { status: 200, body: { code } };
  },
});
const addBatch = defineBatch<string, null, string>({
  name: 'test.add_batch',
  refuses: [],
  maxBatch: 10,
  load: async () => null,
  decide: (_state, { input }) =>
    input.startsWith('no')
      ? { ok: false, refusals: [{ code: 'carrier.not_found' }] }
      : { ok: true, change: input, events: [], tasks: [] },
  save: (tx, _state, codes) =>
    tx.run(
      sql`insert into carrier (id, code, name) select gen_random_uuid(), c, 'x' from unnest(${[...codes]}::text[]) c`,
    ),
});
const commands = (codes: readonly string[]): Command<string>[] =>
  codes.map((input) => ({ input, actor: systemActor, now: t.clock.now(), requestId: 'r' }));
const codes = async () =>
  (await t.sql<{ code: string }>('select code from carrier order by code')).map(({ code }) => code);
const shape = (outcomes: readonly { ok: boolean }[]) => outcomes.map(({ ok }) => ok);

it.each([add, addBatch])('P1 $name: what is refused is undone alone, the others stay', async (definition) => {
  const tag = definition.name;
  const { outcomes, kept } = await runTogether(
    t.services.runtime,
    definition,
    commands([`a-${tag}`, `no-${tag}`, `b-${tag}`]),
    'all',
  );
  expect([shape(outcomes), kept]).toEqual([[true, false, true], true]);
  expect((await codes()).filter((code) => code.endsWith(tag))).toEqual([`a-${tag}`, `b-${tag}`]);
});

it.each([add, addBatch])(
  'P1 $name: a row that a constraint refuses is named, and the others stay',
  async (definition) => {
    const tag = `${definition.name}-twice`;
    const { outcomes } = await runTogether(
      t.services.runtime,
      definition,
      commands([`a-${tag}`, `a-${tag}`, `b-${tag}`, `a-${tag}`]),
      'all',
    );
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.refusals[0]?.code))).toEqual([
      'ok',
      'carrier.duplicate',
      'ok',
      'carrier.duplicate',
    ]);
    expect((await codes()).filter((code) => code.endsWith(tag))).toEqual([`a-${tag}`, `b-${tag}`]);
  },
);

it('P1 all or nothing, and a trial, leave nothing behind', async () => {
  const before = await codes();
  expect(await runTogether(t.services.runtime, add, commands(['x1', 'no1']), 'unless_refused')).toMatchObject({
    kept: false,
  });
  expect(await runTogether(t.services.runtime, add, commands(['x2', 'x2']), 'unless_refused')).toMatchObject({
    kept: false,
  });
  expect(await runTogether(t.services.runtime, add, commands(['x3', 'x4']), 'none')).toMatchObject({
    kept: false,
    outcomes: [{ ok: true }, { ok: true }],
  });
  expect(await codes()).toEqual(before);
  expect(await runTogether(t.services.runtime, add, commands(['x5', 'x6']), 'unless_refused')).toMatchObject({
    kept: true,
  });
  expect(await runTogether(t.services.runtime, add, [], 'all')).toEqual({ outcomes: [], kept: true });
});

it('P1 a fault that is no refusal is thrown, and nothing stays', async () => {
  const broken = defineCommand<string>({
    name: 'test.broken',
    refuses: [],
    async run({ tx, command }, code) {
      await tx.run(sql`insert into carrier (id, code, name) values (${newId(command.now)}, ${code}, 'x')`);
      if (code === 'broken') throw new Error('a fault');
      return { status: 200, body: {} };
    },
  });
  await expect(runTogether(t.services.runtime, broken, commands(['y1', 'broken']), 'all')).rejects.toThrow('a fault');
  expect(await codes()).not.toContain('y1');
});
