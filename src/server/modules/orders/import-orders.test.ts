import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';

let t: TestApp;
let g: Goods;
beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
});
afterAll(() => t.close());

it('R3.3 orders come in by file: rows of one purchase order are one order, a bad one is named and spoils no other, twice makes nothing new', async () => {
  const sales = await t.as('sales');
  const partnerId = await t.partner({ no: 'C-IMPORT' });
  await g.address(partnerId);
  const warehouse = await g.warehouse();
  const a = await g.product();
  const b = await g.product();
  for (const product of [a, b]) await g.stock(product.id, warehouse, 100);
  const file = [
    '夥伴編號,採購單號,要求交期,產品代碼,數量,直接提交',
    `C-IMPORT,PO-A,2026-05-01,${a.sku},2,是`,
    `C-IMPORT,PO-A,2026-05-01,${b.sku},3,是`,
    `C-IMPORT,PO-B,2026-05-01,NO-SUCH,1,是`,
    `C-IMPORT,PO-C,2026-05-01,${b.sku},1,`,
  ].join('\n');
  const run = () =>
    sales.send('POST', '/api/v1/imports?kind=orders&mode=valid_rows&fileName=orders.csv', Buffer.from(file), {
      headers: { 'content-type': 'text/csv' },
    });
  const { status, body } = await run();
  expect([status < 300, body.okCount, body.errorCount]).toEqual([true, 3, 1]);
  const orders = await t.sql<{ po_no: string; state: string; lines: number }>(
    'select po_no, state, (select count(*)::int from order_line l where l.order_id = o.id) as lines from sales_order o where partner_id = $1 order by po_no',
    [partnerId],
  );
  expect(orders).toEqual([
    { po_no: 'PO-A', state: 'to_confirm', lines: 2 },
    { po_no: 'PO-C', state: 'draft', lines: 1 },
  ]);
  await run();
  expect(await t.sql('select count(*)::int as n from sales_order where partner_id = $1', [partnerId])).toEqual([
    { n: 2 },
  ]);
});
