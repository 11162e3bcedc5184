/** Memory of the server after the load of this run, and how long a start takes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVER_FLAGS } from '../../scripts/lib/node24.mjs';
import type { House } from '../lib/house.ts';
import { absolute, median, type Row, type RowFile, round } from '../lib/row.ts';
import { readPaths } from './reads.ts';

const main = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));
const GOAL_S = { alone: 1.5, withDatabase: 4 };
const GOAL_MIB = 250;
/** So long the server has been under load when it is looked at: the load of the rows before counts, the rest is made up here. */
const MINUTES = { usual: 5, full: 60 };
/** After a crowd the server gives back what it no longer needs: within this time. */
const REST_S = 30;
const TURN_S = 15;

export const memory: RowFile = {
  ids: ['memory'],
  sizeOnly: true,
  run: async (house, plan) => [await afterLoad(house, plan.full ? MINUTES.full : MINUTES.usual)],
};

export const start: RowFile = { ids: ['start'], run: async (house) => [await startOf(house)] };

async function afterLoad(house: House, minutes: number): Promise<Row> {
  const server = await house.server();
  let highest = 0;
  for (const turn of turns(await readPaths(house), house.keys.staff.manager)) {
    const missing = minutes * 60 - house.secondsOfLoad();
    if (missing <= 0) break;
    await house.load({ ...turn, seconds: Math.min(TURN_S, missing) });
    highest = Math.max(highest, (await server.usage()).rss);
  }
  const under = await server.usage();
  await new Promise((done) => setTimeout(done, REST_S * 1000));
  const after = await server.usage();
  const more = {
    underLoadMiB: round(under.rss / 2 ** 20),
    highestAfterATurnMiB: round(highest / 2 ** 20),
    heapUnderLoadMiB: round(under.heapUsed / 2 ** 20),
    heapMiB: round(after.heapUsed / 2 ** 20),
    minutesOfLoad: round(house.secondsOfLoad() / 60),
    label: `after so many minutes of load, and ${REST_S} s of rest`,
    beyond: 160,
  };
  return absolute({ id: 'memory', value: after.rss / 2 ** 20, unit: 'MiB', goal: GOAL_MIB, atMost: true, more });
}

/** What a day brings, in turn without end: orders placed, lists and details looked at, quotes of a hundred lines. */
function* turns(paths: readonly string[], manager: string): Generator<Omit<Parameters<House['load']>[0], 'seconds'>> {
  for (;;) {
    yield { work: 'place', connections: 64 };
    yield { work: 'get', connections: 32, paths, keys: [manager] };
    yield { work: 'quote', connections: 8, size: 100 };
  }
}

/** From the start of the process to the first answer of /readyz; of three starts the one in the middle. */
async function startOf(house: House): Promise<Row> {
  const dataDir = mkdtempSync(join(tmpdir(), 'qucheng-start-'));
  try {
    const env = { DATA_DIR: dataDir };
    // Makes the data folder; not measured.
    await startOnce(env);
    const withDatabase = await several(env);
    const alone = await several({ ...env, DATABASE_URL: house.postgres.ownerUrl });
    const row = absolute({
      id: 'start',
      value: alone,
      unit: 's',
      goal: GOAL_S.alone,
      atMost: true,
      more: { withEmbeddedDatabase: withDatabase, goalWithEmbeddedDatabase: GOAL_S.withDatabase },
    });
    return { ...row, met: row.met === true && withDatabase <= GOAL_S.withDatabase };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function several(env: Record<string, string>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 3; i += 1) times.push(await startOnce(env));
  return round(median(times), 2);
}

let port = 41_000 + (process.pid % 10_000);

async function startOnce(env: Record<string, string>): Promise<number> {
  port += 1;
  const from = performance.now();
  const child = spawn(process.execPath, [...SERVER_FLAGS, main, '--empty'], {
    env: { ...process.env, ...env, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server did not start: ${said}`);
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
      if (answer?.status === 200) return (performance.now() - from) / 1000;
      await new Promise((done) => setTimeout(done, 10));
    }
  } finally {
    await ended(child);
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
