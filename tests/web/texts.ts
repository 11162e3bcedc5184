/** Helpers of the text tests: the catalogues as they lie on disk, and the keys that the client uses. */
import fs from 'node:fs';
import path from 'node:path';

const WEB = path.resolve(import.meta.dirname, '../../src/web');
export const LOCALES = ['zh-Hant', 'zh-Hans', 'en'] as const;

/** All texts of a language as `area.key`. Throws when a file holds something else than text. */
export function catalogue(locale: string): Map<string, string> {
  const texts = new Map<string, string>();
  const folder = path.join(WEB, 'i18n', locale);
  const own = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  for (const file of [...own, `../../../contract/i18n/${locale}/states.json`]) {
    const entries: Record<string, unknown> = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
    for (const [key, text] of Object.entries(entries)) {
      if (typeof text !== 'string') throw new Error(`${locale}/${file}: ${key} is not a text`);
      texts.set(`${path.basename(file, '.json')}.${key}`, text);
    }
  }
  return texts;
}

/** What the server says of a refusal, as `code.title` and `code.detail`. */
export function refusals(locale: string): Record<string, string> {
  const file = path.join(WEB, `../contract/i18n/${locale}/errors.json`);
  const codes: Record<string, Record<string, string>> = JSON.parse(fs.readFileSync(file, 'utf8'));
  return Object.fromEntries(
    Object.entries(codes).flatMap(([code, said]) =>
      Object.entries(said).map(([part, text]) => [`${code}.${part}`, text]),
    ),
  );
}

/** `count_one` and `count_other` are forms of `count`. */
export const baseKey = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');

export type Use = { key: string; file: string; dynamic: boolean };

/** Source files of the client. */
export function sources(): { file: string; text: string }[] {
  return fs
    .readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|generated|d)\.tsx?$/.test(name))
    .map((name) => ({ file: name.split(path.sep).join('/'), text: fs.readFileSync(path.join(WEB, name), 'utf8') }));
}

/**
 * Keys that the client asks for: texts that look like a key of a known area, anywhere in the source (menus carry keys as plain values), and
 * the fixed beginning of keys that are put together (`states.order.${state}`).
 */
export function uses(areas: readonly string[]): Use[] {
  const found: Use[] = [];
  const area = `(?:${areas.join('|')})`;
  const fixed = new RegExp(`['"\`](${area}\\.[A-Za-z][\\w.]*)['"\`]`, 'g');
  const made = new RegExp(`\`(${area}\\.[\\w.]*)\\$\\{`, 'g');
  for (const { file, text } of sources()) {
    for (const [, key = ''] of text.matchAll(fixed)) found.push({ key, file, dynamic: false });
    for (const [, key = ''] of text.matchAll(made)) found.push({ key, file, dynamic: true });
  }
  return found;
}
