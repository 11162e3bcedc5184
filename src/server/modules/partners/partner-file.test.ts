import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeUscc } from '../../kernel/uscc.ts';
import { runJob } from '../../platform/jobs/timed-jobs.ts';
import { silentLog } from '../../platform/log.ts';
import { partnerDatesJob } from './partner-dates.ts';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';

const USCC = makeUscc('91310000MA1FL0AB1');
const WRONG = `${USCC.slice(0, 17)}${USCC.endsWith('A') ? 'B' : 'A'}`;
const CONTACT = { name: '陈小明', duties: ['buyer', 'finance'], phone: '13900001234', email: 'chen@example.com' };
const ADDRESS = {
  label: '总仓',
  regionCode: '320583',
  detail: '试验路 1 号',
  receiver: '王收货',
  phone: '13900005678',
};

let t: TestApp;
let sales: Actor;
let manager: Actor;
let finance: Actor;
beforeAll(async () => {
  t = await testApp();
  [sales, manager, finance] = await Promise.all([t.as('sales'), t.as('manager'), t.as('finance')]);
});
afterAll(() => t.close());

let made = 0;
/** A name unlike all the others. */
const freshName = () => {
  made += 1;
  return `${'甲乙丙丁戊己庚辛壬癸'[made % 10]}${'东南西北中上下左右前'[Math.floor(made / 10) % 10]}${'鹏虎龙象马'[made % 5]}试验${made}有限公司`;
};
const create = async (extra: Record<string, unknown> = {}, by: Actor = sales) => {
  const { status, body } = await by.post('/api/v1/partners', { name: freshName(), confirmDuplicate: true, ...extra });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
};
const path = (partner: { id: string }, verb = '') => `/api/v1/partners/${partner.id}${verb}`;

describe('entering a partner', () => {
  it('R3.1 a partner is entered with contacts and addresses, gets a number, a credit account and its sales contact', async () => {
    const partner = await create({ uscc: USCC, regionCode: '310115', contacts: [CONTACT], addresses: [ADDRESS] });
    expect(partner).toMatchObject({
      state: 'applied',
      version: 1,
      uscc: USCC,
      regionText: '上海市浦东新区',
      salesOwner: { id: sales.userId },
      currency: 'CNY',
      credit: { limitAmount: null, balanceAmount: '0.00', exposureAmount: '0.00', availableAmount: null },
    });
    expect(partner.no).toMatch(/^C-\d{5}$/);
    expect(partner.contacts).toMatchObject([{ ...CONTACT, isActive: true }]);
    expect(partner.addresses).toMatchObject([{ label: '总仓', regionText: '江苏省苏州市昆山市', isDefault: true }]);
  });

  it('R3.1 a person of sales sees the partner that he has just entered', async () => {
    const partner = await create();
    expect((await sales.get(path(partner))).status).toBe(200);
    expect((await (await t.as({ role: 'sales', name: 'another' })).get(path(partner))).body.code).toBe(
      'partner.not_found',
    );
  });

  it('R3.1 a partner that a key enters has the sales contact that the key names, or none yet', async () => {
    const key = await t.key({ roles: ['sales'] });
    const partner = await create({}, key);
    expect(partner.salesOwner).toBeNull();
    expect(partner.completeness.missing).toContain('salesOwner');
    expect((await create({ salesOwnerId: sales.userId }, key)).salesOwner.id).toBe(sales.userId);
  });

  it('R3.1 a credit code that fails its check is refused without a reason and kept with one', async () => {
    const refused = await sales.post('/api/v1/partners', { name: freshName(), uscc: WRONG, confirmDuplicate: true });
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'partner.uscc_invalid', errors: [{ field: 'uscc', params: { problem: 'checksum' } }] },
    });
    const kept = await create({ uscc: WRONG, usccOverrideReason: '早期试点发码，营业执照已核对' });
    expect(kept).toMatchObject({ uscc: WRONG, usccOverrideReason: '早期试点发码，营业执照已核对' });
  });

  it('R3.1 the same credit code is refused even when somebody insists', async () => {
    const again = await sales.post('/api/v1/partners', {
      name: freshName(),
      uscc: USCC.toLowerCase(),
      confirmDuplicate: true,
    });
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'partner.duplicate', errors: [{ field: 'uscc', params: { why: 'uscc' } }] },
    });
  });

  it('R3.1 a similar name is found before saving, whoever looks after the other partner, and confirmed as another company', async () => {
    await create({ name: '上海骐骥骑行科技有限公司' }, manager);
    const similar = await sales.post('/api/v1/partners', { name: '骐骥骑行科技（深圳）股份有限公司' });
    expect(similar).toMatchObject({ status: 409, body: { code: 'partner.duplicate', errors: [{ field: 'name' }] } });
    expect(similar.body.errors[0].params.name).toBe('上海骐骥骑行科技有限公司');
    const traditional = await sales.post('/api/v1/partners', { name: '上海騏驥騎行科技有限公司' });
    expect(traditional.body.code).toBe('partner.duplicate');
    const confirmed = await sales.post('/api/v1/partners', {
      name: '骐骥骑行科技（深圳）股份有限公司',
      confirmDuplicate: true,
    });
    expect(confirmed.status).toBe(201);
    expect(confirmed.body.possibleDuplicates).toMatchObject([{ name: '上海骐骥骑行科技有限公司', why: 'name' }]);
    expect((await sales.post('/api/v1/partners', { name: '昆仑重工机械有限公司' })).status).toBe(201);
  });

  it('P17 names and numbers: blank, too long, look-alikes and control characters are refused, rare characters are kept as they are', async () => {
    const send = async (extra: Record<string, unknown>) =>
      (await sales.post('/api/v1/partners', { name: freshName(), confirmDuplicate: true, ...extra })).body.code;
    expect(await send({ name: '　　 ' })).toBe('field.blank');
    expect(await send({ name: '长'.repeat(1_000_000) })).toBe('field.too_long');
    expect(await send({ name: '甲\u0000乙' })).toBe('field.text_encoding');
    expect(await send({ name: '甲\r\nBcc: x@y.z' })).toBe('field.control_characters');
    expect(await send({ no: 'C\u202e1' })).toBe('field.code_characters');
    expect(await send({ no: 'Ｃ1' })).toBe('field.code_characters');
    expect(await send({ no: 'Сos' })).toBe('field.code_characters');
    const name = `𠮷野家👨‍👩‍👧 臺灣台湾 e${'\u0301'.repeat(50)} <img src=x onerror=alert(1)>`;
    const partner = await create({ name });
    expect((await sales.get(path(partner))).body.name).toBe(name);
  });

  it('R3.1 what does not exist or does not fit is refused by field', async () => {
    const send = async (extra: Record<string, unknown>) => {
      const { status, body } = await sales.post('/api/v1/partners', {
        name: freshName(),
        confirmDuplicate: true,
        ...extra,
      });
      return [status, body.code, body.errors[0].field];
    };
    const missing = '0190aaaa-0000-7000-8000-000000000000';
    expect(await send({ regionCode: '999999' })).toEqual([422, 'region.unknown', 'regionCode']);
    expect(await send({ addresses: [ADDRESS, { ...ADDRESS, regionCode: '320000' }] })).toEqual([
      422,
      'region.unknown',
      'addresses.1.regionCode',
    ]);
    expect(await send({ salesOwnerId: missing })).toEqual([404, 'user.not_found', 'salesOwnerId']);
    expect(await send({ priceListId: missing })).toEqual([404, 'price_list.not_found', 'priceListId']);
    expect(await send({ currency: 'XXX' })).toEqual([422, 'field.currency', 'currency']);
    expect(await send({ paymentTerm: { kind: 'net_days' } })).toEqual([422, 'partner.term', 'paymentTerm.days']);
    expect(await send({ paymentTerm: { kind: 'prepaid', days: 3 } })).toEqual([
      422,
      'partner.term',
      'paymentTerm.days',
    ]);
    expect(await send({ paymentTerm: { kind: 'deposit_balance', depositRate: '1', days: 30 } })).toEqual([
      422,
      'partner.term',
      'paymentTerm.depositRate',
    ]);
    expect(await send({ contacts: [{ ...CONTACT, email: 'a b@c' }] })).toEqual([
      422,
      'field.email',
      'contacts.0.email',
    ]);
    const base = await manager.post('/api/v1/price-lists', {
      code: `B${made}`,
      name: '基准',
      kind: 'base',
      taxInclusive: true,
    });
    expect(await send({ priceListId: base.body.id })).toEqual([422, 'partner.price_list', 'priceListId']);
    const taken = await create({ no: 'KEEP-1' });
    expect(await send({ no: taken.no })).toEqual([409, 'partner.duplicate', 'no']);
  });

  it('R3.1 a number that somebody chose is passed over by the next automatic one', async () => {
    const first = await create();
    const next = `C-${String(Number.parseInt(first.no.slice(2), 10) + 1).padStart(5, '0')}`;
    await create({ no: next });
    expect((await create()).no).not.toBe(next);
  });
});

describe('the file', () => {
  it('R3.1 completeness is a score with what is missing; an incomplete entry is a task until it is complete', async () => {
    const partner = await create({ obtainedOn: '2026-03-09' });
    expect(partner.completeness.missing).toContain('bankAccount');
    expect(partner.completeness.score).toBeLessThan(50);
    // Who pays in advance needs no credit limit.
    const missingWith = async (paymentTerm: object) => (await create({ paymentTerm })).completeness.missing;
    expect(await missingWith({ kind: 'prepaid' })).not.toContain('creditLimit');
    expect(await missingWith({ kind: 'net_days', days: 30 })).toContain('creditLimit');
    const task = (
      await t.sql<{ due_at: Date; user_id: string; closed_at: Date | null }>(
        `select * from task where document_id = $1 and kind = 'partner.complete'`,
        [partner.id],
      )
    )[0];
    // Five working days after Monday 9 March end on Monday 16 March at 18:00 in Shanghai.
    expect(task).toMatchObject({
      user_id: sales.userId,
      closed_at: null,
      due_at: new Date('2026-03-16T10:00:00.000Z'),
    });
    const filled = await sales.patch(
      path(partner),
      {
        uscc: makeUscc('91310000MA1FL0AB2'),
        level: 'A',
        regionCode: '310115',
        invoiceTitle: '甲',
        taxNo: '91310000MA1FL0AB2X',
        bankName: '示范银行',
        bankAccount: '900001',
        invoiceAddress: '某路',
        invoicePhone: '021-1',
      },
      { ifMatch: 1 },
    );
    await sales.post(path(partner, '/contacts'), CONTACT, { ifMatch: 2 });
    await sales.post(path(partner, '/addresses'), ADDRESS, { ifMatch: 3 });
    await sales.post(
      path(partner, '/agreements'),
      { validFrom: '2026-01-01', validTo: '2026-12-31', paymentTerm: { kind: 'prepaid' } },
      { ifMatch: 4 },
    );
    const whole = await finance.post(path(partner, '/credit'), { limitAmount: '10000' }, { ifMatch: 5 });
    expect(filled.body.completeness.missing).not.toContain('uscc');
    expect(whole.body.completeness).toEqual({ score: 94, missing: ['licence'] });
    const [attachmentId] = (
      await t.sql<{ id: string }>(
        `insert into attachment (id, document_type, document_id, partner_id, file_name, media_type, byte_count, sha256, content, uploaded_at)
         values (gen_random_uuid(), 'partner', $1, $1, 'licence.pdf', 'application/pdf', 1, 'x', 'x', now()) returning id`,
        [partner.id],
      )
    ).map(({ id }) => id);
    const licence = { attachmentId, kind: 'business_licence', validTo: '2026-03-31' };
    const complete = await sales.post(path(partner, '/documents'), licence, { ifMatch: 6 });
    expect(complete.body.completeness).toEqual({ score: 100, missing: [] });
    const [closed] = await t.sql<{ closed_at: Date | null }>(
      `select * from task where document_id = $1 and kind = 'partner.complete'`,
      [partner.id],
    );
    expect(closed?.closed_at).not.toBeNull();
    expect(
      (await sales.get('/api/v1/partners?incomplete=false&limit=200')).body.items.map((row: { id: string }) => row.id),
    ).toContain(partner.id);
    // The licence runs out: the file is incomplete again, and that is a task, although nobody has touched it.
    const at = t.clock.now().getTime();
    t.clock.advance(30 * 86_400_000);
    for (let twice = 0; twice < 2; twice += 1)
      await runJob({ runtime: t.services.runtime, clock: t.clock, log: silentLog(), jobs: [] }, partnerDatesJob);
    const { body } = await sales.get(path(partner));
    expect([body.completeness.missing, body.version]).toEqual([['licence'], 8]);
    const reopened = await t.sql(
      `select user_id from task where document_id = $1 and kind = 'partner.complete' and closed_at is null`,
      [partner.id],
    );
    expect(reopened).toEqual([{ user_id: sales.userId }]);
    t.clock.advance(at - t.clock.now().getTime());
  });

  it('R3.1 every change is kept with who, when, before and after; personal data stands beside the log, never in it', async () => {
    const partner = await create({ level: 'B' });
    await sales.patch(path(partner), { level: 'A', invoicePhone: '021-55554444' }, { ifMatch: 1 });
    await sales.post(path(partner, '/contacts'), CONTACT, { ifMatch: 2 });
    const { body } = await sales.get(path(partner, '/history'));
    expect(body.items.map((entry: { version: number; type: string }) => [entry.version, entry.type])).toEqual([
      [3, 'partner.contact_added'],
      [2, 'partner.changed'],
      [1, 'partner.created'],
    ]);
    expect(body.items[1]).toMatchObject({ actor: expect.stringContaining('sales'), at: t.clock.now().toISOString() });
    expect(body.items[1].changes).toContainEqual({ field: 'level', before: 'B', after: 'A', hidden: false });
    expect(body.items[1].changes).toContainEqual({
      field: 'invoicePhone',
      before: null,
      after: '021-55554444',
      hidden: false,
    });
    const stored = JSON.stringify(await t.sql('select payload from event where document_id = $1', [partner.id]));
    for (const personal of ['021-55554444', CONTACT.name, CONTACT.phone, CONTACT.email])
      expect(stored).not.toContain(personal);
    const paged = await sales.get(`${path(partner, '/history')}?limit=1`);
    expect(
      (await sales.get(`${path(partner, '/history')}?limit=1&cursor=${paged.body.nextCursor}`)).body.items[0].version,
    ).toBe(2);
  });

  it('R3.1 only what is given is changed, null empties, and nothing changed is no new version', async () => {
    const partner = await create({ shortName: '甲店', territory: '华东' });
    const changed = await sales.patch(path(partner), { shortName: null }, { ifMatch: 1 });
    expect(changed.body).toMatchObject({ shortName: null, territory: '华东', version: 2 });
    expect((await sales.patch(path(partner), { territory: '华东' }, { ifMatch: 2 })).body.version).toBe(2);
  });

  it('R3.1 a stale or missing version is refused', async () => {
    const partner = await create();
    await sales.patch(path(partner), { level: 'A' }, { ifMatch: 1 });
    expect((await sales.patch(path(partner), { level: 'B' }, { ifMatch: 1 })).body.code).toBe('request.version_stale');
    expect((await sales.patch(path(partner), { level: 'B' })).body.code).toBe('request.version_missing');
  });

  it('R3.1 renaming to a name like another is found too; changing the rest of a confirmed duplicate is not held up', async () => {
    await create({ name: '苍穹雷霆器材有限公司' });
    const partner = await create();
    expect((await sales.patch(path(partner), { name: '苍穹雷霆器材公司' }, { ifMatch: 1 })).body.code).toBe(
      'partner.duplicate',
    );
    expect(
      (await sales.patch(path(partner), { name: '苍穹雷霆器材公司', confirmDuplicate: true }, { ifMatch: 1 })).status,
    ).toBe(200);
    expect((await sales.patch(path(partner), { level: 'C' }, { ifMatch: 2 })).status).toBe(200);
  });

  it('R3.1 the currency stays once the partner may order', async () => {
    const partner = await create({ uscc: makeUscc('91310000MA1FL0AB3'), contacts: [CONTACT], addresses: [ADDRESS] });
    expect((await sales.patch(path(partner), { currency: 'USD' }, { ifMatch: 1 })).body).toMatchObject({
      currency: 'USD',
      credit: { currency: 'USD' },
    });
    await sales.post(path(partner, '/activate'), undefined, { ifMatch: 2 });
    expect((await sales.patch(path(partner), { currency: 'CNY' }, { ifMatch: 3 })).body.code).toBe(
      'partner.currency_fixed',
    );
  });

  it('R2 when the sales contact changes, the open work moves along', async () => {
    const partner = await create();
    const other = await t.as({ role: 'sales', name: 'successor' });
    await manager.patch(path(partner), { salesOwnerId: other.userId }, { ifMatch: 1 });
    expect(await t.sql('select user_id from task where partner_id = $1 and closed_at is null', [partner.id])).toEqual([
      { user_id: other.userId },
    ]);
    expect((await sales.get(path(partner))).status).toBe(404);
    expect((await other.get(path(partner))).status).toBe(200);
  });
});
