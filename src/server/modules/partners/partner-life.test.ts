import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeUscc } from '../../kernel/uscc.ts';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';

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

describe('the life of a partner', () => {
  it('R3.1 a partner may order only when the file has what an order needs; suspension and return are on record', async () => {
    const partner = await create();
    expect(partner.allowedActions).toMatchObject([{ action: 'activate', refusals: [{ code: 'partner.incomplete' }] }]);
    expect((await sales.post(path(partner, '/activate'), undefined, { ifMatch: 1 })).body).toMatchObject({
      code: 'partner.incomplete',
      errors: [{ params: { missing: 'uscc, contact, address' } }],
    });
    const ready = await create({ uscc: makeUscc('91310000MA1FL0AB4'), contacts: [CONTACT], addresses: [ADDRESS] });
    expect(ready.allowedActions).toEqual([{ action: 'activate', refusals: [] }]);
    expect((await sales.post(path(ready, '/activate'), undefined, { ifMatch: 1 })).body.state).toBe('active');
    expect((await sales.post(path(ready, '/activate'), undefined, { ifMatch: 2 })).body.code).toBe(
      'partner.wrong_state',
    );
    expect((await sales.post(path(ready, '/suspend'), { reason: '对账未清' }, { ifMatch: 2 })).body.state).toBe(
      'suspended',
    );
    expect((await sales.post(path(ready, '/suspend'), { reason: '再次' }, { ifMatch: 3 })).body.code).toBe(
      'partner.wrong_state',
    );
    expect((await sales.post(path(ready, '/activate'), undefined, { ifMatch: 3 })).body.state).toBe('active');
  });

  it('R10.2 an ended cooperation is closed for changes; only finance and managers end it', async () => {
    const partner = await create({ uscc: makeUscc('91310000MA1FL0AB5'), contacts: [CONTACT], addresses: [ADDRESS] });
    expect((await manager.post(path(partner, '/terminate'), { reason: '未开始' }, { ifMatch: 1 })).body.code).toBe(
      'partner.wrong_state',
    );
    await sales.post(path(partner, '/activate'), undefined, { ifMatch: 1 });
    expect((await sales.post(path(partner, '/terminate'), { reason: '终止' }, { ifMatch: 2 })).body.code).toBe(
      'permission.denied',
    );
    expect((await finance.post(path(partner, '/terminate'), { reason: '终止' }, { ifMatch: 2 })).body.state).toBe(
      'terminated',
    );
    const refused = async (verb: string, body: unknown) =>
      (await sales.post(path(partner, verb), body, { ifMatch: 3 })).body.code;
    expect((await sales.patch(path(partner), { level: 'A' }, { ifMatch: 3 })).body.code).toBe('partner.wrong_state');
    expect(await refused('/contacts', CONTACT)).toBe('partner.wrong_state');
    expect(await refused('/addresses', ADDRESS)).toBe('partner.wrong_state');
    expect(
      await refused('/agreements', {
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
        paymentTerm: { kind: 'prepaid' },
      }),
    ).toBe('partner.wrong_state');
    expect(await t.sql(`select 1 from task where document_id = $1 and closed_at is null`, [partner.id])).toEqual([]);
  });
});

describe('contacts, addresses, credit, agreements, own codes', () => {
  it('R3.1 contacts are added, changed and retired; what a change leaves out stays', async () => {
    const partner = await create();
    const added = await sales.post(path(partner, '/contacts'), CONTACT, { ifMatch: 1 });
    const [contact] = added.body.contacts;
    const changed = await sales.post(
      path(partner, '/contacts'),
      { id: contact.id, name: '陈大明', duties: ['buyer'], isActive: false },
      { ifMatch: 2 },
    );
    expect(changed.body.contacts).toMatchObject([
      { name: '陈大明', duties: ['buyer'], phone: CONTACT.phone, isActive: false },
    ]);
    expect(
      (await sales.post(path(partner, '/contacts'), { ...CONTACT, id: partner.id }, { ifMatch: 3 })).body.code,
    ).toBe('contact.not_found');
  });

  it('R3.1 one active address is the default', async () => {
    const partner = await create({ addresses: [ADDRESS, { ...ADDRESS, label: '门店', isDefault: true }] });
    const labels = (view: { addresses: { label: string; isDefault: boolean }[] }) =>
      view.addresses.filter((row) => row.isDefault).map((row) => row.label);
    expect(labels(partner)).toEqual(['门店']);
    const added = await sales.post(
      path(partner, '/addresses'),
      { ...ADDRESS, label: '新仓', isDefault: true },
      { ifMatch: 1 },
    );
    expect(labels(added.body)).toEqual(['新仓']);
    expect(
      (await sales.post(path(partner, '/addresses'), { ...ADDRESS, id: partner.id }, { ifMatch: 2 })).body.code,
    ).toBe('address.not_found');
    expect(
      (await sales.post(path(partner, '/addresses'), { ...ADDRESS, regionCode: '110101000' }, { ifMatch: 2 })).body
        .code,
    ).toBe('field.too_long');
    expect(
      (await sales.post(path(partner, '/addresses'), { ...ADDRESS, regionCode: '990101' }, { ifMatch: 2 })).body.code,
    ).toBe('region.unknown');
    const abroad = await sales.post(
      path(partner, '/addresses'),
      { label: 'Seattle', regionText: 'Seattle, Washington', detail: '1 Test St', receiver: 'J. Doe' },
      { ifMatch: 2 },
    );
    expect(abroad.body.addresses.find((row: { label: string }) => row.label === 'Seattle')).toMatchObject({
      regionCode: null,
      regionText: 'Seattle, Washington',
    });
  });

  it('R3.1 partner users add addresses of their own and of nobody else, and see nothing internal', async () => {
    const partner = await create({ uscc: makeUscc('91310000MA1FL0AB6'), sourceRef: 'CRM-77' });
    const other = await create();
    const buyer = await t.as({ partnerId: partner.id, role: 'partner_buyer' });
    const added = await buyer.post(path(partner, '/addresses'), ADDRESS, { ifMatch: 1 });
    expect(added).toMatchObject({ status: 200, body: { sourceRef: null, possibleDuplicates: [], allowedActions: [] } });
    expect((await buyer.post(path(other, '/addresses'), ADDRESS, { ifMatch: 1 })).body.code).toBe('partner.not_found');
    expect((await buyer.get(path(other))).body.code).toBe('partner.not_found');
    expect((await buyer.get(path(other, '/history'))).body.code).toBe('partner.not_found');
    expect((await buyer.get(path(other, '/items'))).body.code).toBe('partner.not_found');
    expect((await buyer.get('/api/v1/partners')).body.items.map((row: { id: string }) => row.id)).toEqual([partner.id]);
    expect((await buyer.patch(path(partner), { level: 'A' }, { ifMatch: 2 })).body.code).toBe('permission.denied');
    const own = await buyer.get(path(partner, '/history'));
    expect(
      own.body.items.map((entry: { type: string; actor: string | null }) => [entry.type, entry.actor !== null]),
    ).toEqual([
      ['partner.address_added', true],
      ['partner.created', false],
    ]);
  });

  it('R4.1 a limit of 0 is not the same as no limit; what is available follows', async () => {
    const partner = await create();
    await t.sql('update credit_account set balance_amount = 12345, held_amount = 5 where partner_id = $1', [
      partner.id,
    ]);
    const set = await finance.post(path(partner, '/credit'), { limitAmount: '0', reason: '新客户' }, { ifMatch: 1 });
    expect(set.body.credit).toMatchObject({
      limitAmount: '0.00',
      balanceAmount: '123.45',
      heldAmount: '0.05',
      exposureAmount: '123.50',
      availableAmount: '-123.50',
    });
    expect(
      (await finance.post(path(partner, '/credit'), { limitAmount: null }, { ifMatch: 2 })).body.credit,
    ).toMatchObject({ limitAmount: null, availableAmount: null });
    expect((await sales.post(path(partner, '/credit'), { limitAmount: '5' }, { ifMatch: 3 })).body.code).toBe(
      'permission.denied',
    );
    expect((await finance.post(path(partner, '/credit'), { limitAmount: '-5' }, { ifMatch: 3 })).body.code).toBe(
      'field.amount_format',
    );
    const yen = await create({ currency: 'JPY' });
    expect((await finance.post(path(yen, '/credit'), { limitAmount: '1.5' }, { ifMatch: 1 })).body).toMatchObject({
      code: 'field.amount_decimals',
      errors: [{ params: { currency: 'JPY', decimals: '0' } }],
    });
  });

  it('R4.1 agreements have periods that do not overlap, numbers that are used once, and an end', async () => {
    const partner = await create();
    const agree = (body: Record<string, unknown>, version: number) =>
      sales.post(
        path(partner, '/agreements'),
        { paymentTerm: { kind: 'net_days', days: 30 }, ...body },
        { ifMatch: version },
      );
    const first = await agree(
      { validFrom: '2026-01-01', validTo: '2026-12-31', silenceAccepts: true, replyDays: 3 },
      1,
    );
    expect(first).toMatchObject({
      status: 201,
      body: { agreements: [{ inForce: true, silenceAccepts: true, replyDays: 3 }] },
    });
    const { id, no } = first.body.agreements[0];
    expect((await agree({ validFrom: '2026-12-31', validTo: '2027-12-31' }, 2)).body).toMatchObject({
      code: 'agreement.overlap',
      errors: [{ params: { no } }],
    });
    expect((await agree({ validFrom: '2027-02-01', validTo: '2027-01-01' }, 2)).body.code).toBe('agreement.period');
    expect((await agree({ no, validFrom: '2027-01-01', validTo: '2027-12-31' }, 2)).body.code).toBe(
      'agreement.number_taken',
    );
    expect(
      (await agree({ validFrom: '2027-01-01', validTo: '2027-12-31', paymentTerm: { kind: 'instalments' } }, 2)).body
        .code,
    ).toBe('partner.term');
    const end = (agreementId: string, validTo: string, version: number) =>
      sales.post(path(partner, `/agreements/${agreementId}/end`), { validTo, reason: '改签' }, { ifMatch: version });
    expect((await end(partner.id, '2026-06-30', 2)).body.code).toBe('agreement.not_found');
    expect((await end(id, '2027-06-30', 2)).body.code).toBe('agreement.period');
    expect((await end(id, '2026-03-01', 2)).body.agreements[0]).toMatchObject({
      validTo: '2026-03-01',
      inForce: false,
    });
    expect((await end(id, '2026-02-01', 3)).body.code).toBe('agreement.ended');
    expect((await agree({ validFrom: '2026-03-02', validTo: '2027-12-31' }, 3)).status).toBe(201);
  });

  it('R4.1 two agreements for one period written at the same time: one goes through', async () => {
    const partner = await create();
    const body = { validFrom: '2026-01-01', validTo: '2026-12-31', paymentTerm: { kind: 'prepaid' } };
    const both = await Promise.all([1, 2].map(() => sales.post(path(partner, '/agreements'), body, { ifMatch: 1 })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 412]);
  });

  it('R3.2 the partner’s own codes point to products and are found by search', async () => {
    const partner = await create();
    const sku = `OWN-${made}`;
    await manager.post('/api/v1/products', { sku, name: '山地车', unit: '辆', taxRate: '0.13' });
    expect(
      (await sales.post(path(partner, '/items'), { set: [{ code: 'A1', sku: 'nothing' }] }, { ifMatch: 1 })).body,
    ).toMatchObject({ code: 'product.not_found', errors: [{ field: 'set.0.sku' }] });
    expect(
      (
        await sales.post(
          path(partner, '/items'),
          {
            set: [
              { code: 'A1', sku },
              { code: 'A2', sku },
            ],
          },
          { ifMatch: 1 },
        )
      ).status,
    ).toBe(200);
    await sales.post(path(partner, '/items'), { remove: ['A2'] }, { ifMatch: 2 });
    expect((await sales.get(path(partner, '/items'))).body).toMatchObject({
      items: [{ code: 'A1', product: { sku } }],
      total: 1,
    });
    const buyer = await t.as({ partnerId: partner.id, role: 'partner_buyer' });
    expect((await buyer.get('/api/v1/products?q=A1')).body.items).toMatchObject([{ sku, partnerCode: 'A1' }]);
  });
});

describe('the list of partners', () => {
  it('R3.1 partners are found by number, name, short name, pinyin, initials and credit code', async () => {
    const uscc = makeUscc('91440300MA5ABCDE1');
    const partner = await create({
      name: '深圳渠成供应链有限公司',
      nameEn: 'Channel Works',
      shortName: '渠链',
      uscc,
      level: 'VIP',
      regionCode: '440305',
    });
    const find = async (query: string) =>
      (await sales.get(`/api/v1/partners?limit=200&${query}`)).body.items.map((row: { id: string }) => row.id);
    for (const q of [partner.no, '渠成供应', '渠链', 'channel wor', 'qucheng', 'szqc', uscc.slice(0, 10)])
      expect(await find(`q=${encodeURIComponent(q)}`), q).toContain(partner.id);
    expect(await find('q=%25%25')).toEqual([]);
    expect(await find('level=VIP')).toEqual([partner.id]);
    expect(await find('region=440000')).toContain(partner.id);
    expect(await find('region=4403')).toContain(partner.id);
    expect(await find('region=31')).not.toContain(partner.id);
    expect(await find('state=active&state=applied')).toContain(partner.id);
    expect(await find('state=terminated')).not.toContain(partner.id);
    expect(await find(`salesOwnerId=${sales.userId}`)).toContain(partner.id);
  });

  it('R3.1 pages follow each other in every order without gaps', async () => {
    const all = (await manager.get('/api/v1/partners?limit=200')).body;
    expect(all).toMatchObject({ total: all.items.length, totalIsExact: true, nextCursor: null });
    for (const sort of ['no', '-no', 'name', '-name', 'updatedAt', '-updatedAt']) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = (
          await manager.get(`/api/v1/partners?limit=7&sort=${sort}${cursor === '' ? '' : `&cursor=${cursor}`}`)
        ).body as { items: { id: string }[]; nextCursor: string | null };
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length, sort).toBe(all.items.length);
    }
    expect((await manager.get('/api/v1/partners?cursor=nonsense')).body.code).toBe('request.bad_cursor');
    const path = async (query: string) => (await manager.get(`/api/v1/${query}`)).status;
    for (const query of [
      'partners?q=%00',
      'partners?level=a%00',
      'products?q=%00',
      'products?category=%00',
      'price-lists?q=%00',
      'staff?q=%00',
      'staff?role=%00',
      'exports/partners?q=%00',
    ])
      expect(await path(query), query).toBe(400);
  });
});
