/** A discount that a person gives on the whole order, as an amount or as a part of it: spread once over the lines, frozen there, told everywhere. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { act } from '../../../../tests/support/order-act.ts';
import { COMPANY } from '../../platform/db/database.ts';
import { databaseViolations } from '../../platform/invariants/index.ts';
import { confirmationPaper } from '../documents/confirmation-paper.ts';
import { readConfirmation } from '../documents/document-queries.ts';
import { wording } from '../documents/wording.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let manager: Actor;
let partnerId: string;
let warehouse: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sales = await t.as('sales');
  manager = await t.as({ role: 'manager', approvalLimit: 1_000_000n });
  partnerId = await t.partner({ no: 'C-OFF' });
  await g.address(partnerId);
  warehouse = await g.warehouse();
});
afterAll(() => t.close());

const stocked = async (price: bigint, pieces = 100) => {
  const product = await g.product({ price });
  await g.stock(product.id, warehouse, pieces);
  return product;
};
type Sent = Record<string, unknown>;
const send = (lines: Sent[], rest: Sent = {}, actor = sales) =>
  actor.post('/api/v1/orders', {
    ...(actor.partnerId === null ? { partnerId } : {}),
    lines: lines.map((line) => ({ requestedOn: '2026-12-20', ...line })),
    ...rest,
  });
type View = { lines: { orderDiscountShare: string; why: { step: string }[] }[] };
const sharesOf = ({ lines }: View) => lines.map(({ orderDiscountShare }) => orderDiscountShare);

describe('a discount on the whole order', () => {
  it('R4.1 as a percentage it is worked out from what the lines come to, half up, spread by largest remainder, and told of every line and of the quote', async () => {
    const goodsOf = [await stocked(33_330_000n), await stocked(33_330_000n), await stocked(33_350_000n)];
    const lines = goodsOf.map(({ sku }) => ({ sku, qty: '1' }));
    const { body: quoted } = await sales.post('/api/v1/quotes', { partnerId, lines, orderDiscountRate: '0.05' });
    expect([quoted.orderDiscountAmount, quoted.grossAmount]).toEqual(['5.00', '95.01']);
    const { body: placed } = await send(lines, { orderDiscountRate: '0.05', submit: true });
    // 100.01 × 5 % = 5.0005
    expect([placed.orderDiscountAmount, placed.orderDiscountRate, placed.grossAmount]).toEqual([
      '5.00',
      '0.05',
      '95.01',
    ]);
    expect(sharesOf(placed)).toEqual(['1.67', '1.66', '1.67']);
    expect(placed.lines[0].why.at(-1)).toEqual({
      step: 'order_discount',
      rate: '0.05',
      amount: placed.lines[0].orderDiscountShare,
    });
    expect(quoted.lines[0].why).toEqual(placed.lines[0].why);
    expect(placed.discrepancies).toMatchObject([
      { lineNo: null, kind: 'discount', ordered: '5.00', effectAmount: '-5.00' },
    ]);
    expect(await databaseViolations(t.services.database)).toEqual([]);
  });

  it('R4.1 what was said follows the draft as it changes; naming an amount replaces it, null takes it away, and both at once are refused', async () => {
    const { sku } = await stocked(10_000_000n);
    const line = (qty: string) => [{ sku, qty, requestedOn: '2026-12-20' }];
    let { body: order } = await send(line('10'), { orderDiscountRate: '0.1' });
    const change = async (body: Sent) => {
      const answer = await sales.send('PATCH', `/api/v1/orders/${order.id}`, body, { ifMatch: order.version });
      if (answer.status === 200) order = answer.body;
      return answer.status === 200
        ? [order.orderDiscountAmount, order.orderDiscountRate]
        : [answer.body.code, answer.body.errors?.[0]?.field];
    };
    expect(await change({ lines: line('7') })).toEqual(['7.00', '0.1']);
    expect(await change({ orderDiscountAmount: '3' })).toEqual(['3.00', null]);
    expect(await change({ orderDiscountAmount: null, orderDiscountRate: '0.333333' })).toEqual(['23.33', '0.333333']);
    expect(await change({ orderDiscountAmount: '1', orderDiscountRate: '0.1' })).toEqual([
      'order.discount_twice',
      'orderDiscountRate',
    ]);
    for (const bad of ['0', '1.01', '5%', '-0.1', '0.1234567'])
      expect((await change({ orderDiscountRate: bad }))[1]).toBe('orderDiscountRate');
    expect(await change({ orderDiscountRate: null })).toEqual(['0.00', null]);
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    const refused = await send(line('1'), { orderDiscountRate: '0.1' }, buyer);
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, 'orderDiscountRate']);
  });

  it('R4.1 once submitted the shares are frozen by line: a line that is parted takes its own along, and taking the discount back takes all of it', async () => {
    const [short, plenty] = [await stocked(10_000_000n, 2), await stocked(20_000_000n)];
    await g.supply(short.id, warehouse, 20, '2027-01-10');
    const lines = [
      { sku: short.sku, qty: '5' },
      { sku: plenty.sku, qty: '10' },
    ];
    const { body: placed } = await send(lines, { orderDiscountRate: '0.1', submit: true });
    expect([placed.state, sharesOf(placed)]).toEqual(['terms_review', ['5.00', '20.00']]);
    const settled = await act(manager, placed, 'settle-discrepancy', {
      discrepancyId: placed.discrepancies[0].id,
      how: 'approve',
    });
    expect(settled.body.state).toBe('shortage');
    const split = await act(sales, settled.body, 'settle-shortage', {
      lines: [{ lineNo: 1, choice: 'split' }],
      evidence: '電話 3 月 10 日',
    });
    expect([sharesOf(split.body), split.body.orderDiscountAmount, split.body.orderDiscountRate]).toEqual([
      ['2.00', '20.00', '3.00'],
      '25.00',
      '0.1',
    ]);
    const { body: other } = await send(lines.slice(1), { orderDiscountRate: '0.1', submit: true });
    const back = await act(sales, other, 'settle-discrepancy', {
      discrepancyId: other.discrepancies[0].id,
      how: 'take_back',
    });
    expect([back.body.orderDiscountAmount, back.body.orderDiscountRate, back.body.lines[0].why.at(-1).step]).toEqual([
      '0.00',
      null,
      'list',
    ]);
    expect(await databaseViolations(t.services.database)).toEqual([]);
  });

  it('R4.3 the round that the partner confirms holds the percentage, and the printed confirmation shows it', async () => {
    const { sku } = await stocked(100_000_000n);
    const { body: placed } = await send([{ sku, qty: '2' }], { orderDiscountRate: '0.025', submit: true });
    const approved = await act(manager, placed, 'settle-discrepancy', {
      discrepancyId: placed.discrepancies[0].id,
      how: 'approve',
    });
    const { body: sent } = await act(sales, approved.body, 'send-confirmation');
    const [round] = await t.sql<{ content: Sent }>('select content from order_round where order_id = $1', [sent.id]);
    expect(round?.content).toMatchObject({ orderDiscount: '500', orderDiscountRate: '25000', gross: '19500' });
    const printed = await t.services.database.read(COMPANY, async (tx) =>
      JSON.stringify(
        confirmationPaper(await readConfirmation(tx, sent.id, undefined), '2026-03-10', wording('zh-Hant', 'zh-Hant')),
      ),
    );
    expect([printed.includes('折扣 2.5%'), printed.includes('"-5.00"')]).toEqual([true, true]);
    const { body: compared } = await sales.get(`/api/v1/orders/${sent.id}/round-comparison?left=1`);
    expect(compared.items).toContainEqual(
      expect.objectContaining({ field: 'orderDiscountRate', left: '0.025', differs: false }),
    );
  });

  it('R3.3 a file of orders may name the discount as an amount or a percentage; a copy of an order takes no discount along', async () => {
    const { sku } = await stocked(10_000_000n);
    const file = [
      '夥伴編號,採購單號,產品代碼,數量,整單折扣金額,整單折扣比例',
      `C-OFF,PO-PART,${sku},10,,5%`,
      `C-OFF,PO-SUM,${sku},10,4.5,`,
    ].join('\n');
    const { body } = await sales.send(
      'POST',
      '/api/v1/imports?kind=orders&mode=all_or_nothing&fileName=o.csv',
      Buffer.from(file),
      {
        headers: { 'content-type': 'text/csv' },
      },
    );
    expect([body.okCount, body.errorCount]).toEqual([2, 0]);
    const rows = await t.sql<{ id: string }>(
      'select id, order_discount_amount::text as off, order_discount_rate::text as rate from sales_order where po_no = any($1) order by po_no',
      [['PO-PART', 'PO-SUM']],
    );
    expect(rows).toMatchObject([
      { off: '500', rate: '50000' },
      { off: '450', rate: null },
    ]);
    const copied = await sales.post(`/api/v1/orders/${rows[0]?.id}/copy`);
    expect([copied.body.orderDiscountAmount, copied.body.orderDiscountRate, copied.body.grossAmount]).toEqual([
      '0.00',
      null,
      '100.00',
    ]);
  });
});
