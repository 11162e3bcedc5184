/** The access log: sign-ins, refusals. Apart from the event log, because it may be erased after its time. */
import { noting } from '../../kernel/noting.ts';
import { COMPANY, type Database } from '../db/database.ts';
import { defineTable, insertRows } from '../db/table.ts';
import type { ACCESS_KINDS } from '../../../contract/users.ts';

/** Without its id, which the database gives; lines are never changed. */
export const accessLogTable = defineTable('access_log', [], {
  at: 'timestamptz',
  kind: 'text',
  user_id: 'uuid?',
  login: 'text?',
  ip: 'text?',
  operation: 'text?',
  detail: 'jsonb',
});

export type AccessKind = (typeof ACCESS_KINDS)[number];
export type AccessLine = {
  at: Date;
  kind: AccessKind;
  userId?: string | null;
  login?: string | null;
  ip?: string | null;
  operation?: string | null;
  detail?: Record<string, unknown>;
};

export const accessRow = (line: AccessLine) => ({
  at: line.at,
  kind: line.kind,
  user_id: line.userId ?? null,
  login: line.login ?? null,
  ip: line.ip ?? null,
  operation: line.operation ?? null,
  detail: line.detail ?? {},
});

const FLUSH_AFTER_MS = 250;
/** A flood of refusals must not become a flood of memory: beyond this the rest of the quarter second is counted, not listed. */
const KEEP_AT_MOST = 2000;

export type AccessLog = {
  /** For what nobody waits for (refusals): written together with others, a moment later. */
  note(line: AccessLine): void;
  /** Everything noted so far is in the database. */
  flush(): Promise<void>;
};

export function accessLog(database: Database, onError: (error: unknown) => void): AccessLog {
  let dropped = 0;
  const lines = noting<AccessLine>(
    (noted) => {
      const missed = dropped;
      dropped = 0;
      const rows = noted.map(accessRow);
      const last = rows.at(-1);
      if (missed > 0 && last !== undefined) last.detail = { ...last.detail, alsoDenied: missed };
      return database.write(COMPANY, (tx) => insertRows(tx, accessLogTable, rows));
    },
    { afterMs: FLUSH_AFTER_MS, onError },
  );
  return {
    note(line) {
      if (lines.waiting() >= KEEP_AT_MOST) dropped += 1;
      else lines.note(line);
    },
    flush: lines.flush,
  };
}
