/** The first sheet of a workbook, row by row. Macros are refused; formulas give their stored values; links are never followed. */
import { refuse } from '../../kernel/refusal.ts';
import { decimalText } from './decimal-text.ts';
import { dateOfSerial, isDateFormat } from './serial-date.ts';
import { attribute, type XmlToken, xmlTokens } from './xml.ts';
import { type Archive, openZip } from './zip.ts';
import type { Cell, FileRow } from './index.ts';

const MOST_COLUMNS = 500;
/** Characters of all shared strings together. */
const MOST_SHARED = 60_000_000;

type Book = { sheet: string; from1904: boolean; shared: string[]; dateStyles: ReadonlySet<number> };

const unreadable = (where: string) => refuse('import.unreadable', { where });

/** Rows with at least one cell that holds something. */
export async function* xlsxRows(bytes: Buffer): AsyncGenerator<FileRow> {
  const archive = openZip(bytes);
  if (archive.names.some((name) => /vbaProject|macrosheets/i.test(name))) throw refuse('attachment.type_mismatch');
  const book = await openBook(archive);
  const sheet = archive.open(book.sheet);
  if (sheet === null) throw unreadable('workbook');
  yield* rowsOf(xmlTokens(sheet), book);
}

async function* tokensOf(archive: Archive, name: string): AsyncGenerator<XmlToken> {
  const pieces = archive.open(name);
  if (pieces !== null) yield* xmlTokens(pieces);
}

async function openBook(archive: Archive): Promise<Book> {
  const targets = new Map<string, string>();
  for await (const token of tokensOf(archive, 'xl/_rels/workbook.xml.rels')) {
    if (token.kind !== 'open' || token.name !== 'Relationship') continue;
    const target = attribute(token.attributes, 'Target') ?? '';
    targets.set(attribute(token.attributes, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  let first: string | null = null;
  let from1904 = false;
  for await (const token of tokensOf(archive, 'xl/workbook.xml')) {
    if (token.kind !== 'open') continue;
    if (token.name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(token.attributes, 'date1904') ?? '');
    if (token.name === 'sheet' && (attribute(token.attributes, 'state') ?? 'visible') === 'visible')
      first ??= targets.get(attribute(token.attributes, 'id') ?? '') ?? null;
  }
  if (first === null) throw unreadable('workbook');
  return { sheet: first, from1904, shared: await sharedStrings(archive), dateStyles: await dateStyles(archive) };
}

async function sharedStrings(archive: Archive): Promise<string[]> {
  const shared: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = false;
  let total = 0;
  for await (const token of tokensOf(archive, 'xl/sharedStrings.xml')) {
    if (token.kind === 'text') {
      if (inText && !phonetic) text += token.text;
    } else if (token.name === 't') inText = token.kind === 'open' && !token.empty;
    else if (token.name === 'rPh') phonetic = token.kind === 'open' && !token.empty;
    else if (token.name === 'si') {
      if (token.kind === 'open') text = '';
      if (token.kind === 'close' || token.empty) {
        total += text.length + 8;
        if (total > MOST_SHARED) throw refuse('import.archive_limits');
        shared.push(unescaped(text));
      }
    }
  }
  return shared;
}

async function dateStyles(archive: Archive): Promise<Set<number>> {
  const codes = new Map<number, string>();
  const found = new Set<number>();
  let inCells = false;
  let index = 0;
  for await (const token of tokensOf(archive, 'xl/styles.xml')) {
    if (token.kind === 'text') continue;
    if (token.name === 'cellXfs') inCells = token.kind === 'open';
    if (token.kind !== 'open') continue;
    if (token.name === 'numFmt') codes.set(idOf(token.attributes), attribute(token.attributes, 'formatCode') ?? '');
    if (token.name === 'xf' && inCells) {
      const id = idOf(token.attributes);
      if (isDateFormat(id, codes.get(id))) found.add(index);
      index += 1;
    }
  }
  return found;
}

const idOf = (attributes: string): number => Number.parseInt(attribute(attributes, 'numFmtId') ?? '0', 10);

/** Spreadsheets write some characters as _x000D_. */
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([\da-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

type Reading = { column: number; type: string; style: number; value: string; inline: string };

async function* rowsOf(tokens: AsyncIterable<XmlToken>, book: Book): AsyncGenerator<FileRow> {
  let row = 0;
  let cells: (Cell | null)[] = [];
  let column = 0;
  let cell: Reading | null = null;
  let taking: 'v' | 't' | null = null;
  let phonetic = false;
  for await (const token of tokens) {
    if (token.kind === 'text') {
      if (cell !== null && taking === 'v') cell.value += token.text;
      if (cell !== null && taking === 't' && !phonetic) cell.inline += token.text;
      continue;
    }
    const opens = token.kind === 'open';
    const ends = !opens || token.empty;
    switch (token.name) {
      case 'row':
        if (opens) {
          row = Number.parseInt(attribute(token.attributes, 'r') ?? String(row + 1), 10);
          cells = [];
          column = 0;
        }
        if (ends && cells.some((found) => found !== null && found !== undefined)) yield { row, cells };
        break;
      case 'c':
        if (opens) {
          const ref = attribute(token.attributes, 'r');
          column = ref === null ? column : columnOf(ref);
          if (column >= MOST_COLUMNS) throw refuse('import.columns', { columns: ref ?? String(column) });
          cell = {
            column,
            type: attribute(token.attributes, 't') ?? 'n',
            style: Number.parseInt(attribute(token.attributes, 's') ?? '0', 10),
            value: '',
            inline: '',
          };
        }
        if (ends && cell !== null) {
          while (cells.length < cell.column) cells.push(null);
          cells[cell.column] = cellOf(cell, book);
          column = cell.column + 1;
          cell = null;
        }
        break;
      case 'v':
      case 't':
        taking = opens && !token.empty ? token.name : null;
        break;
      case 'rPh':
        phonetic = opens && !token.empty;
        break;
      default:
    }
  }
}

function columnOf(ref: string): number {
  let column = 0;
  for (const c of ref.toUpperCase()) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + c.charCodeAt(0) - 64;
  }
  return column - 1;
}

function cellOf({ type, style, value, inline }: Reading, { shared, from1904, dateStyles: dates }: Book): Cell | null {
  const text = (found: string): Cell | null => (found === '' ? null : { kind: 'text', text: found });
  switch (type) {
    case 's':
      return text(shared[Number.parseInt(value, 10)] ?? '');
    case 'inlineStr':
      return text(unescaped(inline));
    case 'str':
      return text(unescaped(value));
    case 'b':
      return { kind: 'boolean', text: value === '1' ? 'true' : 'false' };
    case 'e':
      return { kind: 'error', text: value };
    case 'd':
      return { kind: 'date', text: value.slice(0, 10) };
    default: {
      if (value === '') return null;
      const number = decimalText(value);
      if (number === null) return { kind: 'error', text: value };
      if (!dates.has(style)) return { kind: 'number', text: number };
      const date = dateOfSerial(number, from1904);
      return date === null ? { kind: 'error', text: value } : { kind: 'date', text: date };
    }
  }
}
