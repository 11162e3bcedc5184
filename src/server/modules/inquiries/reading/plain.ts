/** Text as people type it, brought to one form: full-width letters and digits become plain ones, commas of lists are told from commas in numbers. */

/** Longest line that is looked at; what is longer is no list of goods. */
export const LONGEST_LINE = 600;

/**
 * One line in plain form. A full-width comma between digits and exactly three more is part of a number (１，２００), any other one parts
 * words and becomes `、`, so that NFKC does not make it part of a number. Wide gaps stay two blanks: they may part columns.
 */
export function plainLine(line: string): string {
  return line
    .slice(0, LONGEST_LINE)
    .replace(/，(?=[０-９\d]{3}(?![０-９\d]))(?<=[０-９\d]，)/g, ',')
    .replace(/，/g, '、')
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[^\S\t]{2,}/g, '  ')
    .replace(/[^\S\t ]/g, ' ')
    .trim();
}

/** Words without blanks and punctuation, in lower case: the form in which names are compared. Also written in SQL (match-products.ts). */
export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s,，、。.;:：\-–—_/\\()（）[\]【】"'“”*#]+/g, '');

/** A part of a line that has been understood. */
export type Span = { from: number; to: number };

/** The line with the spans blanked out, so that what was understood once is not understood again. */
export function without(line: string, spans: readonly Span[]): string {
  let text = line;
  for (const { from, to } of spans) text = text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
  return text;
}
