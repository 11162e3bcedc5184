import type { ParsedMail } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { addressesOf, type MailSink, mailSink, setUpMail } from '../../../../tests/support/mail-sink.ts';
import { newId } from '../../kernel/ids.ts';
import { readAll } from '../../platform/events/reader-host.ts';
import { silentLog } from '../../platform/log.ts';
import { readReplyMark } from '../../platform/mail/reply-keys.ts';
import { dispatchOnce } from '../../platform/outbound/index.ts';
import { mailChannel, noticeReader } from './index.ts';

let t: TestApp;
let admin: Actor;
let sales: Actor;
let buyer: Actor;
let partnerId: string;
let sink: MailSink;
/** What has arrived. */
let received: ParsedMail[];

const options = () => ({
  database: t.services.database,
  env: (now: Date) => t.services.settings.env(now),
  clock: t.clock,
  log: silentLog(),
});
const channel = () => mailChannel({ database: t.services.database, secrets: t.services.secrets });
let kept: ReturnType<typeof channel>;

/** The reader turns events into notices and mails, the worker sends what is due. */
async function mailsGo(): Promise<void> {
  await readAll(options(), noticeReader);
  while ((await dispatchOnce(options(), kept)) > 0);
}

const setUp = (change: Record<string, unknown> = {}) => setUpMail(t, sink, change);

/** Something happens to an order of the partner. */
async function happen(type: string, payload: Record<string, unknown> = {}, no = 'SO-2026-000001'): Promise<string> {
  t.clock.advance(1000);
  const id = newId(t.clock.now());
  await t.sql(
    `insert into event (id, document_type, document_id, document_no, version, type, at, partner_id, actor_kind, cause, payload)
     values ($1, $2, $3, $4, 1, $5, $6, $7, 'staff', '{}', $8)`,
    [newId(t.clock.now()), type.split('.')[0], id, no, type, t.clock.now(), partnerId, payload],
  );
  return id;
}

const subjectsFor = (address: string) =>
  received.filter((mail) => addressesOf(mail).includes(address)).map(({ subject }) => subject);

beforeAll(async () => {
  t = await testApp();
  sink = await mailSink();
  received = sink.got;
  admin = await t.as('system_admin');
  sales = await t.as('sales');
  partnerId = await t.partner({ name: '华东渠道' });
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  await t.sql(`update app_user set email = 'buyer@partner.test', locale = 'zh-Hans' where id = $1`, [buyer.userId]);
  await t.sql(`update app_user set email = 'sales@qucheng.test', locale = 'en' where id = $1`, [sales.userId]);
  kept = channel();
});
beforeEach(() => {
  received.length = 0;
  sink.refuse(null);
});
afterAll(async () => {
  await kept.close();
  await t.close();
  await sink.close();
});

describe('the mail set-up', () => {
  test('a company that has set nothing up stays silent: notices are written, no mail is', async () => {
    await happen('order.took_effect');
    await mailsGo();
    expect((await buyer.get('/api/v1/notices')).body.items).toHaveLength(1);
    expect(await t.sql('select id from outgoing')).toEqual([]);
    expect((await admin.get('/api/v1/mail-server')).body).toMatchObject({ version: 0, isOn: false });
    expect(await admin.post('/api/v1/mail-server/test', { to: 'a@b.cn' })).toMatchObject({
      status: 409,
      body: { code: 'mail.not_set_up' },
    });
  });

  test('only the system administrator sets it up; the password is sealed and never shown again', async () => {
    expect((await sales.get('/api/v1/mail-server')).status).toBe(403);
    const saved = await setUp({ username: 'orders', password: 'Geheim-密碼-1', isOn: false });
    expect(saved).toMatchObject({ status: 200, body: { version: 1, hasPassword: true, username: 'orders' } });
    expect(saved.text).not.toContain('Geheim');
    const stored = JSON.stringify([
      await t.sql('select password_sealed from mail_server'),
      await t.sql('select answer, request_hash from idempotency'),
      await t.sql(`select payload from event where type = 'mail_server.changed'`),
    ]);
    expect(stored).toContain('v1.');
    expect(stored).not.toContain('Geheim');
    expect((await setUp({ username: 'orders', isOn: false })).body.hasPassword).toBe(true);
    expect((await setUp({ username: null, password: null, isOn: false })).body.hasPassword).toBe(false);
  });

  test('what makes no sense is refused by field', async () => {
    const bad = await setUp({ port: 0, publicUrl: 'https://u:p@x.cn/', fromAddress: 'x', host: 'a b' });
    expect(bad.status).toBe(422);
    expect(bad.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'fromAddress',
      'host',
      'port',
      'publicUrl',
    ]);
  });

  test('the test button sends a mail before anything is switched on, and says why when it fails', async () => {
    const { body, status } = await admin.post('/api/v1/mail-server/test', { to: 'me@qucheng.test' });
    expect(status).toBe(202);
    await mailsGo();
    expect(received).toHaveLength(1);
    expect((await admin.get(`/api/v1/outgoing/${body.outgoingId}`)).body).toMatchObject({
      state: 'sent',
      address: 'me@qucheng.test',
    });
    sink.refuse(550);
    const failing = await admin.post('/api/v1/mail-server/test', { to: 'me@qucheng.test' });
    await mailsGo();
    expect((await admin.get(`/api/v1/outgoing/${failing.body.outgoingId}`)).body).toMatchObject({
      state: 'parked',
      reason: 'mail_refused',
      tries: [{ outcome: 'failed', status: 550 }],
    });
    expect(await t.sql(`select id from task where kind like 'outgoing%'`)).toEqual([]);
  });
});

describe('N4 notices by mail', () => {
  beforeAll(() => setUp());

  test('N4 the partner’s people get it in their language: document, what changed, what is expected, until when, a link', async () => {
    const orderId = await happen('order.recalled', { round: 2 });
    await t.sql(
      `insert into task (id, kind, document_type, document_id, document_no, partner_id, side, role, article, due_at, opened_at)
       values ($1, 'order.reply', 'order', $2, 'SO-2026-000001', $3, 'partner', 'partner_buyer', 'R4.3', '2026-03-13T09:00:00Z', $4)`,
      [newId(t.clock.now()), orderId, partnerId, t.clock.now()],
    );
    await mailsGo();
    expect(received).toHaveLength(1);
    const [mail] = received;
    expect(mail && addressesOf(mail)).toEqual(['buyer@partner.test']);
    expect(mail?.subject).toContain('确认通知已撤回');
    expect(mail?.subject).toContain('SO-2026-000001');
    for (const told of [
      'SO-2026-000001',
      '轮次: 2',
      '2026-03-13 17:00',
      '请您处理',
      `https://qucheng.test/portal/orders/${orderId}`,
      'R4.3',
    ])
      expect(mail?.text).toContain(told);
    expect(mail?.html).toContain(`https://qucheng.test/portal/orders/${orderId}`);
    expect(readReplyMark(t.services.secrets, mail?.subject ?? '')).toEqual({
      documentType: 'order',
      documentId: orderId,
      partnerId,
    });
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  });

  test('N4 people of the company get by mail what asks them to do something, unless they choose otherwise', async () => {
    await happen('order.took_effect');
    await mailsGo();
    expect(subjectsFor('sales@qucheng.test')).toEqual([]);
    expect(await sales.get('/api/v1/session/mail-choice')).toMatchObject({
      body: { onlyAsked: true, email: 'sales@qucheng.test', isOn: true },
    });
    await sales.put('/api/v1/session/mail-choice', { topics: ['order'], onlyAsked: false });
    await buyer.put('/api/v1/session/mail-choice', { topics: ['money'], onlyAsked: false });
    received.length = 0;
    await happen('order.took_effect', {}, 'SO-2026-000009');
    await happen('shipment.delivered', {}, 'SH-1');
    await mailsGo();
    expect(subjectsFor('sales@qucheng.test')).toEqual(['The order is in effect · SO-2026-000009']);
    expect(received[0]?.text).toContain('华东渠道');
    expect(subjectsFor('buyer@partner.test')).toEqual([]);
    await buyer.put('/api/v1/session/mail-choice', { topics: ['order', 'goods', 'money'], onlyAsked: false });
  });

  test('N4 mails of one case stand in one thread, each with an id of its own', async () => {
    const orderId = await happen('order.took_effect');
    await t.sql(
      `insert into event (id, document_type, document_id, document_no, version, type, at, partner_id, actor_kind, cause) values ($1, 'order', $2, 'SO-2026-000001', 2, 'order.completed', $3, $4, 'system', '{}')`,
      [newId(t.clock.now()), orderId, t.clock.now(), partnerId],
    );
    await mailsGo();
    const thread = received.filter((mail) => addressesOf(mail).includes('buyer@partner.test'));
    expect(thread).toHaveLength(2);
    expect(new Set(thread.map(({ references }) => String(references)))).toEqual(
      new Set([`<order.${orderId}@qucheng.test>`]),
    );
    expect(new Set(thread.map(({ messageId }) => messageId)).size).toBe(2);
  });

  test('T5 a name with line breaks makes no line of a header', async () => {
    await happen('order.took_effect', {}, 'SO-1\r\nBcc: victim@x.cn');
    await t.sql(`update app_user set name = E'李四\r\nBcc: victim@x.cn' where id = $1`, [buyer.userId]);
    await mailsGo();
    const [mail] = received.filter((one) => addressesOf(one).includes('buyer@partner.test'));
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(addressesOf(mail as ParsedMail)).toEqual(['buyer@partner.test']);
    expect(mail?.html).not.toContain('<br');
    await t.sql(`update app_user set name = '李四' where id = $1`, [buyer.userId]);
  });
});

describe('P21 mails that do not go', () => {
  const waiting = () =>
    t.sql<{ id: string; state: string; attempts: number; next_at: Date; reason: string | null }>(
      `select id, state, attempts, next_at, reason from outgoing where target_id = $1 order by id desc limit 1`,
      [buyer.userId],
    );

  test('P21 a server that asks to come back later is asked again, later each time, with the same id; each try is on record', async () => {
    sink.refuse(451);
    await happen('order.took_effect');
    await mailsGo();
    const [first] = await waiting();
    expect(first).toMatchObject({ state: 'waiting', attempts: 1, reason: 'mail_later' });
    t.clock.advance(59_000);
    await mailsGo();
    expect((await waiting())[0]?.attempts).toBe(1);
    sink.refuse(null);
    t.clock.advance(1_000);
    await mailsGo();
    expect(
      received.filter((mail) => addressesOf(mail).includes('buyer@partner.test')).map(({ messageId }) => messageId),
    ).toEqual([`<${first?.id}@qucheng.test>`]);
    expect((await sales.get(`/api/v1/outgoing/${first?.id}`)).body).toMatchObject({
      state: 'sent',
      attempts: 2,
      tries: [
        { no: 2, outcome: 'sent' },
        { no: 1, outcome: 'failed', reason: 'mail_later', status: 451 },
      ],
    });
  });

  test('P21 a mail that is refused for good is parked and becomes a task of the sales contact; sent again it closes the task', async () => {
    sink.refuse(550);
    await happen('order.took_effect', {}, 'SO-2026-000077');
    await mailsGo();
    const [parked] = await waiting();
    expect(parked).toMatchObject({ state: 'parked', attempts: 1, reason: 'mail_refused' });
    const task = async () =>
      (await sales.get('/api/v1/tasks?limit=200')).body.items.find(
        (item: { documentId: string }) => item.documentId === parked?.id,
      );
    expect(await task()).toMatchObject({
      kind: 'outgoing.mend',
      documentType: 'outgoing',
      documentNo: 'SO-2026-000077',
    });
    sink.refuse(null);
    const { body } = await sales.get(`/api/v1/outgoing/${parked?.id}`);
    expect(body.allowedActions).toEqual(['sendAgain']);
    expect(
      await sales.post(`/api/v1/outgoing/${parked?.id}/send-again`, undefined, { ifMatch: body.version }),
    ).toMatchObject({ status: 200, body: { state: 'waiting' } });
    expect(await task()).toBeUndefined();
    // A person puts it aside again before it leaves, and lets it go after all.
    const step = async (verb: string) => {
      const { body: now } = await sales.get(`/api/v1/outgoing/${parked?.id}`);
      return sales.post(`/api/v1/outgoing/${parked?.id}/${verb}`, undefined, { ifMatch: now.version });
    };
    expect(await step('park')).toMatchObject({ status: 200, body: { state: 'parked' } });
    expect((await step('park')).body.code).toBe('outgoing.wrong_state');
    await mailsGo();
    expect((await waiting())[0]).toMatchObject({ state: 'parked', attempts: 1 });
    expect(await step('send-again')).toMatchObject({ status: 200, body: { state: 'waiting' } });
    await mailsGo();
    expect((await waiting())[0]).toMatchObject({ state: 'sent', attempts: 2 });
  });

  test('P21 a worker that was killed between sending and writing it down: another sends it again, with the same Message-ID', async () => {
    await happen('order.took_effect');
    await readAll(options(), noticeReader);
    const [message] = await waiting();
    await t.sql(`update outgoing set claim = $2, claimed_until = $3, attempts = 1, tries = 1 where id = $1`, [
      message?.id,
      newId(t.clock.now()),
      new Date(t.clock.now().getTime() + 120_000),
    ]);
    await t.sql(`insert into outgoing_attempt (outgoing_id, no, started_at) values ($1, 1, $2)`, [
      message?.id,
      t.clock.now(),
    ]);
    await mailsGo();
    expect((await waiting())[0]).toMatchObject({ state: 'waiting', attempts: 1 });
    t.clock.advance(120_000);
    await mailsGo();
    expect((await waiting())[0]).toMatchObject({ state: 'sent', attempts: 2 });
    expect(received.at(-1)?.messageId).toBe(`<${message?.id}@qucheng.test>`);
    expect((await sales.get(`/api/v1/outgoing/${message?.id}`)).body.tries[1]).toMatchObject({
      no: 1,
      outcome: null,
      finishedAt: null,
    });
  });

  test('P21 two workers at once send each mail once', async () => {
    for (let i = 0; i < 6; i += 1) await happen('order.took_effect', {}, `SO-TWO-${i}`);
    await readAll(options(), noticeReader);
    const other = channel();
    for (let round = 0; round < 6; round += 1)
      await Promise.all([dispatchOnce(options(), kept), dispatchOnce(options(), other)]);
    const subjects = subjectsFor('buyer@partner.test');
    expect(subjects).toHaveLength(6);
    expect(new Set(subjects).size).toBe(6);
  });

  test('P21 who has no address, or has left, gets nothing; switching mail off drops what waits', async () => {
    await happen('order.took_effect');
    await readAll(options(), noticeReader);
    await t.sql(`update app_user set email = null where id = $1`, [buyer.userId]);
    await mailsGo();
    expect((await waiting())[0]).toMatchObject({ state: 'dropped', reason: 'no_address' });
    await t.sql(`update app_user set email = 'buyer@partner.test' where id = $1`, [buyer.userId]);
    received.length = 0;
    await happen('order.took_effect');
    await readAll(options(), noticeReader);
    expect((await setUp({ isOn: false })).status).toBe(200);
    expect((await waiting())[0]).toMatchObject({ state: 'dropped', reason: 'mail_off' });
    await mailsGo();
    expect(received).toEqual([]);
  });

  test('P9 people see the messages about partners that they look after; partners’ people none of their colleagues’', async () => {
    const stranger = await t.as({ role: 'sales', name: 'stranger' });
    const [message] = await waiting();
    expect((await stranger.get(`/api/v1/outgoing/${message?.id}`)).body.code).toBe('outgoing.not_found');
    expect((await sales.get('/api/v1/outgoing?channel=mail&limit=200')).body.total).toBeGreaterThan(5);
    const partnerAdmin = await t.as({ partnerId, role: 'partner_admin' });
    expect((await partnerAdmin.get('/api/v1/outgoing')).body.items).toEqual([]);
    expect((await partnerAdmin.get(`/api/v1/outgoing/${message?.id}`)).status).toBe(404);
    expect((await buyer.get('/api/v1/outgoing')).status).toBe(403);
  });
});
