/** The confirmation by mail, its signed link, and answering with a one-time code. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../tests/support/app.ts';
import { type Goods, goods } from '../../../tests/support/goods.ts';
import { addressesOf, type MailSink, mailSink, setUpMail } from '../../../tests/support/mail-sink.ts';
import { newId } from '../kernel/ids.ts';
import { mailChannel, noticeReader } from '../modules/notifications/index.ts';
import { readAll } from '../platform/events/reader-host.ts';
import { silentLog } from '../platform/log.ts';
import { type Channel, dispatchOnce } from '../platform/outbound/index.ts';
import { closePdf } from '../platform/pdf/index.ts';

let t: TestApp;
let g: Goods;
let sink: MailSink;
let sales: Actor;
let buyer: Actor;
let partnerId: string;
let contactId: string;
let warehouse: string;
let channel: Channel;

const options = () => ({
  database: t.services.database,
  env: (now: Date) => t.services.settings.env(now),
  clock: t.clock,
  log: silentLog(),
});
async function mailsGo(): Promise<void> {
  await readAll(options(), noticeReader);
  while ((await dispatchOnce(options(), channel)) > 0);
}
const to = (address: string) => sink.got.filter((mail) => addressesOf(mail).includes(address));
const CONTACT = 'contact@partner.test';
const BUYER = 'buyer@partner.test';

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sink = await mailSink();
  sales = await t.as('sales');
  partnerId = await t.partner({ name: '华东渠道' });
  await g.address(partnerId);
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  await t.sql(`update app_user set email = $2, locale = 'en' where id = $1`, [buyer.userId, BUYER]);
  contactId = newId(t.clock.now());
  await t.sql(
    `insert into partner_contact (id, partner_id, name, duties, email) values ($1, $2, '王五', '{buyer}', $3)`,
    [contactId, partnerId, CONTACT],
  );
  warehouse = await g.warehouse();
  await setUpMail(t, sink);
  channel = mailChannel({ database: t.services.database, secrets: t.services.secrets });
});
beforeEach(() => {
  sink.got.length = 0;
});
afterAll(async () => {
  await channel.close();
  await closePdf();
  await t.close();
  await sink.close();
});

async function sent() {
  const product = await g.product();
  await g.stock(product.id, warehouse, 100);
  const placed = await buyer.post('/api/v1/orders', {
    submit: true,
    lines: [{ sku: product.sku, qty: '2', requestedOn: '2026-12-20' }],
  });
  const { body: order } = await sales.post(`/api/v1/orders/${placed.body.id}/send-confirmation`, undefined, {
    ifMatch: placed.body.version,
  });
  await mailsGo();
  return order;
}
const tokenIn = (address: string) => /\/link#([\w.-]+)/.exec(to(address).at(-1)?.text ?? '')?.[1] ?? '';
const open = (token: string) => t.anonymous.post('/api/v1/links/open', { token }, { key: null });
const askCode = (token: string) => t.anonymous.post('/api/v1/links/code', { token }, { key: null });
async function codeFor(token: string, address = CONTACT): Promise<string> {
  t.clock.advance(1000);
  expect((await askCode(token)).status).toBe(202);
  await mailsGo();
  return /\d{6}/.exec(to(address).at(-1)?.text ?? '')?.[0] ?? '';
}
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');
const accept = (token: string, code: string, contentHash: string) =>
  t.anonymous.post('/api/v1/links/accept', { token, code, contentHash }, { key: null, from: '203.0.113.7' });
const hashOf = (order: { rounds: { contentHash: string }[] }) => order.rounds.at(-1)?.contentHash ?? '';

describe('the confirmation by mail', () => {
  it('R4.3 goes to those who may answer, account or not, each with the paper and a link of their own', async () => {
    await buyer.put('/api/v1/session/mail-choice', { topics: [], onlyAsked: true });
    const order = await sent();
    const [mine] = to(BUYER);
    const [theirs] = to(CONTACT);
    expect(sink.got).toHaveLength(2);
    expect(mine?.subject).toContain(order.no);
    expect(theirs?.attachments).toMatchObject([
      { contentType: 'application/pdf', filename: `訂單確認書 ${order.no}.pdf` },
    ]);
    expect(theirs?.attachments[0]?.content.subarray(0, 5).toString()).toBe('%PDF-');
    expect(mine?.attachments[0]?.filename).toContain('Order confirmation');
    expect(theirs?.text).toContain('沉默不視為同意');
    expect(tokenIn(BUYER)).not.toBe(tokenIn(CONTACT));
    expect(to(BUYER)[0]?.text).toContain('You may reply to this mail');
  });

  it('R4.3 the link shows the order of that round, and that it waits; sending and reading are on record', async () => {
    const order = await sent();
    const read = async () =>
      (await sales.get(`/api/v1/outgoing?documentId=${order.id}&limit=50`)).body.items.find(
        ({ address }: { address: string }) => address === CONTACT,
      );
    expect(await read()).toMatchObject({ state: 'sent', openedAt: null });
    const { status, body } = await open(tokenIn(CONTACT));
    expect(status).toBe(200);
    const unitIn = async (locale: string) =>
      (await t.anonymous.post('/api/v1/links/open', { token: tokenIn(CONTACT) }, { key: null, locale })).body.lines[0]
        .unit;
    expect([await unitIn('zh-Hant'), await unitIn('zh-Hans'), await unitIn('en')]).toEqual(['件', '件', 'pc']);
    expect((await read()).openedAt).not.toBeNull();
    expect(body).toMatchObject({
      kind: 'reply',
      receiver: '王五',
      orderNo: order.no,
      round: 1,
      contentHash: hashOf(order),
      isOpen: true,
      reply: null,
      grossAmount: order.grossAmount,
      lines: [{ lineNo: 1, qty: '2' }],
    });
  });

  it('R4.3 a confirmation that was recalled before its mail could leave is not sent any more', async () => {
    sink.refuse(451);
    const order = await sent();
    sink.refuse(null);
    await sales.post(`/api/v1/orders/${order.id}/recall`, { reason: '写错了' }, { ifMatch: order.version });
    t.clock.advance(60_000);
    await mailsGo();
    expect(sink.got.filter(({ attachments }) => attachments.length > 0)).toEqual([]);
    expect(
      await t.sql(
        `select distinct state, reason from outgoing where document_id = $1 and kind = 'order.confirmation_sent'`,
        [order.id],
      ),
    ).toEqual([{ state: 'dropped', reason: 'not_wanted' }]);
  });
});

describe('answering with a one-time code', () => {
  it('R4.3 a mailed link alone never accepts', async () => {
    const order = await sent();
    const token = tokenIn(CONTACT);
    for (const code of ['', '12345', '000000']) expect((await accept(token, code, hashOf(order))).status).toBe(422);
    expect(
      (await t.anonymous.post('/api/v1/links/accept', { token, contentHash: hashOf(order) }, { key: null })).status,
    ).toBe(422);
    expect((await sales.get(`/api/v1/orders/${order.id}`)).body.state).toBe('awaiting_partner');
  });

  it('R4.3 with the code the contact accepts exactly what was sent; who, when, how and from where are on record', async () => {
    const order = await sent();
    const token = tokenIn(CONTACT);
    const code = await codeFor(token);
    expect((await accept(token, code, 'another content')).body.code).toBe('order.round_changed');
    expect(await accept(token, code, hashOf(order))).toMatchObject({
      status: 200,
      body: { orderNo: order.no, reply: 'accepted' },
    });
    expect((await sales.get(`/api/v1/orders/${order.id}`)).body).toMatchObject({ state: 'in_effect', revision: 1 });
    expect(
      await t.sql('select reply, reply_how, reply_contact_id, reply_from from order_round where order_id = $1', [
        order.id,
      ]),
    ).toEqual([{ reply: 'accepted', reply_how: 'code', reply_contact_id: contactId, reply_from: '203.0.113.7' }]);
    const told = (await sales.get(`/api/v1/orders/${order.id}/timeline`)).body.items;
    expect(told.find(({ type }: { type: string }) => type === 'order.took_effect')).toMatchObject({
      actorName: '王五',
    });
    expect((await open(token)).body).toMatchObject({ isOpen: false, reply: 'accepted' });
    expect((await accept(token, code, hashOf(order))).body.code).toBe('link.closed');
    expect((await askCode(token)).body.code).toBe('link.closed');
  });

  it('R4.3 or objects by line, and sales learn of it', async () => {
    const order = await sent();
    const token = tokenIn(BUYER);
    const code = await codeFor(token, BUYER);
    const object = (reasons: object[]) =>
      t.anonymous.post('/api/v1/links/object', { token, code, contentHash: hashOf(order), reasons }, { key: null });
    // A line that is not there leaves the code good.
    expect((await object([{ lineNo: 9, reason: '太贵' }])).body.code).toBe('line.not_found');
    expect(await object([{ lineNo: 1, reason: '太贵' }])).toMatchObject({ status: 200, body: { reply: 'objected' } });
    expect((await sales.get(`/api/v1/orders/${order.id}`)).body).toMatchObject({ state: 'objected' });
    const [round] = await t.sql<{ replied_by: string }>('select replied_by from order_round where order_id = $1', [
      order.id,
    ]);
    expect(round?.replied_by).toBe(buyer.userId);
  });

  it('P4 of eight answers with the same code at once exactly one succeeds', async () => {
    const order = await sent();
    const token = tokenIn(CONTACT);
    const code = await codeFor(token);
    const answers = await Promise.all(Array.from({ length: 8 }, () => accept(token, code, hashOf(order))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(
      await t.sql(`select id from event where document_id = $1 and type = 'order.took_effect'`, [order.id]),
    ).toHaveLength(1);
  });

  it('P4 a code ends after ten minutes, with the next one, and after five misses; the right one is then refused too', async () => {
    const order = await sent();
    const token = tokenIn(CONTACT);
    const old = await codeFor(token);
    t.clock.advance(10 * 60_000);
    expect((await accept(token, old, hashOf(order))).body.code).toBe('link.code_wrong');
    const first = await codeFor(token);
    const second = await codeFor(token);
    if (first !== second) expect((await accept(token, first, hashOf(order))).body.code).toBe('link.code_wrong');
    for (let i = 0; i < 4; i += 1)
      expect((await accept(token, wrong(second), hashOf(order))).body.code).toBe('link.code_wrong');
    expect((await accept(token, second, hashOf(order))).body.code).toBe('link.code_wrong');
  });

  it('P4 twenty misses end answering by the link; five codes an hour are the most', async () => {
    const order = await sent();
    const token = tokenIn(CONTACT);
    for (let round = 0; round < 4; round += 1) {
      const code = await codeFor(token);
      await Promise.all(Array.from({ length: 5 }, () => accept(token, wrong(code), hashOf(order))));
    }
    expect(await accept(token, '123456', hashOf(order))).toMatchObject({ status: 429, body: { code: 'link.locked' } });
    expect((await askCode(token)).body.code).toBe('link.locked');
    const other = tokenIn(BUYER);
    for (let i = 0; i < 5; i += 1) {
      t.clock.advance(1000);
      expect((await askCode(other)).status).toBe(202);
    }
    expect((await askCode(other)).body.code).toBe('request.too_many');
    // The partner signed in can still answer.
    const now = (await buyer.get(`/api/v1/orders/${order.id}`)).body;
    expect(
      (await buyer.post(`/api/v1/orders/${order.id}/accept`, { contentHash: hashOf(order) }, { ifMatch: now.version }))
        .status,
    ).toBe(200);
  });

  it('R4.3 a person who has left the partner can no longer use the link', async () => {
    await sent();
    const token = tokenIn(CONTACT);
    await t.sql('update partner_contact set is_active = false where id = $1', [contactId]);
    expect((await open(token)).body.code).toBe('link.not_found');
    expect((await askCode(token)).body.code).toBe('link.not_found');
    await t.sql('update partner_contact set is_active = true where id = $1', [contactId]);
  });
});

describe('links that do not work', () => {
  it('F9 edited, made up, expired and revoked links are not found, all with the same words', async () => {
    const order = await sent();
    const token = tokenIn(CONTACT);
    const [id = '', signature = ''] = token.split('.');
    const status = await sales.post(`/api/v1/orders/${order.id}/status-links`, { days: 1 });
    const revoked = await sales.post(`/api/v1/orders/${order.id}/status-links`, {});
    await sales.post(`/api/v1/orders/${order.id}/status-links/${revoked.body.id}/revoke`);
    t.clock.advance(86_400_000);
    const tokens = [
      `${id}.${signature.slice(0, -2)}AA`,
      `${newId(t.clock.now())}.${signature}`,
      `${id}`,
      `${id}.`,
      `${token}.x`,
      'nonsense',
      `${newId(t.clock.now())}.${t.services.secrets.sign('x', 'signed link')}`,
      status.body.token,
      revoked.body.token,
    ];
    const answers = await Promise.all(tokens.map(open));
    for (const { status: code, body } of answers) {
      expect(code).toBe(404);
      const { requestId: _, ...rest } = body;
      const { requestId: __, ...first } = answers[0]?.body ?? {};
      expect(rest).toEqual(first);
    }
    expect((await open(token)).status).toBe(200);
  });
});

describe('R5.3 the link for the customer', () => {
  it('R5.3 shows how the goods travel and nothing of prices, quantities or people; it can be revoked on the spot', async () => {
    const order = await sent();
    await buyer.post(`/api/v1/orders/${order.id}/accept`, { contentHash: hashOf(order) }, { ifMatch: order.version });
    const carrierId = newId(t.clock.now());
    await t.sql(`insert into carrier (id, code, name, name_en) values ($1, 'SF', '顺丰', 'SF Express')`, [carrierId]);
    await t.sql(
      `insert into shipment (id, no, order_id, partner_id, warehouse_id, state, carrier_id, waybill_no, shipped_at, expected_on, receiver, receiver_phone, delivery_address, last_news_at, created_at)
       values ($1, 'SH-LINK', $2, $3, $4, 'shipped', $5, 'SF123', $6, '2026-12-24', '张三', '13800000000', '某路1号', $6, $6)`,
      [newId(t.clock.now()), order.id, partnerId, warehouse, carrierId, t.clock.now()],
    );
    const { body: made, status } = await buyer.post(`/api/v1/orders/${order.id}/status-links`, { note: '给客户' });
    expect(status).toBe(201);
    const shown = await open(made.token);
    expect(shown.body).toMatchObject({
      kind: 'status',
      orderNo: order.no,
      shipments: [
        {
          no: 'SH-LINK',
          state: 'shipped',
          carrier: { name: '顺丰', nameEn: 'SF Express' },
          waybillNo: 'SF123',
          expectedOn: '2026-12-24',
        },
      ],
    });
    for (const secret of ['张三', '1380000', '某路', '华东渠道', order.grossAmount, 'price'])
      expect(shown.text).not.toContain(secret);
    expect(JSON.stringify(await t.sql('select answer from idempotency'))).not.toContain(made.token);
    // A link to states of shipments answers nothing.
    expect((await askCode(made.token)).body.code).toBe('link.not_found');
    const listed = await sales.get(`/api/v1/orders/${order.id}/status-links`);
    expect(listed.body.items).toMatchObject([{ id: made.id, token: made.token, note: '给客户', revokedAt: null }]);
    await buyer.post(`/api/v1/orders/${order.id}/status-links/${made.id}/revoke`);
    expect((await open(made.token)).status).toBe(404);
  });
});
