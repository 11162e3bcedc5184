import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';

let t: TestApp;
let manager: Actor;
let skus: string[];
let made = 0;
beforeAll(async () => {
  t = await testApp();
  manager = await t.as('manager');
  skus = ['AA', 'BB', 'CC'];
  for (const sku of skus)
    await manager.post('/api/v1/products', { sku, name: `产品 ${sku}`, unit: '件', taxRate: '0.13' });
});
afterAll(() => t.close());

const list = async (extra: Record<string, unknown> = {}) => {
  made += 1;
  return (
    await manager.post('/api/v1/price-lists', {
      code: `L${made}`,
      name: `价表 ${made}`,
      kind: 'base',
      taxInclusive: true,
      ...extra,
    })
  ).body;
};
const save = (id: string, version: number, body: unknown) =>
  manager.post(`/api/v1/price-lists/${id}/entries`, body, { ifMatch: version });
const entries = async (id: string, query = '') =>
  (await manager.get(`/api/v1/price-lists/${id}/entries?limit=200${query}`)).body.items as {
    id: string;
    validFrom: string;
    validTo: string;
    unitPrice: string;
    minQty: string;
    product: { sku: string };
  }[];
const YEAR = { validFrom: '2026-01-01', validTo: '2026-12-31' };

describe('price lists', () => {
  it('R4.1 base, level and agreement lists with currency, tax mode and decimals', async () => {
    const base = await list({ priceScale: 4 });
    expect(base).toMatchObject({
      kind: 'base',
      level: null,
      currency: 'CNY',
      taxInclusive: true,
      priceScale: 4,
      isActive: true,
      entryCount: 0,
      version: 1,
    });
    expect(await list({ kind: 'level', level: 'A', currency: 'USD' })).toMatchObject({
      level: 'A',
      currency: 'USD',
      priceScale: 2,
    });
    const send = async (body: Record<string, unknown>) =>
      (await manager.post('/api/v1/price-lists', { name: 'x', kind: 'base', taxInclusive: true, ...body })).body.code;
    expect(await send({ code: base.code.toLowerCase() })).toBe('price_list.duplicate');
    expect(await send({ code: 'X1', kind: 'level' })).toBe('price_list.level');
    expect(await send({ code: 'X1', level: 'A' })).toBe('price_list.level');
    expect(await send({ code: 'X1', currency: 'XYZ' })).toBe('field.currency');
    expect(await send({ code: 'X\u00ad1' })).toBe('field.code_characters');
    expect(await send({ code: 'X1', priceScale: 7 })).toBe('field.too_long');
    const renamed = await manager.patch(
      `/api/v1/price-lists/${base.id}`,
      { name: '新名', isActive: false },
      { ifMatch: 1 },
    );
    expect(renamed.body).toMatchObject({ name: '新名', isActive: false, version: 2 });
    expect((await manager.patch(`/api/v1/price-lists/${base.id}`, { level: 'B' }, { ifMatch: 2 })).body.code).toBe(
      'price_list.level',
    );
    expect((await manager.patch(`/api/v1/price-lists/${base.id}`, { name: 'y' }, { ifMatch: 1 })).body.code).toBe(
      'request.version_stale',
    );
    expect((await manager.get(`/api/v1/price-lists/${t.companyId}`)).body.code).toBe('price_list.not_found');
    expect((await manager.patch(`/api/v1/price-lists/${t.companyId}`, { name: 'y' }, { ifMatch: 1 })).body.code).toBe(
      'price_list.not_found',
    );
    expect((await manager.get('/api/v1/price-lists?kind=level')).body).toMatchObject({ total: 1 });
    expect((await manager.get('/api/v1/price-lists?active=false')).body.items).toMatchObject([{ name: '新名' }]);
    const warehouse = await t.as('warehouse');
    expect((await warehouse.get('/api/v1/price-lists')).body.code).toBe('permission.denied');
  });
});

describe('prices', () => {
  it('R4.1 prices with periods and quantity breaks are added, ended and removed in one step', async () => {
    const { id } = await list();
    const added = await save(id, 1, {
      set: [
        { sku: 'AA', ...YEAR, unitPrice: '10' },
        { sku: 'aa', ...YEAR, minQty: '100', unitPrice: '9.5' },
        { sku: 'BB', validFrom: '2026-01-01', unitPrice: '20.25' },
      ],
    });
    expect(added.body).toMatchObject({ version: 2, entryCount: 3 });
    const [first, second, third] = await entries(id);
    expect([first?.unitPrice, second?.minQty, third?.validTo]).toEqual(['10.00', '100', '2999-12-31']);
    const changed = await save(id, 2, {
      remove: [second?.id],
      close: [{ id: third?.id, validTo: '2026-06-30' }],
      set: [{ sku: 'BB', validFrom: '2026-07-01', unitPrice: '21' }],
    });
    expect(changed.body).toMatchObject({ version: 3, entryCount: 3 });
    expect((await entries(id, '&q=bb')).map((row) => [row.validFrom, row.validTo, row.unitPrice])).toEqual([
      ['2026-01-01', '2026-06-30', '20.25'],
      ['2026-07-01', '2999-12-31', '21.00'],
    ]);
    expect(await entries(id, '&on=2026-06-30')).toHaveLength(2);
    const [event] = await t.sql<{ payload: Record<string, unknown[]> }>(
      `select payload from event where document_id = $1 and version = 3`,
      [id],
    );
    expect(event?.payload).toMatchObject({
      added: [{ unitPrice: '21.00' }],
      closed: [{ validTo: '2026-06-30' }],
      removed: [{ minQty: '100' }],
    });
  });

  it('P17 overlapping periods and a last day before the first are refused, and nothing changes (D6)', async () => {
    const { id } = await list();
    await save(id, 1, { set: [{ sku: 'AA', ...YEAR, unitPrice: '10' }] });
    const refused = await save(id, 2, {
      set: [
        { sku: 'BB', ...YEAR, unitPrice: '1' },
        { sku: 'AA', validFrom: '2026-12-31', unitPrice: '11' },
      ],
    });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'price.overlap',
        errors: [{ field: 'set.1.validFrom', params: { sku: 'AA', validFrom: '2026-01-01', validTo: '2026-12-31' } }],
      },
    });
    expect(
      (
        await save(id, 2, {
          set: [
            { sku: 'CC', ...YEAR, unitPrice: '1' },
            { sku: 'CC', validFrom: '2026-05-01', unitPrice: '2' },
          ],
        })
      ).body.code,
    ).toBe('price.overlap');
    expect(
      await save(id, 2, { set: [{ sku: 'CC', validFrom: '2026-05-02', validTo: '2026-05-01', unitPrice: '2' }] }),
    ).toMatchObject({ status: 422, body: { code: 'price.period' } });
    expect((await save(id, 2, { set: [{ sku: 'CC', validFrom: '2026-02-30', unitPrice: '2' }] })).body.code).toBe(
      'field.date_format',
    );
    const [only] = await entries(id);
    expect((await save(id, 2, { close: [{ id: only?.id, validTo: '2025-12-31' }] })).body.code).toBe('price.period');
    expect((await save(id, 2, { close: [{ id: t.companyId, validTo: '2026-12-31' }] })).body.code).toBe(
      'price_entry.not_found',
    );
    expect((await save(id, 2, { remove: [t.companyId] })).body.code).toBe('price_entry.not_found');
    expect(await entries(id)).toHaveLength(1);
  });

  it('P17 moving a last day out into the next price is an overlap too', async () => {
    const { id } = await list();
    await save(id, 1, {
      set: [
        { sku: 'AA', validFrom: '2026-01-01', validTo: '2026-03-31', unitPrice: '1' },
        { sku: 'AA', validFrom: '2026-04-01', unitPrice: '2' },
      ],
    });
    const [first] = await entries(id);
    expect((await save(id, 2, { close: [{ id: first?.id, validTo: '2026-04-01' }] })).body).toMatchObject({
      code: 'price.overlap',
      errors: [{ field: 'close.0.validTo' }],
    });
  });

  it('R4.1 a new price can end the running one the day before', async () => {
    const { id } = await list();
    await save(id, 1, { set: [{ sku: 'AA', validFrom: '2026-01-01', unitPrice: '10' }] });
    expect(
      (await save(id, 2, { closeRunning: true, set: [{ sku: 'AA', validFrom: '2026-05-01', unitPrice: '11' }] }))
        .status,
    ).toBe(200);
    expect((await entries(id)).map((row) => [row.validFrom, row.validTo])).toEqual([
      ['2026-01-01', '2026-04-30'],
      ['2026-05-01', '2999-12-31'],
    ]);
  });

  it('R4.1 a price has at most the decimals of its list, and its product exists', async () => {
    const { id } = await list();
    expect((await save(id, 1, { set: [{ sku: 'AA', ...YEAR, unitPrice: '1.005' }] })).body).toMatchObject({
      code: 'price.scale',
      errors: [{ params: { decimals: '2' } }],
    });
    expect((await save(id, 1, { set: [{ sku: 'none', ...YEAR, unitPrice: '1' }] })).body).toMatchObject({
      code: 'product.not_found',
      errors: [{ field: 'set.0.sku' }],
    });
    expect((await save(id, 1, { set: [{ ...YEAR, unitPrice: '1' }] })).body.code).toBe('field.required');
    expect((await save(t.companyId, 1, { set: [] })).body.code).toBe('price_list.not_found');
    expect((await manager.get(`/api/v1/price-lists/${t.companyId}/entries`)).body.code).toBe('price_list.not_found');
  });

  it('R4.1 a thousand prices are saved at once, and no more', async () => {
    const { id } = await list();
    const days = Array.from(
      { length: 1001 },
      (_, i) =>
        `${2000 + Math.floor(i / 336)}-${String((Math.floor(i / 28) % 12) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`,
    );
    const set = days.map((day) => ({ sku: 'AA', validFrom: day, validTo: day, unitPrice: '1' }));
    expect((await save(id, 1, { set })).body.code).toBe('field.too_many');
    expect((await save(id, 1, { set: set.slice(0, 1000) })).body.entryCount).toBe(1000);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = (
        await manager.get(`/api/v1/price-lists/${id}/entries?limit=170${cursor === '' ? '' : `&cursor=${cursor}`}`)
      ).body as { items: { id: string }[]; nextCursor: string | null };
      seen.push(...page.items.map((row) => row.id));
      cursor = page.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([1000, 1000]);
  });

  it('P2 two people who change one list at the same time: one is told that it has changed', async () => {
    const { id } = await list();
    const both = await Promise.all(['AA', 'BB'].map((sku) => save(id, 1, { set: [{ sku, ...YEAR, unitPrice: '1' }] })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});
