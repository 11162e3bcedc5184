/** Two partners with the same kind of things each, made the way people make them: for asking who sees and reaches what. */
import { newId } from '../../src/server/kernel/ids.ts';
import type { Actor, Answer, TestApp } from '../support/app.ts';
import { type Goods, goods } from '../support/goods.ts';

export type Side = {
  partnerId: string;
  /** Looks after this partner and no other. */
  sales: Actor;
  admin: Actor;
  buyer: Actor;
  finance: Actor;
  afterSales: Actor;
  key: Actor;
  /** Shipped, paid and invoiced. */
  orderId: string;
  /** Sent for confirmation, with a hold. */
  openOrderId: string;
  holdId: string;
  draftId: string;
  /** Made by the buyer, shared on its side. */
  templateId: string;
  pickingId: string;
  shipmentId: string;
  paymentId: string;
  allocationId: string;
  invoiceId: string;
  inquiryId: string;
  messageId: string;
  attachmentId: string;
  /** To be taken back. */
  spareAttachmentId: string;
  agreementId: string;
  taskId: string;
  openingBalanceId: string;
  statusLinkId: string;
  webhookId: string;
  /** On its way to that endpoint. */
  outgoingId: string;
  contactId: string;
  documentId: string;
  changeId: string;
  /** A file on the partner that is no document yet. */
  partnerAttachmentId: string;
  /** Texts and ids that nobody else may ever see. */
  markers: string[];
};
export type World = {
  t: TestApp;
  a: Side;
  b: Side;
  productId: string;
  warehouseId: string;
  carrierId: string;
  bankAccountId: string;
  taxRateId: string;
  unitId: string;
  priceListId: string;
  promotionId: string;
  supplyId: string;
  moveId: string;
  userId: string;
  keyId: string;
  delegationId: string;
  importId: string;
  mailId: string;
  applicationId: string;
  /** A value of `order.reply` that holds from a later day on. */
  policyEntryId: string;
};

const done = ({ status, body, text }: Answer): Answer['body'] => {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body;
};
const idOf = (row: Record<string, unknown> | undefined): string => String(row?.['id'] ?? '');

export async function makeWorld(t: TestApp): Promise<World> {
  const g = await goods(t);
  const warehouseId = await g.warehouse();
  const product = await g.product();
  await g.stock(product.id, warehouseId, 1000);
  const carrierId = newId(t.clock.now());
  await t.sql(`insert into carrier (id, code, name) values ($1, 'SF', '顺丰')`, [carrierId]);
  const bankAccountId = newId(t.clock.now());
  await t.sql(`insert into bank_account (id, bank_name, account_no, currency) values ($1, '示范银行', '6222', 'CNY')`, [
    bankAccountId,
  ]);
  const [rate] = await t.sql<{ id: string }>(`select id from tax_rate limit 1`);
  const [unit] = await t.sql<{ id: string }>(`select id from unit_of_measure limit 1`);
  const base = { g, warehouseId, carrierId, sku: product.sku };
  const a = await makeSide(t, base, '甲');
  const b = await makeSide(t, base, '乙');
  const [list] = await t.sql('select id from price_list limit 1');
  const [move] = await t.sql("select id from stock_move where kind = 'opening' limit 1");
  const finance = await t.as('finance');
  const delegation = done(
    await finance.post('/api/v1/delegations', {
      deputyId: (await t.as({ role: 'finance', name: '代理' })).userId,
      fromOn: '2026-03-10',
      toOn: '2026-03-11',
    }),
  );
  const manager = await t.as('manager');
  const promotion = done(
    await manager.post('/api/v1/promotions', {
      code: 'OWN',
      name: '促销',
      kind: 'percentage',
      rate: '0.5',
      validFrom: '2000-01-01',
      validTo: '2000-01-02',
    }),
  );
  const imported = done(
    await manager.send(
      'POST',
      '/api/v1/imports?kind=products&mode=valid_rows&fileName=x.csv',
      'sku,name,unit,taxRate\nX-1,y,件,0.13\n',
      { headers: { 'content-type': 'text/csv' } },
    ),
  );
  done(
    await t.anonymous.post('/api/v1/applications', {
      privacyAgreed: true,
      content: {
        name: 'Newcomer Inc',
        country: 'US',
        contact: { name: 'Ann', phone: '+1 206 555 0100', email: 'ann@newcomer.example' },
        address: { regionText: 'Seattle', detail: '1 Test St' },
      },
    }),
  );
  const policy = done(await manager.post('/api/v1/policies/order.reply', { value: 4, validFrom: '2027-02-01' }));
  const [applied] = await t.sql('select id from partner_application limit 1');
  const [mail] = await t.sql(
    `insert into intake_message (id, no, source, state, reason, raw, sha256, byte_count, received_at)
     values ($1, 'ML-2026-000001', 'smtp', 'quarantined', 'sender_unknown', 'x', 'x', 1, $2) returning id`,
    [newId(t.clock.now()), t.clock.now()],
  );
  return {
    t,
    a,
    b,
    productId: product.id,
    warehouseId,
    carrierId,
    bankAccountId,
    taxRateId: rate?.id ?? '',
    unitId: unit?.id ?? '',
    priceListId: idOf(list),
    promotionId: promotion.id,
    supplyId: await g.supply(product.id, warehouseId, 10, '2026-04-01'),
    moveId: idOf(move),
    userId: (await t.as({ role: 'after_sales', name: '某人' })).userId,
    keyId: (await t.key({ roles: ['sales'] })).keyId,
    delegationId: delegation.id,
    importId: imported.id,
    mailId: idOf(mail),
    applicationId: idOf(applied),
    policyEntryId: policy.entries[0].id,
  };
}

type Base = { g: Goods; warehouseId: string; carrierId: string; sku: string };

async function makeSide(t: TestApp, base: Base, name: string): Promise<Side> {
  const [processing, store, money] = await Promise.all([t.as('order_processing'), t.as('warehouse'), t.as('finance')]);
  const sales = await t.as({ role: 'sales', name: `销售${name}` });
  const partnerId = await t.partner({ name: `${name}方独家车行`, ownerId: sales.userId });
  await base.g.address(partnerId);
  const person = (role: 'partner_admin' | 'partner_buyer' | 'partner_finance' | 'partner_after_sales') =>
    t.as({ partnerId, role, name: `${name}方${role}` });
  const [admin, buyer, finance, afterSales] = await Promise.all([
    person('partner_admin'),
    person('partner_buyer'),
    person('partner_finance'),
    person('partner_after_sales'),
  ]);
  const order = (rest: object) =>
    buyer
      .post('/api/v1/orders', {
        poNo: `PO-${name}-${Object.keys(rest).join('')}`,
        lines: [{ sku: base.sku, qty: '2', requestedOn: '2026-12-20' }],
        ...rest,
      })
      .then(done);
  const act = (actor: Actor, path: string, document: { id: string; version: number }, verb: string, body?: unknown) =>
    actor.post(`/api/v1/${path}/${document.id}/${verb}`, body, { ifMatch: document.version }).then(done);

  const draft = await order({});
  const open = await act(sales, 'orders', await order({ submit: true }), 'send-confirmation');
  const sent = await act(sales, 'orders', await order({ submit: true, note: `${name}方备注` }), 'send-confirmation');
  const taken = await act(buyer, 'orders', sent, 'accept', { contentHash: sent.rounds.at(-1).contentHash });
  const picking = done(await store.get(`/api/v1/pickings?orderId=${taken.id}`)).items[0];
  await act(store, 'pickings', await act(store, 'pickings', picking, 'start'), 'finish', {});
  const shipment = done(
    await processing.post('/api/v1/shipments', {
      orderId: taken.id,
      warehouseId: base.warehouseId,
      carrierId: base.carrierId,
      waybillNo: `SF-${name}`,
      shippedAt: t.clock.now().toISOString(),
      expectedOn: '2026-03-12',
    }),
  );
  const allocations = [{ orderId: taken.id, amount: taken.grossAmount }];
  const payment = done(
    await money.post('/api/v1/payments', {
      partnerId,
      amount: taken.grossAmount,
      receivedOn: '2026-03-10',
      method: 'bank_transfer',
      confirm: true,
      allocations,
    }),
  );
  const invoice = done(await money.post('/api/v1/invoices', { orderId: taken.id, beforePaymentReason: '约定' }));
  const held = await act(money, 'orders', open, 'hold', { reason: `${name}方暂停` });
  const inquiry = done(await buyer.post('/api/v1/inquiries', { lines: [{ wanted: `${name}方想要的车` }] }));
  const onOrder = `/api/v1/documents/order/${taken.id}`;
  const message = done(await buyer.post(`${onOrder}/messages`, { body: `${name}方的话` }));
  const attach = (fileName: string) =>
    buyer
      .send('POST', `${onOrder}/attachments?fileName=${encodeURIComponent(fileName)}`, `a,b\n${fileName},1\n`, {
        headers: { 'content-type': 'text/csv' },
      })
      .then(done);
  const attachment = await attach(`${name}方.csv`);
  const spare = await attach(`${name}方2.csv`);
  const partner = done(await sales.get(`/api/v1/partners/${partnerId}`));
  const agreed = done(
    await sales.post(
      `/api/v1/partners/${partnerId}/agreements`,
      { validFrom: '2026-01-01', validTo: '2026-12-31', paymentTerm: { kind: 'prepaid' } },
      { ifMatch: partner.version },
    ),
  );
  const file = await fileOf({ t, sales, admin, partnerId, version: agreed.version, name });
  const opening = done(
    await money.post('/api/v1/opening-balances', {
      partnerId,
      amount: '100.00',
      postedOn: '2026-03-01',
      reference: `期初-${name}`,
    }),
  );
  const statusLink = done(await buyer.post(`/api/v1/orders/${taken.id}/status-links`, {}));
  const webhook = done(
    await admin.post('/api/v1/webhooks', {
      name: `${name}方系统`,
      url: `https://${partnerId}.example.com/hook`,
      eventTypes: [],
    }),
  ).webhook;
  const outgoing = done(await admin.post(`/api/v1/webhooks/${webhook.id}/test`));
  const [task] = await t.sql(
    "select id from task where partner_id = $1 and closed_at is null and side = 'staff' and role = 'sales' limit 1",
    [partnerId],
  );
  const [allocation] = await t.sql('select id from allocation where payment_id = $1', [payment.id]);
  const [agreement] = await t.sql('select id from agreement where partner_id = $1', [partnerId]);
  const [hold] = await t.sql('select id from hold where order_id = $1', [held.id]);
  const ids = {
    orderId: taken.id,
    openOrderId: open.id,
    holdId: idOf(hold),
    draftId: draft.id,
    templateId: done(
      await buyer.post(`/api/v1/orders/${taken.id}/save-as-template`, { name: `${name}方范本`, isShared: true }),
    ).id,
    pickingId: picking.id,
    shipmentId: shipment.id,
    paymentId: payment.id,
    allocationId: idOf(allocation),
    invoiceId: invoice.id,
    inquiryId: inquiry.id,
    messageId: message.id,
    attachmentId: attachment.id,
    spareAttachmentId: spare.id,
    agreementId: idOf(agreement),
    taskId: idOf(task),
    openingBalanceId: opening.id,
    statusLinkId: statusLink.id,
    webhookId: webhook.id,
    outgoingId: outgoing.outgoingId,
    ...file,
  };
  for (const [what, id] of Object.entries(ids))
    if (typeof id !== 'string' || id === '') throw new Error(`no ${what}: ${JSON.stringify(agreed)}`);
  return {
    partnerId,
    sales,
    admin,
    buyer,
    finance,
    afterSales,
    key: await t.key({ partnerId, roles: ['partner_admin'] }),
    ...ids,
    markers: [
      partnerId,
      `${name}方`,
      `PO-${name}`,
      `SF-${name}`,
      taken.no,
      draft.no,
      open.no,
      shipment.no,
      payment.no,
      invoice.no,
      inquiry.no,
      ...Object.values(ids),
    ],
  };
}

type OnFile = { t: TestApp; sales: Actor; admin: Actor; partnerId: string; version: number; name: string };

/** A contact, a document and a proposed change on the partner's file. */
async function fileOf({ t, sales, admin, partnerId, version, name }: OnFile) {
  const base = `/api/v1/partners/${partnerId}`;
  const upload = (fileName: string) =>
    admin
      .send('POST', `/api/v1/documents/partner/${partnerId}/attachments?fileName=${fileName}.csv`, 'a,b\n1,2\n', {
        headers: { 'content-type': 'text/csv' },
      })
      .then(done);
  const [used, loose] = [await upload('used'), await upload('loose')];
  const contact = { name: `${name}方联系人`, duties: ['admin'] };
  const one = done(await sales.post(`${base}/contacts`, contact, { ifMatch: version }));
  const paper = { attachmentId: used.id, kind: 'other' };
  const two = done(await admin.post(`${base}/documents`, paper, { ifMatch: one.version }));
  const wanted = { fields: { bankName: `${name}方银行` } };
  await admin.post(`${base}/changes`, wanted, { ifMatch: two.version }).then(done);
  const [change] = await t.sql('select id from partner_change where partner_id = $1', [partnerId]);
  return {
    contactId: idOf(one.contacts[0]),
    documentId: idOf(two.documents[0]),
    changeId: idOf(change),
    partnerAttachmentId: loose.id,
  };
}
