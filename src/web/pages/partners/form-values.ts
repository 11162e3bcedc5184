/** What forms hold and what goes over the wire: an emptied field is null, an untouched one is not sent. */

export const orNull = (text: string | null | undefined): string | null =>
  text === undefined || text === null || text.trim() === '' ? null : text.trim();

export const orLeftOut = (text: string | null | undefined): string | undefined => orNull(text) ?? undefined;

/** The fields of `after` that differ from `before`. */
export function changedOnly<T extends object>(before: T, after: T): Partial<T> {
  const same = (name: keyof T) => JSON.stringify(before[name]) === JSON.stringify(after[name]);
  const changed: Partial<T> = {};
  for (const name of Object.keys(after) as (keyof T)[]) if (!same(name)) changed[name] = after[name];
  return changed;
}

/** Without the fields that hold nothing. */
export function withoutEmpty<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], null | undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], null | undefined> } = {};
  for (const name of Object.keys(values) as (keyof T)[]) {
    const value = values[name];
    if (value !== null && value !== undefined) kept[name] = value as Exclude<T[typeof name], null | undefined>;
  }
  return kept;
}
