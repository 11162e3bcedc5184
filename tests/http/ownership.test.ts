/** P9 Who reaches what: one's own, another partner's, and what does not exist, over every operation and everybody who may call it. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { PERMISSIONS, type Permission, type Role } from '../../src/contract/roles.ts';
import { type Actor, type Answer, type Client, type TestApp, testApp } from '../support/app.ts';
import { MISSING, matrix, type Row } from './matrix.ts';
import { makeWorld, type Side, type World } from './world.ts';

vi.setConfig({ hookTimeout: 120_000, testTimeout: 60_000 });

type Called = (typeof operations)[number];
let t: TestApp;
let world: World;
/** A side on which everything is missing. */
let nowhere: Side;
beforeAll(async () => {
  t = await testApp();
  world = await makeWorld(t);
  const gone = Object.fromEntries(
    Object.entries(world.a).map(([name, value]) => [name, typeof value === 'string' ? MISSING : value]),
  );
  nowhere = gone as Side;
});
afterAll(() => t.close());

const rowsOf = (id: string): Row[] => [matrix[id] ?? []].flat();
const holders = (operation: Called): readonly Role[] =>
  operation.can === 'public' ? [] : (PERMISSIONS[operation.can as Permission] as readonly Role[]);
const PEOPLE = ['admin', 'buyer', 'finance', 'afterSales', 'key', 'sales'] as const;

/** People of both sides who hold the permission, each with the side that is theirs. */
function people(operation: Called, row: Row): { who: string; actor: Actor; own: Side; other: Side }[] {
  return (['a', 'b'] as const).flatMap((name) =>
    PEOPLE.filter((person) => row.only?.includes(person) ?? true)
      .map((person) => ({
        who: `${name}.${person}`,
        actor: world[name][person],
        own: world[name],
        other: world[name === 'a' ? 'b' : 'a'],
      }))
      .filter(({ actor }) => actor.roles.some((role) => holders(operation).includes(role))),
  );
}

/** Somebody of the company who sees all partners and holds the permission; null where only others hold it. */
async function insider(operation: Called): Promise<Actor | null> {
  const role = holders(operation).find((candidate) => candidate !== 'sales' && !candidate.startsWith('partner_'));
  return role === undefined ? null : t.as(role);
}

function call(client: Client, operation: Called, row: Row, side: Side, from: World = world): Promise<Answer> {
  const ids = row.ids?.(side, from) ?? {};
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? MISSING);
  const query = row.query === undefined ? '' : `?${row.query(side, from)}`;
  const versioned = 'versioned' in operation && operation.versioned === true;
  return client.send(operation.method, path + query, row.file?.bytes ?? row.body?.(side, from), {
    ...(versioned ? { ifMatch: 999_999 } : {}),
    ...(row.file === undefined ? {} : { headers: { 'content-type': row.file.type } }),
  });
}

/** What a caller can tell from an answer, without what differs each time. */
const told = ({ status, body }: Answer) => ({
  status,
  code: body?.code,
  title: body?.title,
  detail: body?.detail,
  errors: body?.errors,
});
const reached = ({ status, body }: Answer) =>
  status !== 401 && status !== 404 && status < 500 && body?.code !== 'permission.denied';
const noneOf = (side: Side, answer: Answer) => side.markers.filter((marker) => answer.text.includes(marker));

test('P9 every operation has a row in the table, and every row an operation', () => {
  expect(Object.keys(matrix).sort()).toEqual(operations.map(({ id }) => id).sort());
});

test('P9 a row says what it must: ids for every name in the path, a body where one is taken', () => {
  const wrong = operations.filter((operation) =>
    rowsOf(operation.id).some((row) => {
      if (row.owner === 'self' || row.owner === 'public') return false;
      const names = [...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => name).sort();
      const given = Object.keys(row.ids?.(world.a, world) ?? {}).sort();
      const noBody =
        row.ids !== undefined && 'body' in operation && operation.body !== undefined && row.body === undefined;
      return names.join() !== given.join() || noBody;
    }),
  );
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

describe('P9 what belongs to a partner', () => {
  test.each(operations.filter(({ id }) => rowsOf(id).some(({ owner }) => owner === 'partner')))(
    '$id',
    async (operation) => {
      const faults: string[] = [];
      for (const row of rowsOf(operation.id)) {
        for (const { who, actor, own, other } of people(operation, row)) {
          const [foreign, missing] = [
            await call(actor, operation, row, other),
            await call(actor, operation, row, nowhere),
          ];
          if (foreign.status < 400) faults.push(`${who} reaches the other's: ${foreign.status}`);
          if (row.ids !== undefined && missing.status !== 404)
            faults.push(`${who} missing: ${missing.status} ${missing.text}`);
          if (JSON.stringify(told(foreign)) !== JSON.stringify(told(missing)))
            faults.push(`${who} can tell the other's from a missing one: ${foreign.text} ${missing.text}`);
          const mine = await call(actor, operation, row, own);
          if (!reached(mine)) faults.push(`${who} does not reach the own: ${mine.status} ${mine.text}`);
          for (const answer of [foreign, mine])
            for (const marker of noneOf(other, answer)) faults.push(`${who} sees ${marker} of the other`);
        }
        const staff = await insider(operation);
        if (staff === null) continue;
        for (const side of [world.a, world.b]) {
          const answer = await call(staff, operation, row, side);
          if (!reached(answer) && row.only === undefined)
            faults.push(`staff does not reach it: ${answer.status} ${answer.text}`);
        }
        const missing = await call(staff, operation, row, nowhere);
        if (missing.status !== 404) faults.push(`staff missing: ${missing.status} ${missing.text}`);
      }
      expect(faults).toEqual([]);
    },
  );
});

describe('P9 what hangs on something: one’s own document with the part of another', () => {
  const mixed: [string, (side: Side, other: Side) => Record<string, string>][] = [
    ['paymentUnallocate', (side, other) => ({ paymentId: side.paymentId, allocationId: other.allocationId })],
    ['agreementEnd', (side, other) => ({ partnerId: side.partnerId, agreementId: other.agreementId })],
    ['holdRelease', (side, other) => ({ orderId: side.openOrderId, holdId: other.holdId })],
  ];
  test.each(mixed)('%s', async (id, ids) => {
    const operation = operations.find((candidate) => candidate.id === id) as Called;
    const [row] = rowsOf(id);
    const actor = (await insider(operation)) ?? world.a.sales;
    const before = await t.digest();
    const versions = await t.sql<{ version: number }>(
      'select version from partner where id = $1 union all select version from payment where id = $2 union all select version from sales_order where id = $3',
      [world.a.partnerId, world.a.paymentId, world.a.openOrderId],
    );
    for (const { version } of versions) {
      const path = operation.path.replace(/:(\w+)/g, (_, name: string) => ids(world.a, world.b)[name] ?? '');
      const answer = await actor.send(operation.method, path, row?.body?.(world.a, world), { ifMatch: version });
      expect([404, 412], answer.text).toContain(answer.status);
    }
    expect(await t.digest()).toBe(before);
  });
});

describe('P9 what belongs to the company', () => {
  test.each(
    operations.filter(({ id }) => rowsOf(id).some(({ owner, ids }) => owner === 'company' && ids !== undefined)),
  )('$id', async (operation) => {
    for (const row of rowsOf(operation.id)) {
      const staff = row.by === undefined ? ((await insider(operation)) ?? (await t.as('sales'))) : await t.as(row.by);
      if (row.always !== true) {
        const missing = await staff.send(
          operation.method,
          operation.path.replace(/:\w+/g, MISSING),
          row.body?.(world.a, world),
          'versioned' in operation ? { ifMatch: 999_999 } : {},
        );
        expect(missing.status, missing.text).toBe(404);
      }
      const there = await call(staff, operation, row, world.a);
      expect(reached(there) || there.body?.code === 'permission.denied', there.text).toBe(true);
      for (const { who, actor, other } of people(operation, row)) {
        const answer = await call(actor, operation, row, world.a);
        expect(noneOf(other, answer), who).toEqual([]);
      }
    }
  });
});

describe('P9 lists, figures and searches hold only what is one’s own', () => {
  test.each(operations.filter(({ id }) => rowsOf(id).some(({ owner }) => owner === 'list')))(
    '$id',
    async (operation) => {
      const faults: string[] = [];
      for (const row of rowsOf(operation.id)) {
        for (const { who, actor, own, other } of people(operation, row)) {
          const answer = await call(actor, operation, row, own);
          if (answer.status !== 200 && !(row.ids !== undefined && answer.status === 403))
            faults.push(`${who}: ${answer.status} ${answer.text}`);
          const seen = noneOf(other, answer);
          if (seen.length > 0) faults.push(`${who} sees ${seen.join()} of the other`);
        }
      }
      expect(faults).toEqual([]);
    },
  );
});

describe('P10 credentials that are no longer good, over every operation', () => {
  const guarded = operations.filter(({ can }) => can !== 'public');
  const statuses = async (client: Client) => {
    const wrong: string[] = [];
    for (const operation of guarded) {
      const { status } = await client.send(operation.method, operation.path.replace(/:\w+/g, MISSING), undefined, {
        key: null,
      });
      if (status !== 401) wrong.push(`${operation.id}: ${status}`);
    }
    return wrong;
  };
  test('a revoked key', async () =>
    expect(await statuses(await t.key({ roles: ['manager'], revoked: true }))).toEqual([]));
  test('an expired key', async () =>
    expect(await statuses(await t.key({ roles: ['manager'], expiresAt: t.clock.now() }))).toEqual([]));
  test('a disabled person', async () => {
    const actor = await t.signedIn('manager');
    await t.sql("update app_user set state = 'disabled' where id = $1", [actor.userId]);
    expect(await statuses(actor)).toEqual([]);
  });
});
