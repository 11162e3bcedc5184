/** Words that stand in the three languages side by side, as mails and papers have them. */
import { type Locale, LOCALES } from './http/messages.ts';

export type Words = readonly [hant: string, hans: string, en: string];

export const wordIn = (words: Words, locale: Locale): string => words[LOCALES.indexOf(locale)] ?? words[0];

/** `{name}` filled in; a place that nothing is said for stays as it is. */
export const fillIn = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all);
