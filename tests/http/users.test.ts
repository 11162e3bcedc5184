/** People, their roles and links; absence; the access log. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Answer, type TestApp, testApp } from '../support/app.ts';

let t: TestApp;
let admin: Actor;
beforeAll(async () => {
  t = await testApp();
  admin = await t.as('security_admin');
});
afterAll(() => t.close());

const GOOD = 'tidal-marsh-84';
let logins = 0;
const fresh = () => {
  logins += 1;
  return `person-${logins}@example.test`;
};
const invite = (body: Record<string, unknown> = {}) =>
  admin.post('/api/v1/users', { login: fresh(), name: '新同事', roles: ['sales'], ...body });
const codeOf = ({ status, body }: Answer) => ({ status, code: body?.code });
const sign = (login: string, password: string) => t.anonymous.post('/api/v1/session', { login, password });

describe('P10 inviting', () => {
  test('creates the person and a one-time link that is shown once', async () => {
    const login = fresh();
    const body = {
      login,
      name: '陆嘉言',
      nameEn: 'Lu Jiayan',
      email: 'lu@example.test',
      phone: '138',
      locale: 'zh-Hans',
      roles: ['sales', 'after_sales'],
      approvalLimit: '5000.50',
    };
    const made = await admin.post('/api/v1/users', body, { key: `invite-${login}` });
    expect(made.status, made.text).toBe(201);
    expect(made.body.user).toMatchObject({
      login,
      name: '陆嘉言',
      nameEn: 'Lu Jiayan',
      state: 'invited',
      roles: ['after_sales', 'sales'],
      approvalLimit: '5000.50',
      partnerId: null,
      version: 1,
    });
    expect(made.body.token).toMatch(/^[\w-]{43}$/);
    const again = await admin.post('/api/v1/users', body, { key: `invite-${login}` });
    expect({ id: again.body.user.id, token: again.body.token }).toEqual({ id: made.body.user.id, token: null });
    expect(JSON.stringify(await t.sql('select * from idempotency'))).not.toContain(made.body.token);
    const events = await t.sql<{ type: string; version: number; payload: object; actor_id: string }>(
      'select type, version, payload, actor_id from event where document_id = $1',
      [made.body.user.id],
    );
    expect(events).toMatchObject([{ type: 'user.created', version: 1, actor_id: admin.userId }]);
    expect(JSON.stringify(events)).not.toMatch(/陆嘉言|138|@example/);
  });
  test('a person of a partner gets roles of partners', async () => {
    const partnerId = await t.partner({ name: '昆山车行' });
    const { body: found } = await admin.get(`/api/v1/users/partners?q=${encodeURIComponent('昆山')}`);
    expect(found.items).toEqual([{ id: partnerId, no: expect.any(String), name: '昆山车行', nameEn: null }]);
    const made = await invite({ partnerId, roles: ['partner_buyer'] });
    expect(made.body.user).toMatchObject({ kind: 'partner', partnerId, partnerName: '昆山车行' });
  });
  test.each([
    [{ roles: ['partner_buyer'] }, 422, 'user.partner_roles'],
    [{ roles: [] }, 422, 'field.too_short'],
    [{ roles: ['system_admin', 'auditor'] }, 422, 'user.roles_exclude'],
    [{ roles: ['security_admin', 'system_admin'] }, 422, 'user.roles_exclude'],
    [{ email: 'no mail' }, 422, 'field.email'],
    [{ approvalLimit: '0.005' }, 422, 'field.amount_format'],
    [{ approvalLimit: '-5.00' }, 422, 'field.amount_format'],
    [{ partnerId: '01a00000-0000-7000-8000-000000000000', roles: ['partner_buyer'] }, 422, 'partner.not_found'],
    [{ login: 'two words\u200b' }, 422, 'field.code_characters'],
  ])('refused: %j', async (body, status, code) => {
    const before = await t.digest();
    const answer = await invite(body);
    expect(answer.body.code).toBe(code);
    expect(answer.status).toBe(code === 'partner.not_found' ? 404 : status);
    expect(await t.digest()).toBe(before);
  });
  test('staff roles and approval limits are not for people of partners', async () => {
    const partnerId = await t.partner();
    expect(codeOf(await invite({ partnerId, roles: ['sales'] }))).toEqual({ status: 422, code: 'user.partner_roles' });
    expect(codeOf(await invite({ partnerId, roles: ['partner_buyer'], approvalLimit: '5.00' }))).toEqual({
      status: 422,
      code: 'user.partner_roles',
    });
  });
  test('a login is taken whatever its case and width', async () => {
    await invite({ login: 'Zhang.San@example.test' });
    expect(codeOf(await invite({ login: 'ZHANG.SAN@EXAMPLE.TEST' }))).toEqual({
      status: 409,
      code: 'user.login_taken',
    });
  });
});

describe('P20 one-time links', () => {
  const check = (token: string) => t.anonymous.post('/api/v1/password-reset/check', { token });
  const reset = (token: string, newPassword: string) =>
    t.anonymous.post('/api/v1/password-reset', { token, newPassword });

  test('an invitation is accepted with a password; the link works once', async () => {
    const { body } = await invite({ name: '新人' });
    expect((await check(body.token)).body).toEqual({ login: body.user.login, name: '新人', purpose: 'invite' });
    expect(codeOf(await sign(body.user.login, GOOD))).toEqual({ status: 401, code: 'session.bad_credentials' });
    expect((await reset(body.token, GOOD)).status).toBe(204);
    expect((await sign(body.user.login, GOOD)).status).toBe(200);
    expect(codeOf(await reset(body.token, 'tidal-marsh-86'))).toEqual({ status: 422, code: 'token.invalid' });
    expect((await admin.get(`/api/v1/users/${body.user.id}`)).body).toMatchObject({ state: 'active', version: 2 });
  });
  test('two at once with one link: one sets the password', async () => {
    const { body } = await invite();
    const answers = await Promise.all([reset(body.token, GOOD), reset(body.token, 'tidal-marsh-86')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422]);
  });
  test('a weak password does not use the link up', async () => {
    const { body } = await invite();
    expect(codeOf(await reset(body.token, 'Password123'))).toEqual({ status: 422, code: 'password.too_common' });
    expect(codeOf(await reset(body.token, 'short'))).toEqual({ status: 422, code: 'password.too_short' });
    expect((await reset(body.token, GOOD)).status).toBe(204);
  });
  test('made up, expired, replaced and of disabled people: one refusal', async () => {
    const expired = await invite();
    const replaced = await invite();
    const disabled = await invite();
    expect((await admin.post(`/api/v1/users/${replaced.body.user.id}/reset-link`)).status).toBe(201);
    await admin.patch(`/api/v1/users/${disabled.body.user.id}`, { state: 'disabled' }, { ifMatch: 1 });
    await t.sql('update one_time_token set expires_at = $1 where user_id = $2', [t.clock.now(), expired.body.user.id]);
    for (const token of ['x', 'A'.repeat(43), expired.body.token, replaced.body.token, disabled.body.token]) {
      expect(codeOf(await check(token))).toEqual({ status: 422, code: 'token.invalid' });
      expect(codeOf(await reset(token, GOOD))).toEqual({ status: 422, code: 'token.invalid' });
    }
  });
  test('a reset link ends every session', async () => {
    const actor = await t.signedIn('warehouse');
    const { status, body } = await admin.post(`/api/v1/users/${actor.userId}/reset-link`);
    expect(status).toBe(201);
    expect((await check(body.token)).body.purpose).toBe('reset');
    expect((await actor.get('/api/v1/session')).status).toBe(200);
    expect((await reset(body.token, GOOD)).status).toBe(204);
    expect((await actor.get('/api/v1/session')).status).toBe(401);
  });
  test('nobody makes one for himself, for a disabled person or for nobody', async () => {
    const disabled = await t.as({ role: 'sales', state: 'disabled' });
    expect(codeOf(await admin.post(`/api/v1/users/${admin.userId}/reset-link`))).toEqual({
      status: 403,
      code: 'user.self_change',
    });
    expect(codeOf(await admin.post(`/api/v1/users/${disabled.userId}/reset-link`))).toEqual({
      status: 409,
      code: 'user.wrong_state',
    });
    expect(codeOf(await admin.post('/api/v1/users/01a00000-0000-7000-8000-000000000000/reset-link'))).toEqual({
      status: 404,
      code: 'user.not_found',
    });
  });
});

describe('P10 changing people', () => {
  const patch = (userId: string, body: unknown, ifMatch: number) =>
    admin.patch(`/api/v1/users/${userId}`, body, { ifMatch });

  test('data and rights; the event names fields, not contents', async () => {
    const { body } = await invite();
    const { user } = body;
    const answer = await patch(user.id, { name: '改名', phone: '139', roles: ['finance'], approvalLimit: '10.00' }, 1);
    expect(answer.body).toMatchObject({
      name: '改名',
      phone: '139',
      roles: ['finance'],
      approvalLimit: '10.00',
      version: 2,
    });
    expect(answer.headers['etag']).toBe('"2"');
    const [, event] = await t.sql<{ type: string; payload: object }>(
      'select type, payload from event where document_id = $1 order by version',
      [user.id],
    );
    expect(event).toEqual({
      type: 'user.changed',
      payload: {
        fields: ['name', 'phone', 'roles', 'approvalLimit'],
        roles: { before: ['sales'], after: ['finance'] },
        approvalLimit: { before: null, after: '1000' },
      },
    });
  });
  test('nothing changed: nothing written', async () => {
    const { body } = await invite();
    const before = await t.sql('select count(*) from event');
    expect((await patch(body.user.id, { name: '新同事', roles: ['sales', 'sales'] }, 1)).body.version).toBe(1);
    expect(await t.sql('select count(*) from event')).toEqual(before);
  });
  test('an old version is refused', async () => {
    const { body } = await invite();
    await patch(body.user.id, { name: 'a' }, 1);
    expect(codeOf(await patch(body.user.id, { name: 'b' }, 1))).toEqual({ status: 412, code: 'request.version_stale' });
  });
  test('disabled and enabled again; who never had a password is invited again', async () => {
    const actor = await t.as({ role: 'sales', name: 'x' });
    expect((await patch(actor.userId, { state: 'disabled' }, 1)).body.state).toBe('disabled');
    expect((await patch(actor.userId, { state: 'active' }, 2)).body.state).toBe('invited');
    expect(codeOf(await patch(actor.userId, { state: 'active' }, 3))).toEqual({
      status: 409,
      code: 'user.wrong_state',
    });
  });
  test('nobody changes his own rights, but his own name', async () => {
    for (const body of [{ roles: ['auditor'] }, { state: 'disabled' }, { approvalLimit: '1.00' }]) {
      expect(codeOf(await patch(admin.userId, body, 1))).toEqual({ status: 403, code: 'user.self_change' });
    }
    expect((await patch(admin.userId, { nameEn: 'First' }, 1)).status).toBe(200);
  });
  test.each([
    [['sales', 'partner_buyer'], 'user.partner_roles'],
    [['auditor', 'security_admin'], 'user.roles_exclude'],
  ])('roles that do not go together: %j', async (roles, code) => {
    const { body } = await invite();
    expect(codeOf(await patch(body.user.id, { roles }, 1))).toEqual({ status: 422, code });
  });
  test('a service account of a key is no person', async () => {
    const key = await t.key({ roles: ['sales'] });
    expect(codeOf(await admin.get(`/api/v1/users/${key.userId}`))).toEqual({ status: 404, code: 'user.not_found' });
    expect(codeOf(await patch(key.userId, { roles: ['manager'] }, 1))).toEqual({ status: 404, code: 'user.not_found' });
  });
  test('two security administrators who put each other out at once: one remains', async () => {
    const own = await testApp();
    const one = await own.as('security_admin');
    const two = await own.as({ role: 'security_admin', name: '第二位' });
    const results = await Promise.all([
      one.patch(`/api/v1/users/${two.userId}`, { state: 'disabled' }, { ifMatch: 1 }),
      two.patch(`/api/v1/users/${one.userId}`, { roles: ['sales'] }, { ifMatch: 1 }),
    ]);
    expect(
      results.filter(({ status }) => status === 200),
      results.map(({ text }) => text).join('\n'),
    ).toHaveLength(1);
    const left = await own.sql(
      "select 1 from app_user u join user_role r on r.user_id = u.id where r.role = 'security_admin' and u.state = 'active'",
    );
    expect(left).toHaveLength(1);
    await own.close();
  });
});

describe('P10 reading people', () => {
  test('pages by name, each person once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Answer = await admin.get(`/api/v1/users?limit=7${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect(page.status).toBe(200);
      seen.push(...page.body.items.map(({ id }: { id: string }) => id));
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    const all = await t.sql<{ id: string }>("select id from app_user where kind <> 'service'");
    expect([...seen].sort()).toEqual(all.map(({ id }) => id).sort());
  });
  test('filters by state, role, kind, partner and text', async () => {
    const partnerId = await t.partner();
    const { body } = await invite({ name: '独一无二', partnerId, roles: ['partner_finance'] });
    for (const query of [
      `partnerId=${partnerId}`,
      'role=partner_finance',
      'kind=partner&state=invited&q=独一',
      `q=${body.user.login.toUpperCase()}`,
    ]) {
      const page = await admin.get(`/api/v1/users?${encodeURI(query)}`);
      expect(
        page.body.items.map(({ id }: { id: string }) => id),
        query,
      ).toEqual([body.user.id]);
      expect(page.body.total).toBe(1);
    }
  });
});

describe('P10 absence', () => {
  const create = (actor: Actor, body: Record<string, unknown>) => actor.post('/api/v1/delegations', body);
  const days = { fromOn: '2026-03-10', toOn: '2026-03-20' };

  test('a deputy of the same work stands in, and sees the partners of who is away', async () => {
    const away = await t.as({ role: 'sales', name: '请假人' });
    const deputy = await t.as({ role: 'sales', name: '代理人' });
    const partnerId = await t.partner({ ownerId: away.userId });
    expect((await deputy.get(`/api/v1/partners/${partnerId}`)).status).toBe(404);
    const made = await create(away, { deputyId: deputy.userId, ...days });
    expect({
      status: made.status,
      active: made.body.active,
      user: made.body.user.name,
      deputy: made.body.deputy.name,
    }).toEqual({ status: 201, active: true, user: '请假人', deputy: '代理人' });
    expect((await deputy.get(`/api/v1/partners/${partnerId}`)).status).toBe(200);
    expect((await away.get(`/api/v1/delegations?userId=${deputy.userId}`)).body.items).toHaveLength(1);
    expect((await deputy.post(`/api/v1/delegations/${made.body.id}/end`)).status).toBe(200);
    expect((await deputy.get(`/api/v1/partners/${partnerId}`)).status).toBe(404);
    expect(codeOf(await away.post(`/api/v1/delegations/${made.body.id}/end`))).toEqual({
      status: 409,
      code: 'delegation.ended',
    });
  });
  test('refused: the past, backwards, oneself, another trade, people who are not there, twice', async () => {
    const away = await t.as({ role: 'finance', name: 'a' });
    const deputy = await t.as({ role: 'finance', name: 'b' });
    const stranger = await t.as('warehouse');
    const gone = await t.as({ role: 'finance', state: 'disabled' });
    expect(codeOf(await create(away, { deputyId: deputy.userId, fromOn: '2026-03-01', toOn: '2026-03-09' }))).toEqual({
      status: 422,
      code: 'delegation.period',
    });
    expect(codeOf(await create(away, { deputyId: deputy.userId, fromOn: '2026-03-20', toOn: '2026-03-19' }))).toEqual({
      status: 422,
      code: 'delegation.period',
    });
    expect(codeOf(await create(away, { deputyId: deputy.userId, fromOn: '2026-02-30', toOn: '2026-03-19' }))).toEqual({
      status: 422,
      code: 'field.date_format',
    });
    expect(codeOf(await create(away, { deputyId: away.userId, ...days }))).toEqual({
      status: 422,
      code: 'delegation.deputy',
    });
    expect(codeOf(await create(away, { deputyId: stranger.userId, ...days }))).toEqual({
      status: 422,
      code: 'delegation.deputy',
    });
    expect(codeOf(await create(away, { deputyId: gone.userId, ...days }))).toEqual({
      status: 404,
      code: 'user.not_found',
    });
    expect((await create(away, { deputyId: deputy.userId, ...days })).status).toBe(201);
    expect(codeOf(await create(away, { deputyId: deputy.userId, fromOn: '2026-03-20', toOn: '2026-03-25' }))).toEqual({
      status: 409,
      code: 'delegation.overlap',
    });
  });
  test('for a colleague only by management', async () => {
    const [away, deputy] = [await t.as({ role: 'logistics', name: 'a' }), await t.as({ role: 'logistics', name: 'b' })];
    const [sales, manager] = [await t.as('sales'), await t.as('manager')];
    expect(codeOf(await create(sales, { userId: away.userId, deputyId: deputy.userId, ...days }))).toEqual({
      status: 403,
      code: 'permission.denied',
    });
    const made = await create(manager, { userId: away.userId, deputyId: deputy.userId, ...days });
    expect(made.status).toBe(201);
    expect(codeOf(await sales.post(`/api/v1/delegations/${made.body.id}/end`))).toEqual({
      status: 403,
      code: 'permission.denied',
    });
    expect(codeOf(await manager.post('/api/v1/delegations/01a00000-0000-7000-8000-000000000000/end'))).toEqual({
      status: 404,
      code: 'delegation.not_found',
    });
    expect((await manager.post(`/api/v1/delegations/${made.body.id}/end`)).status).toBe(200);
  });
});

describe('P10 A8 the three administrators keep out of each other’s work, and refusals are logged', () => {
  test('denied, and in the access log', async () => {
    const [system, auditor] = [await t.as('system_admin'), await t.as('auditor')];
    const cases: [Actor, string, string, string][] = [
      [system, 'GET', '/api/v1/access-log', 'accessLogList'],
      [system, 'GET', '/api/v1/users/partners', 'userPartnersList'],
      [system, 'POST', '/api/v1/users', 'userInvite'],
      [auditor, 'PATCH', `/api/v1/users/${system.userId}`, 'userUpdate'],
      [auditor, 'POST', '/api/v1/keys', 'keyCreate'],
      [admin, 'PATCH', '/api/v1/company', 'companyUpdate'],
    ];
    for (const [actor, method, path] of cases) {
      expect(codeOf(await actor.send(method, path, method === 'GET' ? undefined : {})), path).toEqual({
        status: 403,
        code: 'permission.denied',
      });
    }
    await t.services.accessLog.flush();
    const { body } = await auditor.get(`/api/v1/access-log?kind=denied&limit=${cases.length}`);
    const seen = body.items.map(
      ({ userId, operation }: { userId: string; operation: string }) => `${userId} ${operation}`,
    );
    expect(seen).toEqual(expect.arrayContaining(cases.map(([actor, , , operation]) => `${actor.userId} ${operation}`)));
  });
  test('the log is read by day and by person, page by page', async () => {
    const auditor = await t.as('auditor');
    expect((await auditor.get('/api/v1/access-log?from=2026-03-11')).body.items).toEqual([]);
    const today = await auditor.get(`/api/v1/access-log?from=2026-03-10&to=2026-03-10&userId=${admin.userId}&limit=1`);
    expect(today.body.items).toHaveLength(1);
    const first = await auditor.get('/api/v1/access-log?limit=2');
    const second = await auditor.get(`/api/v1/access-log?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body.items[0]).not.toEqual(first.body.items[1]);
  });
});
