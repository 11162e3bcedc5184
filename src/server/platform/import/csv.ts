/** CSV as people send it: any of five delimiters, quotes, line breaks in quotes, "sep=" lines. Read piece by piece. */
import { refuse } from '../../kernel/refusal.ts';
import { unguarded } from '../export/cells.ts';
import { textOf } from './text-encoding.ts';

const DELIMITERS = [',', ';', '\t', '|', '，'];
const LONGEST_CELL = 1024 * 1024;
const MOST_CELLS = 1000;

export type CsvRecord = { row: number; cells: string[] };

/** Records with their place as a spreadsheet counts rows (line breaks inside quotes do not count). Empty records are counted, not given. */
export function* csvRecords(bytes: Buffer): Generator<CsvRecord> {
  let delimiter: string | null = null;
  let row = 0;
  let record: string[] = [];
  let cell = '';
  let state: 'start' | 'plain' | 'quoted' | 'after' = 'start';
  let first = '';
  let skipLineFeed = false;

  const finishCell = () => {
    record.push(unguarded(cell));
    if (record.length > MOST_CELLS) throw refuse('import.unreadable', { where: `row ${row + 1}` });
    cell = '';
    state = 'start';
  };
  const finishRecord = (): CsvRecord | null => {
    finishCell();
    row += 1;
    const done = { row, cells: record };
    record = [];
    return done.cells.every((text) => text.trim() === '') ? null : done;
  };

  for (const piece of textOf(bytes)) {
    let text = piece;
    if (delimiter === null) {
      first += piece;
      const end = first.search(/[\r\n]/);
      if (end < 0 && first.length < LONGEST_CELL) continue;
      const separator = /^sep=(.)\r?\n/i.exec(first);
      delimiter = separator?.[1] ?? delimiterOf(first);
      if (separator !== null) row += 1;
      text = separator === null ? first : first.slice(separator[0].length);
    }
    for (const c of text) {
      if (skipLineFeed) {
        skipLineFeed = false;
        if (c === '\n') continue;
      }
      if (state === 'quoted') {
        if (c === '"') state = 'after';
        else cell += c;
      } else if (state === 'after' && c === '"') {
        cell += c;
        state = 'quoted';
      } else if (c === delimiter) finishCell();
      else if (c === '\n' || c === '\r') {
        skipLineFeed = c === '\r';
        const done = finishRecord();
        if (done !== null) yield done;
      } else if (state === 'start' && c === '"') state = 'quoted';
      else {
        cell += c;
        state = state === 'after' ? 'after' : 'plain';
      }
      if (cell.length > LONGEST_CELL) throw refuse('import.unreadable', { where: `row ${row + 1}` });
    }
  }
  if (delimiter === null && first !== '') {
    // One line without an end: there is nothing but a header.
    delimiter = delimiterOf(first);
    yield { row: 1, cells: first.split(delimiter).map((text) => unguarded(text.replace(/^"(.*)"$/, '$1'))) };
    return;
  }
  if (state === 'quoted') throw refuse('import.unreadable', { where: `row ${row + 1}: "` });
  if (cell !== '' || record.length > 0) {
    const done = finishRecord();
    if (done !== null) yield done;
  }
}

/** What stands most often in the first line outside quotes. */
function delimiterOf(text: string): string {
  const [line = ''] = text.replace(/"(?:[^"]|"")*"/g, '').split(/\r\n|\r|\n/);
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
