/** API keys. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Answer, type TestApp, testApp } from '../support/app.ts';

let t: TestApp;
let admin: Actor;
beforeAll(async () => {
  t = await testApp();
  admin = await t.as('security_admin');
});
afterAll(() => t.close());

const codeOf = ({ status, body }: Answer) => ({ status, code: body?.code });
const create = (body: Record<string, unknown> = {}, key?: string) =>
  admin.post('/api/v1/keys', { name: '对接', roles: ['sales'], ...body }, key === undefined ? {} : { key });
const use = (secret: string, path = '/api/v1/session') =>
  t.anonymous.get(path, { headers: { authorization: `Bearer ${secret}` } });

test('P20 a key is made, shown once, used, listed and revoked', async () => {
  const made = await create({}, 'key-once');
  expect(made.status, made.text).toBe(201);
  const { key, secret } = made.body;
  expect(secret).toMatch(new RegExp(`^qk_${key.prefix}_[\\w-]{43}$`));
  expect((await create({}, 'key-once')).body).toEqual({ key, secret: null });
  expect(JSON.stringify(await t.sql('select * from idempotency'))).not.toContain(secret);
  expect(JSON.stringify(await t.sql("select encode(key_hash, 'escape'), * from api_key"))).not.toContain(secret);
  expect((await use(secret)).body.actor).toMatchObject({ kind: 'staff', roles: ['sales'] });
  await t.services.authenticator.flush();
  const listed = await admin.get('/api/v1/keys?live=true');
  expect(listed.body.items[0]).toMatchObject({
    id: key.id,
    name: '对接',
    revokedAt: null,
    lastUsedAt: t.clock.now().toISOString(),
  });
  expect((await admin.post(`/api/v1/keys/${key.id}/revoke`)).body.revokedAt).toBe(t.clock.now().toISOString());
  expect(codeOf(await use(secret))).toEqual({ status: 401, code: 'session.key_invalid' });
  expect(codeOf(await admin.post(`/api/v1/keys/${key.id}/revoke`))).toEqual({ status: 409, code: 'key.revoked' });
  expect((await admin.get('/api/v1/keys?live=false')).body.items.map(({ id }: { id: string }) => id)).toContain(key.id);
});

describe('P20 A4 keys that are refused', () => {
  test.each([['api_key'], ['apikey'], ['access_token'], ['token'], ['key']])(
    'in the address, as %s: even where it would be right',
    async (name) => {
      const { body } = await create();
      expect(codeOf(await t.anonymous.get(`/api/v1/session?${name}=${body.secret}`))).toEqual({
        status: 400,
        code: 'request.key_in_query',
      });
      expect(codeOf(await use(body.secret, `/api/v1/session?${name}=x`))).toEqual({
        status: 400,
        code: 'request.key_in_query',
      });
    },
  );
  test('made up, cut off, of another form', async () => {
    const { body } = await create();
    for (const authorization of [
      'Bearer x',
      `Bearer ${body.secret.slice(0, -1)}`,
      `Bearer ${body.secret}x`,
      `bearer ${body.secret}`,
      `Basic ${body.secret}`,
      'Bearer ',
      `Bearer qk_0000000000_${'A'.repeat(43)}`,
    ]) {
      expect(codeOf(await t.anonymous.get('/api/v1/session', { headers: { authorization } })), authorization).toEqual({
        status: 401,
        code: 'session.key_invalid',
      });
    }
  });
  test('a bad key is not made good by a good cookie', async () => {
    const sales = await t.as('sales');
    expect(codeOf(await sales.get('/api/v1/session', { headers: { authorization: 'Bearer x' } }))).toEqual({
      status: 401,
      code: 'session.key_invalid',
    });
  });
  test('expired', async () => {
    const expiresAt = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
    const { body } = await create({ expiresAt });
    expect((await use(body.secret)).status).toBe(200);
    t.clock.advance(3_600_000);
    expect(codeOf(await use(body.secret))).toEqual({ status: 401, code: 'session.key_invalid' });
  });
  test('without the right', async () => {
    const { body } = await create({ roles: ['warehouse'] });
    expect(codeOf(await use(body.secret, '/api/v1/users'))).toEqual({ status: 403, code: 'permission.denied' });
  });
  test('for the things of another partner: as if they were not there', async () => {
    const [a, b] = [await t.partner(), await t.partner()];
    const { body } = await create({ partnerId: a, roles: ['partner_admin'] });
    expect((await use(body.secret, `/api/v1/partners/${a}`)).status).toBe(200);
    const [foreign, missing] = [
      await use(body.secret, `/api/v1/partners/${b}`),
      await use(body.secret, '/api/v1/partners/01a00000-0000-7000-8000-000000000000'),
    ];
    expect(codeOf(foreign)).toEqual({ status: 404, code: 'partner.not_found' });
    const { requestId: _a, ...one } = foreign.body;
    const { requestId: _b, ...two } = missing.body;
    expect(one).toEqual(two);
  });
  test('a write with a key that was revoked a moment ago', async () => {
    const key = await t.key({ roles: ['security_admin'] });
    expect((await key.get('/api/v1/users')).status).toBe(200);
    const before = await t.digest();
    const owner = new (await import('pg')).default.Client({ connectionString: t.database.ownerUrl });
    await owner.connect();
    await owner.query('update api_key set revoked_at = now() where id = $1', [key.keyId]);
    await owner.end();
    expect(
      codeOf(await key.post('/api/v1/users', { login: 'late@example.test', name: 'x', roles: ['sales'] })),
    ).toEqual({ status: 401, code: 'session.key_invalid' });
    expect(await t.digest()).toBe(before);
  });
});

describe('P10 A4 a key is not stronger than its maker', () => {
  test.each([['system_admin'], ['security_admin'], ['auditor']])(
    'no key with the role of an administrator: %s',
    async (role) => {
      expect(codeOf(await create({ roles: [role] }))).toEqual({ status: 403, code: 'key.stronger_than_maker' });
    },
  );
  test('only the security administrator makes keys', async () => {
    for (const role of ['sales', 'manager', 'system_admin', 'auditor'] as const) {
      const actor = await t.as(role);
      expect(codeOf(await actor.post('/api/v1/keys', { name: 'x', roles: [role] })), role).toEqual({
        status: 403,
        code: 'permission.denied',
      });
    }
  });
  test.each([
    [{ roles: ['partner_admin'] }, 422, 'user.partner_roles'],
    [{ roles: [] }, 422, 'field.too_short'],
    [{ partnerId: '01a00000-0000-7000-8000-000000000000', roles: ['partner_buyer'] }, 404, 'partner.not_found'],
    [{ expiresAt: '2026-03-01T00:00:00Z' }, 422, 'key.expiry_past'],
    [{ expiresAt: '2027-03-01T00:00:00' }, 422, 'field.instant_format'],
    [{ expiresAt: 'tomorrow' }, 422, 'field.instant_format'],
  ])('refused: %j', async (body, status, code) => {
    expect(codeOf(await create(body))).toEqual({ status, code });
  });
  test('a key that is not there', async () => {
    expect(codeOf(await admin.post('/api/v1/keys/01a00000-0000-7000-8000-000000000000/revoke'))).toEqual({
      status: 404,
      code: 'key.not_found',
    });
  });
  test('two keys of one maker are one person', async () => {
    const [one, two] = [await create(), await create()];
    const now = t.clock.now();
    const actors = await Promise.all([one, two].map(({ body }) => t.services.authenticator.byKey(body.secret, now)));
    expect(actors.map((actor) => actor?.personId)).toEqual([admin.userId, admin.userId]);
    expect(actors[0]?.userId).not.toBe(actors[1]?.userId);
  });
});
