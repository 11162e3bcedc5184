/** Rows of cells (a sheet, a CSV file, a table in a mail, cells that were pasted) as wanted lines. */
import type { BizDate } from '../../../kernel/biz-date.ts';
import { type Field, fieldOf, unitInTitle } from './columns.ts';
import { type DateContext, readDate } from './dates.ts';
import { plainLine } from './plain.ts';
import { isUnit, readQuantity } from './quantities.ts';
import { customer, MOST_LINES, poNumber, type ReadInquiry, type WantedLine, wantedLine } from './wanted-line.ts';

export type TextRow = readonly string[];
type Columns = { fields: readonly (Field | null)[]; unit: string | null };

/** So far down a title row is looked for: above it stand letter heads. */
const TITLE_WITHIN = 40;
const TOTALS = /^(合计|合計|总计|總計|共计|共計|小计|小計|总数|總數|total|subtotal|grand total|sum)[:：]?$/i;

/** Lines of a table; null when it is none of goods (no title row, and columns that do not say by themselves what they are). */
export function readTable(rows: readonly TextRow[], context: DateContext): ReadInquiry | null {
  const plain = rows.map((row) => row.map((cell) => plainLine(cell.replace(/\s*\n\s*/g, ' ')).replace(/\s+/g, ' ')));
  const titleAt = plain.slice(0, TITLE_WITHIN).findIndex((row) => isTitleRow(row.map((cell) => fieldOf(cell))));
  const columns = titleAt === -1 ? columnsByContent(plain, context) : titled(plain[titleAt] ?? []);
  if (columns === null) return null;
  const body = titleAt === -1 ? plain : plain.slice(titleAt + 1);
  const lines = body.flatMap((row) => readRow(row, columns, context) ?? []);
  const head = titleAt > 0 ? headOf(plain.slice(0, titleAt), context) : NOTHING;
  // What is the same in every row may stand in a column of its own: the number of the purchase order.
  const column = (field: Field) => {
    const at = columns.fields.indexOf(field);
    const said = at === -1 ? [] : [...new Set(body.map((row) => row[at] ?? '').filter((cell) => cell !== ''))];
    return said.length === 1 ? said[0] : undefined;
  };
  return {
    lines: lines.slice(0, MOST_LINES),
    requestedOn: head.requestedOn,
    poNo: head.poNo ?? poNumber(column('poNo')),
    customerName: head.customerName ?? customer(column('customerName')),
    truncated: lines.length > MOST_LINES,
  };
}

/** Product or code, and one more column that is known. */
export function isTitleRow(fields: readonly (Field | null)[]): boolean {
  const known = new Set(fields.filter((field) => field !== null));
  return (known.has('product') || known.has('code') || known.has('spec')) && (known.has('qty') || known.size >= 3);
}

function titled(row: TextRow): Columns {
  const seen = new Set<Field>();
  const fields = row.map((cell) => {
    const field = fieldOf(cell);
    if (field === null || seen.has(field)) return null;
    seen.add(field);
    return field;
  });
  const qtyTitle = row[fields.indexOf('qty')] ?? '';
  const unit = unitInTitle(qtyTitle);
  return { fields, unit: unit !== null && isUnit(unit) ? unit : null };
}

/** Without titles: one column of quantities and one of words, told by what stands in every row. More than one of numbers is not decided. */
function columnsByContent(rows: readonly TextRow[], context: DateContext): Columns | null {
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width < 2 || width > 12) return null;
  const fields: (Field | null)[] = [];
  const column = (at: number) => rows.map((row) => row[at] ?? '').filter((cell) => cell !== '');
  for (let at = 0; at < width; at += 1) {
    const cells = column(at);
    const every = (check: (cell: string, row: number) => boolean) => cells.length > 0 && cells.every(check);
    if (every((cell, row) => cell === String(row + 1)) && cells.length === rows.length && at === 0 && rows.length > 1)
      fields.push('no');
    else if (every((cell) => readDate(cell, context) !== null)) fields.push('requestedOn');
    else if (every((cell) => readQuantity(cell) !== null)) fields.push('qty');
    else if (every(isUnit)) fields.push('unit');
    else if (every((cell) => /^(?=.*\d)[A-Z\d][A-Z\d._/-]{2,40}$/i.test(cell)) && !fields.includes('code'))
      fields.push('code');
    else fields.push(cells.length === 0 ? null : fields.includes('product') ? 'note' : 'product');
  }
  const quantities = fields.filter((field) => field === 'qty').length;
  return quantities === 1 && (fields.includes('product') || fields.includes('code'))
    ? { fields: onlyFirst(fields), unit: null }
    : null;
}

const onlyFirst = (fields: readonly (Field | null)[]) =>
  fields.map((field, at) => (fields.indexOf(field) === at ? field : null));

function readRow(row: TextRow, { fields, unit }: Columns, context: DateContext): WantedLine | null {
  const cell = (field: Field): string => row[fields.indexOf(field)] ?? '';
  const product = cell('product');
  const spec = cell('spec');
  if ([product, cell('code'), row[0] ?? ''].some((text) => TOTALS.test(text))) return null;
  const qtyText = cell('qty');
  const dateText = cell('requestedOn');
  const qty = readQuantity(qtyText);
  const date: BizDate | null = dateText === '' ? null : readDate(dateText, context);
  const unread = [
    ...(qtyText !== '' && qty === null && !/^0+(\.0+)?$/.test(qtyText) ? [qtyText] : []),
    ...(dateText !== '' && date === null ? [dateText] : []),
  ];
  // A table of models alone: the specification is the product.
  const wanted = product === '' && cell('code') === '' ? spec : product;
  return wantedLine({
    wanted,
    code: cell('code'),
    spec: wanted === spec ? null : spec,
    qty: qty?.qty ?? null,
    unit: cell('unit') === '' ? (qty?.unit ?? unit) : cell('unit'),
    requestedOn: date,
    note: cell('note'),
    unread,
  });
}

type Head = Pick<ReadInquiry, 'requestedOn' | 'poNo' | 'customerName'>;
const NOTHING: Head = { requestedOn: null, poNo: null, customerName: null };

/** What stands above the table as label and value, in two cells or in one with a colon. */
function headOf(rows: readonly TextRow[], context: DateContext): Head {
  const head = { ...NOTHING };
  const take = (label: string, value: string) => {
    const field = fieldOf(label);
    if (field === 'requestedOn' && !/^(日期|date)$/i.test(label)) head.requestedOn ??= readDate(value, context);
    if (field === 'poNo') head.poNo ??= poNumber(value);
    if (field === 'customerName') head.customerName ??= customer(value);
  };
  for (const row of rows) {
    const cells = row.filter((cell) => cell !== '');
    cells.forEach((cell, at) => {
      const [, label = '', value = ''] = /^([^:]{1,20}): ?(.+)$/.exec(cell) ?? [];
      if (label !== '') take(label, value);
      else take(cell.replace(/:$/, ''), cells[at + 1] ?? '');
    });
  }
  return head;
}
