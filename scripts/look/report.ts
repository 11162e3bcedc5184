/** What was looked at: pictures, sheets of eight of them, and a list of what is wrong. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';

export type Entry = { locale: string; width: number; who: string; what: string; faults: string[]; file: string | null };

const PER_SHEET = 8;

/** Keeps the pictures in a folder, which it empties first. */
export function album(folder: string) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const entries: Entry[] = [];
  return {
    entries,
    add(entry: Omit<Entry, 'file'>, picture: Buffer) {
      const file =
        picture.length === 0 ? null : `${entry.locale}-${entry.width}-${String(entries.length).padStart(4, '0')}.jpg`;
      if (file !== null) fs.writeFileSync(path.join(folder, file), picture);
      entries.push({ ...entry, file });
    },
  };
}

const escaped = (text: string) => text.replace(/[&<]/g, (letter) => (letter === '&' ? '&amp;' : '&lt;'));

const sheetOf = (folder: string, entries: Entry[]) => `<style>
  body { margin: 8px; display: grid; grid-template-columns: repeat(4, 400px); gap: 8px; font: 11px sans-serif; background: #888; align-items: start }
  figure { margin: 0; background: #fff } figcaption { padding: 2px 4px; background: #ffd } img { width: 100%; max-height: 1100px; object-fit: contain; object-position: top left }
</style>${entries.map(({ file, what }) => `<figure><figcaption>${escaped(`${file} ${what}`)}</figcaption><img src="${pathToFileURL(path.join(folder, file ?? ''))}"></figure>`).join('')}`;

/** Sheets to look at, eight pictures each, of one language and width. */
async function sheets(browser: Browser, folder: string, entries: Entry[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1650, height: 900 } });
  const groups = Map.groupBy(
    entries.filter(({ file }) => file !== null),
    ({ locale, width, what }) => `${locale}-${width}-${what.includes(' › ') ? 'opened' : 'pages'}`,
  );
  for (const [name, group] of groups)
    for (let at = 0; at < group.length; at += PER_SHEET) {
      const html = path.join(folder, 'sheet.html');
      fs.writeFileSync(html, `<meta charset="utf-8">${sheetOf(folder, group.slice(at, at + PER_SHEET))}`);
      await page.goto(pathToFileURL(html).href);
      const file = path.join(folder, `sheet-${name}-${String(at / PER_SHEET).padStart(2, '0')}.png`);
      await page.screenshot({ path: file, fullPage: true });
    }
  await page.close();
}

/** One heading a fault, and below it where it was seen. */
function listOf(entries: Entry[]): string {
  const places = new Map<string, string[]>();
  for (const { locale, width, what, who, faults, file } of entries)
    for (const fault of faults)
      places.set(fault, [
        ...(places.get(fault) ?? []),
        `${locale} ${width} ${who}: ${what}${file === null ? '' : ` (${file})`}`,
      ]);
  const opened = entries.filter(({ what }) => what.includes(' › '));
  return [
    '# Looked at',
    `${entries.length - opened.length} pages, ${opened.length} things opened on them, ${places.size} different faults. No write left the browser.`,
    ...[...places]
      .sort(([a], [b]) => a.localeCompare(b))
      .flatMap(([fault, where]) => [
        `\n## ${fault}`,
        ...where.slice(0, 6).map((line) => `- ${line}`),
        ...(where.length > 6 ? [`- and ${where.length - 6} more`] : []),
      ]),
    '\n## Acts at once, without a question',
    ...new Set(entries.filter(({ what }) => what.includes('(acts at once')).map(({ what }) => `- ${what}`)),
  ].join('\n');
}

export async function report(browser: Browser, folder: string, entries: Entry[]): Promise<string> {
  await sheets(browser, folder, entries);
  fs.writeFileSync(path.join(folder, 'entries.json'), JSON.stringify(entries, null, 1));
  const file = path.join(folder, 'report.md');
  fs.writeFileSync(file, `${listOf(entries)}\n`);
  return file;
}
