/** XML of workbooks, token by token. No document types, so no entities of anybody's own; nothing is ever fetched. */
import { refuse } from '../../kernel/refusal.ts';

export type XmlToken =
  | { kind: 'open'; name: string; attributes: string; empty: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string };

const LONGEST_TOKEN = 1024 * 1024;
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const bad = (where: string) => refuse('import.unreadable', { where });

/** Character data with its references resolved. Unknown entities make the file unreadable. */
export function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{0,20});?/g, (whole, name: string) => {
    const named = NAMED[name];
    if (named !== undefined) return named;
    const code = /^#x([\da-f]{1,6})$/i.exec(name)?.[1] ?? null;
    const point =
      code !== null ? Number.parseInt(code, 16) : /^#\d{1,7}$/.test(name) ? Number.parseInt(name.slice(1), 10) : -1;
    if (!whole.endsWith(';') || point < 1 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw bad('xml');
    return String.fromCodePoint(point);
  });
}

/** The value of an attribute, by its name without prefix. */
export function attribute(attributes: string, name: string): string | null {
  const match = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = match?.[1] ?? match?.[2];
  return value === undefined ? null : plain(value);
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Tokens in order; names without prefix; comments and processing instructions left out. */
export async function* xmlTokens(pieces: AsyncIterable<Buffer>): AsyncGenerator<XmlToken> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (piece?: Buffer) => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw bad('xml');
    }
  };
  let rest = '';
  for await (const piece of pieces) {
    rest += decode(piece);
    let at = 0;
    for (;;) {
      const token = nextToken(rest, at);
      if (token === null) break;
      at = token.end;
      if (token.token !== null) yield token.token;
    }
    rest = rest.slice(at);
    if (rest.length > LONGEST_TOKEN) throw refuse('import.archive_limits');
  }
  decode();
  if (rest.trim() !== '') throw bad('xml');
}

/** The token that starts at a place; null when it is not all there yet. */
function nextToken(text: string, at: number): { token: XmlToken | null; end: number } | null {
  if (at >= text.length) return null;
  if (text[at] !== '<') {
    const end = text.indexOf('<', at);
    return end < 0 ? null : { token: { kind: 'text', text: plain(text.slice(at, end)) }, end };
  }
  if (text.startsWith('<!--', at)) {
    const end = text.indexOf('-->', at + 4);
    return end < 0 ? null : { token: null, end: end + 3 };
  }
  if (text.startsWith('<![CDATA[', at)) {
    const end = text.indexOf(']]>', at);
    return end < 0 ? null : { token: { kind: 'text', text: text.slice(at + 9, end) }, end: end + 3 };
  }
  const end = text.indexOf('>', at);
  if (end < 0) return null;
  if (text[at + 1] === '!') throw bad('<!');
  if (text[at + 1] === '?') return { token: null, end: end + 1 };
  if (text[at + 1] === '/')
    return { token: { kind: 'close', name: localName(text.slice(at + 2, end).trim()) }, end: end + 1 };
  const empty = text[end - 1] === '/';
  const body = text.slice(at + 1, empty ? end - 1 : end);
  const space = body.search(/\s/);
  const name = localName(space < 0 ? body : body.slice(0, space));
  return { token: { kind: 'open', name, attributes: space < 0 ? '' : body.slice(space), empty }, end: end + 1 };
}
