/** Requests that make no sense: the answer is one problem document with a stated code, and nothing has changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type CallOptions, type TestApp, testApp } from '../support/app.ts';

let t: TestApp;
let admin: Actor;
let system: Actor;
beforeAll(async () => {
  t = await testApp();
  admin = await t.as('security_admin');
  system = await t.as('system_admin');
});
afterAll(() => t.close());

const person = (login: string) => ({ login, name: '新同事', roles: ['sales'] });

/** Sends it, expects the refusal and an unchanged state, returns the problem. */
async function whyRefused(
  send: () => Promise<{ status: number; body: { code: string } | undefined; text: string }>,
  status: number,
  code: string,
): Promise<{ errors: { code: string; field?: string }[] }> {
  const before = await t.digest();
  const answer = await send();
  expect({ status: answer.status, code: answer.body?.code }, answer.text).toEqual({ status, code });
  expect(await t.digest()).toBe(before);
  expect(answer.text).not.toMatch(/node_modules|select |at .*\.ts/);
  return answer.body as never;
}
const refused = async (send: Parameters<typeof whyRefused>[0], status: number, code: string): Promise<void> => {
  await whyRefused(send, status, code);
};
const post = (body: unknown, options?: CallOptions) => () => admin.post('/api/v1/users', body, options);

test('P17 an address that nobody serves is answered with a problem document', async () => {
  const { status, body, headers } = await t.anonymous.get('/api/v1/nothing');
  expect({ status, code: body.code }).toEqual({ status: 404, code: 'request.not_found' });
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(body.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([['/%zz'], ['/api/v1/users/%c3%28']])(
  'P17 an address that cannot be decoded is answered like every other fault: %s',
  async (path) => {
    const { status, body } = await t.anonymous.get(path);
    expect(status).toBe(400);
    expect(body.code).toMatch(/^request\.bad_/);
  },
);

describe('P17 J1 what is no JSON object', () => {
  test.each([
    ['broken', '{"login": "a", ', 400, 'request.malformed_json'],
    ['trailing comma', '{"login": "a",}', 400, 'request.malformed_json'],
    ['byte order mark', '\ufeff{"login": "a"}', 400, 'request.malformed_json'],
    ['empty', '', 400, 'request.malformed_json'],
    ['array', '[]', 400, 'request.body_shape'],
    ['number', '7', 400, 'request.body_shape'],
    ['null', 'null', 400, 'request.body_shape'],
    ['single quotes', "{'login': 'a'}", 400, 'request.malformed_json'],
  ])('%s', async (_name, text, status, code) => {
    await refused(post(text), status, code);
  });
  test('bytes that are no UTF-8', () =>
    refused(post(Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d])), 400, 'request.malformed_json'));
  test('a body where none belongs', async () => {
    const made = await admin.post('/api/v1/users', person('j1-body@example.test'));
    await refused(
      () => admin.post(`/api/v1/users/${made.body.user.id}/reset-link`, { surprise: 1 }),
      400,
      'request.body_shape',
    );
  });
});

test('P17 J2 a key given twice is refused, not guessed', () =>
  refused(post('{"login": "a", "name": "b", "roles": ["sales"], "login": "c"}'), 400, 'request.duplicate_key'));

test.each([['9007199254740993'], ['1e400'], ['0.1000000000000000055']])(
  'P17 J3 a number that cannot be kept exactly is refused: %s',
  (number) =>
    refused(
      post(`{"login": "a", "name": "b", "roles": ["sales"], "approvalLimit": ${number}}`),
      422,
      'field.not_exact',
    ),
);
test('P17 J3 amounts are decimal text, never numbers', async () => {
  const { errors } = await whyRefused(post({ ...person('j3@example.test'), approvalLimit: 5 }), 422, 'field.invalid');
  expect(errors[0]?.field).toBe('approvalLimit');
});

test.each([['status'], ['partner'], ['isAdmin'], ['passwordHash'], ['epoch']])(
  'P17 J4 an unknown field is refused by its name: %s',
  async (field) => {
    const { errors } = await whyRefused(post({ ...person('j4@example.test'), [field]: 'x' }), 422, 'field.unknown');
    expect(errors.map((error) => error.field)).toEqual([field]);
  },
);
test('P17 J4 several wrong fields are all named at once', async () => {
  const { errors } = await whyRefused(
    post({ login: ' ', name: 'x'.repeat(101), roles: ['king'] }),
    422,
    'request.invalid',
  );
  expect(errors.map((error) => error.field).sort()).toEqual(['login', 'name', 'roles.0']);
});

test.each([
  ['{"__proto__": {"isAdmin": true}, "login": "a"}'],
  ['{"login": "a", "constructor": {"prototype": {"isAdmin": true}}}'],
  ['{"login": "a", "name": {"__proto__": 1}}'],
])('P17 J5 keys that reach for the prototype are refused: %s', async (text) => {
  await refused(post(text), 400, 'request.forbidden_key');
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

describe('P17 J6 content types', () => {
  test.each([
    ['text/plain'],
    ['json garbage'],
    ['application/json, text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/json; charset=gbk'],
  ])('%s is not taken', (type) =>
    refused(
      post(JSON.stringify(person('j6@example.test')), { headers: { 'content-type': type } }),
      415,
      'request.media_type',
    ),
  );
  test.each([
    [' application/json'],
    ['\tapplication/json'],
    ['APPLICATION/JSON;x'],
    ['application/json; charset=UTF-8'],
  ])('%s is read and checked', (type) =>
    refused(
      post('{"login": "a", "name": "b", "roles": ["sales"], "unknown": 1}', { headers: { 'content-type': type } }),
      422,
      'field.unknown',
    ),
  );
  test('none at all is not taken', () =>
    refused(
      post(JSON.stringify(person('j6@example.test')), { headers: { 'content-type': null } }),
      415,
      'request.media_type',
    ));
});

describe('P17 J7 size and depth', () => {
  test('one byte over the limit', () =>
    refused(post(`{"login": "${'a'.repeat(4 * 1024 * 1024 - 12)}"}`), 413, 'request.too_large'));
  test('nesting of 10,000', () => refused(post('['.repeat(10_000) + ']'.repeat(10_000)), 400, 'request.too_deep'));
  test('a list of 100,000', () =>
    refused(
      post({ ...person('j7@example.test'), roles: Array.from({ length: 100_000 }, () => 'sales') }),
      422,
      'field.too_many',
    ));
  test('compressed bodies are not unpacked', () =>
    refused(
      post(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), { headers: { 'content-encoding': 'gzip' } }),
      400,
      'request.malformed_json',
    ));
});

describe('P17 J8 methods', () => {
  test.each([
    ['PUT', '/api/v1/session', 'POST, GET, DELETE'],
    ['TRACE', '/api/v1/session', 'POST, GET, DELETE'],
    ['DELETE', '/api/v1/users', 'GET, POST'],
    ['POST', '/api/v1/access-log', 'GET'],
  ])('%s on %s is answered with the methods there are', async (method, path, allowed) => {
    const { status, body, headers } = await admin.send(method, path, method === 'TRACE' ? undefined : {});
    expect({ status, code: body?.code, allow: headers['allow'] }).toEqual({
      status: 405,
      code: 'request.method_not_allowed',
      allow: allowed,
    });
  });
  test('an override header changes nothing', async () => {
    const { status, body } = await admin.post('/api/v1/users', undefined, {
      headers: { 'x-http-method-override': 'GET', 'content-type': null },
    });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'request.malformed_json' });
  });
});

describe('P6 J10 Idempotency-Key', () => {
  test('a write without one is refused', () =>
    refused(post(person('j10@example.test'), { key: null }), 400, 'request.idempotency_key_missing'));
  test.each([['a'.repeat(256)], ['with blank'], ['鍵']])('one in the wrong form is refused', (key) =>
    refused(post(person('j10@example.test'), { key }), 400, 'request.idempotency_key_format'),
  );
  test('the same request again gets the same answer and has one effect', async () => {
    const first = await admin.post('/api/v1/users', person('j10-twice@example.test'), { key: 'j10-twice' });
    expect(first.status).toBe(201);
    const before = await t.digest();
    const again = await admin.post('/api/v1/users', person('j10-twice@example.test'), { key: 'j10-twice' });
    expect({ status: again.status, id: again.body.user.id, replayed: again.headers['idempotent-replayed'] }).toEqual({
      status: 201,
      id: first.body.user.id,
      replayed: 'true',
    });
    expect(await t.digest()).toBe(before);
  });
  test('the same key for another body is refused', async () => {
    await admin.post('/api/v1/users', person('j10-a@example.test'), { key: 'j10-reused' });
    await refused(post(person('j10-b@example.test'), { key: 'j10-reused' }), 422, 'request.key_reused');
  });
  test('the same key of another caller is another key', async () => {
    const other = await t.as({ role: 'security_admin', name: 'second' });
    await admin.post('/api/v1/users', person('j10-c@example.test'), { key: 'j10-shared' });
    expect((await other.post('/api/v1/users', person('j10-d@example.test'), { key: 'j10-shared' })).status).toBe(201);
  });
  test('a refusal is not remembered: corrected, the same key works', async () => {
    expect(
      (
        await admin.post(
          '/api/v1/users',
          { ...person('j10-e@example.test'), roles: ['partner_buyer'] },
          { key: 'j10-again' },
        )
      ).status,
    ).toBe(422);
    expect((await admin.post('/api/v1/users', person('j10-e@example.test'), { key: 'j10-again' })).status).toBe(201);
  });
  test('eight at once with one key have one effect', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => admin.post('/api/v1/users', person('j10-f@example.test'), { key: 'j10-eight' })),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    for (const { status, headers, body } of answers) {
      if (status === 201) continue;
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'request.key_in_progress' });
      expect(headers['retry-after']).toBe('1');
    }
    expect(new Set(made.map(({ body }) => body.user.id)).size).toBe(1);
    expect(await t.sql('select count(*)::int as n from app_user where login = $1', ['j10-f@example.test'])).toEqual([
      { n: 1 },
    ]);
  });
});

describe('P17 J11 If-Match', () => {
  const change = (options: CallOptions) => () => system.patch('/api/v1/company', { phone: '0512-1' }, options);
  test('missing', () => refused(change({}), 428, 'request.version_missing'));
  test.each([['1'], ['W/"1"'], ['"x"'], ['*']])('in the wrong form: %s', (ifMatch) =>
    refused(change({ ifMatch }), 428, 'request.version_missing'),
  );
  test('old: the answer names the version of today', async () => {
    const first = await change({ ifMatch: 1 })();
    expect({ status: first.status, etag: first.headers['etag'] }, first.text).toEqual({ status: 200, etag: '"2"' });
    await refused(
      () => system.patch('/api/v1/company', { phone: '0512-2' }, { ifMatch: 1 }),
      412,
      'request.version_stale',
    );
    const stale = await system.patch('/api/v1/company', { phone: '0512-2' }, { ifMatch: 1 });
    expect(stale.headers['etag']).toBe('"2"');
  });
});

describe('P17 parameters', () => {
  test.each([
    ['limit=-1'],
    ['limit=0'],
    ['limit=1000000000'],
    ['limit=abc'],
    ['sort=password'],
    ['state=active&state=disabled'],
    ['a%5Bb%5D=c'],
    ['q=%00'],
    ['partnerId=1'],
  ])('Q1 %s is refused by name', async (query) => {
    const { status, body } = await admin.get(`/api/v1/users?${query}`);
    expect({ status, code: body.code, fields: body.errors.map((error: { field: string }) => error.field) }).toEqual({
      status: 400,
      code: 'request.bad_parameter',
      fields: [decodeURIComponent(query.split('=')[0] ?? '')],
    });
  });
  test.each([['x'], ['eyJhIjoxfQ'], ['WyJhIiwiYiJd'], ['W10']])(
    'Q3 a made-up cursor is refused in one way: %s',
    async (cursor) => {
      const { status, body } = await admin.get(`/api/v1/users?cursor=${cursor}`);
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'request.bad_cursor' });
    },
  );
  test('Q3 a cursor continues the list that gave it, also with longer pages; changed, under other filters, in another list or by another partner it is refused', async () => {
    const sales = await t.as('sales');
    const [ours, theirs] = [await t.partner(), await t.partner()];
    const buyers = [
      await t.as({ partnerId: ours, role: 'partner_buyer' }),
      await t.as({ partnerId: theirs, role: 'partner_buyer' }),
    ];
    for (const buyer of buyers)
      for (const wanted of ['山地车', '头盔', '手套']) await buyer.post('/api/v1/inquiries', { lines: [{ wanted }] });
    const [first, other] = buyers;
    const given = (await first?.get('/api/v1/inquiries?limit=1'))?.body.nextCursor;
    const next = await first?.get(`/api/v1/inquiries?limit=2&cursor=${given}`);
    expect([next?.status, next?.body.items.length, next?.body.nextCursor]).toEqual([200, 2, null]);
    const [place, mark] = given.split('.');
    const later = Buffer.from(JSON.stringify(['ffffffff-0000-7000-8000-000000000000'])).toString('base64url');
    const refused = [
      await other?.get(`/api/v1/inquiries?limit=1&cursor=${given}`),
      await sales.get(`/api/v1/inquiries?limit=1&cursor=${given}`),
      await first?.get(`/api/v1/inquiries?limit=1&state=ready&cursor=${given}`),
      await first?.get(`/api/v1/orders?limit=1&cursor=${given}`),
      await first?.get(`/api/v1/inquiries?limit=1&cursor=${place}`),
      await first?.get(`/api/v1/inquiries?limit=1&cursor=${later}.${mark}`),
    ];
    expect(refused.map((answer) => [answer?.status, answer?.body.code])).toEqual(
      refused.map(() => [400, 'request.bad_cursor']),
    );
  });
  test.each([['%'], ['_'], ['\\'], ['(a+)+$'], ["'; drop table app_user; --"]])(
    'Q4 what is searched for is taken literally: %s',
    async (q) => {
      const { status, body } = await admin.get(`/api/v1/users?q=${encodeURIComponent(q)}`);
      expect(status).toBe(200);
      for (const { name, login } of body.items) expect(`${name} ${login}`).toContain(q);
    },
  );
  test('Q4 a term of 10 KB is refused', async () => {
    expect((await admin.get(`/api/v1/users?q=${'a'.repeat(10_000)}`)).status).toBe(400);
  });
  test.each([['1'], ['null'], ['..'], ['0190a6f4-0000-7000-8000-00000000000g'], ['%00']])(
    'Q5 an id that is none is refused: %s',
    async (id) => {
      const { status, body } = await admin.get(`/api/v1/users/${encodeURIComponent(id)}`);
      expect([400, 404]).toContain(status);
      expect(body.code).toMatch(/^request\./);
    },
  );
  test('Q5 an id that nobody has is not found', async () => {
    const { status, body } = await admin.get('/api/v1/users/01a00000-0000-7000-8000-000000000000');
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'user.not_found' });
  });
});

test.each([
  ['en', 'You may not do this'],
  ['zh-Hans', '您没有这项权限'],
  ['zh-Hant', '您沒有這項權限'],
  ['zh-CN,zh;q=0.9,en;q=0.8', '您没有这项权限'],
  ['fr', '您沒有這項權限'],
])('P17 refusals speak the language of the reader: %s', async (locale, title) => {
  const sales = await t.as('sales');
  const { status, body } = await sales.get('/api/v1/users', { locale });
  expect({ status, title: body.title }).toEqual({ status: 403, title });
});

test('every answer tells browsers to be careful, the first as well as the hundredth, refusals too', async () => {
  const names = ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy'];
  const told = async (path: string) => {
    const { headers } = await admin.get(path);
    return names.map((name) => headers[name]);
  };
  const first = await told('/api/v1/users');
  expect(first).toEqual([expect.stringContaining("default-src 'self'"), 'nosniff', 'SAMEORIGIN', 'no-referrer']);
  expect(await told('/api/v1/users')).toEqual(first);
  expect(await told('/api/v1/nothing-here')).toEqual(first);
});
