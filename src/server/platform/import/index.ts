/** Files of people as rows of cells: CSV in the encodings and with the delimiters in use, and XLSX. In bounded memory, within limits. */
import { refuse } from '../../kernel/refusal.ts';
import { columnLetters } from '../export/index.ts';
import { csvRecords } from './csv.ts';
import { xlsxRows } from './xlsx.ts';

export { hasLostDigits } from './decimal-text.ts';
export { dateOfText } from './serial-date.ts';

/** A cell as it was understood. `number`: exact decimal text; `date`: YYYY-MM-DD; `error`: what is no value. */
export type Cell = { kind: 'text' | 'number' | 'date' | 'boolean' | 'error'; text: string };
/** `row` as a spreadsheet counts, from 1. Cells that hold nothing are null or absent. */
export type FileRow = { row: number; cells: readonly (Cell | null)[] };

export type FileKind = 'xlsx' | 'csv';

/** By content, not by name. Refuses what is neither a workbook nor text. */
export function fileKindOf(bytes: Buffer): FileKind {
  if (bytes.length === 0) throw refuse('import.empty');
  if (bytes.readUInt8(0) === 0x50 && bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return 'xlsx';
  // Old workbooks and encrypted ones, PDF, images, executables.
  const head = bytes.subarray(0, 8).toString('latin1');
  if (/^(\u00d0\u00cf\u0011\u00e0|%PDF|\u0089PNG|\u00ff\u00d8\u00ff|GIF8|MZ|\u007fELF|\{\\rtf|PK)/.test(head))
    throw refuse('attachment.type_mismatch');
  return 'csv';
}

/** The rows of a file. */
export async function* readRows(bytes: Buffer): AsyncGenerator<FileRow> {
  if (fileKindOf(bytes) === 'xlsx') {
    yield* xlsxRows(bytes);
    return;
  }
  for (const { row, cells } of csvRecords(bytes)) {
    yield { row, cells: cells.map((text) => (text.trim() === '' ? null : { kind: 'text', text })) };
  }
}

/** `C12` for column 2 of row 12. */
export const cellAddress = (column: number, row: number): string => `${columnLetters(column)}${row}`;
