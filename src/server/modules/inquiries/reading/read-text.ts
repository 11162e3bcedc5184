/** The text of a mail, or of what was pasted, as wanted lines: tables in it, lists, sentences. Quoted answers and signatures are passed over. */
import type { BizDate } from '../../../kernel/biz-date.ts';
import { fieldOf, type Field } from './columns.ts';
import { type DateContext, findDates, readDate } from './dates.ts';
import { plainLine, without } from './plain.ts';
import { findMoney, findQuantities, type FoundQuantity } from './quantities.ts';
import { isTitleRow, readTable } from './read-table.ts';
import { customer, MOST_LINES, poNumber, type ReadInquiry, type WantedLine, wantedLine } from './wanted-line.ts';

/** So many lines of a text are looked at. */
const MOST_TEXT_LINES = 2000;
const MOST_TEXT = 200_000;

const QUOTE_BEGINS =
  /^(?:-{2,} ?(?:original message|forwarded message|原始邮件|原始郵件|转发邮件|轉寄郵件|邮件原件|原邮件)|_{10,}$|on .{5,200} wrote:$|(?:在|于|於)? ?.{4,120}(?:写道|寫道) ?:$|(?:发件人|寄件者|寄件人|from) ?: ?.+@.+)/i;
const SIGNATURE =
  /^(?:-- ?$|(?:此致|敬礼|敬禮|祝好|顺颂商祺|順頌商祺|谢谢|謝謝|多谢|多謝|best regards|kind regards|regards|thanks|thank you|thx|sincerely|yours (?:sincerely|faithfully)|cheers)[\s,、.!。]*$|sent from my |发自我的|發自我的|從我的)/i;

/** The lines that the author wrote now: without quotes, and nothing behind a signature. */
export function ownLines(text: string): string[] {
  const own: string[] = [];
  for (const line of text.slice(0, MOST_TEXT).split(/\r\n|\r|\n/, MOST_TEXT_LINES)) {
    const plain = plainLine(line);
    if (QUOTE_BEGINS.test(plain)) break;
    // Above everything a greeting or thanks may stand; a signature ends what was written.
    if (SIGNATURE.test(plain) && own.some((written) => written !== '')) break;
    if (!/^[>|]{1,}\s?(?![^|]*\|)/.test(plain)) own.push(plain);
  }
  return own;
}

const FILLERS =
  /^(?:[\s、,.;:：。!]|您好|你好|大家好|hello|hi|dear \p{L}+|请|請|麻烦|麻煩|烦请|煩請|帮忙|幫忙|帮我们?|幫我們?|我司|我公司|我方|贵司|貴司|我们|我們|我|想要?|需要|要|再要?|另外?|还|還|以及|和|与|與|及|订购|訂購|订|訂|采购|採購|购买|購買|购|購|买|買|加|来|來|下单|下單|报价|報價|询价|詢價|安排|提供|发|發|给我们?|給我們?|一下|各|please|kindly|could you|can you|we(?:'d| would)? (?:need|want|like)(?: to (?:order|buy|purchase))?|i(?:'d| would)? (?:need|want|like)(?: to (?:order|buy|purchase))?|need|order|send(?: us)?|ship(?: us)?|quote(?: us)?(?: for)?|purchase|buy|supply(?: us with)?|and|also|plus|of|the|for|with|us)(?=[\s、,.;:：。!\p{Script=Han}\d]|$)/iu;
const TAILS =
  /(?:[\s、,.;:：。!()（）\-–—]|各|共|总共|總共|需要|需|要|和|与|與|及|以及|and|each|of|in|total|的|个|請|请|分别|分別)$/iu;
const DELIVERY = /交|送|到|发货|發貨|前|底|内|內|need|deliver|ship|arriv|by |before|due|within|date/i;
const NO_GOODS =
  /^(?:合计|合計|总计|總計|共计|共計|共|总共|總共|小计|小計|total|sum|in total|数量|數量|qty|quantity|the|a|一|每|date|交期|前|后|後)?$/i;
const BULLET =
  /^(?:[-*•·●○▪◦–]|\(?\d{1,3}[).、)]|\d{1,3}\.(?!\d)|[①-⑳]|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、)\s*/;

function trimmed(text: string): string {
  let plain = text.replace(/\s+/g, ' ').trim();
  for (let next = plain.replace(FILLERS, '').trim(); next !== plain; next = plain.replace(FILLERS, '').trim())
    plain = next;
  for (let next = plain.replace(TAILS, '').trim(); next !== plain; next = plain.replace(TAILS, '').trim()) {
    // A closing bracket that belongs to an opening one stays.
    if (/[)）]$/.test(plain) && /[(（]/.test(plain)) break;
    plain = next;
  }
  return plain;
}

export function readText(text: string, context: DateContext): ReadInquiry {
  const result: ReadInquiry = { lines: [], requestedOn: null, poNo: null, customerName: null, truncated: false };
  const lines = ownLines(text);
  const listed: { at: number; bullet: boolean; text: string }[] = [];
  let looked = 0;
  for (let at = 0; at < lines.length && result.lines.length <= MOST_LINES; ) {
    // A block that was looked at and is no table is not looked at again from each of its lines.
    const block = at < looked ? null : (tableAt(lines, at, context) ?? recordAt(lines, at, context));
    if (block !== null) looked = block.end;
    if (block !== null && block.read !== null) {
      merge(result, block.read);
      at = block.end;
      continue;
    }
    const line = lines[at] ?? '';
    at += 1;
    if (line === '') continue;
    if (takeLabel(line, result, context)) continue;
    const goods = goodsOf(line, context);
    if (goods.lines.length > 0) result.lines.push(...goods.lines);
    else if (goods.date !== null && DELIVERY.test(line)) result.requestedOn ??= goods.date;
    else if (BULLET.test(line)) listed.push({ at: result.lines.length, bullet: true, text: line.replace(BULLET, '') });
  }
  // Points of a list without a quantity belong to it, as gaps, when other points have one.
  if (result.lines.length > 0)
    for (const { at, text: words } of listed.reverse()) {
      const line = wantedLine({ wanted: trimmed(words) });
      if (line !== null && [...words].length <= 80) result.lines.splice(at, 0, line);
    }
  result.truncated ||= result.lines.length > MOST_LINES;
  result.lines.length = Math.min(result.lines.length, MOST_LINES);
  return result;
}

function merge(into: ReadInquiry, from: ReadInquiry): void {
  into.lines.push(...from.lines);
  into.requestedOn ??= from.requestedOn;
  into.poNo ??= from.poNo;
  into.customerName ??= from.customerName;
  into.truncated ||= from.truncated;
}

/** `PO: 4711`, `交货日期：11月30日`, `Customer: …`: said for the whole. */
function takeLabel(line: string, result: ReadInquiry, context: DateContext): boolean {
  const [, label = '', value = ''] = /^([^:\d]{1,20}): ?(.+)$/.exec(line) ?? [];
  const field = label === '' ? null : fieldOf(label);
  if (field === 'poNo') result.poNo ??= poNumber(value);
  else if (field === 'customerName') result.customerName ??= customer(value);
  else if (field === 'requestedOn') result.requestedOn ??= readDate(value, context);
  else return false;
  return true;
}

const SEPARATORS = [/\t/, /\s*\|\s*/, /\s{2,}/, /\s*[,;]\s*/];

/** A row of a table in text: cells by tabs, strokes, wide gaps or commas. */
function cellsBy(separator: RegExp, line: string): string[] {
  return line
    .replace(/^\|\s*|\s*\|$/g, '')
    .split(separator)
    .map((cell) => cell.trim());
}

/** Lines that belong together, and what they say; null when they are no goods after all. */
type Block = { read: ReadInquiry | null; end: number };

/** A table that begins here: with titles, or cells by tabs that say by themselves what they are. */
function tableAt(lines: readonly string[], start: number, context: DateContext): Block | null {
  const first = lines[start] ?? '';
  for (const separator of SEPARATORS) {
    const head = cellsBy(separator, first);
    if (head.length < 2) continue;
    const withTitles = isTitleRow(head.map((cell) => fieldOf(cell)));
    if (!withTitles && separator !== SEPARATORS[0] && !(separator === SEPARATORS[1] && first.startsWith('|'))) continue;
    const rows: string[][] = [];
    let end = start;
    for (; end < lines.length; end += 1) {
      const line = lines[end] ?? '';
      if (/^[|:\-\s+=]{3,}$/.test(line) && line.includes('-')) continue;
      const cells = cellsBy(separator, line);
      if (line === '' || cells.length < 2) break;
      rows.push(cells);
    }
    const read = readTable(rows, context);
    const usable = read !== null && read.lines.length > 0;
    if (usable || !withTitles) return { read: usable ? read : null, end };
  }
  return null;
}

const RECORD_FIELDS: readonly Field[] = ['product', 'code', 'spec', 'qty', 'unit', 'requestedOn', 'note'];

/** Lines of label and value that follow each other and tell of goods: 品名：… 规格：… 数量：… */
function recordAt(lines: readonly string[], start: number, context: DateContext): Block | null {
  const rows: Map<Field, string>[] = [];
  let end = start;
  for (; end < lines.length; end += 1) {
    const line = (lines[end] ?? '').replace(BULLET, '');
    if (line === '') continue;
    const [, label = '', value = ''] = /^([^:]{1,20}): ?(.*)$/.exec(line) ?? [];
    const field = label === '' ? null : fieldOf(label);
    if (field === null || !RECORD_FIELDS.includes(field)) break;
    let row = rows.at(-1);
    if (row === undefined || row.has(field)) rows.push((row = new Map()));
    row.set(field, value);
  }
  if (rows.length === 0) return null;
  const fields = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  if (!(fields.includes('product') || fields.includes('code')) || fields.length < 2) return { read: null, end };
  const table = [
    fields.map((field) => TITLES[field] ?? ''),
    ...rows.map((row) => fields.map((field) => row.get(field) ?? '')),
  ];
  const read = readTable(table, context);
  return { read: read === null || read.lines.length === 0 ? null : read, end };
}

const TITLES: Partial<Record<Field, string>> = {
  product: 'product',
  code: 'code',
  spec: 'spec',
  qty: 'qty',
  unit: 'unit',
  requestedOn: 'delivery date',
  note: 'note',
};

/** The goods of one line: words before each quantity, or behind it where the line begins with one. */
function goodsOf(written: string, context: DateContext): { lines: WantedLine[]; date: BizDate | null } {
  const line = written.replace(BULLET, '').replace(/\s+/g, ' ');
  const dates = findDates(line, context);
  const money = findMoney(line);
  const rest = without(line, [...dates, ...money]);
  const quantities = findQuantities(rest);
  const whole = dates.length === 1 ? (dates[0]?.date ?? null) : null;
  const first = quantities[0];
  if (first === undefined) return { lines: [], date: whole };
  const behind = trimmed(rest.slice(0, first.from)) === '';
  const lines = quantities.flatMap((quantity, at): WantedLine | never[] => {
    const words = behind
      ? rest.slice(quantity.to, quantities[at + 1]?.from ?? rest.length)
      : rest.slice(at === 0 ? 0 : quantities[at - 1]?.to, quantity.from);
    const own = behind ? words.split(/[;。!]/)[0] : words.split(/[;。!]/).at(-1);
    return goodsLine(own ?? '', quantity, dates.length === quantities.length ? (dates[at]?.date ?? null) : whole) ?? [];
  });
  // Remarks behind the last quantity, where products stand before theirs.
  const last = quantities.at(-1);
  const tail = behind || last === undefined ? '' : trimmed(rest.slice(last.to));
  const only = lines.length === 1 ? lines[0] : undefined;
  if (only !== undefined && tail !== '' && [...tail].length <= 100) only.note = tail;
  return { lines, date: whole };
}

const SPEC = /[(（]([^()（）]{1,100})[)）]\s*$/;
const CODE = /^(?=[A-Z\d._/-]*\d)(?=[A-Z\d._/-]*[A-Z])[A-Z\d]+(?:[-._/][A-Z\d]+)+$/i;

function goodsLine(words: string, { qty, unit }: FoundQuantity, date: BizDate | null): WantedLine | null {
  let wanted = trimmed(words);
  if (NO_GOODS.test(wanted) || !/\p{L}/u.test(wanted)) return null;
  const spec = SPEC.exec(wanted)?.[1] ?? null;
  if (spec !== null && trimmed(wanted.replace(SPEC, '')) !== '') wanted = trimmed(wanted.replace(SPEC, ''));
  const code = wanted.split(/[\s:、,]+/).find((word) => CODE.test(word)) ?? null;
  return wantedLine({ wanted, code, spec: spec === wanted ? null : spec, qty, unit, requestedOn: date });
}
