/** The partner file over the years: proposed changes and their review, confirmation, documents, range, agreements in versions. Source: R3.1, R4.1. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeUscc } from '../../kernel/uscc.ts';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { runJob } from '../../platform/jobs/timed-jobs.ts';
import { silentLog } from '../../platform/log.ts';
import { partnerDatesJob } from './partner-dates.ts';

let t: TestApp;
let sales: Actor;
let finance: Actor;
beforeAll(async () => {
  t = await testApp();
  [sales, finance] = await Promise.all([t.as('sales'), t.as('finance')]);
});
afterAll(() => t.close());

const DAY = 86_400_000;
const CONTACT = { name: '陈小明', duties: ['buyer', 'finance'], phone: '13900001234', email: 'chen@example.com' };
let made = 0;
/** An active partner with an administrator of its own. */
async function active(): Promise<{ id: string; version: number; admin: Actor }> {
  made += 1;
  const { body } = await sales.post('/api/v1/partners', {
    name: `${'甲乙丙丁戊己庚辛壬癸'.charAt(made % 10)}${'鹏虎龙象马'.charAt(made % 5)}${made}试验有限公司`,
    confirmDuplicate: true,
    uscc: makeUscc(`91310000MA1FL${String(made).padStart(2, '0')}B2`),
    contacts: [{ ...CONTACT, phone: `1390000${1000 + made}` }],
    addresses: [{ label: '仓', regionCode: '320583', detail: '路 1 号', receiver: '王' }],
  });
  const done = await sales.post(`/api/v1/partners/${body.id}/activate`, undefined, { ifMatch: 1 });
  expect(done.body.state).toBe('active');
  return { id: body.id, version: 2, admin: await t.as({ partnerId: body.id, role: 'partner_admin' }) };
}
const path = ({ id }: { id: string }, verb = '') => `/api/v1/partners/${id}${verb}`;
const view = async (partner: { id: string }, by = sales) => (await by.get(path(partner))).body;
const datesPass = () =>
  runJob({ runtime: t.services.runtime, clock: t.clock, log: silentLog(), jobs: [] }, partnerDatesJob);
const openTasks = async (id: string) =>
  (
    await t.sql<{ kind: string }>(
      "select kind from task where document_id = $1 and closed_at is null and kind <> 'partner.complete' order by kind",
      [id],
    )
  ).map(({ kind }) => kind);

describe('changes that somebody else looks at', () => {
  it('R3.1 the partner asks for a change: company data go to sales, bank and invoicing data to finance, and count once accepted', async () => {
    const one = await active();
    const asked = await one.admin.post(
      path(one, '/changes'),
      {
        fields: { shortName: '新店', bankName: '中国银行', bankAccount: '6222000011112222' },
        contacts: [{ name: '新采购', duties: ['buyer'], phone: '13811112222' }],
        note: '搬家',
      },
      { ifMatch: 2 },
    );
    expect(asked).toMatchObject({ status: 201, body: { shortName: null, bankName: null } });
    expect(asked.body.pendingChanges).toMatchObject([
      {
        reviewer: 'sales',
        fields: [{ field: 'shortName', before: null, after: '新店' }],
        mayDecide: false,
        mayWithdraw: true,
      },
      { reviewer: 'finance', fields: [{ field: 'bankName' }, { field: 'bankAccount' }] },
    ]);
    expect(await openTasks(one.id)).toEqual(['partner.review_change', 'partner.review_invoicing']);
    const [company, bank] = asked.body.pendingChanges;
    const decide = (by: Actor, id: string, verb: string, body: object, version: number) =>
      by.post(path(one, `/changes/${id}/${verb}`), body, { ifMatch: version });
    expect((await decide(sales, bank.id, 'accept', {}, asked.body.version)).body.code).toBe('permission.denied');
    expect((await decide(finance, company.id, 'accept', {}, asked.body.version)).body.code).toBe('permission.denied');
    const first = await decide(sales, company.id, 'accept', {}, asked.body.version);
    expect(first.body).toMatchObject({ shortName: '新店', bankName: null });
    expect(first.body.contacts.map((row: { name: string }) => row.name)).toContain('新采购');
    const second = await decide(finance, bank.id, 'accept', {}, first.body.version);
    expect(second.body).toMatchObject({ bankName: '中国银行', bankAccount: '6222000011112222', pendingChanges: [] });
    expect(await openTasks(one.id)).toEqual([]);
    expect((await decide(finance, bank.id, 'accept', {}, second.body.version)).body.code).toBe(
      'partner.change_not_found',
    );
    const history = (await sales.get(path(one, '/history'))).body.items;
    expect(history[0]).toMatchObject({ type: 'partner.changed', version: second.body.version });
    const stored = JSON.stringify(await t.sql('select payload from event where document_id = $1', [one.id]));
    for (const personal of ['新采购', '13811112222']) expect(stored).not.toContain(personal);
  });

  it('R3.1 bank data that sales enter on an active partner wait for finance; nobody decides what he has entered himself', async () => {
    const one = await active();
    const both = await t.as(['sales', 'finance']);
    await sales.patch(path(one), { salesOwnerId: both.userId }, { ifMatch: 2 });
    const asked = await both.patch(path(one), { territory: '华东', bankAccount: '6222' }, { ifMatch: 3 });
    expect(asked.body).toMatchObject({ territory: '华东', bankAccount: null, version: 5 });
    const [change] = asked.body.pendingChanges;
    expect(change).toMatchObject({ reviewer: 'finance', byPartner: false, mayDecide: false });
    const accept = (by: Actor) => by.post(path(one, `/changes/${change.id}/accept`), {}, { ifMatch: 5 });
    expect((await accept(both)).body.code).toBe('permission.four_eyes');
    expect((await both.patch(path(one), { bankAccount: '7333' }, { ifMatch: 5 })).body.code).toBe(
      'partner.change_open',
    );
    expect((await accept(finance)).body.bankAccount).toBe('6222');
    expect((await both.patch(path(one), { bankAccount: '6222' }, { ifMatch: 7 })).body.version).toBe(7);
  });

  it('R3.1 a refusal has a reason, a proposal can be taken back by its side, and nothing of it counts', async () => {
    const one = await active();
    const ask = async (version: number) =>
      (await one.admin.post(path(one, '/changes'), { fields: { nameEn: 'New' } }, { ifMatch: version })).body;
    const asked = await ask(2);
    const change = (body: typeof asked, verb: string, by: Actor, more?: object) =>
      by.post(path(one, `/changes/${body.pendingChanges[0].id}/${verb}`), more, { ifMatch: body.version });
    expect((await change(asked, 'refuse', sales, { reason: ' ' })).body.code).toBe('field.blank');
    expect((await change(asked, 'withdraw', sales)).body.code).toBe('partner.change_not_found');
    const refused = await change(asked, 'refuse', sales, { reason: '与执照不符' });
    expect(refused.body).toMatchObject({ nameEn: null, pendingChanges: [] });
    const again = await ask(refused.body.version);
    expect((await change(again, 'withdraw', one.admin)).body.pendingChanges).toEqual([]);
    expect(await openTasks(one.id)).toEqual([]);
    expect(
      (await t.sql('select state, reason from partner_change where partner_id = $1 order by state', [one.id])).map(
        ({ state }) => state,
      ),
    ).toEqual(['refused', 'withdrawn']);
  });

  it('R3.1 a proposal is checked before it is kept, without telling the partner who else is known', async () => {
    const [one, other] = [await active(), await active()];
    const known = await view(other);
    const ask = (body: object) => one.admin.post(path(one, '/changes'), body, { ifMatch: 2 });
    const before = await t.digest();
    for (const [body, code] of [
      [{}, 'partner.change_empty'],
      [{ fields: { nameEn: null } }, 'partner.change_empty'],
      [{ fields: { uscc: '91310000MA1FL0AB40' } }, 'partner.uscc_invalid'],
      [{ fields: { regionCode: '990101' } }, 'region.unknown'],
      [{ fields: { taxNo: '12' } }, 'partner.tax_no'],
      [{ fields: { invoiceTitle: '名'.repeat(51) } }, 'partner.invoice_limit'],
      [{ fields: { level: 'VIP' } }, 'field.unknown'],
      [{ contacts: [{ ...CONTACT, id: other.id }] }, 'contact.not_found'],
    ] as const)
      expect((await ask(body)).body.code, JSON.stringify(body)).toBe(code);
    expect(await t.digest()).toBe(before);
    const asked = await ask({ fields: { name: known.name, uscc: known.uscc } });
    expect(asked.status).toBe(201);
    expect(asked.text).not.toContain(known.no);
    const [change] = asked.body.pendingChanges;
    expect(
      (await sales.post(path(one, `/changes/${change.id}/accept`), {}, { ifMatch: asked.body.version })).body.code,
    ).toBe('partner.duplicate');
  });
});

describe('confirmation and dates', () => {
  it('R3.1 after the policy interval the partner is asked to confirm its file; confirming closes the task until the next time', async () => {
    const one = await active();
    t.clock.advance(364 * DAY);
    await datesPass();
    expect(await openTasks(one.id)).toEqual([]);
    t.clock.advance(DAY);
    for (let i = 0; i < 2; i += 1) await datesPass();
    expect(await openTasks(one.id)).toEqual(['partner.confirm']);
    const [task] = (await one.admin.get('/api/v1/tasks')).body.items;
    expect(task).toMatchObject({ kind: 'partner.confirm', documentType: 'partner', dueAt: expect.any(String) });
    const before = await view(one);
    expect((await sales.post(path(one, '/confirm'), {}, { ifMatch: before.version })).body.code).toBe('field.required');
    const done = await one.admin.post(path(one, '/confirm'), {}, { ifMatch: before.version });
    expect(done.body).toMatchObject({ confirmedOn: '2027-03-10', confirmDueOn: '2028-03-09' });
    expect(await openTasks(one.id)).toEqual([]);
    await datesPass();
    expect(await openTasks(one.id)).toEqual([]);
  });

  it('R4.1 an agreement about to run out is a task of its sales contact, until there is a new version', async () => {
    const one = await active();
    const agree = async (body: object) => {
      const { version } = await view(one);
      return sales.post(
        path(one, '/agreements'),
        { paymentTerm: { kind: 'net_days', days: 30 }, ...body },
        { ifMatch: version },
      );
    };
    const day = (offset: number) => new Date(t.clock.now().getTime() + offset * DAY).toISOString().slice(0, 10);
    await agree({ validFrom: day(-300), validTo: day(30), theirParty: '乙方', ourParty: '甲方', signedOn: day(-301) });
    const run = datesPass;
    await run();
    await run();
    expect(await openTasks(one.id)).toEqual(['partner.renew_agreement']);
    const old = (await view(one)).agreements[0];
    const renewed = await agree({ validFrom: day(10), validTo: day(400), replacesId: old.id, replyDays: 5 });
    expect(renewed.body.agreements).toMatchObject([
      { validFrom: day(10), replacesId: old.id, inForce: false, replyDays: 5 },
      { validTo: day(9), inForce: true, theirParty: '乙方', ourParty: '甲方', signedOn: day(-301) },
    ]);
    expect(await openTasks(one.id)).toEqual([]);
    expect((await agree({ validFrom: day(-400), validTo: day(-390), replacesId: old.id })).body.code).toBe(
      'agreement.period',
    );
  });

  it('R3.1 data entered later than the policy allows after they were obtained are marked so', async () => {
    const entered = async (obtainedOn: string) =>
      (await sales.post('/api/v1/partners', { name: `迟${obtainedOn}公司`, confirmDuplicate: true, obtainedOn })).body
        .enteredLate;
    const day = (offset: number) => new Date(t.clock.now().getTime() + offset * DAY).toISOString().slice(0, 10);
    expect(await entered(day(-20))).toBe(true);
    expect(await entered(day(0))).toBe(false);
  });
});

describe('documents, range, contacts', () => {
  const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
  const upload = async (partner: { id: string }, by: Actor, more = '') =>
    (
      await by.send('POST', `/api/v1/documents/partner/${partner.id}/attachments?fileName=licence.pdf${more}`, PDF, {
        headers: { 'content-type': 'application/pdf' },
      })
    ).body.id as string;

  it('R3.1 a document has a kind and days, is replaced by a newer one, taken off and put back; its file stays while it is in use', async () => {
    const one = await active();
    const [first, second] = [await upload(one, one.admin), await upload(one, one.admin)];
    const add = (body: object, version: number) => one.admin.post(path(one, '/documents'), body, { ifMatch: version });
    const old = await add({ attachmentId: first, kind: 'business_licence', validTo: '2040-01-01' }, 2);
    expect(old.body.documents).toMatchObject([{ kind: 'business_licence', fileName: 'licence.pdf', inForce: true }]);
    const replacesId = old.body.documents[0].id;
    expect((await add({ attachmentId: first, kind: 'other' }, 3)).body.code).toBe('document.file_used');
    expect(
      (await add({ attachmentId: second, kind: 'other', validFrom: '2026-02-01', validTo: '2026-01-01' }, 3)).body.code,
    ).toBe('document.period_wrong');
    const fresh = await add({ attachmentId: second, kind: 'business_licence', replacesId }, 3);
    const newId = fresh.body.documents[0].id;
    expect(fresh.body.documents).toMatchObject([
      { inForce: true },
      { id: replacesId, inForce: false, replacedBy: newId },
    ]);
    const retract = (id: string, body: object, version: number) =>
      sales.post(path(one, `/documents/${id}/retract`), body, { ifMatch: version });
    expect((await retract(replacesId, {}, 4)).body.code).toBe('document.replaced');
    const off = await retract(newId, {}, 4);
    expect(off.body.documents).toMatchObject([
      { id: replacesId, inForce: true },
      { id: newId, inForce: false },
    ]);
    expect((await retract(newId, { back: true }, 5)).body.documents[0]).toMatchObject({ id: newId, inForce: true });
    expect((await one.admin.post(`/api/v1/attachments/${second}/retract`)).body.code).toBe('attachment.in_use');
    const internal = await upload(one, sales, '&isInternal=true');
    expect((await add({ attachmentId: internal, kind: 'other' }, 6)).body.code).toBe('attachment.not_found');
    const other = await active();
    const foreign = await upload(other, other.admin);
    expect((await add({ attachmentId: foreign, kind: 'other' }, 6)).body.code).toBe('attachment.not_found');
  });

  it('R4.1 an agreement stands on its signed document, which both sides read; a file of another partner is refused', async () => {
    const one = await active();
    const other = await active();
    const agree = async (attachmentId: string, days: string) => {
      const { version } = await view(one);
      const paymentTerm = { kind: 'net_days', days: 30 };
      const body = { validFrom: `${days}-01-01`, validTo: `${days}-12-31`, paymentTerm, attachmentId };
      return sales.post(path(one, '/agreements'), body, { ifMatch: version });
    };
    expect((await agree(await upload(other, other.admin), '2040')).body.code).toBe('attachment.not_found');
    const signed = await upload(one, sales);
    const { body } = await agree(signed, '2040');
    expect(body.agreements[0]).toMatchObject({ attachmentId: signed, version: 1 });
    for (const reader of [sales, one.admin])
      expect((await reader.get(`/api/v1/attachments/${signed}`)).status).toBe(200);
    expect((await other.admin.get(`/api/v1/attachments/${signed}`)).status).toBe(404);
  });

  it('R11 the personal data of a contact are erased in file and history; that they were changed, when and by whom, stays', async () => {
    const one = await active();
    const { contacts } = await view(one);
    const id = contacts[0].id;
    await sales.post(path(one, '/contacts'), { id, name: '陈改名', duties: ['buyer'] }, { ifMatch: 2 });
    const named = (await sales.get(path(one, '/history'))).body.items[0];
    expect(named.changes).toContainEqual({ field: 'name', before: '陈小明', after: '陈改名', hidden: false });
    const erased = await sales.post(path(one, `/contacts/${id}/erase`), undefined, { ifMatch: 3 });
    expect(erased.body.contacts).toMatchObject([{ id, name: '—', phone: null, email: null, isActive: false }]);
    const history = await sales.get(path(one, '/history'));
    expect(history.body.items[1]).toMatchObject({ type: 'partner.contact_changed', actor: expect.any(String) });
    expect(history.text).not.toContain('陈');
    const all = await t.digest();
    expect(all).not.toContain('陈改名');
    expect((await sales.post(path(one, '/contacts'), { ...CONTACT, id }, { ifMatch: 4 })).body.code).toBe(
      'contact.erased',
    );
    expect((await sales.post(path(one, `/contacts/${id}/erase`), undefined, { ifMatch: 4 })).body.code).toBe(
      'contact.erased',
    );
  });

  it('R3.1 the range names categories and products that exist; its changes are in the history', async () => {
    const one = await active();
    const manager = await t.as('manager');
    const product = (
      await manager.post('/api/v1/products', {
        sku: 'RANGE-1',
        name: '车',
        unit: '辆',
        taxRate: '0.13',
        category: '整车',
      })
    ).body;
    const set = (body: object, version: number) => sales.post(path(one, '/range'), body, { ifMatch: version });
    expect((await set({ categories: ['没有'], productIds: [one.id] }, 2)).body.errors).toMatchObject([
      { code: 'product.not_found', field: 'productIds.0' },
      { code: 'category.not_found', field: 'categories.0' },
    ]);
    const narrowed = await set({ categories: ['整车'], productIds: [product.id] }, 2);
    expect(narrowed.body.range).toMatchObject({ categories: ['整车'], products: [{ sku: 'RANGE-1' }] });
    expect((await set({ categories: [], productIds: [] }, 3)).body.range).toEqual({ categories: [], products: [] });
    const [last] = (await sales.get(path(one, '/history'))).body.items;
    expect(last.changes).toContainEqual({ field: 'range', before: 'RANGE-1, 整车', after: null, hidden: false });
  });

  it('R2 a new sales contact gets the open work, what lay with nobody included, and the partner is told', async () => {
    const one = await active();
    const next = await t.as({ role: 'sales', name: '新对接' });
    const handed = await sales.patch(path(one), { salesOwnerId: next.userId }, { ifMatch: 2 });
    expect(handed.status).toBe(200);
    const holders = await t.sql<{ user_id: string }>(
      "select distinct user_id from task where document_id = $1 and closed_at is null and role = 'sales'",
      [one.id],
    );
    expect(holders).toEqual([{ user_id: next.userId }]);
  });
});
