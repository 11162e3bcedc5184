/** Keyset paging: a page starts after the last row of the one before, so that deep pages cost what the first one costs. */
import { createHash } from 'node:crypto';
import { parseBizDate } from '../../kernel/biz-date.ts';
import { isId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/refusal.ts';

/** A cursor is opaque to callers. It carries the values of the sort columns of the last row. */
export const encodeCursor = (values: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** The values of a cursor; a text that is no cursor, or has another number of values, is refused with one sentence for all reasons. */
export function decodeCursor(cursor: string | undefined, length: number): (string | number | null)[] | null {
  if (cursor === undefined) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => value === null || typeof value === 'string' || typeof value === 'number')
    )
      return values;
  } catch {
    // falls through to the refusal
  }
  throw refuse('request.bad_cursor', undefined, 'cursor');
}

/** What a cursor belongs to: the list with its filters and order, and whose people it was given to. The length of a page may change. */
export type CursorPlace = { operation: string; params: unknown; query: unknown; partnerId: string | null };

/**
 * The mark that a cursor bears outside: it continues the list that gave it, and nothing else. No secret (what a caller may see never hangs
 * on a cursor), but what was changed, cut, or made for other filters is refused instead of showing a page that belongs nowhere.
 */
function markOf(cursor: string, { operation, params, query, partnerId }: CursorPlace): string {
  const { cursor: _cursor, limit: _limit, ...filters } = (query ?? {}) as Record<string, unknown>;
  const place = JSON.stringify([cursor, operation, params ?? null, filters, partnerId]);
  return createHash('sha256').update(place).digest('base64url').slice(0, 12);
}

export const markCursor = (cursor: string, place: CursorPlace): string => `${cursor}.${markOf(cursor, place)}`;

/** The cursor without its mark; refuses one that was not given by this list. */
export function unmarkCursor(marked: string, place: CursorPlace): string {
  const [cursor = '', mark] = marked.split('.');
  if (mark !== markOf(cursor, place)) throw refuse('request.bad_cursor', undefined, 'cursor');
  return cursor;
}

/** Rows were read with limit + 1: the extra one says that there is a next page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  cursorOf: (row: Row) => readonly (string | number | null)[],
  total?: { count: number; exact: boolean },
): { items: Item[]; nextCursor: string | null; total: number | null; totalIsExact: boolean } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(item),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null,
    total: total?.count ?? null,
    totalIsExact: total?.exact ?? true,
  };
}

const FORMS = {
  text: (value: string) => !value.includes('\u0000'),
  id: isId,
  date: (value: string) => parseBizDate(value) !== null,
  whole: (value: string) => /^-?\d{1,18}$/.test(value),
};

/** As {@link decodeCursor}, with values that fit the columns they are compared with: a made-up cursor is a refusal, not a database error. */
export function decodeTypedCursor(cursor: string | undefined, kinds: readonly (keyof typeof FORMS)[]): string[] | null {
  const values = decodeCursor(cursor, kinds.length);
  if (values === null) return null;
  return values.map((value, i) => {
    if (typeof value !== 'string' || !FORMS[kinds[i] ?? 'text'](value))
      throw refuse('request.bad_cursor', undefined, 'cursor');
    return value;
  });
}
