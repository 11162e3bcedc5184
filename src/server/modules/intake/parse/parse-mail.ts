/** A raw message as a ParsedMail. Runs in the parsing thread only: what a stranger has built may take any time and memory. */
import { type AddressObject, type HeaderLines, type ParsedMail as Parsed, simpleParser } from 'mailparser';
import { readRows } from '../../../platform/import/index.ts';
import { readHtml } from './html.ts';
import {
  boundedRow,
  cleanText,
  MOST_ATTACHMENTS,
  MOST_ROWS,
  type ParsedAttachment,
  type ParsedMail,
} from './parsed-mail.ts';
import { returnedMail } from './returned.ts';

/** A message whose headers are longer than this is not parsed: such a run of headers is an attack (E4). */
const LONGEST_HEADERS = 128 * 1024;
const MOST_PARTS = 500;

export class Unparsable extends Error {
  readonly reason: 'headers' | 'parse_error';
  constructor(reason: 'headers' | 'parse_error') {
    super(reason);
    this.reason = reason;
  }
}

export async function parseMail(raw: Buffer): Promise<ParsedMail> {
  const end = raw.indexOf('\r\n\r\n');
  const bare = raw.indexOf('\n\n');
  const headers = Math.min(end === -1 ? raw.length : end, bare === -1 ? raw.length : bare);
  if (headers > LONGEST_HEADERS) throw new Unparsable('headers');
  if (raw.toString('latin1').split(/^content-type:/im, MOST_PARTS + 1).length > MOST_PARTS)
    throw new Unparsable('parse_error');
  const mail = await simpleParser(raw, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
    keepCidLinks: true,
  });
  const html = typeof mail.html === 'string' ? readHtml(mail.html) : { text: '', tables: [] };
  const text = mail.text !== undefined && mail.text.trim() !== '' ? mail.text : html.text;
  const attachments: ParsedAttachment[] = [];
  for (const { filename, contentType, content, related } of mail.attachments.slice(0, MOST_ATTACHMENTS)) {
    // Pictures of a signature.
    if (related && contentType.startsWith('image/')) continue;
    attachments.push({
      fileName: cleanText(filename ?? 'attachment').slice(0, 255),
      mediaType: contentType.slice(0, 100),
      byteCount: content.length,
      rows: isTable(filename, contentType) ? await rowsOf(content) : null,
      content: new Uint8Array(content),
    });
  }
  const automatic = automaticKind(mail);
  return {
    messageId: messageIdOf(mail),
    from: authorOf(mail.from, mail.headerLines),
    subject: cleanText(mail.subject ?? '')
      .replace(/\s+/g, ' ')
      .slice(0, 500),
    text: cleanText(text),
    tables: html.tables.map((table) => table.map((row) => row.map(cleanText))),
    attachments,
    automatic,
    returned: automatic === 'bounce' ? returnedMail(raw) : null,
    relayResults: mail.headerLines
      .filter(({ key }) => key === 'authentication-results')
      .slice(0, 20)
      .flatMap(({ line }) => relayResult(line)),
  };
}

const isTable = (name: string | undefined, type: string): boolean =>
  /\.(xlsx|csv)$/i.test(name ?? '') ||
  /^(text\/csv|application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet)$/i.test(type);

/** Cells of a file; null for what the limits of imports refuse: such a file is for a person. */
async function rowsOf(content: Buffer): Promise<string[][] | null> {
  const rows: string[][] = [];
  try {
    for await (const { cells } of readRows(content)) {
      if (rows.length >= MOST_ROWS) break;
      rows.push(boundedRow(cells.map((cell) => (cell === null || cell.kind === 'error' ? '' : cleanText(cell.text)))));
    }
  } catch {
    return null;
  }
  return rows;
}

function messageIdOf({ messageId }: Parsed): string | null {
  const id = messageId?.trim() ?? '';
  return /^<[^<>\s]{3,900}>$/.test(id) ? id : null;
}

/** One From header with one plain address, or nobody (E2). */
function authorOf(from: AddressObject | undefined, lines: HeaderLines): string | null {
  if (lines.filter(({ key }) => key === 'from').length !== 1) return null;
  const [only, ...more] = from?.value ?? [];
  const address = only?.address?.trim().toLowerCase() ?? '';
  if (more.length > 0 || only?.group !== undefined) return null;
  return /^[^\s@"<>(),;:\\[\]]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(address) ? address : null;
}

/** Answers of machines, returned mail and lists: never taken for an inquiry, never answered (E5). */
function automaticKind({ headers, headerLines }: Parsed): ParsedMail['automatic'] {
  const said = (name: string) =>
    (headerLines.find(({ key }) => key === name)?.line.replace(/^[^:]*:/, '') ?? '').trim().toLowerCase();
  const type = headers.get('content-type');
  const contentType = typeof type === 'object' && 'value' in type ? String(type.value) : '';
  if (
    contentType === 'multipart/report' ||
    /^(<>|mailer-daemon)/.test(said('return-path')) ||
    /^"?(mailer-daemon|postmaster)\b/.test(said('from'))
  )
    return 'bounce';
  const auto = said('auto-submitted');
  if (
    (auto !== '' && !auto.startsWith('no')) ||
    said('x-autoreply') !== '' ||
    said('x-autorespond') !== '' ||
    said('precedence') === 'auto_reply'
  )
    return 'auto_reply';
  if (
    said('list-id') !== '' ||
    said('list-unsubscribe') !== '' ||
    ['bulk', 'list', 'junk'].includes(said('precedence'))
  )
    return 'list_mail';
  return null;
}

/** `Authentication-Results: mx.example.com; spf=pass …; dkim=pass …; dmarc=pass …` */
function relayResult(line: string): ParsedMail['relayResults'] {
  const value = line
    .replace(/^[^:]*:/, '')
    .replace(/\([^()]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const [relay = '', ...results] = value.split(';').map((part) => part.trim().toLowerCase());
  const said = (method: string) => new RegExp(`^${method} ?= ?([a-z]+)`);
  const find = (method: string) => results.flatMap((result) => said(method).exec(result)?.[1] ?? [])[0] ?? 'none';
  const name = relay.split(' ')[0] ?? '';
  return name === '' ? [] : [{ relay: name, spf: find('spf'), dkim: find('dkim'), dmarc: find('dmarc') }];
}
