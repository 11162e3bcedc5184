/** How a row differs from what is on file, in the reader's language. */
import { asLocale } from '../../platform/http/messages.ts';
import type { AnyImportKind, CellChange } from '../../platform/import/kind.ts';

/** The title of a column; its technical name where the kind has none of that name. */
export const titleOf = (kind: AnyImportKind, column: string, language: string): string =>
  kind.columns.find(({ name }) => name === column)?.titles[asLocale(language)] ?? column;

export function changeInWords({ column, before, after }: CellChange, kind: AnyImportKind, language: string) {
  const locale = asLocale(language);
  const known = kind.columns.find(({ name }) => name === column);
  const words = (value: string | null) => (value === null ? null : (known?.choices?.[value]?.[locale] ?? value));
  return { title: titleOf(kind, column, locale), before: words(before), after: words(after) };
}
