import { expect, it } from 'vitest';
import { instant } from '../../kernel/clock.ts';
import { systemActor } from '../auth/authenticate.ts';
import type { Database, Tx } from '../db/database.ts';
import { defineBatch } from './define.ts';
import { commandQueue } from './queue.ts';
import { runway } from './runway.ts';
import type { Actor, Command, Env } from './types.ts';

const NOW = instant('2026-03-10T02:00:00Z');
const env = {} as Env;
const tx: Tx = { query: async () => [], run: async () => 0 };

/** Transactions that end when the test says so. */
function heldDatabase() {
  const held: (() => void)[] = [];
  const database = {
    read: (_scope: unknown, work: (tx: Tx) => unknown) => work(tx),
    async write(_scope: unknown, work: (tx: Tx) => Promise<unknown>) {
      const result = await work(tx);
      await new Promise<void>((resolve) => held.push(resolve));
      return result;
    },
  } as unknown as Database;
  return { database, held, end: () => held.shift()?.() };
}

/** A few turns of the event loop: what can go on has gone on. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function setUp(maxBatch: number, places = runway(2)) {
  const batches: string[][] = [];
  const { database, held, end } = heldDatabase();
  const note = defineBatch<string, null, null>({
    name: 'test.note',
    refuses: [],
    maxBatch,
    load: async (_tx, commands) => {
      batches.push(commands.map(({ input }) => input));
      return null;
    },
    decide: () => ({ ok: true, change: null, events: [], tasks: [], answer: { status: 200, body: {} } }),
    save: async () => undefined,
  });
  const queue = commandQueue({ database, env: async () => env, committed: () => undefined }, note, places);
  /** By a person of the partner, or of the company. */
  const submit = (input: string, partnerId: string | null) => {
    const actor: Actor =
      partnerId === null ? systemActor : { ...systemActor, partnerId, scope: { kind: 'partners', ids: [partnerId] } };
    const command: Command<string> = { input, actor, now: NOW, requestId: input };
    return queue.submit(command);
  };
  return { batches, queue, submit, held, end };
}

it('an idle queue starts at once; under load at most two batches are in flight, and what waits is decided together', async () => {
  const { batches, submit, end } = setUp(100);
  void submit('1', 'a');
  await settled();
  void submit('2', 'a');
  void submit('2 too', 'a');
  await settled();
  for (const name of ['3', '4', '5']) void submit(name, 'a');
  await settled();
  expect(batches).toEqual([['1'], ['2', '2 too']]);
  end();
  await settled();
  expect(batches).toEqual([['1'], ['2', '2 too'], ['3', '4', '5']]);
});

it('beside a large batch a few commands wait for company; when it is done they go at once', async () => {
  const { batches, submit, end } = setUp(100);
  for (const name of ['1', '2', '3']) void submit(name, 'a');
  await settled();
  void submit('4', 'a');
  void submit('5', 'a');
  await settled();
  expect(batches).toEqual([['1', '2', '3']]);
  end();
  await settled();
  expect(batches).toEqual([
    ['1', '2', '3'],
    ['4', '5'],
  ]);
  for (const name of ['6', '7', '8']) void submit(name, 'a');
  await settled();
  expect(batches[2]).toEqual(['6', '7', '8']);
});

it('one partner’s flood does not make another one wait for it', async () => {
  const { batches, submit, end } = setUp(4);
  void submit('a', 'flood');
  await settled();
  void submit('b', 'flood');
  await settled();
  for (let n = 0; n < 40; n += 1) void submit(`f${n}`, 'flood');
  void submit('quiet', 'other');
  await settled();
  end();
  await settled();
  expect(batches[2]).toContain('quiet');
});

it('a flood of partners does not keep the company’s people waiting for more than a batch', async () => {
  const { batches, submit, end } = setUp(100);
  void submit('1', 'a');
  await settled();
  for (let n = 0; n < 10; n += 1) void submit(`p${n}`, `partner ${n}`);
  void submit('staff', null);
  await settled();
  for (let n = 0; n < 10; n += 1) void submit(`q${n}`, `partner ${n}`);
  await settled();
  for (let round = 0; round < 2; round += 1) {
    end();
    await settled();
  }
  expect(batches.slice(0, 3).map((batch) => batch.includes('staff'))).toContain(true);
});

it('with more partners than a batch holds, each has its turn', async () => {
  const { batches, submit, end } = setUp(4);
  void submit('first', 'x');
  await settled();
  for (let n = 0; n < 6; n += 1) for (const round of ['1', '2', '3']) void submit(`p${n} ${round}`, `partner ${n}`);
  await settled();
  for (let round = 0; round < 3; round += 1) {
    end();
    await settled();
  }
  const served = batches.slice(1, 4).flat();
  for (let n = 0; n < 6; n += 1) expect(served).toContain(`p${n} 1`);
});

it('in a full queue the partner whose flood it is gives up a place to one who has none', async () => {
  const { queue, submit, end } = setUp(4096);
  void submit('1', 'flood');
  await settled();
  void submit('2', 'flood');
  await settled();
  const flood = Array.from({ length: 4096 }, (_, n) => submit(`f${n}`, 'flood'));
  const quiet = submit('quiet', 'other');
  await expect(flood.at(-1)).rejects.toMatchObject({ refusals: [{ code: 'request.busy' }] });
  expect(queue.waiting()).toBe(4096);
  end();
  end();
  await settled();
  end();
  end();
  expect(await quiet).toMatchObject({ ok: true });
  expect((await Promise.allSettled(flood)).filter(({ status }) => status === 'rejected')).toHaveLength(1);
});

it('a queue that is full says so at once instead of growing, and takes again when there is room', async () => {
  const { queue, submit, end } = setUp(4096);
  void submit('1', 'a');
  await settled();
  void submit('2', 'a');
  await settled();
  const waiting = Array.from({ length: 4096 }, (_, n) => submit(`w${n}`, 'a'));
  await expect(submit('one too many', 'a')).rejects.toMatchObject({ refusals: [{ code: 'request.busy' }] });
  end();
  end();
  await settled();
  expect(queue.waiting()).toBe(0);
  void submit('room again', 'a');
  end();
  await settled();
  expect((await Promise.all(waiting)).every(({ ok }) => ok)).toBe(true);
});

it('drained means that every command that was taken has its answer', async () => {
  const { queue, submit, end } = setUp(1);
  const answers = ['1', '2', '3'].map((name) => submit(name, 'a'));
  let drained = false;
  const waiting = queue.drained().then(() => {
    drained = true;
  });
  await settled();
  end();
  await settled();
  expect(drained).toBe(false);
  for (let n = 0; n < 3; n += 1) {
    end();
    await settled();
  }
  await waiting;
  expect((await Promise.all(answers)).map(({ ok }) => ok)).toEqual([true, true, true]);
});

it('queues share the places of a node: what waits for one goes together, and longer than the first batch nobody waits', async () => {
  const places = runway(2);
  const [one, two, three] = [setUp(100, places), setUp(100, places), setUp(100, places)];
  void one.submit('1', 'a');
  void two.submit('1', 'a');
  await settled();
  for (const name of ['1', '2', '3']) {
    void three.submit(name, 'a');
    await settled();
  }
  expect([one.batches, two.batches, three.batches]).toEqual([[['1']], [['1']], []]);
  one.end();
  await settled();
  expect(three.batches).toEqual([['1', '2', '3']]);
});
