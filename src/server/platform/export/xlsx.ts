/** Rows as a workbook, written while they come. Texts are string cells and stay texts; numbers are exact or stay texts. */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { dayOf, parseBizDate } from '../../kernel/biz-date.ts';
import { instant } from '../../kernel/clock.ts';
import { type CellType, type ExportColumn, isExactNumber } from './cells.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const FLUSH_AT = 64 * 1024;
/** The day that spreadsheets call 0. */
const DAY_ZERO = 25_569;
const FIRST_DATE = '1900-03-01';
/** Entries carry no time of their own. */
const MADE = { compress: true, mtime: instant('2000-01-01T12:00:00Z') };

const STYLE: Record<CellType | 'header', number> = { text: 4, number: 0, amount: 2, date: 3, header: 1 };

const styles = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** Text for XML: what XML cannot carry is written as spreadsheets do (_x000D_). */
const escaped = (text: string): string =>
  text
    .replace(/_x([\da-fA-F]{4})_/g, '_x005F_x$1_')
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (c) =>
      c === '\t' || c === '\n' ? c : `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** The letters of a column: 0 is A. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

const stringCell = (ref: string, text: string, style: number): string =>
  `<c r="${ref}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

function cell(ref: string, type: CellType, text: string | null): string {
  if (text === null || text === '') return '';
  if ((type === 'number' || type === 'amount') && isExactNumber(text))
    return `<c r="${ref}" s="${STYLE[type]}"><v>${text}</v></c>`;
  if (type === 'date' && text >= FIRST_DATE && parseBizDate(text) !== null)
    return `<c r="${ref}" s="${STYLE.date}"><v>${dayOf(text) + DAY_ZERO}</v></c>`;
  return stringCell(ref, text, STYLE.text);
}

async function* sheetXml<T>(columns: readonly ExportColumn<T>[], rows: AsyncIterable<T>): AsyncGenerator<string> {
  const letters = columns.map((_, i) => columnLetters(i));
  const widths = columns.map(
    ({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width ?? 16}" customWidth="1"/>`,
  );
  let text = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`;
  text += `<row r="1">${columns.map(({ title }, i) => stringCell(`${letters[i]}1`, title, STYLE.header)).join('')}</row>`;
  let at = 1;
  for await (const row of rows) {
    at += 1;
    text += `<row r="${at}">${columns.map(({ type, value }, i) => cell(`${letters[i]}${at}`, type, value(row))).join('')}</row>`;
    if (text.length > FLUSH_AT) {
      yield text;
      text = '';
    }
  }
  yield `${text}</sheetData></worksheet>`;
}

const parts = (sheetName: string): [string, string][] => [
  [
    '[Content_Types].xml',
    `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><sheets><sheet name="${escaped(sheetName.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELS}/styles" Target="styles.xml"/></Relationships>`,
  ],
  ['xl/styles.xml', styles],
];

/** A workbook with one sheet. A failure of the rows ends the stream with that error. */
export function xlsxStream<T>(
  sheetName: string,
  columns: readonly ExportColumn<T>[],
  rows: AsyncIterable<T>,
): Readable {
  const zip = new ZipFile();
  const sheet = Readable.from(sheetXml(columns, rows), { objectMode: false, encoding: 'utf8' });
  const fail = (error: Error) => zip.outputStream.destroy(error);
  sheet.on('error', fail);
  zip.on('error', fail);
  zip.outputStream.on('close', () => sheet.destroy());
  for (const [path, text] of parts(sheetName)) zip.addBuffer(Buffer.from(text), path, MADE);
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', MADE);
  zip.end();
  return zip.outputStream;
}
