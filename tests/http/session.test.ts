/** Signing in, staying in, getting out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../src/server/modules/identity/index.ts';
import { type Actor, type Answer, type CallOptions, type TestApp, testApp, type Wanted } from '../support/app.ts';

const PASSWORD = 'tidal-marsh-84';
const WRONG = 'tidal-marsh-85';
let t: TestApp;
let stored: string;
beforeAll(async () => {
  t = await testApp();
  stored = await hashPassword(PASSWORD);
});
afterAll(() => t.close());

let people = 0;
/** Somebody who can sign in with PASSWORD. */
async function somebody(wanted: Wanted = 'sales'): Promise<Actor> {
  people += 1;
  const actor = await t.as(
    typeof wanted === 'object' && 'role' in wanted ? wanted : { role: wanted, name: `人 ${people}` },
  );
  await t.sql('update app_user set password_hash = $1 where id = $2', [stored, actor.userId]);
  return actor;
}
const signIn = (login: string, password: string, options: CallOptions = {}): Promise<Answer> =>
  t.anonymous.post('/api/v1/session', { login, password }, options);
const cookiesOf = (answer: Answer): Record<string, string> =>
  Object.fromEntries(
    [answer.headers['set-cookie'] ?? []]
      .flat()
      .map((line) => String(line).split(';')[0]?.split('=') as [string, string]),
  );
const lineOf = (answer: Answer, name: string): string =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .map(String)
    .find((line) => line.startsWith(`${name}=`)) ?? '';
const withCookie = (cookies: Record<string, string>, options: CallOptions = {}): CallOptions => ({
  ...options,
  headers: {
    ...options.headers,
    cookie: Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; '),
  },
});
const get = (path: string, cookies: Record<string, string>) => t.anonymous.get(path, withCookie(cookies));

test('P20 who is signed in sees name, roles, permissions and the company', async () => {
  const sales = await t.as('sales');
  const { status, body } = await sales.get('/api/v1/session');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    actor: {
      userId: sales.userId,
      kind: 'staff',
      login: sales.login,
      roles: ['sales'],
      partnerId: null,
      locale: 'zh-Hant',
    },
    company: { name: '渠成测试公司', currency: 'CNY' },
    demo: false,
  });
  expect(body.actor.permissions).toContain('order.create');
  expect(body.actor.permissions).not.toContain('user.manage');
});

test('P20 a person of a partner sees the partner', async () => {
  const partnerId = await t.partner({ name: '昆山车行' });
  const buyer = await t.as({ partnerId, role: 'partner_buyer' });
  const { body } = await buyer.get('/api/v1/session');
  expect(body.actor).toMatchObject({ kind: 'partner', partnerId, partnerName: '昆山车行' });
});

test('P20 nobody is signed in without a cookie, with a made-up one, or with an overlong one', async () => {
  for (const token of [undefined, 'x', 'A'.repeat(43), 'A'.repeat(5000)]) {
    const { status, body } = await t.anonymous.get(
      '/api/v1/session',
      token === undefined ? {} : withCookie({ qc_session: token }),
    );
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'session.required' });
  }
});

describe('P20 signing in', () => {
  test('sets a cookie that scripts and other sites cannot use, and opens the session', async () => {
    const person = await somebody();
    const answer = await signIn(person.login.toUpperCase(), PASSWORD);
    expect({ status: answer.status, id: answer.body.actor?.userId }, answer.text).toEqual({
      status: 200,
      id: person.userId,
    });
    expect(lineOf(answer, 'qc_session')).toMatch(/^qc_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await get('/api/v1/session', cookiesOf(answer))).status).toBe(200);
  });
  test('over https the cookie is Secure', async () => {
    const person = await somebody();
    const answer = await signIn(person.login, PASSWORD, { headers: { 'x-forwarded-proto': 'https' } });
    expect(lineOf(answer, 'qc_session')).toContain('; Secure');
  });
  test('the token is not in the database', async () => {
    const person = await somebody();
    const token = cookiesOf(await signIn(person.login, PASSWORD))['qc_session'] ?? '';
    const rows = await t.sql<{ row: string }>('select s::text as row from user_session s where user_id = $1', [
      person.userId,
    ]);
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(token);
  });
  test('a second sign-in of the same browser ends the first session', async () => {
    const person = await somebody();
    const first = cookiesOf(await signIn(person.login, PASSWORD));
    const second = cookiesOf(await signIn(person.login, PASSWORD, withCookie(first)));
    expect((await get('/api/v1/session', first)).status).toBe(401);
    expect((await get('/api/v1/session', second)).status).toBe(200);
  });
  test('sign-ins are in the access log, good and bad', async () => {
    const person = await somebody();
    await signIn(person.login, WRONG, { from: '10.0.0.9' });
    await signIn(person.login, PASSWORD, { from: '10.0.0.9' });
    await t.services.accessLog.flush();
    const auditor = await t.as('auditor');
    const { body } = await auditor.get(`/api/v1/access-log?login=${encodeURIComponent(person.login)}`);
    expect(body.items.map(({ kind, ip }: { kind: string; ip: string }) => [kind, ip]).sort()).toEqual([
      ['sign_in', '10.0.0.9'],
      ['sign_in_failed', '10.0.0.9'],
    ]);
  });
});

describe('P20 A1 known and unknown people are the same from outside', () => {
  test('same status, code, text and headers', async () => {
    const person = await somebody();
    const invited = await t.as({ role: 'sales', state: 'invited' });
    const disabled = await somebody({ role: 'sales', state: 'disabled' });
    const answers = await Promise.all([
      signIn(person.login, WRONG),
      signIn('nobody@example.test', WRONG),
      signIn(invited.login, PASSWORD),
      signIn(disabled.login, PASSWORD),
    ]);
    const seen = answers.map(({ status, body, headers }) => {
      const { requestId: _, ...rest } = body;
      return { status, rest, headers: Object.keys(headers).sort() };
    });
    for (const one of seen) expect(one).toEqual(seen[0]);
    expect(seen[0]).toMatchObject({ status: 401, rest: { code: 'session.bad_credentials' } });
  });
});

describe('P20 A2 guessing', () => {
  test('after five failures the sixth waits ten minutes, even with the right password', async () => {
    const person = await somebody();
    for (let i = 0; i < 5; i += 1) expect((await signIn(person.login, WRONG, { from: '10.2.0.1' })).status).toBe(401);
    const { status, body, headers } = await signIn(person.login, PASSWORD, { from: '10.2.0.1' });
    expect({ status, code: body.code, wait: headers['retry-after'] }).toEqual({
      status: 429,
      code: 'session.locked',
      wait: '600',
    });
    expect(body.detail).toContain('10 minutes');
    t.clock.advance(599_000);
    expect((await signIn(person.login, PASSWORD, { from: '10.2.0.1' })).status).toBe(429);
    t.clock.advance(2_000);
    expect((await signIn(person.login, PASSWORD, { from: '10.2.0.1' })).status).toBe(200);
  });
  test('an unknown login is locked like a known one', async () => {
    for (let i = 0; i < 5; i += 1) await signIn('ghost@example.test', WRONG, { from: '10.2.0.2' });
    expect((await signIn('ghost@example.test', WRONG, { from: '10.2.0.2' })).status).toBe(429);
  });
  test('twenty at once count as twenty', async () => {
    const person = await somebody();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => signIn(person.login, WRONG, { from: '10.2.0.3' })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });
  test('the victim is not locked out: neither from another address, nor from a device that has signed in before', async () => {
    const person = await somebody();
    const device = cookiesOf(await signIn(person.login, PASSWORD, { from: '10.2.0.4' }));
    for (let i = 0; i < 6; i += 1) await signIn(person.login, WRONG, { from: '10.2.0.4' });
    expect((await signIn(person.login, PASSWORD, { from: '10.2.0.4' })).status).toBe(429);
    expect((await signIn(person.login, PASSWORD, { from: '10.2.0.5' })).status).toBe(200);
    expect(
      (await signIn(person.login, PASSWORD, withCookie({ qc_device: device['qc_device'] ?? '' }, { from: '10.2.0.4' })))
        .status,
    ).toBe(200);
  });
  test('a known device is no way around: its own failures count', async () => {
    const person = await somebody();
    const { qc_device = '' } = cookiesOf(await signIn(person.login, PASSWORD));
    for (let i = 0; i < 5; i += 1)
      expect((await signIn(person.login, WRONG, withCookie({ qc_device }))).status).toBe(401);
    expect((await signIn(person.login, PASSWORD, withCookie({ qc_device }))).status).toBe(429);
  });
  test('a device known for one person is a stranger for another', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const { qc_device = '' } = cookiesOf(await signIn(one.login, PASSWORD));
    for (let i = 0; i < 5; i += 1) await signIn(other.login, WRONG, { from: '10.2.0.6' });
    expect((await signIn(other.login, PASSWORD, withCookie({ qc_device }, { from: '10.2.0.6' }))).status).toBe(429);
  });
  test('one address that tries many people is stopped', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 52; i += 1)
      answers.push((await signIn(`crowd-${i}@example.test`, WRONG, { from: '10.2.0.7' })).status);
    expect(answers.filter((status) => status === 401)).toHaveLength(50);
    expect(answers.slice(50)).toEqual([429, 429]);
  });
});

describe('P20 A3 a session that has ended is refused at the next request', () => {
  const MINUTE = 60_000;
  const alive = async (cookies: Record<string, string>) => (await get('/api/v1/session', cookies)).status;

  test('after signing out', async () => {
    const cookies = cookiesOf(await signIn((await somebody()).login, PASSWORD));
    const out = await t.anonymous.delete('/api/v1/session', undefined, withCookie(cookies));
    expect({ status: out.status, text: out.text }).toEqual({ status: 204, text: '' });
    expect(lineOf(out, 'qc_session')).toMatch(/^qc_session=; .*Expires=Thu, 01 Jan 1970/);
    expect(await alive(cookies)).toBe(401);
  });
  test('after signing out everywhere, on every device', async () => {
    const person = await somebody();
    const [one, other] = [
      cookiesOf(await signIn(person.login, PASSWORD)),
      cookiesOf(await signIn(person.login, PASSWORD)),
    ];
    expect((await t.anonymous.post('/api/v1/session/sign-out-everywhere', undefined, withCookie(one))).status).toBe(
      204,
    );
    expect([await alive(one), await alive(other)]).toEqual([401, 401]);
  });
  test('one of several, chosen from the list', async () => {
    const person = await somebody();
    const [here, there] = [
      cookiesOf(await signIn(person.login, PASSWORD)),
      cookiesOf(await signIn(person.login, PASSWORD, { headers: { 'user-agent': 'Firefox' } })),
    ];
    const { body } = await get('/api/v1/sessions', here);
    const other = body.items.find((one: { userAgent: string | null }) => one.userAgent === 'Firefox');
    expect(body.items.filter((one: { current: boolean }) => one.current)).toHaveLength(1);
    expect((await t.anonymous.delete(`/api/v1/sessions/${other.id}`, undefined, withCookie(here))).status).toBe(204);
    expect([await alive(here), await alive(there)]).toEqual([200, 401]);
    const again = await t.anonymous.delete(`/api/v1/sessions/${other.id}`, undefined, withCookie(here));
    expect({ status: again.status, code: again.body.code }).toEqual({ status: 404, code: 'session.not_found' });
  });
  test('nobody ends the session of somebody else', async () => {
    const victim = await t.signedIn('finance');
    const sales = await t.as('sales');
    const { status, body } = await sales.delete(`/api/v1/sessions/${victim.sessionId}`);
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'session.not_found' });
    expect((await victim.get('/api/v1/session')).status).toBe(200);
  });
  test('after thirty minutes without use; use keeps it open', async () => {
    const cookies = cookiesOf(await signIn((await somebody()).login, PASSWORD));
    for (let i = 0; i < 3; i += 1) {
      t.clock.advance(29 * MINUTE);
      expect(await alive(cookies)).toBe(200);
    }
    t.clock.advance(30 * MINUTE);
    expect(await alive(cookies)).toBe(401);
  });
  test('after twelve hours, used or not', async () => {
    const cookies = cookiesOf(await signIn((await somebody()).login, PASSWORD));
    for (let i = 0; i < 35; i += 1) {
      t.clock.advance(20 * MINUTE);
      expect(await alive(cookies)).toBe(200);
    }
    t.clock.advance(20 * MINUTE);
    expect(await alive(cookies)).toBe(401);
  });
  test('use is written down at most once a minute', async () => {
    const actor = await t.signedIn('finance');
    const seen = async () =>
      (
        await t.sql<{ last_seen_at: Date }>('select last_seen_at from user_session where id = $1', [actor.sessionId])
      )[0]?.last_seen_at.getTime();
    const start = await seen();
    t.clock.advance(59_000);
    await actor.get('/api/v1/session');
    expect(await seen()).toBe(start);
    t.clock.advance(1_000);
    await actor.get('/api/v1/session');
    expect(await seen()).toBe((start ?? 0) + 60_000);
  });
  test('after being disabled, and after a change of roles', async () => {
    const admin = await t.as('security_admin');
    for (const change of [{ state: 'disabled' }, { roles: ['warehouse'] }, { approvalLimit: '100.00' }]) {
      const actor = await t.signedIn('sales');
      expect((await actor.get('/api/v1/session')).status).toBe(200);
      expect((await admin.patch(`/api/v1/users/${actor.userId}`, change, { ifMatch: 1 })).status).toBe(200);
      expect((await actor.get('/api/v1/session')).status, JSON.stringify(change)).toBe(401);
    }
  });
  test('a change of data alone leaves the session open', async () => {
    const admin = await t.as('security_admin');
    const actor = await t.signedIn('sales');
    expect((await admin.patch(`/api/v1/users/${actor.userId}`, { phone: '138' }, { ifMatch: 1 })).status).toBe(200);
    expect((await actor.get('/api/v1/session')).status).toBe(200);
  });
  test('also when another node has made the change: it is told', async () => {
    const actor = await t.signedIn('sales');
    await expect.poll(async () => (await actor.get('/api/v1/session')).status).toBe(200);
    const { Client } = (await import('pg')).default;
    const other = new Client({ connectionString: t.database.ownerUrl });
    await other.connect();
    await other.query("update app_user set state = 'disabled', epoch = epoch + 1 where id = $1", [actor.userId]);
    await other.query("select pg_notify('qucheng_access', '')");
    await other.end();
    await expect
      .poll(async () => (await actor.get('/api/v1/session')).status, { interval: 20, timeout: 1000 })
      .toBe(401);
  });
});

describe('P20 passwords', () => {
  const change = (cookies: Record<string, string>, oldPassword: string, newPassword: string) =>
    t.anonymous.post('/api/v1/session/password', { oldPassword, newPassword }, withCookie(cookies));

  test('changing it keeps this session, ends the others, and the old password no longer works', async () => {
    const person = await somebody();
    const [here, there] = [
      cookiesOf(await signIn(person.login, PASSWORD)),
      cookiesOf(await signIn(person.login, PASSWORD)),
    ];
    expect((await change(here, PASSWORD, '两个黄鹂鸣翠柳二〇二六')).status).toBe(204);
    expect([(await get('/api/v1/session', here)).status, (await get('/api/v1/session', there)).status]).toEqual([
      200, 401,
    ]);
    expect((await signIn(person.login, PASSWORD)).status).toBe(401);
    expect((await signIn(person.login, '两个黄鹂鸣翠柳二〇二六')).status).toBe(200);
  });
  test('the session that stays may also write', async () => {
    const admin = await somebody('security_admin');
    const here = cookiesOf(await signIn(admin.login, PASSWORD));
    await change(here, PASSWORD, 'another-marsh-84');
    const made = await t.anonymous.post(
      '/api/v1/users',
      { login: 'after-change@example.test', name: 'x', roles: ['sales'] },
      withCookie(here),
    );
    expect(made.status).toBe(201);
  });
  test.each([
    [WRONG, 'a-good-password-7', 422, 'password.wrong'],
    [PASSWORD, 'short77', 422, 'password.too_short'],
    [PASSWORD, 'Password123', 422, 'password.too_common'],
    [PASSWORD, '渠成测试公司2026', 422, 'password.too_common'],
    [PASSWORD, 'x'.repeat(257), 422, 'field.too_long'],
  ])('A7 refused: from %s to %s', async (old, next, status, code) => {
    const person = await somebody();
    const here = cookiesOf(await signIn(person.login, PASSWORD));
    const answer = await change(here, old, next);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect((await signIn(person.login, PASSWORD)).status).toBe(200);
  });
  test('A7 long ones, Chinese and blanks are taken', async () => {
    for (const next of ['long '.repeat(40), '白日依山尽黄河入海流', 'with some blanks in it']) {
      const person = await somebody();
      const here = cookiesOf(await signIn(person.login, PASSWORD));
      expect((await change(here, PASSWORD, next)).status).toBe(204);
      expect((await signIn(person.login, next)).status).toBe(200);
    }
  });
  test('guessing the old one is counted like guessing at the door', async () => {
    const person = await somebody();
    const here = cookiesOf(await signIn(person.login, PASSWORD, { from: '10.3.0.1' }));
    const session = { qc_session: here['qc_session'] ?? '' };
    for (let i = 0; i < 5; i += 1)
      expect(
        (
          await t.anonymous.post(
            '/api/v1/session/password',
            { oldPassword: WRONG, newPassword: 'a-good-password-7' },
            withCookie(session, { from: '10.3.0.1' }),
          )
        ).status,
      ).toBe(422);
    const { status, body } = await t.anonymous.post(
      '/api/v1/session/password',
      { oldPassword: PASSWORD, newPassword: 'a-good-password-7' },
      withCookie(session, { from: '10.3.0.1' }),
    );
    expect({ status, code: body.code }).toEqual({ status: 429, code: 'session.locked' });
  });
  test('a key has no password and no session', async () => {
    const key = await t.key({ roles: ['sales'] });
    for (const send of [
      () => key.post('/api/v1/session/password', { oldPassword: PASSWORD, newPassword: 'a-good-password-7' }),
      () => key.get('/api/v1/sessions'),
      () => key.delete('/api/v1/session'),
      () => key.post('/api/v1/session/sign-out-everywhere'),
    ]) {
      const { status, body } = await send();
      expect({ status, code: body.code }).toEqual({ status: 401, code: 'session.required' });
    }
  });
});

test('P20 one’s own language is kept', async () => {
  const actor = await t.signedIn('logistics');
  const { status, body } = await actor.patch('/api/v1/session/profile', { locale: 'en' });
  expect({ status, locale: body.actor.locale }).toEqual({ status: 200, locale: 'en' });
  expect((await actor.get('/api/v1/session')).body.actor.locale).toBe('en');
  expect((await actor.patch('/api/v1/session/profile', { locale: 'fr' })).body.code).toBe('field.invalid');
});
