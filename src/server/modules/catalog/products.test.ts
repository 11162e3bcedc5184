import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';

let t: TestApp;
let manager: Actor;
let sales: Actor;
beforeAll(async () => {
  t = await testApp();
  [manager, sales] = await Promise.all([t.as('manager'), t.as('sales')]);
});
afterAll(() => t.close());

let made = 0;
const create = async (extra: Record<string, unknown> = {}) => {
  made += 1;
  const { status, body } = await manager.post('/api/v1/products', {
    sku: `P-${made}`,
    name: `产品${made}`,
    unit: '件',
    taxRate: '0.13',
    ...extra,
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
};

describe('products', () => {
  it('R4.1 a product has tax, minimum quantity and pack multiple', async () => {
    const product = await create({
      minQty: '12',
      multipleQty: '6',
      taxRate: '0.09',
      taxCode: '1090522010000000000',
      standardCostPrice: '12.345678',
      leadDays: 14,
      nameEn: 'Pump',
    });
    expect(product).toMatchObject({
      version: 1,
      minQty: '12',
      multipleQty: '6',
      taxRate: '0.09',
      standardCostPrice: '12.345678',
      isSellable: true,
      kind: 'stock',
    });
    expect((await create({ wholeUnits: false, minQty: '0.5', multipleQty: '0.25' })).multipleQty).toBe('0.25');
  });

  it('R4.1 what does not fit together is refused by field', async () => {
    const send = async (extra: Record<string, unknown>) => {
      const { body } = await manager.post('/api/v1/products', {
        sku: 'BAD',
        name: 'x',
        unit: '件',
        taxRate: '0.13',
        ...extra,
      });
      return [body.code, body.errors[0].field];
    };
    expect(await send({ minQty: '5', multipleQty: '2' })).toEqual(['product.multiple', 'minQty']);
    expect(await send({ minQty: '1.5', multipleQty: '1.5' })).toEqual(['product.multiple', 'multipleQty']);
    expect(await send({ taxRate: '1.01' })).toEqual(['product.tax_rate', 'taxRate']);
    expect(await send({ taxRate: '13%' })).toEqual(['field.rate_format', 'taxRate']);
    expect(await send({ taxCode: '123' })).toEqual(['product.tax_code', 'taxCode']);
    expect(await send({ minQty: '0' })).toEqual(['field.qty_range', 'minQty']);
    expect(await send({ substituteIds: [t.companyId] })).toEqual(['product.not_found', 'substituteIds']);
    expect(await send({ standardCostPrice: '1e3' })).toEqual(['field.price_format', 'standardCostPrice']);
  });

  it('P17 codes are unique whatever their case and refuse look-alikes', async () => {
    await create({ sku: 'BK-Straße-1' });
    const code = async (sku: string) =>
      (await manager.post('/api/v1/products', { sku, name: 'x', unit: '件', taxRate: '0' })).body.code;
    expect(await code('bk-STRAßE-1')).toBe('product.duplicate');
    expect(await code('ＢＫ-1')).toBe('field.code_characters');
    expect(await code('BK\u202e1')).toBe('field.code_characters');
    expect(await code('ВK-1')).toBe('field.code_characters');
    expect(await code(' BK ')).toBe('field.code_characters');
    expect(await code('x'.repeat(65))).toBe('field.too_long');
  });

  it('P17 the same code twice at the same moment: one product', async () => {
    const both = await Promise.all(
      [1, 2, 3].map(() => manager.post('/api/v1/products', { sku: 'RACE', name: 'x', unit: '件', taxRate: '0' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('R4.2 a product is not its own substitute', async () => {
    const [a, b] = [await create(), await create()];
    const path = `/api/v1/products/${a.id}`;
    expect((await manager.patch(path, { substituteIds: [a.id] }, { ifMatch: 1 })).body.code).toBe(
      'product.self_substitute',
    );
    expect((await manager.patch(path, { substituteIds: [b.id] }, { ifMatch: 1 })).body).toMatchObject({
      version: 2,
      substitutes: [{ id: b.id, sku: b.sku }],
    });
    expect((await manager.patch(path, { leadDays: 9 }, { ifMatch: 2 })).body).toMatchObject({
      leadDays: 9,
      substitutes: [{ id: b.id }],
    });
    expect((await manager.patch(path, { name: 'y' }, { ifMatch: 1 })).body.code).toBe('request.version_stale');
    expect((await manager.patch(`/api/v1/products/${t.companyId}`, { name: 'y' }, { ifMatch: 1 })).body.code).toBe(
      'product.not_found',
    );
  });

  it('R2 costs are seen and set only by those who may; they are not in the log', async () => {
    const product = await create({ standardCostPrice: '7.77' });
    expect((await sales.get(`/api/v1/products/${product.id}`)).body.standardCostPrice).toBeNull();
    expect((await manager.get(`/api/v1/products/${product.id}`)).body.standardCostPrice).toBe('7.77');
    expect(
      (await sales.patch(`/api/v1/products/${product.id}`, { standardCostPrice: '1' }, { ifMatch: 1 })).body,
    ).toMatchObject({ code: 'permission.denied', errors: [{ field: 'standardCostPrice' }] });
    expect((await sales.patch(`/api/v1/products/${product.id}`, { name: '改名' }, { ifMatch: 1 })).body).toMatchObject({
      name: '改名',
      version: 2,
    });
    await manager.patch(`/api/v1/products/${product.id}`, { standardCostPrice: '8.88' }, { ifMatch: 2 });
    const events = JSON.stringify(await t.sql('select payload from event where document_id = $1', [product.id]));
    expect(events).toContain('改名');
    for (const cost of ['7.77', '7770000', '8.88', '8880000']) expect(events).not.toContain(cost);
  });

  it('P9 partner users see the sellable range without costs and references', async () => {
    const hidden = await create({ isSellable: false });
    const shown = await create({ standardCostPrice: '3.33', sourceRef: 'ERP-9' });
    const buyer = await t.as({ partnerId: await t.partner(), role: 'partner_buyer' });
    expect((await buyer.get(`/api/v1/products/${hidden.id}`)).body.code).toBe('product.not_found');
    expect((await buyer.get(`/api/v1/products/${shown.id}`)).body).toMatchObject({
      standardCostPrice: null,
      sourceRef: null,
    });
    const all = (await buyer.get('/api/v1/products?limit=200&sellable=false')).body.items;
    expect(all.map((row: { id: string }) => row.id)).toContain(shown.id);
    expect(all.map((row: { id: string }) => row.id)).not.toContain(hidden.id);
    expect((await buyer.post('/api/v1/products', { sku: 'N', name: 'x', unit: '件', taxRate: '0' })).body.code).toBe(
      'permission.denied',
    );
  });

  it('R3.2 products are found by code, names, pinyin and initials, by category and kind, page after page', async () => {
    const product = await create({
      name: '碳纤维公路车',
      nameHans: '碳纤维公路车',
      nameEn: 'Carbon Road Bike',
      category: '整车',
      kind: 'made',
    });
    const find = async (query: string) =>
      (await manager.get(`/api/v1/products?limit=200&${query}`)).body.items.map((row: { id: string }) => row.id);
    for (const q of [product.sku, '公路', 'tanxianwei', 'txwglc', 'road bike'])
      expect(await find(`q=${encodeURIComponent(q)}`), q).toContain(product.id);
    expect(await find('category=%E6%95%B4%E8%BD%A6')).toEqual([product.id]);
    expect(await find('kind=made')).toEqual([product.id]);
    expect((await manager.get('/api/v1/product-categories')).body.items).toEqual([{ category: '整车', count: 1 }]);
    const total = (await manager.get('/api/v1/products?limit=200')).body.items.length;
    for (const sort of ['sku', '-sku', 'name', '-name']) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = (
          await manager.get(`/api/v1/products?limit=4&sort=${sort}${cursor === '' ? '' : `&cursor=${cursor}`}`)
        ).body as { items: { id: string }[]; nextCursor: string | null };
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect([new Set(seen).size, seen.length], sort).toEqual([total, total]);
    }
    expect((await manager.get('/api/v1/products?cursor=W10')).body.code).toBe('request.bad_cursor');
  });
});
