/** Which of our mails a returned one brings back. Runs in the parsing thread. */
import type { ReturnedMail } from './parsed-mail.ts';

/** Ids of our messages stand before the @ of their Message-ID. */
const OUR_ID = /<([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})@/gi;
const MOST_READ = 512 * 1024;
const MOST_IDS = 5;

/**
 * Reports of delivery (RFC 3464) say what they report: only a failure counts, a delay does not. Returned mail of older kinds reports nothing
 * else than failure. Null when it names none of our messages.
 */
export function returnedMail(raw: Buffer): ReturnedMail | null {
  const text = raw.subarray(0, MOST_READ).toString('latin1');
  const ids = [...new Set([...text.matchAll(OUR_ID)].map(([, id]) => (id ?? '').toLowerCase()))].slice(0, MOST_IDS);
  if (ids.length === 0) return null;
  const actions = [...text.matchAll(/^action:[ \t]*([a-z]+)/gim)].map(([, action]) => action?.toLowerCase());
  if (actions.length > 0 && !actions.includes('failed')) return null;
  const said = /^diagnostic-code:[ \t]*([^\r\n]{1,300})/im.exec(text) ?? /^status:[ \t]*([45]\.\d+\.\d+)/im.exec(text);
  return { ids, detail: said?.[1]?.trim() ?? null };
}
