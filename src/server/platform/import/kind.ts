/** What can be imported: columns of a file, and the command that a row (or a group of rows) becomes. */
import type { z } from 'zod';
import type { ImportKindName } from '../../../contract/imports.ts';
import type { Permission } from '../../../contract/roles.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Tx } from '../db/database.ts';
import type { Titles } from '../export/index.ts';
import type { AnyCommand } from '../pipeline/define.ts';
import type { Actor } from '../pipeline/types.ts';

/**
 * text: words. code: kept digit by digit. number: decimal text. integer: digits. rate: 0.13 or 13%. date: YYYY-MM-DD. flag: true or false.
 * Each arrives as text in that form.
 */
export type ImportColumnType = 'text' | 'code' | 'number' | 'integer' | 'rate' | 'date' | 'flag';

export type ImportColumn = {
  /** Technical name. Headers are recognised by it and by the title in any language. */
  name: string;
  titles: Titles;
  /** More headings that it is recognised by: those of earlier versions, and what other houses write. */
  also?: readonly string[];
  type: ImportColumnType;
  required?: boolean;
  /** Allowed values with their words; both are understood. */
  choices?: Record<string, Titles>;
  /** Where refusals of the command speak of this column: `paymentTerm.days`, `lines.*.qty`. The name unless said otherwise. */
  field?: string;
};

/** The cells of a row by technical name; what was empty is missing. */
export type ImportValues = Readonly<Record<string, string | undefined>>;

/** A value on file and the one that a row gives, by column; null: none, or one that the caller may not see. */
export type CellChange = { column: string; before: string | null; after: string | null };

/**
 * What a row comes to: a new document (with ids in place of codes); one that is there already, just as the row has it; one that is there and
 * differs, with the command's input that would change it (`as`: its version, so that each change is made once; `asked`: the row itself
 * says that it may); or refusals.
 */
export type PreparedRow<I, U = never> =
  | { ok: true; input: I }
  | { ok: true; there: string }
  | { ok: true; update: U; no: string; as: string; changes: CellChange[]; asked?: boolean }
  | { ok: false; refusals: Refusal[] };

export type ImportRow<B> = { body: B; values: ImportValues };

export type ImportKind<B = unknown, I = B, U = never> = {
  kind: ImportKindName;
  titles: Titles;
  can: Permission;
  columns: readonly ImportColumn[];
  /** Rows that follow each other with the same values here make one document. Without it each row is one. */
  groupBy?: readonly string[];
  /** What a caller of the API would send; `schema` checks it. */
  body(rows: readonly ImportValues[]): unknown;
  schema: z.ZodType<B>;
  /**
   * For commands that want ids where files have codes, and cannot look them up themselves (batch form): one call for many bodies, in the
   * scope of the caller, with the cells that they were made of. Commands in single form look up in their own transaction and need none.
   */
  prepare?(tx: Tx, rows: readonly ImportRow<B>[], actor: Actor): Promise<readonly PreparedRow<I, U>[]>;
  command: AnyCommand<I>;
  /** Changes what is there; without it the kind only adds. */
  update?: AnyCommand<U>;
  /** The number of the document, from the answer of the command. */
  numberOf(answer: unknown): string | undefined;
};

// oxlint-disable-next-line typescript/no-explicit-any -- the registry holds kinds of every shape
export type AnyImportKind = ImportKind<any, any, any>;

/** A kind for the registry, with its types checked against each other. */
export const importKind = <B, I = B, U = never>(kind: ImportKind<B, I, U>): AnyImportKind => kind;

/** A property of an answer, as text. */
export function textIn(answer: unknown, name: string): string | undefined {
  if (typeof answer !== 'object' || answer === null || !(name in answer)) return undefined;
  const value = (answer as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The cells of a row that differ from those on file. Only what the row says is compared: an empty cell leaves the file as it is. `folds`:
 * ways of writing that mean the same, by column.
 */
export function cellChanges(
  said: ImportValues,
  known: ImportValues,
  { folds = {}, leave = [] }: { folds?: Record<string, (text: string) => string>; leave?: readonly string[] } = {},
): CellChange[] {
  return Object.entries(said).flatMap(([column, after]) => {
    if (after === undefined || leave.includes(column)) return [];
    const before = known[column];
    const fold = folds[column] ?? ((text: string) => text);
    return before !== undefined && fold(before) === fold(after) ? [] : [{ column, before: before ?? null, after }];
  });
}
