/** Small things that the kinds of imports share. */
import type { ImportColumn, ImportColumnType, ImportValues } from '../../../platform/import/kind.ts';

/** A column: technical name, type, titles in zh-Hant, zh-Hans, en. */
export const column = (
  name: string,
  type: ImportColumnType,
  hant: string,
  hans: string,
  en: string,
  more: Omit<ImportColumn, 'name' | 'type' | 'titles'> = {},
): ImportColumn => ({ name, type, titles: { 'zh-Hant': hant, 'zh-Hans': hans, en }, ...more });

/** Allowed values: code, then its words in zh-Hant, zh-Hans, en. */
export const choices = (
  rows: readonly (readonly [string, string, string, string])[],
): NonNullable<ImportColumn['choices']> =>
  Object.fromEntries(rows.map(([code, hant, hans, en]) => [code, { 'zh-Hant': hant, 'zh-Hans': hans, en }]));

export const flagIn = (values: ImportValues, name: string): boolean | undefined =>
  values[name] === undefined ? undefined : values[name] === 'true';

export const integerIn = (values: ImportValues, name: string): number | undefined =>
  values[name] === undefined ? undefined : Number.parseInt(values[name], 10);

/** Cells without those that are empty. */
export const given = (values: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));

/** Without the properties that are undefined, so that a schema sees only what the file says. */
export const present = (body: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
