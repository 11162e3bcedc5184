/** A load with what each answer has cost: processor by process, statements, write-ahead log. */
import type { House } from './house.ts';
import type { Load } from './jobs.ts';
import { postgresCpu } from './processes.ts';
import { round } from './row.ts';

export type Each = {
  serverMs: number;
  postgresMs: number | null;
  loadMs: number;
  statements: number;
  walBytes: number;
};

/** Of all processes together; null where PostgreSQL's is not known. */
export const totalMs = ({ serverMs, postgresMs, loadMs }: Each): number | null =>
  postgresMs === null ? null : serverMs + postgresMs + loadMs;

export const measured = (house: House, job: Parameters<House['load']>[0]): Promise<Load & { each: Each }> =>
  measuredLoad(house, () => house.load(job));

/** Any load that says how much it has done and what of the processor it has used itself. */
export async function measuredLoad<L extends { done: number; cpuSeconds: number }>(
  house: House,
  run: () => Promise<L>,
): Promise<L & { each: Each }> {
  await house.caughtUp();
  await house.superuser.query('checkpoint');
  const server = await house.server();
  const look = async () => ({ ...(await server.usage()), wal: await walOf(house), postgres: postgresCpu(house.dir) });
  const before = await look();
  const load = await run();
  // What readers of the log still owe to this load is part of what it costs.
  await house.caughtUp();
  const after = await look();
  const done = Math.max(1, load.done);
  const ms = (cpuSeconds: number) => round((cpuSeconds * 1000) / done, 3);
  return {
    ...load,
    each: {
      serverMs: ms(after.cpuSeconds - before.cpuSeconds),
      postgresMs: before.postgres === null || after.postgres === null ? null : ms(after.postgres - before.postgres),
      loadMs: ms(load.cpuSeconds),
      statements: round((after.statements - before.statements) / done, 2),
      walBytes: Math.round((after.wal - before.wal) / done),
    },
  };
}

async function walOf({ superuser }: House): Promise<number> {
  const { rows } = await superuser.query<{ at: string }>(
    `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint::text as at`,
  );
  return Number.parseInt(rows[0]?.at ?? '0', 10);
}
