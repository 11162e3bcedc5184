/** Invoices over HTTP: issued in parts and in full, delivered, received, taken back by red letter. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Answer, type TestApp, testApp } from '../../../tests/support/app.ts';
import { booksAgree } from '../../../tests/support/books.ts';
import { type Goods, goods } from '../../../tests/support/goods.ts';
import { type EffectiveOrder, type InEffect, inEffect } from '../../../tests/support/in-effect.ts';

let t: TestApp;
let g: Goods;
let finance: Actor;
let p: InEffect;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  finance = await t.as('finance');
  p = await inEffect(t, g);
});
afterAll(() => t.close());

const issue = (order: { id: string }, fields: object = {}) =>
  finance.post('/api/v1/invoices', { orderId: order.id, ...fields }).then(async (answer) => {
    // The answer is made without reading the invoice again: it must be what a reader then finds.
    if (answer.status === 201) {
      const { body } = await finance.get(`/api/v1/invoices/${answer.body.id}`);
      expect(answer.body).toEqual(body);
    }
    return answer;
  });
const early = { beforePaymentReason: '合同约定先票后款' };
const act = (invoice: { id: string; version: number }, verb: string, body: object = {}, actor = finance) =>
  actor.post(`/api/v1/invoices/${invoice.id}/${verb}`, body, { ifMatch: invoice.version });
const pay = (order: EffectiveOrder, amount = order.grossAmount) =>
  finance.post('/api/v1/payments', {
    partnerId: order['partner'].id,
    amount,
    receivedOn: '2026-03-10',
    method: 'bank_transfer',
    confirm: true,
    allocations: [{ orderId: order.id, amount }],
  });
const account = async (partnerId = p.partnerId) => {
  const [row] = await t.sql<{ balance: string; held: string }>(
    'select balance_amount::text as balance, held_amount::text as held from credit_account where partner_id = $1',
    [partnerId],
  );
  return { balance: BigInt(row?.balance ?? '0'), held: BigInt(row?.held ?? '0') };
};
const tasks = async (documentId: string) =>
  (
    await t.sql<{ kind: string }>('select kind from task where document_id = $1 and closed_at is null order by kind', [
      documentId,
    ])
  ).map(({ kind }) => kind);
const refused = ({ status, body }: Answer) => [status, body.code, body.errors?.[0]?.field];

describe('issue', () => {
  test('R6.3 N10 a paid order has its invoicing task, the invoice closes it, and exposure stays as it was', async () => {
    const order = await p.order([{ qty: '3' }]);
    await pay(order);
    expect(await tasks(order.id)).toContain('invoice.issue');
    const before = await account();
    const { status, body } = await issue(order);
    expect([status, body.state, body.netAmount, body.taxAmount, body.grossAmount]).toEqual([
      201,
      'issued',
      '300.00',
      '39.00',
      '339.00',
    ]);
    expect(body.lines).toEqual([
      expect.objectContaining({ lineNo: 1, qty: '3', taxRate: '0.13', netAmount: '300.00', taxAmount: '39.00' }),
    ]);
    const after = await account();
    expect([after.balance - before.balance, after.held - before.held]).toEqual([33900n, -33900n]);
    expect(await tasks(order.id)).not.toContain('invoice.issue');
    expect(await tasks(body.id)).toEqual(['invoice.send']);
    expect(await p.read(order.id)).toMatchObject({ invoiceStatus: 'invoiced', invoicedAmount: '339.00' });
    const posted = await t.sql(
      'select debit_account, credit_account, amount::text from ledger_entry where source_id = $1 order by credit_account',
      [body.id],
    );
    expect(posted).toEqual([
      { debit_account: '1122', credit_account: '2221', amount: '3900' },
      { debit_account: '1122', credit_account: '6001', amount: '30000' },
    ]);
    await booksAgree(t);
  });

  test('M6 R6.3 part invoices by quantity: the last takes the remaining cents, and never more than is due', async () => {
    const order = await p.order([{ qty: '3', price: 33_330_000n }, { qty: '2' }]);
    await pay(order);
    const first = await issue(order, { lines: [{ lineNo: 1, qty: '1' }] });
    expect([first.body.grossAmount, first.body.netAmount]).toEqual(['33.33', '29.50']);
    expect((await p.read(order.id)).invoiceStatus).toBe('part_invoiced');
    expect(await tasks(order.id)).toContain('invoice.issue');
    const over = await issue(order, { lines: [{ lineNo: 1, qty: '3' }] });
    expect(refused(over)).toEqual([409, 'invoice.exceeds_due', 'lines.0.qty']);
    expect(over.body.errors[0].params).toEqual({ line: '1', open: '2' });
    const rest = await issue(order);
    expect(rest.body.grossAmount).toBe('292.66');
    expect(refused(await issue(order))).toEqual([409, 'invoice.exceeds_due', 'orderId']);
    await booksAgree(t);
  });

  test('R6.3 an invoice before the money needs a reason on record, one before the goods carries a warning', async () => {
    const order = await p.order();
    const without = await issue(order);
    expect(refused(without)).toEqual([409, 'invoice.not_paid', 'beforePaymentReason']);
    expect(without.body.errors[0].params).toEqual({ paid: '0.00', needed: '113.00' });
    const { body } = await issue(order, early);
    expect([body.warnings, body.beforePaymentReason]).toEqual([
      ['before_shipment', 'before_payment'],
      '合同约定先票后款',
    ]);
    const seen = await p.buyer.get(`/api/v1/invoices/${body.id}`);
    expect([seen.body.warnings, seen.body.beforePaymentReason, seen.body.issuedBy]).toEqual([[], null, null]);
  });

  test('R6.3 where the policy does not ask for payment first, no reason is needed', async () => {
    await t.sql(
      `insert into policy_parameter (id, code, value, unit, valid_from) values (gen_random_uuid(), 'invoice.needs_payment', 0, 'flag', '2026-01-01')`,
    );
    const { status, body } = await issue(await p.order());
    await t.sql(`delete from policy_parameter where code = 'invoice.needs_payment'`);
    expect([status, body.warnings]).toEqual([201, ['before_shipment']]);
  });

  test('R6.3 a special invoice names every piece of buyer data that the file lacks; the snapshot outlives the file', async () => {
    const order = await p.order();
    const missing = await issue(order, { kind: 'special', ...early });
    expect([
      missing.status,
      missing.body.errors.map(({ code, field }: { code: string; field: string }) => [code, field]),
    ]).toEqual([
      422,
      ['taxNo', 'address', 'phone', 'bankName', 'bankAccount'].map((field) => ['invoice.buyer_data', `buyer.${field}`]),
    ]);
    await t.sql(
      `update partner set invoice_title = '昆山甲公司', tax_no = '91320583MA1FL0AB1X', invoice_address = '昆山市某路 1 号', invoice_phone = '0512-1', bank_name = '工行', bank_account = '1102' where id = $1`,
      [p.partnerId],
    );
    const { body } = await issue(order, { kind: 'special', ...early });
    await t.sql(`update partner set invoice_title = '乙公司' where id = $1`, [p.partnerId]);
    expect((await finance.get(`/api/v1/invoices/${body.id}`)).body.buyer).toEqual({
      title: '昆山甲公司',
      taxNo: '91320583MA1FL0AB1X',
      address: '昆山市某路 1 号',
      phone: '0512-1',
      bankName: '工行',
      bankAccount: '1102',
    });
  });

  test('R6.3 only orders in effect, only their lines, whole pieces where the product has no parts', async () => {
    const order = await p.order();
    const draft = await p.buyer.post('/api/v1/orders', { lines: [{ sku: (await g.product()).sku, qty: '1' }] });
    expect(refused(await issue(draft.body))).toEqual([409, 'order.wrong_state', 'orderId']);
    expect(refused(await issue({ id: p.partnerId }))).toEqual([404, 'order.not_found', 'orderId']);
    expect(refused(await issue(order, { ...early, lines: [{ lineNo: 7, qty: '1' }] }))).toEqual([
      404,
      'line.not_found',
      'lines.0.lineNo',
    ]);
    expect(refused(await issue(order, { ...early, lines: [{ lineNo: 1, qty: '0.5' }] }))).toEqual([
      422,
      'stock.qty_whole',
      'lines.0.qty',
    ]);
    expect(refused(await issue(order, { ...early, kind: 'digital_ordinary', taxInvoiceNo: '123' }))).toEqual([
      422,
      'invoice.tax_no_format',
      'taxInvoiceNo',
    ]);
    expect(refused(await p.sales.post('/api/v1/invoices', { orderId: order.id }))).toEqual([
      403,
      'permission.denied',
      undefined,
    ]);
  });

  test('R6.3 the page to invoice says what is open, what is missing and whether a reason is needed', async () => {
    const order = await p.order([{ qty: '4' }]);
    await issue(order, { ...early, lines: [{ lineNo: 1, qty: '1' }] });
    const { body } = await finance.get(`/api/v1/orders/${order.id}/invoiceable`);
    expect(body).toMatchObject({
      openAmount: '339.00',
      needsReason: true,
      warnings: ['before_shipment'],
      refusals: [],
      lines: [{ qty: '4', invoicedQty: '1', openQty: '3', openAmount: '339.00' }],
    });
  });

  test('P4 many want the rest of one order at once: one gets it', async () => {
    const order = await p.order([{ qty: '5' }]);
    const answers = await Promise.all(Array.from({ length: 8 }, () => issue(order, early)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
      new Set(['invoice.exceeds_due']),
    );
    await booksAgree(t);
  });
});

describe('delivery', () => {
  test('R6.3 N10 sent with way and reference, a follow-up is due when nobody confirms, the partner confirms, and back', async () => {
    const order = await p.order();
    await pay(order);
    const { body: issued } = await issue(order);
    const sent = await act(issued, 'send', { method: 'post', ref: 'EMS 1234' });
    expect([sent.status, sent.body.state, sent.body.deliveryMethod, sent.body.deliveryRef]).toEqual([
      200,
      'sent',
      'post',
      'EMS 1234',
    ]);
    expect(
      await t.sql('select kind, due_at from task where document_id = $1 and closed_at is null', [issued.id]),
    ).toEqual([{ kind: 'invoice.follow_up', due_at: new Date('2026-03-13T15:59:59.999Z') }]);
    const buyerFinance = await t.as({ partnerId: p.partnerId, role: 'partner_finance' });
    const received = await act(sent.body, 'receive', { receivedBy: '王会计' }, buyerFinance);
    expect([received.status, received.body.state, received.body.receivedBy]).toEqual([200, 'received', '王会计']);
    expect(await tasks(issued.id)).toEqual([]);
    expect((await p.read(order.id)).invoiceStatus).toBe('received');
    const back = await act(received.body, 'unreceive', { reason: '点错了' }, buyerFinance);
    expect([back.body.state, back.body.receivedAt, (await p.read(order.id)).invoiceStatus]).toEqual([
      'sent',
      null,
      'invoiced',
    ]);
    expect(await tasks(issued.id)).toEqual(['invoice.follow_up']);
    await booksAgree(t);
  });

  test('R6.3 nothing is received before it was issued or in the future, nor twice', async () => {
    const { body } = await issue(await p.order(), early);
    expect(refused(await act(body, 'receive', { receivedBy: 'x', receivedAt: '2026-03-09T10:00:00+08:00' }))).toEqual([
      422,
      'invoice.time_order',
      'receivedAt',
    ]);
    expect(refused(await act(body, 'receive', { receivedBy: 'x', receivedAt: '2026-03-11T10:00:00Z' }))).toEqual([
      422,
      'invoice.time_order',
      'receivedAt',
    ]);
    const received = await act(body, 'receive', { receivedBy: 'x' });
    expect(refused(await act(received.body, 'receive', { receivedBy: 'x' }))[1]).toBe('invoice.wrong_state');
    expect(refused(await act(received.body, 'send', { method: 'email' }))[1]).toBe('invoice.wrong_state');
    expect(refused(await act(body, 'send', { method: 'email' }))[1]).toBe('request.version_stale');
    expect(refused(await act({ id: p.partnerId, version: 1 }, 'send', { method: 'email' }))[1]).toBe(
      'invoice.not_found',
    );
  });

  test('R6.3 the number of the tax authority is entered and mended, and stands on one invoice only', async () => {
    const [{ body: one }, { body: two }] = [await issue(await p.order(), early), await issue(await p.order(), early)];
    const number = '26320000000000000017';
    const set = await act(one, 'set-tax-no', { taxInvoiceNo: number });
    expect([set.status, set.body.taxInvoiceNo]).toEqual([200, number]);
    expect(refused(await act(two, 'set-tax-no', { taxInvoiceNo: number }))).toEqual([
      409,
      'invoice.number_taken',
      undefined,
    ]);
    expect(refused(await act(two, 'set-tax-no', { taxInvoiceNo: '12A' }))).toEqual([
      422,
      'invoice.tax_no_format',
      'taxInvoiceNo',
    ]);
    expect((await finance.get(`/api/v1/invoices?q=${number}`)).body.items.map(({ id }: { id: string }) => id)).toEqual([
      one.id,
    ]);
  });

  test('P9 invoices of another partner read as missing', async () => {
    const { body } = await issue(await p.order(), early);
    const stranger = await t.as({ partnerId: await t.partner(), role: 'partner_finance' });
    expect(refused(await stranger.get(`/api/v1/invoices/${body.id}`))[1]).toBe('invoice.not_found');
    expect(refused(await act(body, 'receive', { receivedBy: 'x' }, stranger))[1]).toBe('invoice.not_found');
    expect((await stranger.get('/api/v1/invoices')).body).toMatchObject({ items: [], total: 0 });
  });
});

describe('red letter', () => {
  test('R6.3 takes an invoice back in full: amounts mirrored, order open again, exposure as before, and the task returns', async () => {
    const order = await p.order([{ qty: '2' }, { qty: '1', price: 33_330_000n }]);
    await pay(order);
    const before = await account();
    const { body: blue } = await issue(order);
    const { status, body: red } = await act(blue, 'reverse', {
      redReason: 'wrong_invoice',
      note: '税号有误',
      redFormNo: 'HZ1',
    });
    expect([status, red.isRed, red.grossAmount, red.state, red.reverses.no]).toEqual([
      200,
      true,
      `-${blue.grossAmount}`,
      'issued',
      blue.no,
    ]);
    expect(red.lines.map(({ qty, grossAmount }: Record<string, string>) => [qty, grossAmount])).toEqual([
      ['-2', '-226.00'],
      ['-1', '-33.33'],
    ]);
    const gone = await finance.get(`/api/v1/invoices/${blue.id}`);
    expect([gone.body.state, gone.body.reversedBy.no, gone.body.allowedActions]).toEqual(['reversed', red.no, []]);
    expect(await account()).toEqual(before);
    expect(await p.read(order.id)).toMatchObject({ invoiceStatus: 'requested', invoicedAmount: '0.00' });
    expect(await tasks(order.id)).toContain('invoice.issue');
    expect(await tasks(blue.id)).toEqual([]);
    expect((await issue(order)).body.grossAmount).toBe(blue.grossAmount);
    await booksAgree(t);
  });

  test('R6.3 once only, and a red one is never taken back itself', async () => {
    const { body: blue } = await issue(await p.order(), early);
    const [one, two] = await Promise.all([
      act(blue, 'reverse', { redReason: 'allowance' }),
      act(blue, 'reverse', { redReason: 'allowance' }),
    ]);
    expect([one.status, two.status].sort()).toEqual([200, 412]);
    const red = one.status === 200 ? one.body : two.body;
    expect(refused(await act(red, 'reverse', { redReason: 'allowance' }))).toEqual([409, 'invoice.is_red', undefined]);
    expect(refused(await act({ ...blue, version: 2 }, 'reverse', { redReason: 'allowance' }))[1]).toBe(
      'invoice.wrong_state',
    );
    expect((await finance.get(`/api/v1/invoices?isRed=true&orderId=${blue.order.id}`)).body.items).toHaveLength(1);
    await booksAgree(t);
  });
});

describe('the end of an order', () => {
  test('R2 the last step completes a delivered order by itself: the invoice after the payment, or the payment after the invoice', async () => {
    const delivered = async () => {
      const order = await p.order();
      await t.sql('update order_line set shipped_qty = qty, delivered_qty = qty, picked_qty = 0 where order_id = $1', [
        order.id,
      ]);
      await t.sql(`update sales_order set delivery_status = 'delivered' where id = $1`, [order.id]);
      return order;
    };
    const first = await delivered();
    await pay(first);
    expect((await p.read(first.id)).state).toBe('in_effect');
    expect((await issue(first)).body.warnings).toEqual([]);
    expect((await p.read(first.id)).state).toBe('completed');
    const second = await delivered();
    await issue(second, early);
    expect((await p.read(second.id)).state).toBe('in_effect');
    const { body } = await pay(second);
    expect((await p.read(second.id)).state).toBe('completed');
    const back = await finance.post(
      `/api/v1/payments/${body.id}/allocations/${body.allocations[0].id}/reverse`,
      { reason: 'x' },
      { ifMatch: body.version },
    );
    expect(refused(back)).toEqual([409, 'order.wrong_state', 'allocationId']);
    await booksAgree(t);
  });
});
