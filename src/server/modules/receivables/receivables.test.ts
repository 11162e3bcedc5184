/** The partner's account, what is open by age, proposals for a receipt, opening balances, and what the clock does. Over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Answer, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { booksAgree } from '../../../../tests/support/books.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { type InEffect, inEffect } from '../../../../tests/support/in-effect.ts';
import { silentLog } from '../../platform/log.ts';
import { runJob } from '../../platform/jobs/timed-jobs.ts';
import { paymentFallsDueJob } from '../../processes/payment-falls-due.ts';

let t: TestApp;
let g: Goods;
let finance: Actor;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  finance = await t.as('finance');
});
afterAll(() => t.close());

const DAY = 86_400_000;
const pay = (partnerId: string, amount: string, allocations: object[] = [], receivedOn = '2026-03-10') =>
  finance.post('/api/v1/payments', {
    partnerId,
    amount,
    receivedOn,
    method: 'bank_transfer',
    confirm: true,
    allocations,
  });
const invoice = (orderId: string) => finance.post('/api/v1/invoices', { orderId, beforePaymentReason: '月结' });
const refused = ({ status, body }: Answer) => [status, body.code, body.errors?.[0]?.field];
const ledger = async (p: InEffect, from: string, to: string, actor = finance) =>
  (await actor.get(`/api/v1/partners/${p.partnerId}/ledger?from=${from}&to=${to}`)).body;

describe('the partner’s account', () => {
  test('R6.2 opening balance, each voucher, closing balance: the closing of one period opens the next', async () => {
    const p = await inEffect(t, g, { paymentTerm: { kind: 'net_days', days: 30 } });
    const order = await p.order([{ qty: '10' }]);
    await invoice(order.id);
    const first = await pay(p.partnerId, '1000.00', [{ orderId: order.id, amount: '1000.00' }]);
    const march = await ledger(p, '2026-03-01', '2026-03-31');
    expect(march).toMatchObject({
      openingAmount: '0.00',
      debitAmount: '1130.00',
      creditAmount: '1000.00',
      closingAmount: '130.00',
      complete: true,
    });
    expect(
      march.lines.map((line: Record<string, string>) => [
        line['kind'],
        line['debitAmount'],
        line['creditAmount'],
        line['balanceAmount'],
        line['orderNo'],
      ]),
    ).toEqual([
      ['invoice', '1130.00', '0.00', '1130.00', order.no],
      ['payment', '0.00', '1000.00', '130.00', null],
    ]);
    t.clock.advance(31 * DAY);
    const gone = await finance.post(
      `/api/v1/payments/${first.body.id}/allocations/${first.body.allocations[0].id}/reverse`,
      { reason: 'x' },
      { ifMatch: first.body.version },
    );
    await finance.post(`/api/v1/payments/${first.body.id}/reverse`, { reason: '退票' }, { ifMatch: gone.body.version });
    const april = await ledger(p, '2026-04-01', '2026-04-30');
    expect(april).toMatchObject({ openingAmount: march.closingAmount, closingAmount: '1130.00' });
    expect(
      april.lines.map((line: Record<string, string>) => [line['kind'], line['documentNo'], line['debitAmount']]),
    ).toEqual([['reversal', first.body.no, '1000.00']]);
    expect(await ledger(p, '2026-03-01', '2026-03-31')).toEqual(march);
    expect((await ledger(p, '2026-03-01', '2026-03-31', p.buyer)).closingAmount).toBe('130.00');
    await booksAgree(t);
    t.clock.advance(-31 * DAY);
  });

  test('P9 the account of another partner reads as missing', async () => {
    const [one, other] = [await t.partner(), await t.partner()];
    const stranger = await t.as({ partnerId: other, role: 'partner_finance' });
    expect(refused(await stranger.get(`/api/v1/partners/${one}/ledger?from=2026-01-01&to=2026-12-31`))).toEqual([
      404,
      'partner.not_found',
      undefined,
    ]);
  });
});

describe('what is open', () => {
  test('R6.1 ageing by due date, the largest overdue first, with advances beside it', async () => {
    const prepaid = await inEffect(t, g, { paymentTerm: { kind: 'prepaid' } });
    const month = await inEffect(t, g, { paymentTerm: { kind: 'net_days', days: 30 } });
    await prepaid.order([{ qty: '2' }]);
    await month.order([{ qty: '3' }]);
    await pay(month.partnerId, '50.00');
    t.clock.advance(40 * DAY);
    const body = (await finance.get('/api/v1/open-items?overdue=true')).body;
    const mine = body.items.filter(({ partner }: { partner: { id: string } }) =>
      [prepaid.partnerId, month.partnerId].includes(partner.id),
    );
    expect(
      mine.map((row: Record<string, unknown>) => [
        row['days1To30Amount'],
        row['days31To60Amount'],
        row['unallocatedAmount'],
        row['balanceAmount'],
        row['orderCount'],
      ]),
    ).toEqual([
      ['339.00', '0.00', '50.00', '-50.00', 1],
      ['0.00', '226.00', '0.00', '0.00', 1],
    ]);
    const [own] = (await prepaid.buyer.get('/api/v1/open-items')).body.items;
    expect([own.partner.id, own.openAmount]).toEqual([prepaid.partnerId, '226.00']);
    const pages = [await finance.get('/api/v1/open-items?limit=1')];
    while (pages.at(-1)?.body.nextCursor !== null)
      pages.push(await finance.get(`/api/v1/open-items?limit=1&cursor=${pages.at(-1)?.body.nextCursor}`));
    const all = (await finance.get('/api/v1/open-items')).body;
    expect(pages.flatMap((page) => page.body.items)).toEqual(all.items);
    expect(refused(await finance.get('/api/v1/open-items?cursor=abc'))).toEqual([400, 'request.bad_cursor', 'cursor']);
    t.clock.advance(-40 * DAY);
  });

  test('R6.2 proposals: an exact match first, then the oldest due, as far as the money reaches', async () => {
    const p = await inEffect(t, g);
    const [small, exact, big] = [await p.order(), await p.order([{ qty: '3' }]), await p.order([{ qty: '10' }])];
    const { body } = await pay(p.partnerId, '339.00');
    const proposed = (await finance.get(`/api/v1/payments/${body.id}/proposals`)).body;
    expect(proposed.unallocatedAmount).toBe('339.00');
    expect(
      proposed.items.map((row: Record<string, unknown>) => [row['orderId'], row['exact'], row['proposedAmount']]),
    ).toEqual([
      [exact.id, true, '339.00'],
      [small.id, false, '0.00'],
      [big.id, false, '0.00'],
    ]);
    const entered = (await finance.get(`/api/v1/partners/${p.partnerId}/open-orders?amount=200`)).body;
    expect(entered.items.map((row: Record<string, unknown>) => row['proposedAmount'])).toEqual([
      '113.00',
      '87.00',
      '0.00',
    ]);
    expect(refused(await finance.get(`/api/v1/payments/${p.partnerId}/proposals`))[1]).toBe('payment.not_found');
    expect(refused(await finance.get(`/api/v1/partners/${body.id}/open-orders`))[1]).toBe('partner.not_found');
  });

  test('R6.1 the list of receipts: by partner, order, what is unallocated, text, sorted and paged', async () => {
    const p = await inEffect(t, g);
    const order = await p.order();
    const amounts = ['30.00', '10.00', '113.00', '20.00'];
    for (const amount of amounts)
      await pay(p.partnerId, amount, amount === '113.00' ? [{ orderId: order.id, amount }] : []);
    const list = async (query: string) =>
      (await finance.get(`/api/v1/payments?partnerId=${p.partnerId}&${query}`)).body;
    const shown = ({ items }: { items: { amount: string }[] }) => items.map(({ amount }) => amount);
    expect(shown(await list('sort=amount'))).toEqual(['10.00', '20.00', '30.00', '113.00']);
    const first = await list('sort=-amount&limit=3');
    expect([shown(first), first.total, shown(await list(`sort=-amount&limit=3&cursor=${first.nextCursor}`))]).toEqual([
      ['113.00', '30.00', '20.00'],
      4,
      ['10.00'],
    ]);
    expect(shown(await list('unallocated=true'))).toHaveLength(3);
    expect(shown(await list(`orderId=${order.id}`))).toEqual(['113.00']);
    expect(shown(await list('q=PM-2026'))).toHaveLength(4);
    expect(shown(await list('q=%25'))).toEqual([]);
    const seen = await p.buyer.get('/api/v1/payments');
    expect(seen.body.total).toBe(4);
  });
});

describe('opening balances', () => {
  const open = (fields: object) => finance.post('/api/v1/opening-balances', { postedOn: '2025-12-31', ...fields });

  test('R6.2 what was owed raises the balance, an advance is a receipt that orders can use', async () => {
    const p = await inEffect(t, g);
    const owed = await open({ partnerId: p.partnerId, amount: '500.00', reference: 'OLD-1' });
    expect([owed.status, owed.body.amount, owed.body.paymentId]).toEqual([201, '500.00', null]);
    const advance = await open({ partnerId: p.partnerId, amount: '-200.00', reference: 'OLD-2' });
    expect((await ledger(p, '2025-12-01', '2025-12-31')).closingAmount).toBe('300.00');
    const order = await p.order();
    const receipt = (await finance.get(`/api/v1/payments/${advance.body.paymentId}`)).body;
    expect([receipt.method, receipt.unallocatedAmount]).toEqual(['opening', '200.00']);
    const used = await finance.post(
      `/api/v1/payments/${receipt.id}/allocate`,
      { allocations: [{ orderId: order.id, amount: '113.00' }] },
      { ifMatch: receipt.version },
    );
    expect((await p.read(order.id)).paymentStatus).toBe('paid');
    const back = (view: { id: string; version: number }) =>
      finance.post(`/api/v1/opening-balances/${view.id}/reverse`, { reason: '重复' }, { ifMatch: view.version });
    expect(refused(await back(advance.body))).toEqual([409, 'payment.allocated', undefined]);
    expect(
      refused(
        await finance.post(`/api/v1/payments/${receipt.id}/reverse`, { reason: 'x' }, { ifMatch: used.body.version }),
      ),
    ).toEqual([409, 'payment.wrong_state', undefined]);
    const free = await finance.post(
      `/api/v1/payments/${receipt.id}/allocations/${used.body.allocations[0].id}/reverse`,
      { reason: 'x' },
      { ifMatch: used.body.version },
    );
    expect((await back(advance.body)).status).toBe(200);
    expect((await finance.get(`/api/v1/payments/${receipt.id}`)).body).toMatchObject({
      state: 'reversed',
      version: free.body.version + 1,
    });
    expect(refused(await back({ ...advance.body, version: 2 }))).toEqual([409, 'opening_balance.reversed', undefined]);
    await back(owed.body);
    expect((await ledger(p, '2026-03-01', '2026-03-31')).closingAmount).toBe('0.00');
    expect((await finance.get(`/api/v1/opening-balances?partnerId=${p.partnerId}`)).body.items).toHaveLength(2);
    await booksAgree(t);
  });

  test('R6.2 what is refused, each in words', async () => {
    const partnerId = await t.partner();
    expect((await open({ partnerId, amount: '1', reference: 'A' })).status).toBe(201);
    expect(refused(await open({ partnerId, amount: '1', reference: 'A' }))).toEqual([
      409,
      'opening_balance.duplicate',
      'reference',
    ]);
    expect(refused(await open({ partnerId, amount: '0', reference: 'B' }))).toEqual([
      422,
      'opening_balance.zero',
      'amount',
    ]);
    expect(refused(await open({ partnerId, amount: '1', reference: 'B', currency: 'USD' }))).toEqual([
      422,
      'payment.currency',
      'currency',
    ]);
    expect(refused(await open({ partnerId, amount: '1', reference: 'B', postedOn: '2026-03-11' }))).toEqual([
      422,
      'payment.future_date',
      'postedOn',
    ]);
    expect(refused(await open({ partnerId: (await t.as('sales')).userId, amount: '1', reference: 'B' }))).toEqual([
      404,
      'partner.not_found',
      'partnerId',
    ]);
    expect(
      refused(await open({ partnerId: await t.partner({ currency: 'JPY' }), amount: '1.5', reference: 'B' })),
    ).toEqual([422, 'field.amount_decimals', 'amount']);
    expect(
      refused(await finance.post(`/api/v1/opening-balances/${partnerId}/reverse`, { reason: 'x' }, { ifMatch: 1 })),
    ).toEqual([404, 'opening_balance.not_found', undefined]);
    expect(
      refused(
        await (await t.as('sales')).post('/api/v1/opening-balances', {
          partnerId,
          amount: '1',
          postedOn: '2025-12-31',
          reference: 'Z',
        }),
      ),
    ).toEqual([403, 'permission.denied', undefined]);
  });
});

describe('as files', () => {
  test('R6.2 opening balances come by import, by the partner’s number; the same file again posts nothing', async () => {
    const partnerId = await t.partner({ no: 'IMP-1' });
    const file =
      'partner,amount,postedOn,reference\nIMP-1,88.50,2025-12-31,F-1\nIMP-1,-10,2025-12-31,F-2\nNOBODY,1,2025-12-31,F-3\n';
    const upload = () =>
      finance.send('POST', '/api/v1/imports?kind=openingBalances&mode=valid_rows&fileName=opening.csv', file, {
        headers: { 'content-type': 'text/csv' },
      });
    const { body } = await upload();
    expect([body.okCount, body.errorCount, body.rows.find(({ ok }: { ok: boolean }) => !ok).errors[0].code]).toEqual([
      2,
      1,
      'import.row_unmatched',
    ]);
    expect((await upload()).body.replayedCount).toBe(2);
    const [row] = await t.sql('select balance_amount::text from credit_account where partner_id = $1', [partnerId]);
    expect(row).toEqual({ balance_amount: '7850' });
    await booksAgree(t);
  });

  test('R6.2 R6.3 receipts, invoices and open items are taken out with their filters and rights', async () => {
    const p = await inEffect(t, g);
    const order = await p.order();
    await invoice(order.id);
    await pay(p.partnerId, '12.34');
    const rows = async (list: string, actor = finance) =>
      (await actor.get(`/api/v1/exports/${list}?format=csv&partnerId=${p.partnerId}`)).text.trim().split('\n');
    expect((await rows('payments'))[1]).toContain('12.34');
    expect((await rows('invoices'))[1]).toContain(order.no);
    expect((await rows('open-items', p.buyer))[1]).toContain('113.00');
    expect(refused(await (await t.as('logistics')).get('/api/v1/exports/payments?format=csv'))[1]).toBe(
      'permission.denied',
    );
  });
});

describe('the clock', () => {
  test('R6.1 an order becomes due, then overdue, by the calendar alone, and its log tells of it once', async () => {
    const p = await inEffect(t, g, { paymentTerm: { kind: 'net_days', days: 3 } });
    const order = await p.order();
    expect(order['paymentStatus']).toBe('none_due');
    const run = () =>
      runJob({ runtime: t.services.runtime, clock: t.clock, log: silentLog(), jobs: [] }, paymentFallsDueJob);
    await run();
    expect((await p.read(order.id)).paymentStatus).toBe('none_due');
    t.clock.advance(3 * DAY);
    await run();
    expect((await p.read(order.id)).paymentStatus).toBe('due');
    t.clock.advance(DAY);
    await run();
    await run();
    expect((await p.read(order.id)).paymentStatus).toBe('overdue');
    const events = await t.sql<{ payload: object }>(
      `select payload from event where document_id = $1 and type = 'order.payment_status_changed' order by version`,
      [order.id],
    );
    expect(events.map(({ payload }) => payload)).toEqual([
      { from: 'none_due', to: 'due' },
      { from: 'due', to: 'overdue' },
    ]);
    await booksAgree(t);
  });
});

describe('what is still to be paid', () => {
  test('R6.1 item by item, the earliest due first, undated ones last; what is paid leaves the list, and each partner sees its own', async () => {
    const p = await inEffect(t, g, { paymentTerm: { kind: 'net_days', days: 30 } });
    const other = await inEffect(t, g, { paymentTerm: { kind: 'prepaid' } });
    const [first, second] = [await p.order([{ qty: '10' }]), await p.order([{ qty: '2' }])];
    await other.order([{ qty: '1' }]);
    const list = async (actor: Actor, query = '') =>
      (await actor.get(`/api/v1/due-items?limit=100${query}`)).body.items;
    const mine = await list(finance, `&partnerId=${p.partnerId}`);
    const amounts = mine.map((item: { order: { no: string }; openAmount: string }) => [item.order.no, item.openAmount]);
    expect(amounts.sort()).toEqual([
      [first.no, '1130.00'],
      [second.no, '226.00'],
    ]);
    await pay(p.partnerId, '330.00', [{ orderId: first.id, amount: '330.00' }]);
    await pay(p.partnerId, '226.00', [{ orderId: second.id, amount: '226.00' }]);
    const buyer = await t.as({ role: 'partner_finance', partnerId: p.partnerId });
    const seen = await list(buyer);
    expect(seen).toMatchObject([
      { order: { no: first.no }, kind: 'full', amount: '1130.00', paidAmount: '330.00', openAmount: '800.00' },
    ]);
    expect(await list(buyer, `&partnerId=${other.partnerId}`)).toEqual([]);
    const page = (await finance.get('/api/v1/due-items?limit=1')).body;
    const next = (await finance.get(`/api/v1/due-items?limit=1&cursor=${page.nextCursor}`)).body;
    expect([page.items.length, next.items.length]).toEqual([1, 1]);
    expect(next.items[0].order.id === page.items[0].order.id && next.items[0].itemNo === page.items[0].itemNo).toBe(
      false,
    );
    const days = (await list(finance)).map(({ dueOn }: { dueOn: string | null }) => dueOn ?? '9999');
    expect(days).toEqual([...days].sort());
    expect((await finance.get('/api/v1/due-items?cursor=xx')).body.code).toBe('request.bad_cursor');
  });
});
