/**
 * For the campaign of keys: where QUCHENG_COPIES names a folder, every write of every test goes out three times at once under its key and
 * once more after that. What came of it is noted, one file a worker; scripts and tests see the answer of the one that was carried out.
 */
import fs from 'node:fs';
import path from 'node:path';
import { operations } from '../../src/contract/operations.ts';
import { routes } from '../../src/server/routes.ts';

const folder = process.env['QUCHENG_COPIES'];
export const inCopies = folder !== undefined;

export type Note = {
  operation: string;
  outcome: 'once' | 'other answer' | 'not marked' | 'key reused' | 'doubled';
  detail?: string;
};
function note(entry: Note): void {
  if (folder !== undefined) fs.appendFileSync(path.join(folder, `${process.pid}.jsonl`), `${JSON.stringify(entry)}\n`);
}

const doors = operations
  .filter((operation) => 'idempotent' in operation && operation.idempotent === true)
  .map(({ id, method, path: door }) => ({ id, method, matches: new RegExp(`^${door.replace(/:\w+/g, '[^/]+')}$`) }));
/** Secrets are shown once: a copy gets the same answer without them. */
const SHOWN_ONCE: readonly string[] = routes.flatMap((route) =>
  route.kind === 'write' && route.reveal !== undefined ? [route.operation.id] : [],
);

/** Each copy gets a new secret, and the last one holds. */
const RENEWED = 'applicationSubmit';
/** Another request is told by its content, order by order (create-many.test.ts) or as a whole (applications.test.ts), not by a version; so are copies. */
const BY_CONTENT: readonly string[] = [RENEWED, 'orderCreateMany'];

/** Many at once of which none was accepted: refused like any other, only that its status does not say so. */
const madeNothing = ({ body }: Raw): boolean => body.startsWith('{"okCount":0,');

type Raw = { statusCode: number; body: string; headers: Record<string, unknown> };
type Send = (changed?: { ifMatch: string }) => Promise<Raw>;

/** Sends a write in copies and judges them; the answer is that of the one that was carried out. */
export async function sendInCopies<R extends Raw>(
  method: string,
  url: string,
  send: (changed?: { ifMatch: string }) => Promise<R>,
): Promise<R> {
  const door = doors.find((each) => each.method === method && each.matches.test(url.split('?')[0] ?? ''));
  if (door === undefined) return send();
  const answers = await Promise.all([send(), send(), send()]);
  const done = answers.filter((answer) => answer.statusCode < 300 && !madeNothing(answer));
  const carried = done.find(({ headers }) => headers['idempotent-replayed'] === undefined) ?? done[0];
  if (carried === undefined) return answers[0];
  const last = await send();
  await judge(door.id, carried, [...done.filter((each) => each !== carried), last], send);
  return door.id === RENEWED ? last : carried;
}

async function judge(operation: string, carried: Raw, copies: readonly Raw[], send: Send): Promise<void> {
  for (const copy of copies) {
    if (copy.headers['idempotent-replayed'] !== 'true')
      note({ operation, outcome: 'not marked', detail: `${copy.statusCode} ${copy.body.slice(0, 200)}` });
    else if (copy.body !== carried.body && !SHOWN_ONCE.includes(operation) && !BY_CONTENT.includes(operation))
      note({ operation, outcome: 'other answer', detail: copy.body.slice(0, 200) });
  }
  note({ operation, outcome: 'once' });
  if (BY_CONTENT.includes(operation)) return;
  // Under the same key another request: it must be told, and nothing must come of it.
  const other = await send({ ifMatch: '"999999"' });
  if (!/request\.key_reused/.test(other.body))
    note({ operation, outcome: 'key reused', detail: `${other.statusCode} ${other.body.slice(0, 200)}` });
}

/**
 * Events say which request wrote them: two requests under one key of one caller are two effects. After a month a key is free again
 * (docs/decisions/0179).
 */
export const DOUBLES = `
  select distinct one.cause->>'operation' as operation, one.cause->>'key' as key
  from event one join event other on other.actor_id = one.actor_id and other.cause->>'operation' = one.cause->>'operation'
    and other.cause->>'key' = one.cause->>'key' and other.cause->>'requestId' <> one.cause->>'requestId'
    and other.at between one.at and one.at + interval '30 days'`;
export function noteDoubles(rows: readonly { operation: string; key: string }[]): void {
  for (const { operation, key } of rows) note({ operation, outcome: 'doubled', detail: key });
}
