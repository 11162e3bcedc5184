import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../../contract/policy.ts';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { isPlainSvg } from './logo.ts';

let t: TestApp;
let admin: Actor;
let manager: Actor;
beforeAll(async () => {
  t = await testApp();
  [admin, manager] = await Promise.all([t.as('system_admin'), t.as('manager')]);
});
afterAll(() => t.close());

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z" fill="#234"/></svg>';

describe('the company', () => {
  it('R1 everybody reads the company, the system administrator changes it, each change is an event', async () => {
    const partnerId = await t.partner();
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    expect((await buyer.get('/api/v1/company')).body).toMatchObject({ id: t.companyId, version: 1, currency: 'CNY' });
    const changed = await admin.patch(
      '/api/v1/company',
      { name: '渠成贸易', phone: '0512-1', logoSvg: LOGO },
      { ifMatch: 1 },
    );
    expect(changed).toMatchObject({
      status: 200,
      body: { name: '渠成贸易', nameEn: 'Qucheng Test Ltd', logoSvg: LOGO, version: 2 },
    });
    expect((await manager.patch('/api/v1/company', { name: 'x' }, { ifMatch: 2 })).body.code).toBe('permission.denied');
    const [event] = await t.sql<{ payload: { changes: Record<string, unknown> } }>(
      `select payload from event where type = 'company.changed'`,
    );
    expect(event?.payload.changes).toMatchObject({
      name: { before: '渠成测试公司', after: '渠成贸易' },
      phone: 'changed',
    });
    expect((await admin.patch('/api/v1/company', { name: '渠成贸易' }, { ifMatch: 2 })).body.version).toBe(2);
    expect((await admin.patch('/api/v1/company', { name: '晚了' }, { ifMatch: 1 })).body.code).toBe(
      'request.version_stale',
    );
  });

  it('R1 zone and currency must exist; the currency stays once there are prices or partners', async () => {
    const send = async (body: unknown) => (await admin.patch('/api/v1/company', body, { ifMatch: 2 })).body.code;
    expect(await send({ timeZone: 'Mars/Olympus' })).toBe('company.time_zone');
    expect(await send({ currency: 'ABC' })).toBe('field.currency');
    expect(await send({ currency: 'USD' })).toBe('company.currency_fixed');
    expect(await send({ colour: 'red' })).toBe('field.unknown');
    expect(await send({ logoSvg: LOGO.replace('<path', '<script>alert(1)</script><path') })).toBe(
      'company.logo_unsafe',
    );
  });

  it('R1 before set-up there is no company', async () => {
    const empty = await testApp({ company: false });
    try {
      const first = await empty.as('system_admin');
      expect((await first.get('/api/v1/company')).body.code).toBe('company.not_set');
      expect((await first.patch('/api/v1/company', { name: 'x' }, { ifMatch: 1 })).body.code).toBe('company.not_set');
    } finally {
      await empty.close();
    }
  });

  it.each([
    ['a script', LOGO.replace('<path', '<script/><path')],
    ['a handler', LOGO.replace('<path', '<path onload="x()"')],
    ['a link elsewhere', LOGO.replace('<path', '<use href="https://evil.example/x#y"/><path')],
    ['an entity', `<!DOCTYPE svg [<!ENTITY a "b">]>${LOGO}`],
    ['foreign content', LOGO.replace('<path', '<foreignObject/><path')],
    ['a style from elsewhere', LOGO.replace('fill="#234"', 'fill="url(https://evil.example)"')],
    ['HTML', '<html><body>hello</body></html>'],
  ])('P19 a logo with %s is refused', (_what, svg) => {
    expect(isPlainSvg(LOGO)).toBe(true);
    expect(isPlainSvg(svg)).toBe(false);
  });
});

describe('lists that documents choose from', () => {
  const codeOf = async (answer: ReturnType<Actor['post']>) => (await answer).body.code;

  it('R6.2 accounts to pay into are added, corrected and retired; partners read them', async () => {
    const added = await admin.post('/api/v1/bank-accounts', {
      bankName: '示范银行',
      accountNo: '6222001',
      currency: 'CNY',
    });
    expect(added).toMatchObject({ status: 201, body: { isActive: true, version: 1 } });
    const path = `/api/v1/bank-accounts/${added.body.id}`;
    const buyer = await t.as({ partnerId: await t.partner(), role: 'partner_finance' });
    expect((await buyer.get('/api/v1/bank-accounts?active=true')).body.items).toEqual([added.body]);
    expect(await codeOf(buyer.patch(path, { accountNo: '1' }, { ifMatch: 1 }))).toBe('permission.denied');
    const again = { bankName: '别家银行', accountNo: '6222001', currency: 'CNY' };
    expect(await codeOf(admin.post('/api/v1/bank-accounts', again))).toBe('bank_account.duplicate');
    expect(await codeOf(admin.post('/api/v1/bank-accounts', { ...again, accountNo: '7', currency: 'XXX' }))).toBe(
      'field.currency',
    );
    expect(await codeOf(admin.post('/api/v1/bank-accounts', { ...again, accountNo: '６２２' }))).toBe(
      'field.code_characters',
    );
    expect((await admin.patch(path, { accountNo: '6222002', isActive: false }, { ifMatch: 1 })).body).toMatchObject({
      accountNo: '6222002',
      isActive: false,
      version: 2,
    });
    expect((await buyer.get('/api/v1/bank-accounts?active=true')).body.items).toEqual([]);
    expect(await codeOf(admin.patch(`/api/v1/bank-accounts/${t.companyId}`, { bankName: 'x' }, { ifMatch: 1 }))).toBe(
      'bank_account.not_found',
    );
    const [event] = await t.sql<{ payload: unknown }>(`select payload from event where type = 'bank_account.changed'`);
    expect(event?.payload).toMatchObject({ changes: { accountNo: 'changed', isActive: { after: 'false' } } });
  });

  it('R4.1 a product has a tax rate of the list: another is refused until it is added, a retired one stays where it is', async () => {
    const sales = await t.as('manager');
    const product = (sku: string, taxRate: string) =>
      sales.post('/api/v1/products', { sku, name: sku, unit: '件', taxRate });
    const refused = await product('TAX-1', '0.17');
    expect(refused).toMatchObject({ status: 422, body: { code: 'product.tax_rate_unknown' } });
    expect(refused.body.detail).toContain('0.13');
    expect(await codeOf(admin.post('/api/v1/tax-rates', { rate: '0.130', name: 'x' }))).toBe('tax_rate.duplicate');
    expect(await codeOf(admin.post('/api/v1/tax-rates', { rate: '1.5', name: 'x' }))).toBe('product.tax_rate');
    const rate = await admin.post('/api/v1/tax-rates', { rate: '0.17', name: '增值税 17%' });
    expect((await product('TAX-1', '0.17')).status).toBe(201);
    const path = `/api/v1/tax-rates/${rate.body.id}`;
    expect((await admin.patch(path, { isActive: false }, { ifMatch: 1 })).body).toMatchObject({ isActive: false });
    expect(await codeOf(product('TAX-2', '0.17'))).toBe('product.tax_rate_unknown');
    const { id, version } = (await sales.get('/api/v1/products?q=TAX-1')).body.items[0];
    const renamed = await sales.patch(`/api/v1/products/${id}`, { name: '旧税率' }, { ifMatch: version });
    expect(renamed.body).toMatchObject({ name: '旧税率', taxRate: '0.17' });
    expect(await codeOf(admin.patch(`/api/v1/tax-rates/${t.companyId}`, { name: 'x' }, { ifMatch: 1 }))).toBe(
      'tax_rate.not_found',
    );
  });

  it('R3.3 a product is counted and ordered in units of the list, known by every spelling', async () => {
    const sales = await t.as('manager');
    const product = (sku: string, unit: string, units: object[] = []) =>
      sales.post('/api/v1/products', { sku, name: sku, unit, units, taxRate: '0.13' });
    expect((await product('UNIT-1', '辆')).status).toBe(201);
    expect((await product('UNIT-2', 'PCS')).status).toBe(201);
    const refused = await product('UNIT-3', '件', [{ unit: '筐', factor: '20' }]);
    expect(refused).toMatchObject({ status: 422, body: { code: 'product.unit_unknown' } });
    expect(refused.body.errors[0].field).toBe('units.0.unit');
    expect(await codeOf(admin.post('/api/v1/units', { name: '辆' }))).toBe('unit.duplicate');
    const unit = await admin.post('/api/v1/units', { name: '筐', nameHans: '筐', nameEn: 'crate' });
    expect(unit).toMatchObject({ status: 201, body: { wholeUnits: true } });
    expect((await product('UNIT-3', '件', [{ unit: '筐', factor: '20' }])).status).toBe(201);
    const path = `/api/v1/units/${unit.body.id}`;
    expect((await admin.patch(path, { isActive: false }, { ifMatch: 1 })).body).toMatchObject({ isActive: false });
    expect(await codeOf(product('UNIT-4', '筐'))).toBe('product.unit_unknown');
    expect(await codeOf(admin.patch(`/api/v1/units/${t.companyId}`, { nameEn: 'x' }, { ifMatch: 1 }))).toBe(
      'unit.not_found',
    );
  });
});

describe('warehouses and carriers', () => {
  it('R4.2 warehouses stand in the order in which promises are taken', async () => {
    const a = await admin.post('/api/v1/warehouses', {
      code: 'WA',
      name: '华东仓',
      regionCode: '320583',
      priority: 20,
    });
    await admin.post('/api/v1/warehouses', { code: 'WB', name: '华南仓', priority: 10 });
    expect(a).toMatchObject({ status: 201, body: { regionText: '江苏省苏州市昆山市', isActive: true, version: 1 } });
    expect((await manager.get('/api/v1/warehouses')).body.items.map((row: { code: string }) => row.code)).toEqual([
      'WB',
      'WA',
    ]);
    const path = `/api/v1/warehouses/${a.body.id}`;
    expect((await admin.patch(path, { isActive: false }, { ifMatch: 1 })).body).toMatchObject({
      isActive: false,
      name: '华东仓',
      version: 2,
    });
    expect((await manager.get('/api/v1/warehouses?active=true')).body.items).toHaveLength(1);
    expect((await admin.patch(path, { regionCode: '000000' }, { ifMatch: 2 })).body.code).toBe('region.unknown');
    expect((await admin.patch(path, { name: 'x' }, { ifMatch: 1 })).body.code).toBe('request.version_stale');
    expect((await admin.patch(`/api/v1/warehouses/${t.companyId}`, { name: 'x' }, { ifMatch: 1 })).body.code).toBe(
      'warehouse.not_found',
    );
    expect((await admin.post('/api/v1/warehouses', { code: 'wa', name: 'x' })).body).toMatchObject({
      code: 'warehouse.duplicate',
    });
    expect((await admin.post('/api/v1/warehouses', { code: 'W\u200bX', name: 'x' })).body.code).toBe(
      'field.code_characters',
    );
    expect((await manager.post('/api/v1/warehouses', { code: 'WZ', name: 'x' })).body.code).toBe('permission.denied');
  });

  it('R5.2 carriers are added, changed and retired', async () => {
    const added = await admin.post('/api/v1/carriers', { code: 'SF', name: '顺丰', phone: '95338' });
    const path = `/api/v1/carriers/${added.body.id}`;
    expect((await admin.patch(path, { isActive: false, phone: null }, { ifMatch: 1 })).body).toMatchObject({
      isActive: false,
      phone: null,
      version: 2,
    });
    expect((await manager.get('/api/v1/carriers?active=true')).body.items).toEqual([]);
    expect((await admin.patch(`/api/v1/carriers/${t.companyId}`, { name: 'x' }, { ifMatch: 1 })).body.code).toBe(
      'carrier.not_found',
    );
    expect((await admin.post('/api/v1/carriers', { code: 'sf', name: 'x' })).body.code).toBe('carrier.duplicate');
    expect((await admin.post('/api/v1/carriers', { code: 'Ｓ', name: 'x' })).body.code).toBe('field.code_characters');
  });
});

describe('policy parameters', () => {
  const get = async (code: string) =>
    (await manager.get('/api/v1/policies')).body.items.find((row: { code: string }) => row.code === code);

  it('R1 every parameter has its article and default; a value holds from its day on, at once for what is decided next', async () => {
    expect((await manager.get('/api/v1/policies')).body.items).toHaveLength(Object.keys(DEFAULT_POLICY).length);
    expect(await get('order.reply')).toMatchObject({
      value: 3,
      defaultValue: 3,
      unit: 'wd',
      article: 'R4.3',
      validFrom: null,
    });
    const set = await manager.post('/api/v1/policies/order.reply', { value: 5, note: '旺季' });
    expect(set.body).toMatchObject({ value: 5, note: '旺季', validFrom: t.clock.now().toISOString() });
    const env = await t.services.settings.env(t.clock.now());
    expect(env.policy.at('order.reply', t.clock.now()).value).toBe(5);
    await manager.post('/api/v1/policies/order.reply', { value: 2, validFrom: '2026-04-01' });
    // 1 April in Shanghai begins at 16:00 UTC of the day before.
    const future = await get('order.reply');
    expect(future).toMatchObject({
      value: 5,
      entries: [
        { value: 2, validFrom: '2026-03-31T16:00:00.000Z', state: 'future' },
        { value: 5, state: 'in_force', note: '旺季' },
      ],
    });
    // The way back: a value to come is withdrawn, one that holds is not.
    const [coming, holding] = future.entries.map(({ id }: { id: string }) => id);
    const withdraw = (id: string) => manager.post(`/api/v1/policies/order.reply/entries/${id}/withdraw`);
    expect((await withdraw(holding)).body.code).toBe('policy.begun');
    expect((await withdraw(coming)).body.entries[0]).toMatchObject({ value: 2, state: 'withdrawn' });
    expect((await withdraw(coming)).body.code).toBe('policy.entry_not_found');
    expect((await manager.post('/api/v1/policies/order.reply', { value: 4, validFrom: '2026-04-01' })).status).toBe(
      200,
    );
    const [event] = await t.sql<{ payload: unknown }>(
      `select payload from event where type = 'policy.set' order by position limit 1`,
    );
    expect(event?.payload).toMatchObject({ code: 'order.reply', before: 3, after: 5 });
  });

  it('R1 unknown codes, values out of range, days that are past and the same start twice are refused', async () => {
    const send = async (code: string, body: unknown) =>
      (await manager.post(`/api/v1/policies/${code}`, body)).body.code;
    expect(await send('order.nonsense', { value: 1 })).toBe('policy.not_found');
    expect(await send('constructor', { value: 1 })).toBe('policy.not_found');
    expect(await send('order.auto_pass_terms', { value: 2 })).toBe('policy.value');
    expect(await send('order.lapse', { value: null })).toBe('policy.scope');
    expect(await send('order.lapse', { value: 3, level: 'A', agreementId: t.companyId })).toBe('policy.scope');
    expect(await send('order.lapse', { value: 3, agreementId: t.companyId })).toBe('agreement.not_found');
    expect(await send('order.auto_pass_terms', { value: 1, unit: 'wd' })).toBe('field.invalid');
    expect(await send('order.lapse', { value: 5, validFrom: '2026-03-09' })).toBe('policy.past');
    expect(await send('order.lapse', { value: 5, validFrom: '2026-05-01' })).toBe('order.lapse');
    expect(await send('order.lapse', { value: 6, validFrom: '2026-05-01' })).toBe('policy.duplicate');
    expect((await admin.post('/api/v1/policies/order.lapse', { value: 5 })).body.code).toBe('permission.denied');
  });
});

describe('the working calendar', () => {
  it('P14 the company’s own days go over the published ones and move deadlines at once', async () => {
    const before = (await manager.get('/api/v1/calendar/2026')).body;
    expect(before.published).toBe(true);
    expect(before.days.find((day: { date: string }) => day.date === '2026-10-01')).toMatchObject({
      isWork: false,
      source: 'statutory',
    });
    const set = await admin.put('/api/v1/calendar/days/2026-03-11', { isWork: false, name: '司庆' });
    expect(set.body.days.find((day: { date: string }) => day.date === '2026-03-11')).toEqual({
      date: '2026-03-11',
      isWork: false,
      name: '司庆',
      source: 'company',
    });
    expect((await t.services.settings.env(t.clock.now())).calendar.isWorkingDay('2026-03-11')).toBe(false);
    const back = await admin.put('/api/v1/calendar/days/2026-03-11', { isWork: null });
    expect(back.body.days.find((day: { date: string }) => day.date === '2026-03-11')).toBeUndefined();
    expect((await t.services.settings.env(t.clock.now())).calendar.isWorkingDay('2026-03-11')).toBe(true);
    expect((await admin.put('/api/v1/calendar/days/2026-03-11', { isWork: true })).body).toMatchObject({
      code: 'field.required',
      errors: [{ field: 'name' }],
    });
    expect((await admin.put('/api/v1/calendar/days/2026-02-30', { isWork: true, name: 'x' })).status).toBe(400);
    expect((await manager.put('/api/v1/calendar/days/2026-03-11', { isWork: true, name: 'x' })).body.code).toBe(
      'permission.denied',
    );
  });

  it('P14 a year that is not published is provisional until somebody says that it is complete', async () => {
    expect((await manager.get('/api/v1/calendar/2027')).body.published).toBe(false);
    expect((await t.services.settings.env(t.clock.now())).calendar.isProvisional('2027-06-01')).toBe(true);
    expect((await admin.put('/api/v1/calendar/2027', { published: true })).body.published).toBe(true);
    expect((await t.services.settings.env(t.clock.now())).calendar.isProvisional('2027-06-01')).toBe(false);
    expect((await manager.get('/api/v1/calendar/abc')).status).toBe(400);
  });
});

describe('people for pick lists', () => {
  it('R2 staff by role and name; people of partners and disabled ones are not among them', async () => {
    await t.as({ role: 'sales', name: '林一' });
    await t.as({ role: 'sales', name: '林二', state: 'disabled' });
    const names = async (query: string) =>
      (await manager.get(`/api/v1/staff?${query}`)).body.items.map((row: { name: string }) => row.name);
    expect(await names('role=sales&q=%E6%9E%97')).toEqual(['林一']);
    expect((await manager.get('/api/v1/staff?role=manager')).body.items).toMatchObject([{ roles: ['manager'] }]);
    const buyer = await t.as({ partnerId: await t.partner(), role: 'partner_buyer' });
    expect((await buyer.get('/api/v1/staff')).body.code).toBe('permission.denied');
  });
});
