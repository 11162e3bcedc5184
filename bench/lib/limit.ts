/** The limit L: orders per second of one function call and one transaction for each order (limit.sql), through pgbench, best of 1, 8, 32 and 64 clients. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTNERS, PRODUCTS } from '../ids.ts';
import type { House } from './house.ts';

const CLIENTS = [1, 8, 32, 64] as const;

/** The best number of clients of a kind is looked for once; afterwards its neighbours are left out. */
const best = new Map<boolean, number>();

export function requirePgbench(): void {
  if (spawnSync('pgbench', ['--version']).status !== 0)
    throw new Error(
      'pgbench is missing: the limit is never replaced by something else. On Debian: apt-get install postgresql',
    );
}

/** Orders per second. `hot`: all orders want the same five products. */
export async function limit(house: House, hot: boolean, seconds: number): Promise<number> {
  const answer = await storedAnswer(house);
  const file = join(house.dir, 'limit.pgbench');
  writeFileSync(file, script(hot, answer));
  const known = best.get(hot);
  let most = { tps: 0, clients: 0 };
  for (const clients of known === undefined ? CLIENTS : [known]) {
    await house.superuser.query('checkpoint');
    const tps = pgbench(house, file, clients, seconds);
    if (tps > most.tps) most = { tps, clients };
  }
  best.set(hot, most.clients);
  return most.tps;
}

export const bestClients = (hot: boolean): number => best.get(hot) ?? 0;

/** What the product stores as the answer of an order: the limit stores the same. */
async function storedAnswer(house: House): Promise<string> {
  const { rows } = await house.owner.query<{ answer: string }>(
    `select answer from idempotency where operation = 'orderCreate' limit 1`,
  );
  return (rows[0]?.answer ?? '').replaceAll("'", "''").replaceAll(':', ' ');
}

function pgbench(house: House, file: string, clients: number, seconds: number): number {
  const args = ['-n', '-M', 'prepared', '-c', clients, '-j', Math.min(clients, 2), '-T', seconds, '-f', file];
  const result = spawnSync('pgbench', [...args.map(String), house.postgres.ownerUrl], {
    encoding: 'utf8',
    env: { ...process.env, PGOPTIONS: '-c app.scope=company' },
  });
  const tps = /tps = ([\d.]+)/.exec(result.stdout)?.[1];
  if (tps === undefined || result.status !== 0) throw new Error(`pgbench: ${result.stderr}`);
  return Number.parseFloat(tps);
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
