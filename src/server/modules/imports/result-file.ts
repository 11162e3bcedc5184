/** The uploaded file as a workbook with one column more: what became of each row. And empty workbooks to start from. */
import type { Readable } from 'node:stream';
import { type ExportColumn, xlsxStream } from '../../platform/export/index.ts';
import { asLocale, sentence } from '../../platform/http/messages.ts';
import { type FileRow, readRows } from '../../platform/import/index.ts';
import type { AnyImportKind } from '../../platform/import/kind.ts';
import { RESULT_TITLES } from '../../platform/import/table.ts';
import { changeInWords } from './change-words.ts';
import type { RowFate } from './import-table.ts';

const MADE = { 'zh-Hant': '完成', 'zh-Hans': '完成', en: 'Done' } as const;
const BEFORE = {
  'zh-Hant': '先前已有，未作更動',
  'zh-Hans': '之前已有，未作改动',
  en: 'There before, nothing changed',
} as const;
const CHANGED = { 'zh-Hant': '已更新', 'zh-Hans': '已更新', en: 'Updated' } as const;
const CHANGEABLE = {
  'zh-Hant': '可更新，尚未寫入',
  'zh-Hans': '可更新，尚未写入',
  en: 'Would be updated, not written',
} as const;
const GOOD = { 'zh-Hant': '可導入，尚未寫入', 'zh-Hans': '可导入，尚未写入', en: 'Good, not written' } as const;

function stateWords({ does, replayed }: RowFate, committed: boolean) {
  if (does === 'change') return committed ? CHANGED : CHANGEABLE;
  if (replayed === true || does === 'nothing') return BEFORE;
  return committed ? MADE : GOOD;
}

const changesOf = ({ changes = [] }: RowFate, kind: AnyImportKind, locale: string): string =>
  changes
    .map((change) => changeInWords(change, kind, locale))
    .map(({ title, before, after }) => `${title}: ${before ?? '–'} → ${after ?? '–'}`)
    .join('; ');

/** What became of a row, in the reader's language. */
function reasonOf(fate: RowFate | undefined, kind: AnyImportKind, committed: boolean, language: string): string {
  const locale = asLocale(language);
  if (fate === undefined) return '';
  if (fate.ok)
    return [stateWords(fate, committed)[locale], fate.no ?? '', changesOf(fate, kind, locale)].join(' ').trim();
  return fate.errors
    .map(({ column, code, params }) => {
      const { title, detail } = sentence({ code, ...(params === undefined ? {} : { params }) }, locale);
      const name = kind.columns.find((candidate) => candidate.name === column)?.titles[locale];
      return `${name === undefined ? '' : `${name}: `}${title}${detail === '' ? '' : ` (${detail})`}`;
    })
    .join('; ');
}

type Judged = FileRow & { fate: RowFate | undefined };

/** Rows beside what became of them; both come in the order of the file. */
async function* judged(rows: AsyncIterable<FileRow>, fates: AsyncIterator<RowFate>): AsyncGenerator<Judged> {
  let next = await fates.next();
  for await (const row of rows) {
    while (next.done !== true && next.value.row < row.row) next = await fates.next();
    yield { ...row, fate: next.done !== true && next.value.row === row.row ? next.value : undefined };
  }
}

/** Original cells in their places; texts stay texts, numbers numbers. */
export async function resultFile(
  file: Buffer,
  fates: AsyncIterator<RowFate>,
  kind: AnyImportKind,
  committed: boolean,
  language: string,
): Promise<Readable> {
  const rows = readRows(file);
  const first = await rows.next();
  const header: FileRow = first.done === true ? { row: 1, cells: [] } : first.value;
  const own = new Set<string>(Object.values(RESULT_TITLES));
  const width = header.cells.length;
  const columns: ExportColumn<Judged>[] = Array.from({ length: width }, (_, at): ExportColumn<Judged> => {
    const title = header.cells[at]?.text ?? '';
    return { title, type: 'text', value: ({ cells }) => cells[at]?.text ?? null };
  }).filter(({ title }) => !own.has(title));
  columns.push({
    title: RESULT_TITLES[asLocale(language)],
    type: 'text',
    width: 60,
    value: ({ fate }) => reasonOf(fate, kind, committed, language),
  });
  return xlsxStream(kind.titles[asLocale(language)], columns, judged(rows, fates));
}

/** Only the headers, in the reader's language; what must be filled in is marked with an asterisk. */
export function templateFile(kind: AnyImportKind, language: string): Readable {
  const locale = asLocale(language);
  const columns = kind.columns.map(
    ({ titles, required, type }): ExportColumn<never> => ({
      title: `${titles[locale]}${required === true ? ' *' : ''}`,
      type: type === 'number' || type === 'integer' || type === 'rate' ? 'number' : type === 'date' ? 'date' : 'text',
      width: 20,
      value: () => null,
    }),
  );
  async function* none(): AsyncGenerator<never> {}
  return xlsxStream(kind.titles[locale], columns, none());
}
