/** Orders under way at the cut-over: taken over as they stand, run on like any other, and given back. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../tests/support/app.ts';
import { booksAgree } from '../../../tests/support/books.ts';
import { type Goods, goods } from '../../../tests/support/goods.ts';
import { invariantViolations } from '../platform/invariants/index.ts';

let t: TestApp;
let g: Goods;
let finance: Actor;
let sales: Actor;
let warehouse: string;
let partnerId: string;
// oxlint-disable-next-line typescript/no-explicit-any -- what an answer holds is what the test looks at
type View = any;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [finance, sales] = await Promise.all([t.as('finance'), t.as('sales')]);
  partnerId = await t.partner({ paymentTerm: { kind: 'deposit_balance', depositRate: '0.3', days: 30 } });
  await g.address(partnerId);
  warehouse = await g.warehouse();
});
afterAll(() => t.close());
const violations = () =>
  invariantViolations(async ({ text, values }) => (await t.sql(text, [...values])) as Record<string, unknown>[]);
afterEach(async () => {
  expect(await violations()).toEqual([]);
});

async function stocked(pieces: number): Promise<{ id: string; sku: string }> {
  const product = await g.product();
  if (pieces > 0) await g.stock(product.id, warehouse, pieces);
  return product;
}
let made = 0;
const reference = () => `OLD-${(made += 1)}`;
const takeOver = (body: object): Promise<{ status: number; body: View; text: string }> =>
  finance.post('/api/v1/cut-over-orders', { partnerId, reference: reference(), agreedOn: '2026-02-02', ...body });
const balance = async () =>
  (
    await t.sql<{ balance: string; held: string }>(
      'select balance_amount::text as balance, held_amount::text as held from credit_account where partner_id = $1',
      [partnerId],
    )
  )[0];
const act = (actor: Actor, of: string, document: View, verb: string, body?: object) =>
  actor.post(`/api/v1/${of}/${document.id}/${verb}`, body, { ifMatch: document.version });
async function must(answer: Promise<{ status: number; body: View; text: string }>): Promise<View> {
  const { status, body, text } = await answer;
  if (status >= 300) throw new Error(text);
  return body;
}

describe('cut-over of orders', () => {
  it('R4.3 part delivered, part invoiced, part paid: taken over to the cent, with the open rest in the warehouse', async () => {
    const first = await stocked(10);
    const second = await stocked(10);
    const { status, body: order } = await takeOver({
      reference: 'OLD-A',
      poNo: 'PO-A',
      paidAmount: '500.00',
      lines: [
        { sku: first.sku, qty: '10', unitPrice: '99.99', deliveredQty: '6', invoicedQty: '3' },
        { sku: second.sku, qty: '2', unitPrice: '50', requestedOn: '2026-12-20' },
      ],
    });
    expect([status, order.code]).toEqual([201, undefined]);
    expect(order).toMatchObject({
      state: 'in_effect',
      grossAmount: '1099.90',
      paidAmount: '500.00',
      invoicedAmount: '299.97',
      deliveryStatus: 'part_delivered',
      invoiceStatus: 'part_invoiced',
      cutOver: { reference: 'OLD-A', agreedOn: '2026-02-02' },
      discrepancies: [],
    });
    expect(order.lines.map((line: View) => [line.shippedQty, line.deliveredQty, line.invoicedAmount])).toEqual([
      ['6', '6', '299.97'],
      ['0', '0', '0.00'],
    ]);
    expect(order.paymentPlan.map((item: View) => [item.amount, item.paidAmount])).toEqual([
      ['329.97', '329.97'],
      ['769.93', '170.03'],
    ]);
    // Owed is what was invoiced less what was paid; the credit held is what is still to be invoiced.
    expect(await balance()).toEqual({ balance: String(29997 - 50000), held: String(109990 - 29997) });
    expect(order.pickings).toHaveLength(1);
    const { body: picking } = await (await t.as('warehouse')).get(`/api/v1/pickings/${order.pickings[0].id}`);
    expect(picking.lines.map((line: View) => line.qty)).toEqual(['4', '2']);
    await booksAgree(t);
  });

  it('R5, R6 the rest goes its way: picked, shipped, delivered, invoiced, paid, and the order completes by itself', async () => {
    const { sku } = await stocked(10);
    const order = await must(
      takeOver({
        paidAmount: '99.99',
        lines: [{ sku, qty: '3', unitPrice: '33.33', deliveredQty: '1', invoicedQty: '1', invoicedAmount: '33.34' }],
      }),
    );
    const [store, logistics, processing] = await Promise.all([
      t.as('warehouse'),
      t.as('logistics'),
      t.as('order_processing'),
    ]);
    const list = (await store.get(`/api/v1/pickings?orderId=${order.id}`)).body.items[0];
    await must(act(store, 'pickings', await must(act(store, 'pickings', list, 'start')), 'finish', {}));
    const shipment = await must(
      processing.post('/api/v1/shipments', {
        orderId: order.id,
        warehouseId: warehouse,
        shippedAt: t.clock.now().toISOString(),
        missingDataReason: '自提',
      }),
    );
    await must(
      act(logistics, 'shipments', shipment, 'deliver', { at: t.clock.now().toISOString(), receivedBy: '李四' }),
    );
    const invoice = await must(finance.post('/api/v1/invoices', { orderId: order.id }));
    // 99.99 in all, 33.34 before: the last part takes what is left.
    expect(invoice.grossAmount).toBe('66.65');
    const after = (await sales.get(`/api/v1/orders/${order.id}`)).body;
    expect([after.state, after.deliveryStatus, after.paymentStatus]).toEqual(['completed', 'delivered', 'paid']);
    await booksAgree(t);
  });

  it('R6.2 refusals name the field: twice the same number, more than ordered, more paid than owed, nothing to promise', async () => {
    const { sku } = await stocked(1);
    const line = { sku, qty: '3', unitPrice: '10', deliveredQty: '3' };
    const code = async (body: object) => {
      const answer = await takeOver(body);
      return [answer.status, answer.body.code, answer.body.errors?.[0]?.field];
    };
    const before = await t.digest();
    expect(await code({ lines: [{ ...line, deliveredQty: '4' }] })).toEqual([
      422,
      'order.cut_over_too_much',
      'lines.0.deliveredQty',
    ]);
    expect(await code({ lines: [{ ...line, invoicedQty: '3', invoicedAmount: '29.99' }] })).toEqual([
      422,
      'order.cut_over_too_much',
      'lines.0.invoicedAmount',
    ]);
    expect(await code({ lines: [{ ...line, deliveredQty: '1' }] })).toEqual([409, 'order.not_promised', 'lines.0.qty']);
    expect((await code({ lines: [line], paidAmount: '30.01' })).slice(0, 2)).toEqual([409, 'payment.exceeds_open']);
    expect(await code({ lines: [line], agreedOn: '2027-01-01' })).toEqual([422, 'payment.future_date', 'agreedOn']);
    expect(await t.digest()).toBe(before);
    await must(takeOver({ reference: 'OLD-TWICE', lines: [line] }));
    expect(await code({ reference: 'OLD-TWICE', lines: [line] })).toEqual([
      409,
      'order.cut_over_duplicate',
      'reference',
    ]);
    expect((await (await t.as('warehouse')).post('/api/v1/cut-over-orders', {})).status).toBe(403);
  });

  it('R4.3 taken back while nothing else has happened: money, goods and number are as before; later it is refused', async () => {
    const { id, sku } = await stocked(5);
    const money = await balance();
    const lines = [{ sku, qty: '5', unitPrice: '20', deliveredQty: '2', invoicedQty: '2' }];
    const order = await must(takeOver({ reference: 'OLD-B', poNo: 'PO-B', paidAmount: '70.00', lines }));
    const undone = await must(act(finance, 'orders', order, 'undo-cut-over', { reason: '重复导入' }));
    expect([undone.state, undone.cutOver, undone.paidAmount, undone.invoicedAmount]).toEqual([
      'cancelled',
      null,
      '0.00',
      '0.00',
    ]);
    expect(await balance()).toEqual(money);
    expect(await t.sql('select reserved_qty::text as qty from stock where product_id = $1', [id])).toEqual([
      { qty: '0' },
    ]);
    expect(
      await t.sql(
        'select kind from task where closed_at is null and (document_id = $1 or document_id in (select id from picking where order_id = $1))',
        [order.id],
      ),
    ).toEqual([]);
    const again = await must(takeOver({ reference: 'OLD-B', poNo: 'PO-B', paidAmount: '70.00', lines }));
    const store = await t.as('warehouse');
    await must(
      act(store, 'pickings', (await store.get(`/api/v1/pickings?orderId=${again.id}`)).body.items[0], 'start'),
    );
    const now = (await finance.get(`/api/v1/orders/${again.id}`)).body;
    expect((await act(finance, 'orders', now, 'undo-cut-over', { reason: '?' })).body.code).toBe('order.moved_on');
    expect(now.allowedActions.find(({ action }: View) => action === 'undoCutOver').refusals).toMatchObject([
      { code: 'order.moved_on' },
    ]);
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    const placed = await must(
      buyer.post('/api/v1/orders', {
        submit: true,
        lines: [{ sku: (await stocked(1)).sku, qty: '1', requestedOn: '2026-12-20' }],
      }),
    );
    const sent = await must(act(sales, 'orders', placed, 'send-confirmation'));
    const ours = await must(act(buyer, 'orders', sent, 'accept', { contentHash: sent.rounds.at(-1).contentHash }));
    expect((await act(finance, 'orders', ours, 'undo-cut-over', { reason: '?' })).body.code).toBe('order.not_cut_over');
  });

  it('R3.1 from a file: rows of one earlier number are one order; the same file again makes nothing new', async () => {
    const first = await stocked(20);
    const second = await stocked(20);
    const [{ no = '' } = {}] = await t.sql<{ no: string }>('select no from partner where id = $1', [partnerId]);
    const csv = [
      'partner,reference,agreedOn,poNo,paidAmount,sku,qty,unitPrice,deliveredQty,invoicedQty',
      `${no},OLD-F1,2026-01-15,PO-F1,30.00,${first.sku},4,10.50,2,2`,
      `${no},OLD-F1,2026-01-15,PO-F1,30.00,${second.sku},1,7,0,0`,
      `${no},OLD-F2,2026-01-16,,,${second.sku},2,7,2,5`,
    ].join('\n');
    const run = (mode: string) =>
      finance.send('POST', `/api/v1/imports?kind=cutOverOrders&mode=${mode}&fileName=open.csv`, csv, {
        headers: { 'content-type': 'text/csv' },
      });
    const checked = (await run('check')).body;
    expect([checked.okCount, checked.errorCount, checked.committed]).toEqual([2, 1, false]);
    expect(checked.rows.find(({ ok }: View) => !ok).errors[0].code).toBe('order.cut_over_too_much');
    expect((await run('valid_rows')).body).toMatchObject({ okCount: 2, errorCount: 1, committed: true });
    expect((await run('valid_rows')).body).toMatchObject({ replayedCount: 2 });
    expect(
      await t.sql(
        `select o.gross_amount::text as gross, o.invoiced_amount::text as invoiced, o.paid_amount::text as paid from sales_order o join order_cut_over c on c.order_id = o.id where c.reference = 'OLD-F1'`,
      ),
    ).toEqual([{ gross: '4900', invoiced: '2100', paid: '3000' }]);
  });
});
