/**
 * Runs the readers of this node: each in a loop of its own, so that one that is slow or broken delays nobody. Woken at once by commits of
 * this node, by NOTIFY of other nodes, and by a poll that finds what both have missed.
 */
import type pg from 'pg';
import { newId } from '../../kernel/ids.ts';
import type { Log } from '../log.ts';
import {
  DEFAULT_BATCH,
  hasUnread,
  type Reader,
  type ReaderLag,
  type ReadingOptions,
  readerLag,
  readOnce,
  rebuild,
  recordFailure,
} from './readers.ts';

export type ReaderHost = {
  /** Something has been committed here: look at once, and tell the other nodes. */
  wake(): void;
  /** Reads until every reader has seen all that can be read now; throws what a reader throws. For tests and tools. */
  drain(): Promise<void>;
  rebuild(name: string): Promise<void>;
  lag(): Promise<ReaderLag[]>;
  /** Finishes the batches under way, then stops. */
  stop(): Promise<void>;
};

export type ReaderHostOptions = ReadingOptions & {
  readers: readonly Reader[];
  log: Log;
  /** How often to look without having been told; 1000 ms unless said otherwise. */
  pollMs?: number;
  /** Failed readers wait from here, doubling, up to a minute; 500 ms unless said otherwise. */
  backoffMs?: number;
};

const CHANNEL = 'qucheng_event';
const NOTIFY_AFTER_MS = 200;
const LONGEST_BACKOFF_MS = 60_000;
const LONGEST_BREATH_MS = 250;
/** After reading, waits so long for more: under load events are read by the dozen, and a document that goes from step to step is looked at once for several of them. */
const GATHER_MS = 500;
/** From here, doubling, up to the longest breath: how soon to look again for what stands behind a transaction that still runs. */
const BEHIND_OTHERS_MS = 10;

export function startReaders(options: ReaderHostOptions): ReaderHost {
  const { log } = options;
  const node = newId(options.clock.now());
  let stopping = false;
  let told = 0;
  const sleepers = new Set<() => void>();
  const wakeHere = () => {
    told += 1;
    for (const wake of sleepers) wake();
  };
  const neighbours = listenToNeighbours(options, node, wakeHere);

  /** Waits until told or until the time is over. A backoff is waited out whatever is told; only the stop ends it. */
  const rest = (ms: number, wakeable: boolean) =>
    new Promise<void>((done) => {
      const over = () => {
        if (!stopping && !wakeable) return;
        clearTimeout(timer);
        sleepers.delete(over);
        done();
      };
      const timer = setTimeout(() => {
        sleepers.delete(over);
        done();
      }, ms);
      timer.unref();
      sleepers.add(over);
      if (stopping) over();
    });

  async function loop(reader: Reader): Promise<void> {
    let failures = 0;
    // Of what was told, this much is known to have been read; looks that found nothing since, although something is unread.
    let settled = -1;
    let inVain = 0;
    while (!stopping) {
      try {
        const before = told;
        const since = performance.now();
        const { busy, count } = await readOnce(options, reader);
        if (failures > 0) log.info({ reader: reader.name }, 'a reader of the event log works again');
        failures = 0;
        const held = count === 0 && !busy && before !== settled && (await hasUnread(options, reader));
        inVain = held ? inVain + 1 : 0;
        if (held) await rest(Math.min(LONGEST_BREATH_MS, BEHIND_OTHERS_MS * 2 ** Math.min(inVain - 1, 10)), false);
        else if (count === 0) {
          settled = before;
          // What was told while reading may have come too late for this look.
          if (told === before) await rest(options.pollMs ?? 1000, true);
        }
        // Who is behind reads on, but leaves half of the time to those who write.
        else if (count >= (reader.batch ?? DEFAULT_BATCH))
          await rest(Math.min(LONGEST_BREATH_MS, performance.now() - since), false);
        else if (count > 0) await rest(GATHER_MS, false);
      } catch (error) {
        failures += 1;
        log.error({ err: error, reader: reader.name, failures }, 'a reader of the event log failed');
        await recordFailure(options, reader, error).catch(() => undefined);
        await rest(Math.min(LONGEST_BACKOFF_MS, (options.backoffMs ?? 500) * 2 ** Math.min(failures - 1, 10)), false);
      }
    }
  }

  const loops = options.readers.map(loop);
  const named = (name: string) => {
    const reader = options.readers.find((candidate) => candidate.name === name);
    if (reader === undefined) throw new Error(`there is no reader ${name}`);
    return reader;
  };
  return {
    wake() {
      wakeHere();
      neighbours.tell();
    },
    async drain() {
      for (const reader of options.readers) await readAll(options, reader);
    },
    async rebuild(name) {
      await rebuild(options, named(name));
      wakeHere();
    },
    lag: () => readerLag(options, options.readers),
    async stop() {
      stopping = true;
      wakeHere();
      await Promise.all([...loops, neighbours.stop()]);
    },
  };
}

/**
 * Reads until nothing is unread. Events behind a transaction that still runs (of any database of the server) are waited for, up to
 * `patienceMs`; then it throws.
 */
export async function readAll(options: ReadingOptions, reader: Reader, patienceMs = 20_000): Promise<void> {
  const since = performance.now();
  for (;;) {
    const { busy, count } = await readOnce(options, reader);
    if (!busy && count === 0) {
      const [lag] = await readerLag(options, [reader]);
      if (lag?.behindEvents === 0) return;
    }
    if (count === 0) await new Promise((done) => setTimeout(done, 5));
    if (performance.now() - since > patienceMs)
      throw new Error(`the reader ${reader.name} did not come to the end of the log`);
  }
}

/** LISTEN and NOTIFY on a connection of its own: a NOTIFY inside a business transaction would make all commits wait for each other. */
function listenToNeighbours(
  options: ReaderHostOptions,
  node: string,
  heard: () => void,
): { tell(): void; stop(): Promise<void> } {
  let client: pg.Client | null = null;
  let stopped = false;
  let pending: NodeJS.Timeout | null = null;
  let retry: NodeJS.Timeout | null = null;

  async function connect(attempt: number): Promise<void> {
    const again = () => {
      client = null;
      if (stopped) return;
      retry = setTimeout(() => void connect(attempt + 1), Math.min(30_000, 500 * 2 ** Math.min(attempt, 6)));
      retry.unref();
    };
    try {
      const opened = await options.database.connect();
      if (stopped) {
        await opened.end();
        return;
      }
      opened.on('notification', ({ payload }) => {
        if (payload !== node) heard();
      });
      opened.once('end', again);
      await opened.query(`listen ${CHANNEL}`);
      client = opened;
    } catch (error) {
      options.log.warn({ err: error }, 'no connection for news of other nodes; readers go on by polling');
      again();
    }
  }

  const first = connect(0);
  return {
    tell() {
      if (pending !== null || client === null) return;
      pending = setTimeout(() => {
        pending = null;
        client?.query('select pg_notify($1, $2)', [CHANNEL, node]).catch(() => undefined);
      }, NOTIFY_AFTER_MS);
      pending.unref();
    },
    async stop() {
      stopped = true;
      if (pending !== null) clearTimeout(pending);
      if (retry !== null) clearTimeout(retry);
      await first;
      await client?.end().catch(() => undefined);
    },
  };
}
