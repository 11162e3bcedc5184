/** The limit L: orders per second of one function call and one transaction for each order (limit.sql), through pgbench, best of 1, 8, 32 and 64 clients. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTNERS, PRODUCTS } from '../ids.ts';
import type { House } from './house.ts';
import { endedChildrenCpu, postgresCpu, type Server } from './processes.ts';
import { median, round } from './row.ts';

const CLIENTS = [1, 8, 32, 64] as const;
const REAPED_MS = 500;

/** The best number of clients of a kind is looked for once; afterwards its neighbours are left out. */
const best = new Map<boolean, number>();

export function requirePgbench(): void {
  if (spawnSync('pgbench', ['--version']).status !== 0)
    throw new Error(
      'pgbench is missing: the limit is never replaced by something else. On Debian: apt-get install postgresql',
    );
}

/** `ms`: of processor an order, PostgreSQL and pgbench together; null where there is no /proc. */
export type Limit = { perSecond: number; ms: number | null };

/** `hot`: all orders want the same five products. The product stands still meanwhile, with nothing of the log unread. */
export async function limit(house: House, hot: boolean, seconds: number): Promise<Limit> {
  const answer = (await storedAnswer(house.owner)).replaceAll("'", "''").replaceAll(':', ' ');
  const file = join(house.dir, 'limit.pgbench');
  writeFileSync(file, script(hot, answer));
  await house.caughtUp();
  const server = await house.server();
  const known = best.get(hot);
  let most: Limit & { clients: number } = { perSecond: 0, ms: null, clients: 0 };
  await standsStill(house, server);
  try {
    for (const clients of known === undefined ? CLIENTS : [known]) {
      await house.superuser.query('checkpoint');
      const found = await pgbench(house, file, clients, seconds);
      if (found.perSecond > most.perSecond) most = { ...found, clients };
    }
  } finally {
    server.goOn();
  }
  best.set(hot, most.clients);
  return most;
}

/**
 * Pauses the product between two transactions. Paused within one it would hold a snapshot, from which on no version of a row could be
 * pruned: the limit, which changes the same rows again and again, became three times slower by that.
 */
export async function standsStill(house: House, server: Server): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    server.pause();
    const { rows } = await house.superuser.query<{ busy: number }>(`
      select count(*)::int as busy from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        and backend_type = 'client backend' and (state <> 'idle' or backend_xmin is not null)`);
    if (rows[0]?.busy === 0) return;
    server.goOn();
    await new Promise((resolve) => setTimeout(resolve, 7));
  }
  throw new Error('the product did not come to rest');
}

export const bestClients = (hot: boolean): number => best.get(hot) ?? 0;

/** What the limits of a row say together. */
export const limitFacts = (limits: readonly Limit[], hot: boolean) => ({
  limits: limits.map(({ perSecond }) => round(perSecond)),
  limitClients: bestClients(hot),
  limitMs: round(median(limits.flatMap(({ ms }) => ms ?? [])), 2),
});

/** What the product stores as the answer of an order of five lines: the limit and the bare route store the same. */
export async function storedAnswer(owner: House['owner']): Promise<string> {
  const { rows } = await owner.query<{ answer: string }>(
    `select answer from idempotency where operation = 'orderCreate' and jsonb_array_length(answer::jsonb -> 'lines') = 5 limit 1`,
  );
  const answer = rows[0]?.answer;
  if (answer === undefined) throw new Error('no order of five lines has been placed: the limit has no answer to store');
  return answer;
}

async function pgbench(house: House, file: string, clients: number, seconds: number): Promise<Limit> {
  const args = ['-n', '-M', 'prepared', '-c', clients, '-j', Math.min(clients, 2), '-T', seconds, '-f', file];
  const used = () => (postgresCpu(house.dir) ?? 0) + endedChildrenCpu();
  const before = used();
  const result = spawnSync('pgbench', [...args.map(String), house.postgres.ownerUrl], {
    encoding: 'utf8',
    env: { ...process.env, PGOPTIONS: '-c app.scope=company' },
  });
  const tps = /tps = ([\d.]+)/.exec(result.stdout)?.[1];
  const orders = /actually processed: (\d+)/.exec(result.stdout)?.[1];
  if (tps === undefined || orders === undefined || result.status !== 0) throw new Error(`pgbench: ${result.stderr}`);
  // Its backends have ended with it; until PostgreSQL knows, what they used stands nowhere.
  await new Promise((resolve) => setTimeout(resolve, REAPED_MS));
  const ms = ((used() - before) * 1000) / Number.parseInt(orders, 10);
  return { perSecond: Number.parseFloat(tps), ms: postgresCpu(house.dir) === null ? null : ms };
}

function script(hot: boolean, answer: string): string {
  const each = Math.floor(PRODUCTS / 5);
  const pick = [0, 1, 2, 3, 4].map((n) => `\\set p${n + 1} ${hot ? n + 1 : `random(1, ${each}) + ${n * each}`}`);
  const id = (n: number) => `('00000000-0000-7000-8002-' || lpad(to_hex(:p${n}::int), 12, '0'))::uuid`;
  const five = (value: string) => `array[${Array.from({ length: 5 }, () => value).join(', ')}]`;
  return `${pick.join('\n')}
\\set partner random(1, ${PARTNERS})
\\set q random(1, ${hot ? 3 : 30})
select bench_place(('00000000-0000-7000-8001-' || lpad(to_hex(:partner::int), 12, '0'))::uuid, gen_random_uuid()::text, 'L-' || nextval('order_no'), array[${[1, 2, 3, 4, 5].map(id).join(', ')}], ${five(':q::bigint * 10000')}, array[113000000, 226000000, 339000000, 452000000, 565000000]::bigint[], now(), '${answer}');
`;
}
