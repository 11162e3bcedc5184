/** Receipts over HTTP: one screen, step by step, back again, and everything at once from many sides. */
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
  p = await inEffect(t, g, { name: '上海渠成贸易有限公司' });
});
afterAll(() => t.close());

const TODAY = '2026-03-10';
let refs = 0;
const receipt = (fields: object = {}) => {
  refs += 1;
  return {
    partnerId: p.partnerId,
    amount: '113.00',
    receivedOn: TODAY,
    method: 'bank_transfer',
    bankRef: `B${refs}`,
    ...fields,
  };
};
const record = (fields: object = {}) => finance.post('/api/v1/payments', receipt(fields));
const act = (payment: { id: string; version: number }, verb: string, body: object = {}) =>
  finance.post(`/api/v1/payments/${payment.id}/${verb}`, body, { ifMatch: payment.version });
const balance = async (partnerId = p.partnerId) => {
  const [row] = await t.sql<{ balance_amount: string; held_amount: string }>(
    'select balance_amount::text, held_amount::text from credit_account where partner_id = $1',
    [partnerId],
  );
  return { balance: BigInt(row?.balance_amount ?? '0'), held: BigInt(row?.held_amount ?? '0') };
};
const tasks = (documentId: string) =>
  t.sql<{ kind: string; role: string }>(
    'select kind, role from task where document_id = $1 and closed_at is null order by kind',
    [documentId],
  );

describe('a receipt on one screen', () => {
  test('R6.2 recorded, confirmed and allocated in one step: posted to the account, the order paid, invoicing is somebody’s work', async () => {
    const order = await p.order([{ qty: '3' }]);
    const before = await balance();
    const { status, body, headers } = await record({
      amount: '400.00',
      confirm: true,
      allocations: [{ orderId: order.id, amount: '339.00' }],
    });
    expect([status, body.state, body.allocatedAmount, body.unallocatedAmount]).toEqual([
      201,
      'confirmed',
      '339.00',
      '61.00',
    ]);
    expect(headers['etag']).toBe(`"${body.version}"`);
    expect(body.postings).toEqual([
      expect.objectContaining({ debitAccount: '1002', creditAccount: '1122', amount: '400.00', reversal: false }),
    ]);
    expect(body.allocations).toEqual([expect.objectContaining({ orderNo: order.no, itemNo: 1, amount: '339.00' })]);
    expect(await p.read(order.id)).toMatchObject({
      paymentStatus: 'paid',
      paidAmount: '339.00',
      invoiceStatus: 'requested',
      version: order.version + 1,
    });
    const after = await balance();
    expect([after.balance - before.balance, after.held - before.held]).toEqual([-40000n, 0n]);
    expect(await tasks(order.id)).toContainEqual({ kind: 'invoice.issue', role: 'finance' });
    expect(await tasks(body.id)).toEqual([]);
    const events = await t.sql('select type, version from event where document_id = $1 order by version', [body.id]);
    expect(events).toEqual([
      { type: 'payment.recorded', version: 1 },
      { type: 'payment.confirmed', version: 2 },
      { type: 'payment.allocated', version: 3 },
    ]);
    const told = await t.sql<{ payload: object }>(
      `select payload from event where document_id = $1 and type = 'order.payment_allocated'`,
      [order.id],
    );
    expect(told[0]?.payload).toMatchObject({
      amount: '339.00',
      openAmount: '0.00',
      paymentStatus: 'paid',
      paymentNo: body.no,
    });
    await booksAgree(t);
  });

  test('R6.2 N9 finance gets the task to confirm what is only recorded, within its deadline, and confirming closes it', async () => {
    const before = await balance();
    const { body } = await record();
    expect([body.state, body.confirmedAt]).toEqual(['recorded', null]);
    expect(body.allowedActions.map((each: { action: string }) => each.action)).toEqual(['confirm', 'reverse']);
    expect((await balance()).balance).toBe(before.balance);
    expect(
      await t.sql('select kind, role, article, due_at from task where document_id = $1 and closed_at is null', [
        body.id,
      ]),
    ).toEqual([
      { kind: 'payment.confirm', role: 'finance', article: 'R6.2', due_at: new Date('2026-03-11T10:00:00Z') },
    ]);
    const confirmed = await act(body, 'confirm');
    expect([confirmed.status, confirmed.body.state, confirmed.body.version]).toEqual([200, 'confirmed', 2]);
    expect(await tasks(body.id)).toEqual([]);
    expect((await balance()).balance).toBe(before.balance - 11300n);
    await booksAgree(t);
  });

  test('R6.1 another payer or another method than agreed is flagged, a name in another spelling is not', async () => {
    const [own, other] = await Promise.all([
      record({ payerName: '上海渠成贸易 有限公司' }),
      record({ payerName: '王小明', method: 'cash' }),
    ]);
    expect([own.body.payerDiffers, own.body.methodDiffers]).toEqual([false, false]);
    expect([other.body.payerDiffers, other.body.methodDiffers]).toEqual([true, true]);
    const listed = await finance.get(`/api/v1/payments?partnerId=${p.partnerId}&payerDiffers=true`);
    expect(listed.body.items.map(({ id }: { id: string }) => id)).toEqual([other.body.id]);
  });

  test('R6.2 a receipt without orders is an advance: the partner’s balance is below zero', async () => {
    const partnerId = await t.partner();
    await record({ partnerId, amount: '50.00', confirm: true });
    expect(await balance(partnerId)).toEqual({ balance: -5000n, held: 0n });
  });
});

describe('what is refused', () => {
  const refused = ({ status, body }: Answer) => [status, body.code, body.errors?.[0]?.field];
  let order: EffectiveOrder;
  beforeAll(async () => {
    order = await p.order();
  });

  test('R6.2 fields, dates, currency, and receipts of unknown partners', async () => {
    expect(refused(await record({ amount: '0' }))).toEqual([422, 'field.amount_format', 'amount']);
    expect(refused(await record({ amount: '1.005' }))).toEqual([422, 'field.amount_format', 'amount']);
    expect(refused(await record({ currency: 'USD' }))).toEqual([422, 'payment.currency', 'currency']);
    expect(refused(await record({ receivedOn: '2026-03-11' }))).toEqual([422, 'payment.future_date', 'receivedOn']);
    expect(refused(await record({ partnerId: order.id }))).toEqual([404, 'partner.not_found', 'partnerId']);
    const yen = await t.partner({ currency: 'JPY' });
    expect(refused(await record({ partnerId: yen, amount: '10.5' }))).toEqual([422, 'field.amount_decimals', 'amount']);
    expect(refused(await record({ allocations: [{ orderId: order.id, amount: '1' }] }))).toEqual([
      422,
      'payment.not_confirmed',
      'confirm',
    ]);
  });

  test('R6.2 a bank reference is taken once, and is free again when its receipt is taken back', async () => {
    const first = await record({ bankRef: 'SAME-1' });
    expect(refused(await record({ bankRef: 'SAME-1' }))).toEqual([409, 'payment.duplicate_ref', 'bankRef']);
    const two = await Promise.all([record({ bankRef: 'SAME-2' }), record({ bankRef: 'SAME-2' })]);
    expect(two.map(({ status }) => status).sort()).toEqual([201, 409]);
    await act(first.body, 'reverse', { reason: '录错了' });
    expect((await record({ bankRef: 'SAME-1' })).status).toBe(201);
    await booksAgree(t);
  });

  test('M7 R6.2 never more than the order has open, never more than the receipt has left', async () => {
    const { body } = await record({ amount: '200.00', confirm: true });
    const over = await act(body, 'allocate', { allocations: [{ orderId: order.id, amount: '113.01' }] });
    expect(refused(over)).toEqual([409, 'payment.exceeds_open', 'allocations.0.amount']);
    expect(over.body.errors[0].params).toEqual({ order: order.no, open: '113.00' });
    const twice = await act(body, 'allocate', {
      allocations: [
        { orderId: order.id, amount: '60' },
        { orderId: order.id, amount: '60' },
      ],
    });
    expect(refused(twice)).toEqual([409, 'payment.exceeds_open', 'allocations.1.amount']);
    const once = await act(body, 'allocate', { allocations: [{ orderId: order.id, amount: '60' }] });
    expect(refused(await act(once.body, 'allocate', { allocations: [{ orderId: order.id, amount: '60' }] }))).toEqual([
      409,
      'payment.exceeds_open',
      'allocations.0.amount',
    ]);
    const equal = await act(once.body, 'allocate', { allocations: [{ orderId: order.id, amount: '53.00' }] });
    expect([equal.status, (await p.read(order.id)).paymentStatus]).toEqual([200, 'paid']);
    const big = await p.order([{ qty: '10' }]);
    expect(refused(await act(equal.body, 'allocate', { allocations: [{ orderId: big.id, amount: '87.01' }] }))).toEqual(
      [409, 'payment.exceeds_unallocated', 'allocations.0.amount'],
    );
    await booksAgree(t);
  });

  test('R6.2 orders of another partner read as missing, orders before effect cannot be paid', async () => {
    const other = await inEffect(t, g);
    const foreign = await other.order();
    const { body } = await record({ confirm: true });
    expect(refused(await act(body, 'allocate', { allocations: [{ orderId: foreign.id, amount: '1' }] }))).toEqual([
      404,
      'order.not_found',
      'allocations.0.orderId',
    ]);
    const product = await g.product();
    const draft = await p.buyer.post('/api/v1/orders', { lines: [{ sku: product.sku, qty: '1' }] });
    expect(refused(await act(body, 'allocate', { allocations: [{ orderId: draft.body.id, amount: '1' }] }))).toEqual([
      409,
      'order.wrong_state',
      'allocations.0.orderId',
    ]);
  });

  test('R6.2 the life of a receipt: only what is confirmed is allocated, nothing happens to what is taken back, versions are watched', async () => {
    const { body } = await record();
    expect(refused(await act(body, 'allocate', { allocations: [{ orderId: order.id, amount: '1' }] }))).toEqual([
      409,
      'payment.wrong_state',
      undefined,
    ]);
    const confirmed = await act(body, 'confirm');
    expect(refused(await act(confirmed.body, 'confirm'))[1]).toBe('payment.wrong_state');
    expect(refused(await act(body, 'reverse', { reason: 'x' }))[1]).toBe('request.version_stale');
    const gone = await act(confirmed.body, 'reverse', { reason: '退票' });
    expect([gone.status, gone.body.state, gone.body.unallocatedAmount, gone.body.allowedActions]).toEqual([
      200,
      'reversed',
      '0.00',
      [],
    ]);
    expect(refused(await act(gone.body, 'reverse', { reason: 'x' }))[1]).toBe('payment.wrong_state');
    expect(refused(await finance.get(`/api/v1/payments/${order.id}`))[1]).toBe('payment.not_found');
    expect(refused(await act({ id: order.id, version: 1 }, 'confirm'))[1]).toBe('payment.not_found');
  });

  test('R2 only finance records; partners and other departments are told that they may not', async () => {
    const buyer = p.buyer;
    const sales = p.sales;
    expect((await buyer.post('/api/v1/payments', receipt())).body.code).toBe('permission.denied');
    expect((await sales.post('/api/v1/payments', receipt())).body.code).toBe('permission.denied');
  });
});

describe('the way back', () => {
  test('R6.2 an allocation is taken back: the order is open again, invoicing is nobody’s work any more', async () => {
    const order = await p.order([{ qty: '2' }]);
    const { body } = await record({
      amount: '226.00',
      confirm: true,
      allocations: [{ orderId: order.id, amount: '226' }],
    });
    const blocked = await act(body, 'reverse', { reason: '退票' });
    expect([blocked.status, blocked.body.code, blocked.body.errors[0].params.orders]).toEqual([
      409,
      'payment.allocated',
      order.no,
    ]);
    const free = await act(body, `allocations/${body.allocations[0].id}/reverse`, { reason: '分配到错误的订单' });
    expect([free.status, free.body.unallocatedAmount, free.body.allocations[0].reversedAt]).toEqual([
      200,
      '226.00',
      expect.any(String),
    ]);
    expect(await p.read(order.id)).toMatchObject({ paymentStatus: 'due', paidAmount: '0.00', invoiceStatus: 'none' });
    expect((await tasks(order.id)).map(({ kind }) => kind)).not.toContain('invoice.issue');
    const again = await act(free.body, `allocations/${body.allocations[0].id}/reverse`, { reason: 'x' });
    expect(again.body.code).toBe('allocation.reversed');
    expect((await act(free.body, `allocations/${order.id}/reverse`, { reason: 'x' })).body.code).toBe(
      'allocation.not_found',
    );
    const before = await balance();
    const gone = await act(free.body, 'reverse', { reason: '退票' });
    expect(
      gone.body.postings.map((each: Record<string, unknown>) => [
        each['debitAccount'],
        each['creditAccount'],
        each['amount'],
        each['reversal'],
      ]),
    ).toEqual([
      ['1002', '1122', '226.00', false],
      ['1122', '1002', '226.00', true],
    ]);
    expect((await balance()).balance).toBe(before.balance + 22600n);
    await booksAgree(t);
  });

  test('R6.1 the items of a plan are filled in their order, and freed one by one', async () => {
    const q = await inEffect(t, g, { paymentTerm: { kind: 'deposit_balance', depositRate: '0.3', days: 30 } });
    const order = await q.order([{ qty: '10' }]);
    const paid = (amount: string) =>
      record({ partnerId: q.partnerId, amount, confirm: true, allocations: [{ orderId: order.id, amount }] });
    await paid('339.00');
    expect((await q.read(order.id)).paymentStatus).toBe('part_paid');
    const { body } = await paid('500.00');
    expect(
      (await q.read(order.id)).paymentPlan.map((item: Record<string, unknown>) => [
        item['kind'],
        item['amount'],
        item['paidAmount'],
      ]),
    ).toEqual([
      ['deposit', '339.00', '339.00'],
      ['balance', '791.00', '500.00'],
    ]);
    expect(body.allocations).toEqual([expect.objectContaining({ itemNo: 2, amount: '500.00' })]);
    await booksAgree(t);
  });
});

describe('from many sides at once', () => {
  test('P4 many receipts want the same order at once: it is never paid twice, and the books agree', async () => {
    const order = await p.order([{ qty: '10' }]);
    const answers = await Promise.all(
      Array.from({ length: 24 }, () =>
        record({ amount: '100.00', confirm: true, allocations: [{ orderId: order.id, amount: '100.00' }] }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(11);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
      new Set(['payment.exceeds_open']),
    );
    expect((await p.read(order.id)).paidAmount).toBe('1100.00');
    await booksAgree(t);
  });

  test('P4 one receipt is wanted by many orders at once: what is given out never exceeds it', async () => {
    const orders = await Promise.all([p.order(), p.order(), p.order()]);
    const { body } = await record({ amount: '150.00', confirm: true });
    const answers = await Promise.all(
      orders.map(({ id }) => act(body, 'allocate', { allocations: [{ orderId: id, amount: '100.00' }] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    await booksAgree(t);
  });

  test('P5 the same key gives the same receipt once', async () => {
    const wanted = receipt({ confirm: true });
    const [first, second] = [
      await finance.post('/api/v1/payments', wanted, { key: 'once' }),
      await finance.post('/api/v1/payments', wanted, { key: 'once' }),
    ];
    expect([second.status, second.body.id, second.headers['idempotent-replayed']]).toEqual([
      201,
      first.body.id,
      'true',
    ]);
    await booksAgree(t);
  });
});
