/**
 * Notes which refusals of the life-cycle tables came back while the tests ran: one file a worker in the folder that QUCHENG_REFUSALS
 * names, one line a (machine, action, code). scripts/refusals.ts reads them after the whole suite and names what nobody saw refuse.
 */
import fs from 'node:fs';
import path from 'node:path';
import { MACHINES, operationIdOf } from '../../scripts/lib/machines.ts';
import { operations } from '../../src/contract/operations.ts';

const folder = process.env['QUCHENG_REFUSALS'];
const noted = new Set<string>();

type Door = { method: string; matches: RegExp; machine: string; action: string };
const doors: Door[] = MACHINES.flatMap(({ name, rows }) =>
  [...new Set(rows.map(({ action }) => action))].flatMap((action) =>
    operations
      .filter(({ id }) => id === operationIdOf(name, action))
      .map(({ method, path: door }) => ({
        method,
        matches: new RegExp(`^${door.replace(/:\w+/g, '[^/]+')}$`),
        machine: name,
        action,
      })),
  ),
);

/** For refusals that come back by another way than an operation of their own (the clock, an import). */
export function noteRefusal(machine: string, action: string, code: string): void {
  const line = `${machine} ${action} ${code}`;
  if (folder === undefined || noted.has(line)) return;
  noted.add(line);
  fs.appendFileSync(path.join(folder, `${process.pid}.txt`), `${line}\n`);
}

/** Looks at an answer of the API and notes what it refused. `asked`: the body of the request. */
export function noteAnswer(
  method: string,
  url: string,
  asked: unknown,
  answer: { status: number; body: unknown },
): void {
  const { status, body } = answer;
  if (folder === undefined || status < 400 || typeof body !== 'object' || body === null) return;
  const [target = ''] = url.split('?');
  const door =
    doors.find((each) => each.method === method && each.matches.test(target)) ?? placing(method, target, asked);
  if (door === undefined) return;
  const { code, errors } = body as { code?: string; errors?: { code: string }[] };
  for (const each of new Set([code ?? '', ...(errors ?? []).map((error) => error.code)]))
    noteRefusal(door.machine, door.action, each);
}

/** An order may be submitted in the same breath as it is made. */
const placing = (method: string, target: string, asked: unknown): Pick<Door, 'machine' | 'action'> | undefined =>
  method === 'POST' && target === '/api/v1/orders' && (asked as { submit?: boolean } | undefined)?.submit === true
    ? { machine: 'order', action: 'submit' }
    : undefined;
