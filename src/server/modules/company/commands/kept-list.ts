/** What the company's lists (bank accounts, tax rates, units) have in common: rows are made, changed and retired, each step an event; never deleted. */
import type { ErrorCode } from '../../../../contract/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { changesBetween } from '../changes.ts';

type Kept = Record<string, unknown> & { id: string; version: number };

export type KeptList<Row extends Kept, Create, Update> = {
  /** Of its commands, events and refusals: `tax_rate` gives `tax_rate.create`, `tax_rate.created`, `tax_rate.not_found`. */
  name: 'bank_account' | 'tax_rate' | 'unit';
  documentType: string;
  documentNo(row: Row): string | null;
  notFound: ErrorCode;
  refuses: readonly ErrorCode[];
  view(row: Row): unknown;
  /** The row that was asked for, at version 1. */
  made(input: Create, id: string): Row;
  /** What the log tells of a new one. */
  told(row: Row): Record<string, unknown>;
  idOf(input: Update): string;
  /** The columns that the caller named. */
  set(input: Update): Partial<Row>;
  /** Columns that the log lists without their values. */
  hidden?: ReadonlySet<string>;
  /** Refuses what must not stand in the list. `before`: null for a new one. */
  requireSound?(tx: Tx, row: Row, before: Row | null): Promise<void>;
  lock(tx: Tx, id: string): Promise<Row | undefined>;
  insert(tx: Tx, row: Row): Promise<unknown>;
  save(tx: Tx, row: Row): Promise<unknown>;
};

export function keptList<Row extends Kept, Create, Update>(list: KeptList<Row, Create, Update>) {
  const event = (row: Row, what: 'created' | 'changed', payload: Record<string, unknown>): NewEvent => ({
    documentType: list.documentType,
    documentId: row.id,
    documentNo: list.documentNo(row),
    version: row.version,
    type: `${list.name}.${what}`,
    partnerId: null,
    payload,
  });
  return {
    create: defineCommand<Create>({
      name: `${list.name}.create`,
      refuses: list.refuses,
      async run({ tx, command, emit }, input) {
        const row = list.made(input, newId(command.now));
        await list.requireSound?.(tx, row, null);
        await list.insert(tx, row);
        emit(event(row, 'created', list.told(row)));
        return { status: 201, body: list.view(row), etag: 1 };
      },
    }),
    update: defineCommand<Update>({
      name: `${list.name}.update`,
      refuses: [...list.refuses, list.notFound, 'request.version_stale'],
      async run({ tx, command, emit }, input) {
        const before = await list.lock(tx, list.idOf(input));
        if (before === undefined) throw refuse(list.notFound);
        requireVersion(command, before);
        const set = list.set(input);
        const changes = changesBetween(before, set, list.hidden);
        if (Object.keys(changes).length === 0) return { status: 200, body: list.view(before), etag: before.version };
        const after: Row = { ...before, ...set, version: before.version + 1 };
        await list.requireSound?.(tx, after, before);
        await list.save(tx, after);
        emit(event(after, 'changed', { changes }));
        return { status: 200, body: list.view(after), etag: after.version };
      },
    }),
  };
}
