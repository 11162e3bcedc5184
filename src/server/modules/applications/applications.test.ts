/** Applying to become a partner without an account, and its review by sales. Source: R3.1. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeUscc } from '../../kernel/uscc.ts';
import { runJob } from '../../platform/jobs/timed-jobs.ts';
import { silentLog } from '../../platform/log.ts';
import { applicationRetentionJob } from './retention.ts';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';

let t: TestApp;
let sales: Actor;
beforeAll(async () => {
  t = await testApp();
  sales = await t.as('sales');
});
afterAll(() => t.close());

const HOUR = 3_600_000;
let made = 0;
const content = (more: Record<string, unknown> = {}) => {
  made += 1;
  const letters = `AB${String.fromCharCode(65 + (made % 8))}`;
  return {
    name: `${'甲乙丙丁戊己庚辛壬癸'.charAt(made % 10)}${'东南西北中'.charAt(made % 5)}${made}号骑行有限公司`,
    uscc: makeUscc(`91310000MA1F${letters}${String(made).padStart(2, '0')}`),
    regionCode: '310115',
    contact: { name: '李申请', phone: `139${String(10_000_000 + made * 7)}`, email: `apply${made}@rider.example` },
    address: { regionCode: '310115', detail: '张江路 1 号' },
    ...more,
  };
};
const apply = (body: object, options = {}) =>
  t.anonymous.post('/api/v1/applications', { privacyAgreed: true, content: body }, options);
const applied = async (body = content()): Promise<{ id: string; token: string; version: number; no: string }> => {
  const { status, body: answer, text } = await apply(body);
  expect({ status, text }).toMatchObject({ status: 201 });
  const [row] = await t.sql<{ id: string }>('select id from partner_application where no = $1', [answer.no]);
  return { id: row?.id ?? '', token: answer.token, version: 1, no: answer.no };
};
const check = (token: string) => t.anonymous.post('/api/v1/applications/check', { token });
const review = (id: string, verb: string, body: unknown, version: number, by = sales) =>
  by.post(`/api/v1/applications/${id}/${verb}`, body, { ifMatch: version });

describe('applying without an account', () => {
  it('R3.1 an application is received, lies with sales at once with a deadline, and is followed by its link', async () => {
    const one = await applied();
    expect((await check(one.token)).body).toMatchObject({ no: one.no, state: 'submitted', accountWaits: false });
    const tasks = (await sales.get('/api/v1/tasks?kind=application.review')).body.items;
    expect(tasks.find((task: { documentId: string }) => task.documentId === one.id)).toMatchObject({
      documentType: 'application',
      article: 'R3.1',
      dueAt: expect.any(String),
    });
    for (const token of ['x'.repeat(43), one.id]) expect((await check(token)).body.code).toBe('token.invalid');
    expect((await sales.get(`/api/v1/applications?q=${one.no}`)).body.items).toMatchObject([{ id: one.id }]);
    const finance = await t.as('finance');
    expect((await finance.get(`/api/v1/applications/${one.id}`)).body.code).toBe('permission.denied');
  });

  it('R3.1 the answer is the same whether the company is known or not; only sales see who it may be', async () => {
    const known = content();
    const [uscc, name, contact] = [known.uscc, known.name, known.contact];
    const file = await sales.post('/api/v1/partners', { name, uscc, contacts: [{ ...contact, duties: [] }] });
    expect(file.status).toBe(201);
    const [twin, stranger] = [await apply(content({ uscc, name })), await apply(content())];
    expect(Object.keys(twin.body).sort()).toEqual(Object.keys(stranger.body).sort());
    expect(twin.status).toBe(stranger.status);
    const status = (await check(twin.body.token)).text;
    expect(status).not.toContain(file.body.id);
    expect(status).not.toContain(file.body.no);
    const [row] = await t.sql<{ id: string }>('select id from partner_application where no = $1', [twin.body.no]);
    expect((await sales.get(`/api/v1/applications/${row?.id}`)).body.possibleDuplicates).toMatchObject([
      { id: file.body.id, why: 'uscc' },
    ]);
    const samePhone = await applied(content({ contact: { ...contact, email: 'other@rider.example' } }));
    expect((await sales.get(`/api/v1/applications/${samePhone.id}`)).body.possibleDuplicates).toMatchObject([
      { id: file.body.id, why: 'phone' },
    ]);
  });

  it('R3.1 bad input is refused with its field and nothing is kept', async () => {
    const before = await t.digest();
    const cases: [Record<string, unknown>, string, string][] = [
      [{ uscc: '91310000MA1FL0AB4X' }, 'partner.uscc_invalid', 'content.uscc'],
      [{ uscc: null }, 'field.required', 'content.uscc'],
      [{ name: ' \u3000 ' }, 'field.blank', 'content.name'],
      [{ name: 'a\u0000b' }, 'field.text_encoding', 'content.name'],
      [{ name: '名'.repeat(201) }, 'field.too_long', 'content.name'],
      [{ regionCode: '990101' }, 'region.unknown', 'content.regionCode'],
      [{ contact: { name: 'x', phone: '1', email: 'a@b\r\nBcc: c@d.e' } }, 'field.email', 'content.contact.email'],
      [{ taxNo: '12' }, 'partner.tax_no', 'content.taxNo'],
      [{ invoiceTitle: '甲<script>' }, 'partner.invoice_characters', 'content.invoiceTitle'],
      [{ invoiceAddress: '路'.repeat(50), invoicePhone: '1' }, 'partner.invoice_limit', 'content.invoiceAddress'],
      [{ unknown: 1 }, 'field.unknown', 'content.unknown'],
    ];
    for (const [more, code, field] of cases) {
      const { body } = await apply(content(more));
      expect(body, field).toMatchObject({ code, errors: [{ field }] });
    }
    const agreed = await t.anonymous.post('/api/v1/applications', { privacyAgreed: false, content: content() });
    expect(agreed.body.code).toBe('application.privacy');
    expect((await t.anonymous.send('POST', '/api/v1/applications', '{"content":')).status).toBe(400);
    expect(await t.digest()).toBe(before);
  });

  it('P4 the same request again makes one application; its link works, another content under the same key is refused', async () => {
    const body = content();
    const first = await apply(body, { key: 'once-1' });
    const again = await apply(body, { key: 'once-1' });
    expect([again.body.no, again.headers['idempotent-replayed']]).toEqual([first.body.no, 'true']);
    expect((await check(again.body.token)).status).toBe(200);
    expect((await apply(content(), { key: 'once-1' })).body.code).toBe('request.key_reused');
    expect((await apply(body, { key: null })).body.code).toBe('request.idempotency_key_missing');
  });

  it('P6 an applicant’s repeated request has one effect and carries the mark of a repeated answer; under the same key another one is told', async () => {
    const one = await applied(content());
    const send = (verb: string, body: object, key: string) =>
      t.anonymous.post(`/api/v1/applications/${verb}`, { token: one.token, ...body }, { key });
    const amended = content();
    const [first, again] = [
      await send('amend', { content: amended }, 'a-1'),
      await send('amend', { content: amended }, 'a-1'),
    ];
    expect([first.status, first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([
      200,
      undefined,
      'true',
    ]);
    expect(again.body).toEqual(first.body);
    expect((await send('amend', { content: content() }, 'a-1')).body.code).toBe('request.key_reused');
    // Another applicant may use the same key.
    const other = await applied(content());
    const theirs = await t.anonymous.post('/api/v1/applications/withdraw', { token: other.token }, { key: 'a-1' });
    expect([theirs.status, theirs.headers['idempotent-replayed']]).toEqual([200, undefined]);
    const [gone, still] = [await send('withdraw', {}, 'w-1'), await send('withdraw', {}, 'w-1')];
    expect([gone.body.state, still.headers['idempotent-replayed']]).toEqual(['withdrawn', 'true']);
  });

  it('R3.1 one address can apply a few times in an hour, others are not kept out by it', async () => {
    const from = '203.0.113.7';
    for (let i = 0; i < 5; i += 1) expect((await apply(content(), { from })).status).toBe(201);
    const refused = await apply(content(), { from });
    expect(refused).toMatchObject({ status: 429, body: { code: 'request.too_many' } });
    expect(refused.headers['retry-after']).toBe('3600');
    expect((await apply(content(), { from: '203.0.113.8' })).status).toBe(201);
    t.clock.advance(HOUR + 1000);
    expect((await apply(content(), { from })).status).toBe(201);
  });
});

describe('review by sales', () => {
  it('R3.1 what is missing is asked back, the applicant amends on the same application, and it lies with sales again', async () => {
    const body = content();
    const one = await applied(body);
    expect((await review(one.id, 'ask-back', { question: '请补充开户行' }, 1)).body.state).toBe('needs_data');
    expect((await check(one.token)).body).toMatchObject({ state: 'needs_data', question: '请补充开户行' });
    expect(await openTasks(one.id)).toEqual(['application.await']);
    const amended = { ...body, bankName: '中国银行' };
    const send = () => t.anonymous.post('/api/v1/applications/amend', { token: one.token, content: amended });
    expect((await send()).body).toMatchObject({ state: 'submitted', version: 3 });
    expect((await send()).body.version).toBe(3);
    expect(await openTasks(one.id)).toEqual(['application.review']);
    expect((await review(one.id, 'refuse', { reason: 'x' }, 1)).body.code).toBe('request.version_stale');
  });

  it('R3.1 a refusal has a reason that the applicant reads, and can be taken back; a withdrawal ends it', async () => {
    const one = await applied();
    expect((await review(one.id, 'refuse', {}, 1)).body.code).toBe('field.required');
    const refused = await review(one.id, 'refuse', { reason: '该区域已有代理' }, 1);
    expect(refused.body.allowedActions).toMatchObject([{ action: 'reopen', refusals: [] }]);
    expect((await check(one.token)).body).toMatchObject({ state: 'refused', reason: '该区域已有代理' });
    expect(await openTasks(one.id)).toEqual([]);
    expect((await review(one.id, 'accept', {}, 2)).body.code).toBe('application.wrong_state');
    expect((await review(one.id, 'reopen', undefined, 2)).body.state).toBe('submitted');
    const withdraw = () => t.anonymous.post('/api/v1/applications/withdraw', { token: one.token });
    expect((await withdraw()).body.state).toBe('withdrawn');
    expect((await withdraw()).body).toMatchObject({ state: 'withdrawn', version: 4 });
    expect((await review(one.id, 'refuse', { reason: 'x' }, 4)).body.code).toBe('application.wrong_state');
  });

  it('R3.1 accepted: an active partner with contact and address, looked after by who accepted; its first user sets a password and sees only his company', async () => {
    const body = content({ taxNo: '91310000MA1FL0AB4X', level: undefined });
    const one = await applied(body);
    const accepted = await review(one.id, 'accept', { level: 'A' }, 1);
    expect(accepted).toMatchObject({
      status: 200,
      body: { application: { state: 'accepted' }, token: expect.any(String) },
    });
    const { partnerId } = accepted.body;
    const file = (await sales.get(`/api/v1/partners/${partnerId}`)).body;
    expect(file).toMatchObject({
      state: 'active',
      name: body.name,
      level: 'A',
      salesOwner: { id: sales.userId },
      sourceRef: one.no,
      obtainedOn: '2026-03-10',
      contacts: [{ name: '李申请', email: body.contact.email }],
      addresses: [{ detail: '张江路 1 号', isDefault: true }],
    });
    expect((await check(one.token)).body).toMatchObject({ state: 'accepted', accountWaits: true });
    // The link of the application leads to the account as well; a newer link ends the one before.
    const link = (await t.anonymous.post('/api/v1/applications/invitation', { token: one.token })).body;
    const reset = (token: string) =>
      t.anonymous.post('/api/v1/password-reset', { token, newPassword: 'Mountain-Rider-2026!' });
    expect((await reset(accepted.body.token)).body.code).toBe('token.invalid');
    expect((await reset(link.token)).status).toBe(204);
    expect((await t.anonymous.post('/api/v1/applications/invitation', { token: one.token })).body.code).toBe(
      'application.wrong_state',
    );
    expect((await check(one.token)).body.accountWaits).toBe(false);
    const signedIn = await t.anonymous.post('/api/v1/session', {
      login: body.contact.email,
      password: 'Mountain-Rider-2026!',
    });
    expect(signedIn.body.actor).toMatchObject({ partnerId, roles: ['partner_admin'] });
    expect(await openTasks(one.id)).toEqual([]);
  });

  it('R3.1 accepting a company that is known is refused, a similar one wants a word; nothing is half made', async () => {
    const known = content();
    await sales.post('/api/v1/partners', { name: known.name, uscc: known.uscc });
    const same = await applied(content({ uscc: known.uscc }));
    const similar = await applied(content({ name: known.name }));
    const before = await t.digest();
    expect((await review(same.id, 'accept', { confirmDuplicate: true }, 1)).body.code).toBe('partner.duplicate');
    expect((await review(similar.id, 'accept', {}, 1)).body.code).toBe('partner.duplicate');
    expect(await t.digest()).toBe(before);
    expect((await review(similar.id, 'accept', { confirmDuplicate: true }, 1)).status).toBe(200);
    const taken = await applied(
      content({ contact: { name: '王', phone: '13800138000', email: 'APPLY1@rider.example' } }),
    );
    await t.as({ role: 'sales', login: 'apply1@rider.example' });
    expect((await review(taken.id, 'accept', {}, 1)).body.code).toBe('user.login_taken');
    expect((await review(taken.id, 'accept', { login: 'wang' }, 1)).status).toBe(200);
  });
});

it('R11 what was typed in an application that came to nothing is erased after the policy’s time, on record; others stay', async () => {
  const [gone, open] = [await applied(content({ name: '将被遗忘有限公司' })), await applied(content())];
  await review(gone.id, 'refuse', { reason: '不合适' }, 1);
  const pass = () =>
    runJob({ runtime: t.services.runtime, clock: t.clock, log: silentLog(), jobs: [] }, applicationRetentionJob);
  t.clock.advance(180 * 24 * HOUR);
  await pass();
  expect((await check(gone.token)).body.content).not.toBeNull();
  t.clock.advance(HOUR);
  await pass();
  await pass();
  expect((await check(gone.token)).body).toMatchObject({ state: 'refused', version: 3, content: null, reason: null });
  expect((await review(gone.id, 'reopen', undefined, 3)).body.code).toBe('application.erased');
  expect((await check(open.token)).body.content).not.toBeNull();
  expect(await t.sql("select 1 from partner_application where content::text like '%将被遗忘%'")).toEqual([]);
});

const openTasks = async (id: string) =>
  (await t.sql<{ kind: string }>('select kind from task where document_id = $1 and closed_at is null', [id])).map(
    ({ kind }) => kind,
  );
