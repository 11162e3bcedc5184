/**
 * P9 The matrix of permissions, asked of the running server: every operation of the contract by every role. Who does not hold the
 * permission is refused before anything of the request is looked at; who holds it is not refused for it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { PARTNER_ROLES, PERMISSIONS, type Permission, type Role, ROLES } from '../../src/contract/roles.ts';
import { type Actor, type TestApp, testApp } from '../support/app.ts';

let t: TestApp;
const actors = new Map<Role, Actor>();
const guarded = operations.filter(({ can }) => can !== 'public');

/** The path with ids that exist nowhere. */
const pathOf = (path: string) => path.replace(/:\w+/g, '00000000-0000-7000-8000-0000000000ff');
const holds = (role: Role, can: string) => (PERMISSIONS[can as Permission] as readonly Role[]).includes(role);

beforeAll(async () => {
  t = await testApp();
  const partnerId = await t.partner();
  for (const role of ROLES) {
    const ofPartner = (PARTNER_ROLES as readonly Role[]).includes(role);
    actors.set(role, await t.key({ roles: [role], ...(ofPartner ? { partnerId } : {}) }));
  }
});
afterAll(() => t.close());

describe('P9 who may call what', () => {
  test('every operation needs somebody who is known, except those for everybody', async () => {
    const answers = await Promise.all(
      guarded.map(async ({ id, method, path }) => ({
        id,
        status: (await t.anonymous.send(method, pathOf(path), undefined, { key: null })).status,
      })),
    );
    expect(answers.filter(({ status }) => status !== 401)).toEqual([]);
  });

  test.each(ROLES)('%s', async (role) => {
    const actor = actors.get(role) as Actor;
    const wrong: string[] = [];
    for (const { id, method, path, can } of guarded) {
      const { status, body } = await actor.send(method, pathOf(path), undefined, { key: null });
      const refused = status === 403 && body?.code === 'permission.denied' && body.errors[0].params?.permission === can;
      if (refused === holds(role, can)) wrong.push(`${id}: ${status} ${body?.code ?? ''}`);
    }
    expect(wrong).toEqual([]);
  });
});
