/** The first set-up of an empty installation, and taking a person's place in the demo company. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFirstVisitorCode } from '../../src/server/modules/identity/index.ts';
import { type Answer, type CallOptions, type TestApp, testApp } from '../support/app.ts';

const codeOf = ({ status, body }: Answer) => ({ status, code: body?.code });

describe('P20 first set-up', () => {
  let t: TestApp;
  let code: string;
  beforeAll(async () => {
    t = await testApp({ company: false });
    code = (await makeFirstVisitorCode(t.services.database, t.clock.now())) ?? '';
  });
  afterAll(() => t.close());
  const body = (change: Record<string, unknown> = {}) => ({
    code,
    company: { name: '渠行自行车', currency: 'CNY' },
    systemAdmin: { login: 'system', name: '江海天', password: 'tidal-marsh-84' },
    securityAdmin: { login: 'security', name: '温若水', password: 'tidal-marsh-85' },
    ...change,
  });
  const setUp = (change?: Record<string, unknown>, options?: CallOptions) =>
    t.anonymous.post('/api/v1/setup', body(change), options);

  test('is offered while nobody is there; the code is for typing and only its hash is stored', async () => {
    expect((await t.anonymous.get('/api/v1/setup')).body).toEqual({ needed: true });
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  });
  test.each([
    [{ code: 'AAAA-AAAA-AAAA-AAAA' }, 422, 'token.invalid'],
    [{ company: { name: 'x', currency: 'XXX' } }, 422, 'field.currency'],
    [{ company: { name: 'x', currency: 'CNY', timeZone: 'Mars/Olympus' } }, 422, 'company.time_zone'],
    [{ securityAdmin: { login: 'security', name: 'x', password: 'short' } }, 422, 'password.too_short'],
    [{ securityAdmin: { login: 'security', name: 'x', password: '渠行自行车1' } }, 422, 'password.too_short'],
    [{ securityAdmin: { login: 'security', name: 'x', password: '渠行自行车123' } }, 422, 'password.too_common'],
    [{ securityAdmin: { login: 'SYSTEM', name: 'x', password: 'tidal-marsh-85' } }, 409, 'user.login_taken'],
  ])('refused, and nothing is written: %j', async (change, status, expected) => {
    const before = await t.digest();
    expect(codeOf(await setUp(change))).toEqual({ status, code: expected });
    expect(await t.digest()).toBe(before);
  });
  test('guessing the code is stopped', async () => {
    for (let i = 0; i < 5; i += 1) await setUp({ code: `GUESS-${i}` }, { from: '10.9.0.1' });
    expect(codeOf(await setUp({}, { from: '10.9.0.1' }))).toEqual({ status: 429, code: 'session.locked' });
  });
  test('a new code replaces the one before', async () => {
    const old = code;
    code = (await makeFirstVisitorCode(t.services.database, t.clock.now())) ?? '';
    expect(codeOf(await setUp({ code: old }, { from: '10.9.0.2' }))).toEqual({ status: 422, code: 'token.invalid' });
  });
  test('two visitors at once: one sets up, with company, two people and their roles; then the door is closed', async () => {
    const typed = code.toLowerCase().replaceAll('-', ' ');
    const answers = await Promise.all([
      setUp({ code: typed }, { from: '10.9.0.3' }),
      setUp({ code: typed }, { from: '10.9.0.4' }),
    ]);
    expect(answers.map(({ status }) => status).sort(), answers.map(({ text }) => text).join()).toEqual([201, 409]);
    expect((await t.anonymous.get('/api/v1/setup')).body).toEqual({ needed: false });
    expect(await makeFirstVisitorCode(t.services.database, t.clock.now())).toBeNull();
    expect(codeOf(await setUp({ code: typed }, { from: '10.9.0.5' }))).toEqual({ status: 409, code: 'setup.done' });
    const security = await t.anonymous.post('/api/v1/session', { login: 'Security', password: 'tidal-marsh-85' });
    expect(security.body.actor.roles).toEqual(['security_admin']);
    const system = await t.anonymous.post('/api/v1/session', { login: 'system', password: 'tidal-marsh-84' });
    expect(system.body).toMatchObject({
      actor: { roles: ['system_admin'] },
      company: { name: '渠行自行车', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    });
    expect(await t.sql('select type from event order by type')).toEqual([
      { type: 'company.created' },
      { type: 'user.created' },
      { type: 'user.created' },
    ]);
  });
});

describe('P20 signing in to the demo company', () => {
  let t: TestApp;
  let userId: string;
  beforeAll(async () => {
    t = await testApp({ demo: true });
    userId = (await t.as({ role: 'sales', name: '陆嘉言' })).userId;
    await t.as({ role: 'sales', name: '停用的人', state: 'disabled' });
    await t.as({ role: 'partner_buyer', partnerId: await t.partner({ name: '昆山车行' }), name: '买家' });
  });
  afterAll(() => t.close());
  const LOCAL = { host: 'localhost:3000', origin: 'http://localhost:3000' };
  const list = (headers: Record<string, string>, from?: string) =>
    t.anonymous.get('/api/v1/session/demo', { headers, ...(from === undefined ? {} : { from }) });
  const take = (headers: Record<string, string>, from?: string, id = userId) =>
    t.anonymous.post('/api/v1/session/demo', { userId: id }, { headers, ...(from === undefined ? {} : { from }) });

  test.each([['localhost'], ['localhost:3000'], ['127.0.0.1:3000'], ['[::1]:3000'], ['LOCALHOST:3000']])(
    'works on the machine itself: Host %s',
    async (host) => {
      const { body } = await list({ host });
      expect(
        body.items.map(({ name, partnerName }: { name: string; partnerName: string | null }) => [name, partnerName]),
      ).toEqual(
        expect.arrayContaining([
          ['陆嘉言', null],
          ['买家', '昆山车行'],
        ]),
      );
      expect(JSON.stringify(body)).not.toContain('停用的人');
      const answer = await take({ host, origin: `http://${host}` });
      expect({ status: answer.status, id: answer.body.actor?.userId, demo: answer.body.demo }).toEqual({
        status: 200,
        id: userId,
        demo: true,
      });
    },
  );
  test('people come in the order of the work, administrators behind, partners last', async () => {
    await t.as('security_admin');
    await t.as('warehouse');
    const { body } = await list(LOCAL);
    expect(body.items.map(({ roles }: { roles: string[] }) => roles[0])).toEqual([
      'sales',
      'sales',
      'warehouse',
      'security_admin',
      'partner_buyer',
    ]);
  });
  test('opens a session like any other, and says so in the access log', async () => {
    const answer = await take(LOCAL);
    const cookie = String([answer.headers['set-cookie']].flat()[0]).split(';')[0] ?? '';
    expect((await t.anonymous.get('/api/v1/session', { headers: { cookie } })).body.actor.userId).toBe(userId);
    expect(await t.sql("select 1 from access_log where kind = 'demo_sign_in' and user_id = $1", [userId])).not.toEqual(
      [],
    );
  });
  test.each([
    ['another Host', { host: 'evil.example', origin: 'http://evil.example' }, undefined],
    [
      'a Host that only begins so',
      { host: 'localhost.evil.example', origin: 'http://localhost.evil.example' },
      undefined,
    ],
    ['a proxy: X-Forwarded-For', { ...LOCAL, 'x-forwarded-for': '127.0.0.1' }, undefined],
    ['a proxy: X-Forwarded-Host', { ...LOCAL, 'x-forwarded-host': 'localhost' }, undefined],
    ['a proxy: Forwarded', { ...LOCAL, forwarded: 'for=127.0.0.1' }, undefined],
    ['a proxy: Via', { ...LOCAL, via: '1.1 proxy' }, undefined],
    ['another machine', LOCAL, '192.168.1.20'],
  ])('is not there for %s', async (_name, headers, from) => {
    expect(codeOf(await list(headers, from))).toEqual({ status: 404, code: 'session.demo_unavailable' });
    expect(codeOf(await take(headers, from))).toEqual({ status: 404, code: 'session.demo_unavailable' });
  });
  test('not for disabled people or keys', async () => {
    const [disabled] = await t.sql<{ id: string }>("select id from app_user where state = 'disabled'");
    const key = await t.key({ roles: ['manager'] });
    for (const id of [disabled?.id ?? '', key.userId])
      expect(codeOf(await take(LOCAL, undefined, id))).toEqual({ status: 404, code: 'user.not_found' });
  });
  test('not where the database carries no demo flag', async () => {
    const real = await testApp();
    expect(codeOf(await real.anonymous.get('/api/v1/session/demo', { headers: { host: 'localhost' } }))).toEqual({
      status: 404,
      code: 'session.demo_unavailable',
    });
    await real.close();
  });
});
