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

export async function measured(house: House, job: Parameters<House['load']>[0]): Promise<Load & { each: Each }> {
  await house.superuser.query('checkpoint');
  const server = await house.server();
  const look = async () => ({ ...(await server.usage()), wal: await walOf(house), postgres: postgresCpu(house.dir) });
  const before = await look();
  const load = await house.load(job);
  const after = await look();
  const answers = Math.max(1, load.done);
  const ms = (cpuSeconds: number) => round((cpuSeconds * 1000) / answers, 3);
  return {
    ...load,
    each: {
      serverMs: ms(after.cpuSeconds - before.cpuSeconds),
      postgresMs: before.postgres === null || after.postgres === null ? null : ms(after.postgres - before.postgres),
      loadMs: ms(load.cpuSeconds),
      statements: round((after.statements - before.statements) / answers, 2),
      walBytes: Math.round((after.wal - before.wal) / answers),
    },
  };
}

async function walOf({ superuser }: House): Promise<number> {
  const { rows } = await superuser.query<{ at: string }>(
    `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint::text as at`,
  );
  return Number.parseInt(rows[0]?.at ?? '0', 10);
}
