/** From the cells of a file to the named, typed values of its rows. */
import { refuse, type Refusal } from '../../kernel/refusal.ts';
import { foldText } from '../../kernel/text.ts';
import { hasLostDigits } from './decimal-text.ts';
import { type Cell, cellAddress, type FileRow, readRows } from './index.ts';
import type { ImportColumn, ImportValues } from './kind.ts';
import { dateOfText } from './serial-date.ts';

/** What is wrong with a cell, or with the row where there is no cell. */
export type CellFault = { column: string | null; cell: string | null; code: string; params?: Record<string, string> };
export type TableRow = { row: number; values: ImportValues; faults: CellFault[] };

/** Columns of a file by place; null is one that is passed over. */
export type Header = { row: number; columns: readonly (ImportColumn | null)[] };

const FLAGS: Record<string, string> = {};
for (const word of ['true', 'yes', 'y', '1', '是', '√', '✓', '對', '对', '有']) FLAGS[word] = 'true';
for (const word of ['false', 'no', 'n', '0', '否', '×', '不', '無', '无']) FLAGS[word] = 'false';

/** Titles of the column that the product itself adds to a file that it gives back. */
export const RESULT_TITLES = { 'zh-Hant': '導入結果', 'zh-Hans': '导入结果', en: 'Import result' } as const;

const normal = (header: string): string =>
  foldText(header)
    .replace(/[（(][^()（）]*[)）]/gu, '')
    .replace(/[\s*_\-:/]/gu, '');
const ownTitles = new Set(Object.values(RESULT_TITLES).map(normal));

/** Columns of a header row. Refuses unknown, repeated and missing ones, all at once (import.columns). */
export function headerOf({ row, cells }: FileRow, known: readonly ImportColumn[]): Header {
  const byTitle = new Map<string, ImportColumn>();
  for (const column of known) {
    for (const title of [column.name, ...Object.values(column.titles), ...(column.also ?? [])])
      byTitle.set(normal(title), column);
  }
  const wrong: string[] = [];
  const seen = new Set<string>();
  const columns = cells.map((cell, at) => {
    if (cell === null || cell.text.trim() === '' || ownTitles.has(normal(cell.text))) return null;
    const column = byTitle.get(normal(cell.text));
    if (column === undefined || seen.has(column.name)) {
      wrong.push(`${cellAddress(at, row)} ${cell.text.trim().slice(0, 60)}`);
      return null;
    }
    seen.add(column.name);
    return column;
  });
  const missing = known.filter(({ name, required }) => required === true && !seen.has(name)).map(({ name }) => name);
  if (wrong.length + missing.length > 0) throw refuse('import.columns', { columns: [...wrong, ...missing].join(', ') });
  return { row, columns };
}

/** Number of rows below the header, whose columns are understood; the values are not looked at. Stops behind `most`. */
export async function countTableRows(bytes: Buffer, known: readonly ImportColumn[], most: number): Promise<number> {
  let count = -1;
  for await (const row of readRows(bytes)) {
    if (count < 0) headerOf(row, known);
    count += 1;
    if (count > most) break;
  }
  if (count < 0) throw refuse('import.empty');
  return count;
}

/** Header first, then every row of the file. */
export async function* tableRows(bytes: Buffer, known: readonly ImportColumn[]): AsyncGenerator<TableRow> {
  let header: Header | null = null;
  for await (const row of readRows(bytes)) {
    if (header === null) header = headerOf(row, known);
    else yield tableRow(row, header);
  }
  if (header === null) throw refuse('import.empty');
}

function tableRow({ row, cells }: FileRow, header: Header): TableRow {
  const values: Record<string, string | undefined> = {};
  const faults: CellFault[] = [];
  cells.forEach((cell, at) => {
    if (cell === null || cell.text.trim() === '') return;
    const column = header.columns[at];
    if (column === undefined) faults.push({ column: null, cell: cellAddress(at, row), code: 'import.ragged' });
    if (column === undefined || column === null) return;
    const read = valueOf(cell, column);
    if (read.ok) values[column.name] = read.value;
    else
      faults.push({
        column: column.name,
        cell: cellAddress(at, row),
        code: read.fault.code,
        ...(read.fault.params === undefined ? {} : { params: read.fault.params }),
      });
  });
  header.columns.forEach((column, at) => {
    if (column?.required !== true || values[column.name] !== undefined) return;
    if (faults.every((fault) => fault.column !== column.name))
      faults.push({ column: column.name, cell: cellAddress(at, row), code: 'field.required' });
  });
  return { row, values, faults };
}

type Read = { ok: true; value: string } | { ok: false; fault: Refusal };
const fault = (code: string, params?: Record<string, string>): Read => ({
  ok: false,
  fault: { code, ...(params === undefined ? {} : { params }) },
});
const value = (text: string): Read => ({ ok: true, value: text });

function valueOf(cell: Cell, column: ImportColumn): Read {
  if (cell.kind === 'error')
    return fault(column.type === 'date' && /^\d/.test(cell.text) ? 'import.cell_date' : 'import.cell_formula_error');
  const text = cell.text.trim();
  if (column.choices !== undefined) return choiceOf(text, column.choices);
  switch (column.type) {
    case 'text':
      // Inner blanks and rare characters stay; what must not be there is for the command's own check.
      return value(text);
    case 'code':
      return cell.kind === 'number' && hasLostDigits(text) ? fault('import.cell_digits') : value(text);
    case 'number':
    case 'integer':
    case 'rate':
      return numberOf(text, column.type);
    case 'date':
      return dateOf(cell);
    case 'flag': {
      const flag = FLAGS[text.normalize('NFKC').toLowerCase()];
      return flag === undefined ? fault('import.cell_flag') : value(flag);
    }
  }
}

/** Thousands separators in their places are read, anything else that is no digit is not guessed at. */
function numberOf(text: string, type: 'number' | 'integer' | 'rate'): Read {
  const percent = type === 'rate' && /[%％]$/.test(text);
  let plain = (percent ? text.slice(0, -1) : text).trim();
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replaceAll(',', '');
  if (!/^-?\d{1,18}(\.\d{1,18})?$/.test(plain)) return fault('import.cell_number');
  plain = plain.replace(/^(-?)0+(?=\d)/, '$1');
  if (plain.includes('.')) plain = plain.replace(/\.?0+$/, '');
  if (type === 'integer' && plain.includes('.')) return fault('import.cell_number');
  return value(percent ? hundredth(plain) : plain);
}

/** A percentage as a ratio, by moving the point. */
function hundredth(plain: string): string {
  const sign = plain.startsWith('-') ? '-' : '';
  const [whole = '0', fraction = ''] = plain.replace('-', '').split('.');
  const digits = whole.padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`.replace(/\.?0+$/, '');
  return sign + text;
}

function dateOf(cell: Cell): Read {
  const date = cell.kind === 'text' || cell.kind === 'date' || cell.kind === 'number' ? dateOfText(cell.text) : null;
  return date === null ? fault('import.cell_date') : value(date);
}

function choiceOf(text: string, choices: NonNullable<ImportColumn['choices']>): Read {
  const wanted = normal(text);
  for (const [code, titles] of Object.entries(choices)) {
    if ([code, ...Object.values(titles)].some((title) => normal(title) === wanted)) return value(code);
  }
  return fault('import.cell_choice', { choices: Object.keys(choices).join(', ') });
}
