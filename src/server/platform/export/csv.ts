/** Rows as CSV: UTF-8 with BOM, so that spreadsheets read Chinese; CRLF; formulas made harmless. */
import { Readable } from 'node:stream';
import { type ExportColumn, guarded } from './cells.ts';

const BOM = '\ufeff';
const FLUSH_AT = 64 * 1024;

const quoted = (text: string): string => (/[",;\t\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One line, with its end. */
const csvLine = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

async function* lines<T>(columns: readonly ExportColumn<T>[], rows: AsyncIterable<T>): AsyncGenerator<string> {
  let text = BOM + csvLine(columns.map(({ title }) => guarded(title)));
  for await (const row of rows) {
    text += csvLine(
      columns.map(({ type, value }) => {
        const cell = value(row) ?? '';
        return type === 'text' ? guarded(cell) : cell;
      }),
    );
    if (text.length > FLUSH_AT) {
      yield text;
      text = '';
    }
  }
  yield text;
}

export const csvStream = <T>(columns: readonly ExportColumn<T>[], rows: AsyncIterable<T>): Readable =>
  Readable.from(lines(columns, rows), { objectMode: false, encoding: 'utf8' });
