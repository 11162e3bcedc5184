/** Every document of the main job can be talked about by those who may read it, and by nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONVERSATION_TYPES } from '../../src/contract/work.ts';
import { startReaders } from '../../src/server/platform/events/reader-host.ts';
import { silentLog } from '../../src/server/platform/log.ts';
import { readers } from '../../src/server/jobs.ts';
import { type Actor, type TestApp, testApp } from '../support/app.ts';
import { makeWorld, type World } from './world.ts';

let t: TestApp;
let world: World;
beforeAll(async () => {
  t = await testApp();
  world = await makeWorld(t);
});
afterAll(() => t.close());

type Kind = (typeof CONVERSATION_TYPES)[number];
const idOf = (kind: Kind): string =>
  ({
    order: world.a.orderId,
    inquiry: world.a.inquiryId,
    picking: world.a.pickingId,
    shipment: world.a.shipmentId,
    payment: world.a.paymentId,
    invoice: world.a.invoiceId,
    partner: world.a.partnerId,
  })[kind];
const messagesOf = (kind: Kind) => `/api/v1/documents/${kind}/${idOf(kind)}/messages`;
const upload = (actor: Actor, kind: Kind) =>
  actor.send(
    'POST',
    `/api/v1/documents/${kind}/${idOf(kind)}/attachments?fileName=a.pdf`,
    Buffer.from('%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n'),
    { headers: { 'content-type': 'application/pdf' } },
  );
const subjects = CONVERSATION_TYPES.filter((kind) => kind !== 'picking');

describe('R2 the conversation on a document', () => {
  it.each(subjects)('R2 both sides write on the %s, with files; a stranger does not find it', async (kind) => {
    const file = (await upload(world.a.admin, kind)).body.id;
    const asked = await world.a.admin.post(messagesOf(kind), { body: `问 ${kind}`, attachmentIds: [file] });
    expect([asked.status, asked.body.attachments.length]).toEqual([201, 1]);
    expect((await world.a.sales.post(messagesOf(kind), { body: `答 ${kind}` })).status).toBe(201);
    const seen = (await world.a.admin.get(`${messagesOf(kind)}?limit=100`)).body.items.map(
      ({ body }: { body: string }) => body,
    );
    expect(seen).toEqual(expect.arrayContaining([`问 ${kind}`, `答 ${kind}`]));
    for (const stranger of [world.b.admin, world.b.sales]) {
      expect((await stranger.get(messagesOf(kind))).status).toBe(404);
      expect((await stranger.get(`/api/v1/attachments/${file}`)).status).toBe(404);
    }
  });

  it('R5.1 what is said on a picking list stays in the company, whether marked as internal or not', async () => {
    const store = await t.as('warehouse');
    const file = (await upload(store, 'picking')).body;
    expect(file.isInternal).toBe(true);
    const said = await store.post(messagesOf('picking'), { body: '少一箱', attachmentIds: [file.id] });
    expect([said.status, said.body.isInternal]).toEqual([201, true]);
    expect((await world.a.admin.get(messagesOf('picking'))).body.code).toBe('picking.not_found');
    expect((await world.a.admin.get(`/api/v1/attachments/${file.id}`)).status).toBe(404);
  });

  it('P9 whoever may not read receipts and invoices finds neither their conversation nor their files', async () => {
    const store = await t.as('warehouse');
    const money = await t.as('finance');
    for (const kind of ['payment', 'invoice'] as const) {
      const file = (await upload(money, kind)).body.id;
      expect((await money.post(messagesOf(kind), { body: '水单' })).status).toBe(201);
      expect((await store.get(messagesOf(kind))).body.code).toBe(`${kind}.not_found`);
      expect((await store.post(messagesOf(kind), { body: 'x' })).body.code).toBe(`${kind}.not_found`);
      expect((await store.get(`/api/v1/attachments/${file}`)).status).toBe(404);
      expect((await money.get(`/api/v1/attachments/${file}`)).status).toBe(200);
    }
  });

  it('P9 of the company’s people a partner reads only the name of its sales contact in what happened to an order', async () => {
    const names = async (actor: Actor) => {
      const { items } = (await actor.get(`/api/v1/orders/${world.a.orderId}/timeline?limit=100`)).body;
      return new Set<string>(items.map(({ actorName }: { actorName: string | null }) => actorName ?? ''));
    };
    const people = await t.sql<{ id: string; name: string; partner_id: string | null }>(
      'select id, name, partner_id from app_user',
    );
    const named = (id: string) => people.find((person) => person.id === id)?.name ?? '';
    expect(await names(world.a.sales)).toContain(named((await t.as('warehouse')).userId));
    const ofCompany = [...(await names(world.a.admin))].filter((name) =>
      people.some((person) => person.name === name && person.partner_id === null),
    );
    expect(ofCompany).toEqual([named(world.a.sales.userId)]);
  });

  it('R6.3 a message on an invoice is told to those who look after money', async () => {
    const host = startReaders({
      database: t.services.database,
      env: (now) => t.services.settings.env(now),
      clock: t.clock,
      readers,
      log: silentLog(),
    });
    await world.a.admin.post(messagesOf('invoice'), { body: '税号有误' });
    await host.drain();
    await host.stop();
    const told = await t.sql<{ kind: string }>(
      `select distinct n.kind from notice n join app_user u on u.id = n.user_id where n.document_type = 'invoice' and n.document_id = $1 and n.user_id = $2`,
      [world.a.invoiceId, (await t.as('finance')).userId],
    );
    expect(told.map(({ kind }) => kind)).toContain('message.posted');
  });
});
