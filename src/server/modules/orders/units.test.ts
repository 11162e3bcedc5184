/** Units of measure on orders: a box of twelve is ordered, priced and shown as a box, and counted in pieces. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { COMPANY } from '../../platform/db/database.ts';
import { readConfirmation } from '../documents/document-queries.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let manager: Actor;
let buyer: Actor;
let partnerId: string;
let warehouse: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [sales, manager] = await Promise.all([t.as('sales'), t.as('manager')]);
  partnerId = await t.partner();
  await g.address(partnerId);
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  warehouse = await g.warehouse();
});
afterAll(() => t.close());

const BOX = { unit: '箱', unitEn: 'carton', factor: '12' };
async function boxed(options: Parameters<Goods['product']>[0] = {}, units: unknown[] = [BOX]) {
  const product = await g.product(options);
  await g.stock(product.id, warehouse, 1000);
  const { body, status } = await manager.patch(`/api/v1/products/${product.id}`, { units }, { ifMatch: 1 });
  expect([status, body.version]).toEqual([200, 2]);
  return product;
}
const place = (sku: string, line: Record<string, unknown>, rest: Record<string, unknown> = {}) => ({
  submit: true,
  lines: [{ sku, requestedOn: '2026-12-20', ...line }],
  ...rest,
});

describe('units of measure', () => {
  it('R3.3 a line in boxes is reserved in pieces and shown in both', async () => {
    const product = await boxed({ price: 10_000_000n });
    const { status, body } = await buyer.post('/api/v1/orders', place(product.sku, { qty: '2', unit: 'Carton' }));
    expect([status, body.state, body.grossAmount]).toEqual([201, 'to_confirm', '240.00']);
    expect(body.lines[0]).toMatchObject({
      qty: '24',
      unit: '件',
      orderedQty: '2',
      orderedUnit: '箱',
      unitPrice: '120.00',
      agreedPrice: '120.00',
    });
    expect(await t.sql('select reserved_qty from stock where product_id = $1', [product.id])).toEqual([
      { reserved_qty: '240000' },
    ]);
    expect((await buyer.get(`/api/v1/products/${product.id}`)).body.units).toEqual([BOX]);
    const paper = await t.services.database.read(COMPANY, (tx) => readConfirmation(tx, body.id, undefined));
    expect(paper.lines[0]).toMatchObject({ qty: 20_000n, unit: '箱', base: { qty: 240_000n, unit: '件' } });
  });

  it('R3.3 what comes to no whole number of pieces is refused, half a box of twelve is not', async () => {
    const product = await boxed();
    const refused = await buyer.post('/api/v1/orders', place(product.sku, { qty: '0.3', unit: '箱' }));
    expect([refused.status, refused.body.code, refused.body.errors[0].field]).toEqual([
      422,
      'order.not_whole_base_unit',
      'lines.0.qty',
    ]);
    const half = await buyer.post('/api/v1/orders', place(product.sku, { qty: '0.5', unit: '箱' }));
    expect([half.status, half.body.lines[0].qty, half.body.lines[0].orderedQty]).toEqual([201, '6', '0.5']);
    const unknown = await buyer.post('/api/v1/orders', place(product.sku, { qty: '1', unit: '桶' }));
    expect([unknown.status, unknown.body.code, unknown.body.errors[0].params.known]).toEqual([
      422,
      'order.unit_unknown',
      '件, 箱',
    ]);
  });

  it('R3.3 minimum and multiple are asked of the pieces, whatever the unit', async () => {
    const product = await boxed({ minQty: 240_000n, multipleQty: 240_000n });
    const code = async (qty: string) =>
      (await buyer.post('/api/v1/orders', place(product.sku, { qty, unit: '箱' }))).body.code;
    expect([await code('1'), await code('3'), await code('4')]).toEqual([
      'order.qty_minimum',
      'order.qty_multiple',
      undefined,
    ]);
  });

  it('R4.1 a price of a box is to the cent for any number of boxes, and a piece is rounded to the decimals of the list', async () => {
    const product = await boxed({ price: null });
    const list = (
      await manager.post('/api/v1/price-lists', { code: 'BOXES', name: '箱價', kind: 'base', taxInclusive: true })
    ).body;
    const saved = await manager.post(
      `/api/v1/price-lists/${list.id}/entries`,
      {
        set: [
          { sku: product.sku, unit: '箱', validFrom: '2026-01-01', unitPrice: '100' },
          { sku: product.sku, unit: '箱', minQty: '10', validFrom: '2026-01-01', unitPrice: '95' },
        ],
      },
      { ifMatch: list.version },
    );
    expect(saved.status).toBe(200);
    const quoted = async (qty: string, unit?: string) => {
      const line = { sku: product.sku, qty, ...(unit === undefined ? {} : { unit }) };
      const { lines } = (await buyer.post('/api/v1/quotes', { lines: [line] })).body;
      return [lines[0].unitPrice, lines[0].grossAmount, lines[0].orderedUnit];
    };
    expect(await quoted('7', '箱')).toEqual(['100.00', '700.00', '箱']);
    expect(await quoted('10', '箱')).toEqual(['95.00', '950.00', '箱']);
    expect(await quoted('11')).toEqual(['8.33', '91.63', '件']);
    const { body: entries } = await manager.get(`/api/v1/price-lists/${list.id}/entries`);
    expect(entries.items.map((row: { unit: string; minQty: string }) => [row.unit, row.minQty])).toEqual([
      ['箱', '0'],
      ['箱', '10'],
    ]);
  });

  it('R4.1 pieces and boxes of one product reach a quantity break together', async () => {
    const product = await boxed({ price: 10_000_000n });
    await g.price(product.id, 9_000_000n, { minQty: 300_000n });
    const { body } = await buyer.post('/api/v1/orders', {
      submit: true,
      lines: [
        { sku: product.sku, qty: '2', unit: '箱', requestedOn: '2026-12-20' },
        { sku: product.sku, qty: '6', requestedOn: '2026-12-20' },
      ],
    });
    expect(body.lines.map((line: { unitPrice: string }) => line.unitPrice)).toEqual(['108.00', '9.00']);
  });

  it('R4.2 a line of boxes of which only pieces can be had goes on in pieces at the same price', async () => {
    const product = await g.product({ price: null });
    await g.stock(product.id, warehouse, 29);
    await manager.patch(`/api/v1/products/${product.id}`, { units: [BOX] }, { ifMatch: 1 });
    await g.price(product.id, 10_000_000n);
    const { body: short } = await buyer.post('/api/v1/orders', place(product.sku, { qty: '3', unit: '箱' }));
    expect(short.state).toBe('shortage');
    const settled = await buyer.post(
      `/api/v1/orders/${short.id}/settle-shortage`,
      { lines: [{ lineNo: 1, choice: 'reduce' }] },
      { ifMatch: short.version },
    );
    expect(settled.body.lines[0]).toMatchObject({ qty: '29', orderedQty: '29', orderedUnit: '件', unitPrice: '10.00' });
    expect(settled.body.grossAmount).toBe('290.00');
  });

  it('R3.3 the units of a product have names of their own; what changes is in its history', async () => {
    const product = await g.product();
    const send = (units: unknown[], version = 1) =>
      manager.patch(`/api/v1/products/${product.id}`, { units }, { ifMatch: version });
    for (const units of [[{ unit: '件', factor: '2' }], [BOX, { unit: '盒', unitEn: 'CARTON', factor: '6' }]])
      expect((await send(units)).body.code).toBe('product.unit');
    expect((await send([{ unit: '箱', factor: '0' }])).body.code).toBe('field.qty_range');
    await send([BOX]);
    await send([{ ...BOX, factor: '10' }], 2);
    const events = await t.sql<{ payload: { changes: Record<string, unknown> } }>(
      `select payload from event where document_id = $1 order by version`,
      [product.id],
    );
    expect(events.map(({ payload }) => payload.changes['units'])).toEqual([
      { before: '', after: '箱/carton=12' },
      { before: '箱/carton=12', after: '箱/carton=10' },
    ]);
  });

  it('R3.3 an inquiry in boxes becomes an order in boxes; a unit that the product does not have is a marked difference', async () => {
    const product = await boxed();
    const { body: inquiry } = await buyer.post('/api/v1/inquiries', {
      lines: [
        { wanted: product.sku, productId: product.id, qty: '2', unit: '箱', requestedOn: '2026-12-20' },
        { wanted: product.sku, productId: product.id, qty: '3', unit: '托', requestedOn: '2026-12-20' },
      ],
    });
    const { body: checked } = await sales.post(`/api/v1/inquiries/${inquiry.id}/check`, undefined, {
      ifMatch: inquiry.version,
    });
    const { body: order } = await sales.post(`/api/v1/inquiries/${inquiry.id}/convert`, undefined, {
      ifMatch: checked.version ?? inquiry.version,
    });
    expect(order.lines.map((line: { qty: string; orderedUnit: string }) => [line.qty, line.orderedUnit])).toEqual([
      ['24', '箱'],
      ['3', '件'],
    ]);
    const { body: compared } = await sales.get(`/api/v1/orders/${order.id}/inquiry-comparison`);
    expect(compared.items.filter(({ differs }: { differs: boolean }) => differs)).toEqual([
      expect.objectContaining({ field: 'unit', lineNo: 2, inquiryValue: '托', orderValue: '件' }),
    ]);
    const refused = await sales.post(`/api/v1/orders/${order.id}/submit`, {}, { ifMatch: order.version });
    expect(refused.body.code).toBe('order.inquiry_difference');
  });
});
