/** The texts of the client as they lie on disk, and what tells that a word does not belong where it stands. */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

export const LOCALES = ['zh-Hant', 'zh-Hans', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

const folderOf = (locale: Locale) => fileURLToPath(new URL(`../../src/web/i18n/${locale}/`, import.meta.url));
const statesOf = (locale: Locale) =>
  fileURLToPath(new URL(`../../src/contract/i18n/${locale}/states.json`, import.meta.url));

/** Every text of a language; `area` is the file. */
function textsOf(locale: Locale): { area: string; text: string }[] {
  const own = fs.readdirSync(folderOf(locale)).filter((name) => name.endsWith('.json'));
  return [...own.map((name) => folderOf(locale) + name), statesOf(locale)].flatMap((file) => {
    const entries: Record<string, string> = JSON.parse(fs.readFileSync(file, 'utf8'));
    return Object.values(entries).map((text) => ({ area: file.replace(/^.*\/|\.json$/g, ''), text }));
  });
}

const lettersOf = (locale: Locale) =>
  new Set(textsOf(locale).flatMap(({ text }) => [...text.replace(/\P{Script=Han}/gu, '')]));

function titleOf(locale: Locale, code: string): string {
  const file = fileURLToPath(new URL(`../../src/contract/i18n/${locale}/errors.json`, import.meta.url));
  const errors: Record<string, { title: string }> = JSON.parse(fs.readFileSync(file, 'utf8'));
  return errors[code]?.title ?? '';
}

/** Patterns for words that are wrong in a language, as sources of regular expressions; `chrome` holds for labels, buttons and headings alone, since data are written as they are. */
export type WrongWords = {
  anywhere: Record<string, string>;
  chrome: Record<string, string>;
  /** What a page says to somebody who may not see it. */
  notYours: string;
};

const COUNTED =
  'days|lines|orders|rows|files|hours|minutes|weeks|months|years|pieces|items|products|partners|tasks|notices|people|addresses|characters|differences|deviations|boxes|units|places|entries|times';

export function wrongWords(locale: Locale): WrongWords {
  const areas = [...new Set(textsOf('en').map(({ area }) => area))].join('|');
  const anywhere = {
    'no text for': `(?<![\\w@./-])(?:${areas})\\.[a-z][\\w.]*[A-Za-z]`,
    'not meant to be read':
      '\\b(?:undefined|NaN|Invalid Date|null)\\b|\\[object|\\d{4}-\\d\\d-\\d\\dT\\d\\d|\\{\\w+\\}',
  };
  const notYours = titleOf(locale, 'permission.denied');
  if (locale === 'en')
    return {
      notYours,
      anywhere: { ...anywhere, 'one of many': `(?<![\\d.,-])1 (?:[a-z]+ )?(?:${COUNTED})\\b` },
      chrome: { 'Chinese in English': '[\\u3400-\\u9fff]+' },
    };
  const other = lettersOf(locale === 'zh-Hant' ? 'zh-Hans' : 'zh-Hant');
  const own = lettersOf(locale);
  const foreign = [...other].filter((letter) => !own.has(letter)).join('');
  return { notYours, anywhere, chrome: { 'letters of the other script': `[${foreign}]` } };
}
