/** Counts what work sends to the database: figures that do not depend on the machine. */
import type { Database, Plans, Scope, Tx } from '../../src/server/platform/db/database.ts';

export type Counts = {
  transactions: number;
  /** BEGIN, scope and COMMIT included. */
  statements: number;
  /** How often something is sent and then waited for: the round trips. */
  flights: number;
};

/** The database, counted; `take` gives the counts since the last call. */
export function counted(database: Database): Database & { take(): Counts } {
  let counts: Counts = { transactions: 0, statements: 0, flights: 0 };
  const watched =
    <T>(work: (tx: Tx) => Promise<T>, transactions: 0 | 1) =>
    async (tx: Tx): Promise<T> => {
      counts.transactions += transactions;
      // BEGIN and scope open the first flight of a transaction; a read on a connection of its own is its statements.
      counts.statements += 2 * transactions;
      counts.flights += 1;
      let waited = false;
      const sent = <R>(promise: Promise<R>): Promise<R> => {
        counts.statements += 1;
        if (waited) counts.flights += 1;
        waited = false;
        const answered = () => {
          waited = true;
        };
        promise.then(answered, answered);
        return promise;
      };
      const result = await work({
        query: (statement) => sent(tx.query(statement)),
        run: (statement) => sent(tx.run(statement)),
      });
      counts.statements += transactions;
      if (waited) counts.flights += transactions;
      return result;
    };
  return {
    ...database,
    read: <T>(scope: Scope, work: (tx: Tx) => Promise<T>) => database.read(scope, watched(work, 0)),
    write: <T>(scope: Scope, work: (tx: Tx) => Promise<T>, plans?: Plans) =>
      database.write(scope, watched(work, 1), plans),
    take() {
      const taken = counts;
      counts = { transactions: 0, statements: 0, flights: 0 };
      return taken;
    },
  };
}
