/** What a list looks like as a file. */

/**
 * text: codes and words, kept as they are. number: a decimal text that becomes a number cell (quantities, rates).
 * amount: the same, shown with two decimals. date: a business date.
 */
export type CellType = 'text' | 'number' | 'amount' | 'date';

export type ExportColumn<T> = { title: string; type: CellType; width?: number; value(item: T): string | null };

/** Programs calculate what a text cell begins with one of these (full-width forms too). */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;

/** The text for a CSV cell: what a spreadsheet would take for a formula gets a leading apostrophe. {@link unguarded} takes it off again. */
export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** The text as it was before {@link guarded}. */
export const unguarded = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text);

const NUMBER = /^-?\d+(\.\d+)?$/;
/** A spreadsheet holds 15 digits exactly. */
const EXACT_DIGITS = 15;

/** Whether a spreadsheet can hold this decimal text as a number without changing it. */
export function isExactNumber(text: string): boolean {
  return NUMBER.test(text) && text.replace(/^-?0*\.?0*/, '').replace('.', '').length <= EXACT_DIGITS;
}
