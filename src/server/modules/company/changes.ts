/** Before → after of the columns that a change touches, as events carry it. */

export type FieldChange = { before: string | null; after: string | null };

const asText = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** As the wire names the field of a column. */
export const fieldOf = (column: string): string =>
  column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The fields of `after` that differ from `before`; what `hidden` names is listed without its values. */
export function changesBetween(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  hidden: ReadonlySet<string> = new Set(),
): Record<string, FieldChange | 'changed'> {
  const changes: Record<string, FieldChange | 'changed'> = {};
  for (const [column, value] of Object.entries(after)) {
    const [was, is] = [asText(before[column]), asText(value)];
    if (was === is) continue;
    changes[fieldOf(column)] = hidden.has(column) ? 'changed' : { before: was, after: is };
  }
  return changes;
}

/** The values that a PATCH body gives for columns: `undefined` was not given. */
export function given<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
