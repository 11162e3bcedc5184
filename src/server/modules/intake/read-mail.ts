/** What a mail asks for: lines of its workbooks and CSV files; without such, of tables in it; without such, of its words. */
import { type DateContext, findDates, plainLine, type ReadInquiry, readTable, readText } from '../inquiries/index.ts';
import type { KeptMail } from './intake-tables.ts';

const NOTHING: ReadInquiry = { lines: [], requestedOn: null, poNo: null, customerName: null, truncated: false };

export function readMail(
  mail: Pick<KeptMail, 'text' | 'tables' | 'attachments'>,
  subject: string,
  context: DateContext,
): ReadInquiry {
  const words = readText(mail.text, context);
  const files = mail.attachments.flatMap(({ rows }) => (rows === null ? [] : (readTable(rows, context) ?? [])));
  const tables = mail.tables.flatMap((rows) => readTable(rows, context) ?? []);
  const source = [files, tables].find((read) => read.some(({ lines }) => lines.length > 0)) ?? [words];
  const about = readText(subject.replace(/^(?:re|fw|fwd|回复|回覆|答复|转发|轉寄)\s*[:：]\s*/i, ''), context);
  const all = [...source, words, about];
  const first = <K extends 'requestedOn' | 'poNo' | 'customerName'>(name: K) =>
    all.find((read) => read[name] !== null)?.[name] ?? null;
  return {
    lines: source.flatMap(({ lines }) => lines),
    requestedOn: first('requestedOn'),
    poNo: first('poNo'),
    customerName: first('customerName'),
    truncated: source.some(({ truncated }) => truncated),
  };
}

/** An answer to a question: lines as in any mail; a date alone is the date of the whole. */
export function readReply(mail: KeptMail, context: DateContext): ReadInquiry {
  const read = readMail(mail, '', context);
  // One date for everything that is said.
  const said = [...new Set(read.lines.map(({ requestedOn }) => requestedOn))];
  if (read.lines.length > 0)
    return { ...read, requestedOn: read.requestedOn ?? (said.length === 1 ? (said[0] ?? null) : null) };
  if (read.requestedOn !== null) return read;
  const begin = mail.text
    .split('\n')
    .map(plainLine)
    .filter((line) => line !== '')
    .slice(0, 3);
  const dates = begin.flatMap((line) => findDates(line, context));
  return { ...NOTHING, requestedOn: dates.length === 1 ? (dates[0]?.date ?? null) : null };
}
