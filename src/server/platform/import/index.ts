/** Files of people as rows of cells: CSV in the encodings and with the delimiters in use, and XLSX. In bounded memory, within limits. */
import { refuse } from '../../kernel/refusal.ts';
import { columnLetters } from '../export/index.ts';
import { turns } from '../turns.ts';
import { csvRecords } from './csv.ts';
import { xlsxRows } from './xlsx.ts';

/** A cell as it was understood. `number`: exact decimal text; `date`: YYYY-MM-DD; `error`: what is no value. */
export type Cell = { kind: 'text' | 'number' | 'date' | 'boolean' | 'error'; text: string };
/** `row` as a spreadsheet counts, from 1. Cells that hold nothing are null or absent. */
export type FileRow = { row: number; cells: readonly (Cell | null)[] };

export type FileKind = 'xlsx' | 'csv';

/** How old and encrypted workbooks, PDF, PNG, JPEG, GIF, programs, RTF and other archives begin. */
const FOREIGN = ['d0cf11e0', '25504446', '89504e47', 'ffd8ff', '47494638', '4d5a', '7f454c46', '7b5c727466', '504b'];

/** By content, not by name. Refuses what is neither a workbook nor text. */
export function fileKindOf(bytes: Buffer): FileKind {
  if (bytes.length === 0) throw refuse('import.empty');
  const head = bytes.subarray(0, 8).toString('hex');
  if (head.startsWith('504b0304')) return 'xlsx';
  if (FOREIGN.some((start) => head.startsWith(start))) throw refuse('attachment.type_mismatch');
  return 'csv';
}

/** The rows of a file. Between two of them others are answered, however long the file is. */
export async function* readRows(bytes: Buffer): AsyncGenerator<FileRow> {
  const turn = turns();
  for await (const row of fileKindOf(bytes) === 'xlsx' ? xlsxRows(bytes) : csvRows(bytes)) {
    const wait = turn();
    if (wait !== undefined) await wait;
    yield row;
  }
}

function* csvRows(bytes: Buffer): Generator<FileRow> {
  for (const { row, cells } of csvRecords(bytes)) {
    yield { row, cells: cells.map((text) => (text.trim() === '' ? null : { kind: 'text', text })) };
  }
}

/** `C12` for column 2 of row 12. */
export const cellAddress = (column: number, row: number): string => `${columnLetters(column)}${row}`;
