/** Stock from a file, and lists as files. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';

let t: TestApp;
let g: Goods;
let store: Actor;
let code: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  store = await t.as('warehouse');
  const warehouseId = await g.warehouse();
  const [row] = await t.sql<{ code: string }>('select code from warehouse where id = $1', [warehouseId]);
  code = row?.code ?? '';
});
afterAll(() => t.close());

const upload = (mode: string, rows: readonly string[]) =>
  store.send(
    'POST',
    `/api/v1/imports?kind=stock&mode=${mode}&fileName=stock.csv`,
    Buffer.from(['产品代码,仓库代码,数量,种类,备注', ...rows].join('\n')),
    { headers: { 'content-type': 'text/csv' } },
  );
const onHand = async (sku: string) =>
  (
    await t.sql<{ qty: string }>(
      'select sum(on_hand_qty)::text as qty from stock s join product p on p.id = s.product_id where p.sku = $1',
      [sku],
    )
  )[0]?.qty ?? null;

describe('files', () => {
  it('R4.2 opening stock comes from a file; what does not fit is named by row and column', async () => {
    const [good, other] = [await g.product(), await g.product()];
    const rows = [
      `${good.sku},${code},12,期初,盘点表`,
      `${other.sku},${code},1.5,,`,
      `NO-SUCH,${code},1,,`,
      `${good.sku},NOWHERE,1,,`,
    ];
    const check = await upload('check', rows);
    expect([check.status, check.body.okCount, check.body.errorCount]).toEqual([200, 1, 3]);
    expect(await onHand(good.sku)).toBeNull();
    const { body } = await upload('valid_rows', rows);
    const faults = body.rows
      .filter(({ ok }: { ok: boolean }) => !ok)
      .map((row: { row: number; errors: { column: string; code: string }[] }) => [
        row.row,
        row.errors[0]?.column,
        row.errors[0]?.code,
      ]);
    expect(faults.sort()).toEqual([
      [3, 'qty', 'stock.qty_whole'],
      [4, 'sku', 'import.row_unmatched'],
      [5, 'warehouse', 'import.row_unmatched'],
    ]);
    expect(await onHand(good.sku)).toBe('120000');
    const [move] = await t.sql(
      'select m.kind, m.note from stock_move m join product p on p.id = m.product_id where p.sku = $1',
      [good.sku],
    );
    expect(move).toEqual({ kind: 'opening', note: '盘点表' });
  });

  it('R4.2 the same file again brings nothing twice', async () => {
    const product = await g.product();
    const rows = [`${product.sku},${code},7,,`];
    await upload('valid_rows', rows);
    await upload('valid_rows', rows);
    expect(await onHand(product.sku)).toBe('70000');
  });

  it('R9.1 stock, movements, supplies, picking lists and shipments can be taken out as files', async () => {
    const product = await g.product({ sku: 'FILE-1' });
    await upload('valid_rows', [`${product.sku},${code},3,,`]);
    for (const [list, text] of [
      ['stock', 'FILE-1'],
      ['stockMoves', 'FILE-1'],
      ['supplies', 'Expected on'],
      ['pickings', 'Ready by'],
      ['shipments', 'Waybill'],
    ]) {
      const answer = await store.get(`/api/v1/exports/${list}?format=csv`);
      expect([list, answer.status]).toEqual([list, 200]);
      expect(answer.text).toContain(text);
    }
    const buyer = await t.as({ partnerId: await t.partner(), role: 'partner_buyer' });
    expect((await buyer.get('/api/v1/exports/stock?format=csv')).status).toBe(403);
    expect((await buyer.get('/api/v1/exports/shipments?format=csv')).status).toBe(200);
  });
});
