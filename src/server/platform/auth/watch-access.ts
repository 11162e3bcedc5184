/** Listens for changes of people, sessions and keys made by any node, so that none of them keeps an actor who lost a right. */
import { type Database, sql, type Tx } from '../db/database.ts';
import type { Authenticator } from './authenticate.ts';

const CHANNEL = 'qucheng_access';
const RETRY_MS = 1000;

/** Says to all nodes, at commit, that somebody's rights have changed. */
export const announceAccessChange = (tx: Tx): Promise<number> => tx.run(sql`select pg_notify(${CHANNEL}, '')`);

/** Keeps one connection listening; `stop` ends it. */
export function watchAccess(
  database: Database,
  authenticator: Pick<Authenticator, 'hears' | 'forget'>,
): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let client: Awaited<ReturnType<Database['connect']>> | undefined;

  async function listen(): Promise<void> {
    try {
      const line = await database.connect();
      client = line;
      line.on('notification', () => authenticator.forget());
      line.once('end', () => {
        authenticator.hears(false);
        later();
      });
      await line.query(`listen ${CHANNEL}`);
      authenticator.hears(true);
    } catch {
      authenticator.hears(false);
      await client?.end().catch(() => undefined);
      later();
    }
  }
  function later(): void {
    if (stopped || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      underWay = listen();
    }, RETRY_MS);
    timer.unref();
  }
  let underWay = listen();

  return {
    async stop() {
      stopped = true;
      if (timer !== undefined) clearTimeout(timer);
      await underWay;
      await client?.end().catch(() => undefined);
    },
  };
}
