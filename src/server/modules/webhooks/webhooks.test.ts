import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Got, type Sink, status, verify, webhookSink } from '../../../../tests/support/webhook-sink.ts';
import { newId } from '../../kernel/ids.ts';
import { readAll } from '../../platform/events/reader-host.ts';
import { silentLog } from '../../platform/log.ts';
import { type Channel, dispatchOnce, poster } from '../../platform/outbound/index.ts';
import { webhookChannel, webhookReader } from './index.ts';

let t: TestApp;
let sink: Sink;
let admin: Actor;
let partnerAdmin: Actor;
let sales: Actor;
let partnerId: string;
let otherId: string;
let channel: Channel;
const channels: Channel[] = [];

const options = () => ({
  database: t.services.database,
  env: (now: Date) => t.services.settings.env(now),
  clock: t.clock,
  log: silentLog(),
});
function newChannel(timeoutMs = 5000): Channel {
  const { database, secrets } = t.services;
  const made = webhookChannel({ database, secrets, poster: poster({ allowed: [sink.host], timeoutMs }) });
  channels.push(made);
  return made;
}
const read = () => readAll(options(), webhookReader);
async function go(): Promise<void> {
  await read();
  while ((await dispatchOnce(options(), channel)) > 0);
}

let endpoints = 0;
async function endpoint(
  who: Actor,
  eventTypes: string[] = [],
): Promise<{ id: string; path: string; secret: string; version: number }> {
  endpoints += 1;
  const path = `/hook-${endpoints}`;
  const { status: code, body } = await who.post('/api/v1/webhooks', {
    name: `ERP ${endpoints}`,
    url: `http://${sink.host}${path}`,
    eventTypes,
  });
  expect(code).toBe(201);
  return { id: body.webhook.id, path, secret: body.secret, version: body.webhook.version };
}
const off = async (who: Actor, { id }: { id: string }) => {
  const { body } = await who.get('/api/v1/webhooks');
  const { version } = body.items.find((item: { id: string }) => item.id === id);
  return who.send('PATCH', `/api/v1/webhooks/${id}`, { state: 'off' }, { ifMatch: version });
};

/** Events of one document, one transaction each. */
async function happen(
  types: readonly string[],
  options: { partner?: string; payload?: object; id?: string; from?: number } = {},
): Promise<string> {
  t.clock.advance(1000);
  const id = options.id ?? newId(t.clock.now());
  for (const [i, type] of types.entries())
    await t.sql(
      `insert into event (id, document_type, document_id, document_no, version, type, at, partner_id, actor_kind, cause, payload)
       values ($1, $2, $3, 'SO-1', $4, $5, $6, $7, 'staff', '{}', $8)`,
      [
        newId(t.clock.now()),
        type.split('.')[0],
        id,
        (options.from ?? 1) + i,
        type,
        t.clock.now(),
        options.partner ?? partnerId,
        options.payload ?? {},
      ],
    );
  return id;
}
const at = ({ path }: { path: string }): Got[] => sink.got.filter((one) => one.path === path);
const typesAt = (hook: { path: string }) => at(hook).map(({ body }) => body['type']);
const messagesOf = ({ id }: { id: string }) =>
  t.sql<{
    id: string;
    state: string;
    reason: string | null;
    tries: number;
    next_at: Date;
    sequence: number;
    kind: string;
  }>(
    'select id, state, reason, tries, next_at, sequence, kind from outgoing where target_id = $1 order by lane, sequence',
    [id],
  );

beforeAll(async () => {
  sink = await webhookSink();
  t = await testApp({ webhookHosts: [sink.host] });
  admin = await t.as('system_admin');
  sales = await t.as('sales');
  partnerId = await t.partner();
  otherId = await t.partner();
  partnerAdmin = await t.as({ partnerId, role: 'partner_admin' });
  channel = newChannel();
});
beforeEach(async () => {
  sink.got.length = 0;
  await t.sql(`update webhook_endpoint set state = 'off'`);
});
afterAll(async () => {
  await Promise.all(channels.map((one) => one.close()));
  await t.close();
  await sink.close();
});

describe('P7 endpoints and what they hear', () => {
  test('P7 an event arrives signed, with ids, values and the link to the present view; the secret is shown once and stored sealed', async () => {
    const hook = await endpoint(admin);
    expect(hook.secret).toMatch(/^whsec_/);
    const orderId = await happen(['order.confirmation_sent'], { payload: { round: 1, gross: '100' } });
    await go();
    const [got] = at(hook);
    expect(got?.body).toMatchObject({
      type: 'order.confirmation_sent',
      data: {
        documentType: 'order',
        documentId: orderId,
        documentNo: 'SO-1',
        version: 1,
        sequence: 1,
        partnerId,
        values: { round: 1, gross: '100' },
        link: `/api/v1/orders/${orderId}`,
      },
    });
    verify(got as Got, hook.secret);
    expect(() => verify(got as Got, `whsec_${Buffer.alloc(32).toString('base64')}`)).toThrow('no signature fits');
    const stored = JSON.stringify([
      await t.sql('select * from webhook_endpoint'),
      await t.sql('select answer from idempotency'),
      await t.sql(`select payload from event where document_type = 'webhook'`),
    ]);
    expect(stored).not.toContain(hook.secret.slice(6, 30));
    await off(admin, hook);
  });

  test('P7 an endpoint hears only the types it has chosen; an unknown type is refused', async () => {
    const hook = await endpoint(admin, ['order.completed']);
    await happen(['order.took_effect', 'order.completed']);
    await go();
    expect(typesAt(hook)).toEqual(['order.completed']);
    expect(at(hook)[0]?.body['data']).toMatchObject({ sequence: 1, version: 2 });
    expect(
      await admin.post('/api/v1/webhooks', { name: 'x', url: `http://${sink.host}/x`, eventTypes: ['order.exploded'] }),
    ).toMatchObject({
      status: 422,
      body: { code: 'webhook.event_type', errors: [{ field: 'eventTypes.0' }] },
    });
    await off(admin, hook);
  });

  test('W5 a partner’s endpoint hears of its own partner, of what its people are told, with the values that they see', async () => {
    const hook = await endpoint(partnerAdmin);
    await happen(['order.took_effect'], { partner: otherId });
    const own = await happen(['order.submitted', 'order.terms_passed', 'order.confirmation_sent'], {
      payload: { round: 3, marginAmount: '999' },
    });
    await go();
    expect(at(hook).every(({ body }) => body['data'].partnerId === partnerId)).toBe(true);
    expect(typesAt(hook)).toEqual(['order.submitted', 'order.confirmation_sent']);
    expect(at(hook).map(({ body }) => [body['data'].documentId, body['data'].sequence])).toEqual([
      [own, 1],
      [own, 2],
    ]);
    expect(at(hook)[1]?.body['data'].values).toEqual({ round: 3 });
    expect(JSON.stringify(sink.got)).not.toContain('marginAmount');
    await off(partnerAdmin, hook);
  });

  test('W5 what an endpoint may no longer hear when it is sent is dropped then', async () => {
    const hook = await endpoint(partnerAdmin, ['order.took_effect', 'order.completed']);
    await happen(['order.took_effect']);
    await read();
    await partnerAdmin.send(
      'PATCH',
      `/api/v1/webhooks/${hook.id}`,
      { eventTypes: ['order.completed'] },
      { ifMatch: hook.version },
    );
    await go();
    expect(at(hook)).toEqual([]);
    expect(await messagesOf(hook)).toMatchObject([{ state: 'dropped', reason: 'not_allowed' }]);
    await off(partnerAdmin, hook);
  });

  test('P9 partners manage their own endpoints and know of no others; buyers manage none', async () => {
    const ours = await endpoint(admin);
    const theirs = await endpoint(partnerAdmin);
    const seen = (await partnerAdmin.get('/api/v1/webhooks')).body.items.map(({ id }: { id: string }) => id);
    expect(seen).toContain(theirs.id);
    expect(seen).not.toContain(ours.id);
    expect(
      await partnerAdmin.send('PATCH', `/api/v1/webhooks/${ours.id}`, { state: 'off' }, { ifMatch: 1 }),
    ).toMatchObject({ status: 404, body: { code: 'webhook.not_found' } });
    expect((await (await t.as({ partnerId, role: 'partner_buyer' })).get('/api/v1/webhooks')).status).toBe(403);
    const types = (await partnerAdmin.get('/api/v1/webhooks/event-types')).body.items;
    expect(types).toContain('order.took_effect');
    expect(types).not.toContain('order.terms_passed');
    await Promise.all([off(admin, ours), off(partnerAdmin, theirs)]);
  });

  test('W1 an address inside the house is refused when it is saved', async () => {
    for (const url of [
      'http://127.0.0.1/',
      'https://[::1]/',
      'http://hooks.example.com/',
      `http://user:x@${sink.host}/`,
    ])
      expect(await admin.post('/api/v1/webhooks', { name: 'x', url, eventTypes: [] })).toMatchObject({
        status: 422,
        body: { code: 'webhook.url', errors: [{ field: 'url' }] },
      });
  });

  test('P7 for a day after a new secret both sign', async () => {
    const hook = await endpoint(admin, ['order.completed']);
    const { body } = await admin.post(`/api/v1/webhooks/${hook.id}/rotate-secret`, undefined, {
      ifMatch: hook.version,
    });
    expect(body.secret).not.toBe(hook.secret);
    await happen(['order.completed']);
    await go();
    verify(at(hook)[0] as Got, hook.secret);
    verify(at(hook)[0] as Got, body.secret);
    t.clock.advance(24 * 3_600_000);
    await happen(['order.completed']);
    await go();
    verify(at(hook)[1] as Got, body.secret);
    expect(() => verify(at(hook)[1] as Got, hook.secret)).toThrow('no signature fits');
    await off(admin, hook);
  });

  test('P7 the test button sends an event of its own', async () => {
    const hook = await endpoint(partnerAdmin);
    const { body } = await partnerAdmin.post(`/api/v1/webhooks/${hook.id}/test`);
    await go();
    expect(typesAt(hook)).toEqual(['webhook.test']);
    expect((await partnerAdmin.get(`/api/v1/outgoing/${body.outgoingId}`)).body).toMatchObject({
      state: 'sent',
      receiver: expect.stringContaining('ERP'),
      tries: [{ status: 200, detail: null }],
    });
    await off(partnerAdmin, hook);
    expect((await partnerAdmin.post(`/api/v1/webhooks/${hook.id}/test`)).body.code).toBe('webhook.off');
  });
});

describe('P7 in order, every one, whatever happens', () => {
  test('P7 events of one document arrive in order without a gap; one that fails holds back its own document only', async () => {
    const hook = await endpoint(admin);
    const other = await endpoint(admin);
    const bad = await happen(['order.took_effect', 'order.hold_placed', 'order.hold_released']);
    const good = await happen(['order.took_effect', 'order.completed']);
    sink.script(hook.path, ({ body }, response) =>
      status(body['data'].documentId === bad ? 500 : 200)({} as Got, response),
    );
    await go();
    const sequences = (documentId: string, of = hook) =>
      at(of)
        .filter(({ body }) => body['data'].documentId === documentId)
        .map(({ body }) => body['data'].sequence);
    expect(sequences(good)).toEqual([1, 2]);
    expect(sequences(bad)).toEqual([1]);
    // The other endpoint does not feel it.
    expect([sequences(good, other), sequences(bad, other)]).toEqual([
      [1, 2],
      [1, 2, 3],
    ]);
    sink.script(hook.path, status(200));
    t.clock.advance(5000);
    await go();
    expect(sequences(bad)).toEqual([1, 1, 2, 3]);
    // The same message keeps its id, so that the receiver knows the second copy.
    const [first, again] = at(hook).filter(({ body }) => body['data'].documentId === bad);
    expect(again?.id).toBe(first?.id);
    expect(again?.raw).toBe(first?.raw);
    await Promise.all([off(admin, hook), off(admin, other)]);
  });

  test('P7 two versions of a document on both sides of the border of a batch still leave in order', async () => {
    const hook = await endpoint(admin);
    t.clock.advance(1000);
    const id = newId(t.clock.now());
    // The later version carries the lower transaction number, as when a transaction waits for a lock that another holds.
    const row = (version: number, xid: bigint) =>
      t.sql(
        `insert into event (id, document_type, document_id, document_no, version, type, at, partner_id, actor_kind, cause, xid) values ($1, 'order', $2, 'SO-1', $3, 'order.hold_placed', $4, $5, 'staff', '{}', $6::text::xid8)`,
        [newId(t.clock.now()), id, version, t.clock.now(), partnerId, String(xid)],
      );
    const [now] = await t.sql<{ xid: string }>('select pg_current_xact_id()::text as xid');
    const base = BigInt(now?.xid ?? '0');
    await row(1, base + 2n);
    await row(2, base + 1n);
    await t.sql('select pg_current_xact_id()');
    await readAll(options(), { ...webhookReader, batch: 1 });
    await go();
    expect(at(hook).map(({ body }) => [body['data'].version, body['data'].sequence])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    await off(admin, hook);
  });

  test('P7 two workers at once: each message once, in order', async () => {
    const hook = await endpoint(admin);
    const documents = [];
    for (let i = 0; i < 8; i += 1)
      documents.push(await happen(['order.took_effect', 'order.hold_placed', 'order.hold_released']));
    await read();
    const second = newChannel();
    for (let round = 0; round < 12; round += 1)
      await Promise.all([dispatchOnce(options(), channel), dispatchOnce(options(), second)]);
    expect(at(hook)).toHaveLength(24);
    for (const id of documents)
      expect(
        at(hook)
          .filter(({ body }) => body['data'].documentId === id)
          .map(({ body }) => body['data'].sequence),
      ).toEqual([1, 2, 3]);
    await off(admin, hook);
  });

  test('P7 a worker killed between sending and writing it down: sent again with the same id, and the order is kept', async () => {
    const hook = await endpoint(admin);
    await happen(['order.took_effect', 'order.completed']);
    await read();
    const dead: Channel = { ...channel, settled: async () => Promise.reject(new Error('killed')) };
    await dispatchOnce(options(), dead);
    expect(typesAt(hook)).toEqual(['order.took_effect']);
    await go();
    expect(at(hook)).toHaveLength(1);
    t.clock.advance(60_000);
    await go();
    expect(typesAt(hook)).toEqual(['order.took_effect', 'order.took_effect', 'order.completed']);
    expect(new Set(at(hook).map(({ id }) => id)).size).toBe(2);
    await off(admin, hook);
  });

  test('P7 the worker that lost its claim writes nothing over the one that took over', async () => {
    const hook = await endpoint(admin);
    await happen(['order.took_effect']);
    await read();
    // The first answer comes when the claim is long over and another worker has got it through.
    const slow: Channel = {
      ...channel,
      async send(message, env, now) {
        await channel.send(message, env, now);
        t.clock.advance(60_000);
        await dispatchOnce(options(), channel);
        return { outcome: 'failed', reason: 'timeout' };
      },
    };
    await dispatchOnce(options(), slow);
    expect(await messagesOf(hook)).toMatchObject([{ state: 'sent' }]);
    await off(admin, hook);
  });
});

describe('W3 what the other side answers', () => {
  const answered = async (script: Parameters<Sink['script']>[1], with_: Channel = channel) => {
    const hook = await endpoint(admin);
    sink.script(hook.path, script);
    await happen(['order.took_effect']);
    await read();
    await dispatchOnce(options(), with_);
    const [message] = await messagesOf(hook);
    const waits = ((message?.next_at.getTime() ?? 0) - t.clock.now().getTime()) / 1000;
    await off(admin, hook);
    return { hook, message, waits };
  };

  test('W3 a redirect is a failure and not followed', async () => {
    const { message, waits } = await answered(status(301, { location: `http://${sink.host}/inside` }));
    expect(message).toMatchObject({ state: 'waiting', reason: 'redirect', tries: 1 });
    expect(waits).toBe(5);
    expect(sink.got.some(({ path }) => path === '/inside')).toBe(false);
  });

  test('W3 slow down: Retry-After is honoured, a day only up to six hours', async () => {
    expect((await answered(status(429, { 'retry-after': '120' }))).waits).toBe(120);
    const long = await answered(status(429, { 'retry-after': '86400' }));
    expect(long).toMatchObject({ message: { reason: 'too_many' }, waits: 6 * 3600 });
    expect((await answered(status(429, { 'retry-after': 'soon' }))).waits).toBe(5);
  });

  test('W3 a receiver that hangs is given up, one that never stops talking is hung up on', async () => {
    const impatient = newChannel(300);
    expect((await answered(() => {}, impatient)).message).toMatchObject({ state: 'waiting', reason: 'timeout' });
    let written = 0;
    const endless = await answered((_, response) => {
      response.writeHead(500);
      const more = () => {
        while (!response.destroyed && written < 100_000_000) {
          written += 65_536;
          if (!response.write(Buffer.alloc(65_536, 120))) return void response.once('drain', more);
        }
      };
      more();
    });
    expect(endless.message).toMatchObject({ state: 'waiting', reason: 'status' });
    expect(written).toBeLessThan(20_000_000);
  });

  test('W3 gone: the endpoint is off, what waits for it is listed as not sent, and sales have a task', async () => {
    const hook = await endpoint(admin);
    sink.script(hook.path, status(410));
    await happen(['order.took_effect', 'order.completed']);
    await go();
    expect(
      (await admin.get('/api/v1/webhooks')).body.items.find(({ id }: { id: string }) => id === hook.id),
    ).toMatchObject({ state: 'off', offReason: 'gone', parked: 2 });
    expect(await messagesOf(hook)).toMatchObject([
      { state: 'parked', reason: 'gone' },
      { state: 'parked', reason: 'endpoint_off' },
    ]);
    const [message] = await messagesOf(hook);
    const tasks = (await sales.get('/api/v1/tasks?kind=outgoing.mend&limit=200')).body.items;
    expect(tasks.filter(({ documentId }: { documentId: string }) => documentId === message?.id)).toHaveLength(1);
  });

  test('P7 ten tries over 75 hours, then it is parked with a task; what comes after goes on, and a replay works', async () => {
    const hook = await endpoint(admin);
    sink.script(hook.path, status(500, {}, 'boom'));
    const orderId = await happen(['order.took_effect']);
    await go();
    const began = t.clock.now().getTime();
    for (let i = 0; i < 20; i += 1) {
      const [message] = await messagesOf(hook);
      if (message?.state !== 'waiting') break;
      t.clock.advance(message.next_at.getTime() - t.clock.now().getTime());
      await go();
    }
    expect(at(hook)).toHaveLength(10);
    expect((t.clock.now().getTime() - began) / 60_000).toBeCloseTo(75 * 60 + 35, 0);
    const [parked] = await messagesOf(hook);
    expect(parked).toMatchObject({ state: 'parked', reason: 'status' });
    const detail = (await admin.get(`/api/v1/outgoing/${parked?.id}`)).body;
    expect(detail.tries[0]).toMatchObject({ no: 10, status: 500, detail: 'boom' });
    sink.script(hook.path, status(200));
    await happen(['order.completed'], { id: orderId, from: 2 });
    await go();
    expect(at(hook).at(-1)?.body['data']).toMatchObject({ sequence: 2 });
    expect(
      (await sales.post(`/api/v1/outgoing/${parked?.id}/send-again`, undefined, { ifMatch: detail.version })).status,
    ).toBe(200);
    await go();
    expect(at(hook).at(-1)).toMatchObject({ id: parked?.id, body: { data: { sequence: 1 } } });
    expect(await messagesOf(hook)).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
    await off(admin, hook);
  });
});
