/** An order from the first word to the confirmation, over HTTP, with its refusals. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let buyer: Actor;
let partnerId: string;
let warehouse: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sales = await t.as('sales');
  partnerId = await t.partner();
  await g.address(partnerId);
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  warehouse = await g.warehouse();
});
afterAll(() => t.close());

async function stocked(pieces: number, options: Parameters<Goods['product']>[0] = {}) {
  const product = await g.product(options);
  await g.stock(product.id, warehouse, pieces);
  return product;
}

const place = (sku: string, qty: string, rest: Record<string, unknown> = {}, line: Record<string, unknown> = {}) => ({
  lines: [{ sku, qty, requestedOn: '2026-12-20', ...line }],
  submit: true,
  ...rest,
});

describe('place an order', () => {
  it('R3.3 a partner’s order is priced, checked, reserved and waits for its confirmation', async () => {
    const product = await stocked(10);
    const { status, body } = await buyer.post('/api/v1/orders', place(product.sku, '3', { poNo: 'PO-1' }));
    expect(body).toMatchObject({
      state: 'to_confirm',
      grossAmount: '339.00',
      netAmount: '300.00',
      taxAmount: '39.00',
      version: 2,
      channel: 'portal',
    });
    expect(status).toBe(201);
    expect(body.lines[0].promises).toEqual([expect.objectContaining({ qty: '3', warehouse: null })]);
    const [stock] = await t.sql<{ reserved_qty: string }>('select reserved_qty from stock where product_id = $1', [
      product.id,
    ]);
    expect(stock?.reserved_qty).toBe('30000');
    const events = await t.sql<{ type: string; version: number }>(
      'select type, version from event where document_id = $1 order by version',
      [body.id],
    );
    expect(events).toEqual([
      { type: 'order.submitted', version: 1 },
      { type: 'order.availability_passed', version: 2 },
    ]);
    const tasks = await t.sql<{ kind: string }>('select kind from task where document_id = $1 and closed_at is null', [
      body.id,
    ]);
    expect(tasks).toEqual([{ kind: 'order.send_confirmation' }]);
  });

  it('R3.3 a partner names neither prices nor discounts nor terms: the field is refused by name', async () => {
    const product = await stocked(10);
    for (const [line, field] of [
      [{ unitPrice: '1' }, 'lines.0.unitPrice'],
      [{ free: true }, 'lines.0.free'],
      [{ discountAmount: '5' }, 'lines.0.discountAmount'],
    ] as const) {
      const { status, body } = await buyer.post('/api/v1/orders', place(product.sku, '1', {}, line));
      expect([status, body.code, body.errors[0].field]).toEqual([422, 'field.unknown', field]);
    }
    const other = await buyer.post('/api/v1/orders', place(product.sku, '1', { partnerId }));
    expect([other.status, other.body.errors[0].field]).toEqual([422, 'partnerId']);
  });

  it('R3.3 a purchase order number is taken once for a partner, and free again when its order is withdrawn', async () => {
    const product = await stocked(10);
    const first = await buyer.post('/api/v1/orders', place(product.sku, '1', { poNo: 'PO-2' }));
    const second = await buyer.post('/api/v1/orders', place(product.sku, '1', { poNo: 'PO-2' }));
    expect([second.status, second.body.code]).toEqual([409, 'order.po_duplicate']);
    await buyer.post(`/api/v1/orders/${first.body.id}/withdraw`, { reason: '重复' }, { ifMatch: first.body.version });
    const third = await buyer.post('/api/v1/orders', place(product.sku, '1', { poNo: 'PO-2' }));
    expect(third.status).toBe(201);
  });

  it('R4.1 minimum, pack multiple and whole units are refused with the rule', async () => {
    const product = await stocked(100, { minQty: 60_000n, multipleQty: 30_000n });
    const codes = [];
    for (const qty of ['3', '7', '6.5'])
      codes.push((await buyer.post('/api/v1/orders', place(product.sku, qty))).body.code);
    expect(codes).toEqual(['order.qty_minimum', 'order.qty_multiple', 'order.not_whole_base_unit']);
  });

  it('P3 two lines of one product count together against the stock', async () => {
    const product = await stocked(5);
    const { status, body } = await buyer.post('/api/v1/orders', {
      submit: true,
      onShortage: 'refuse',
      lines: [
        { sku: product.sku, qty: '3', requestedOn: '2026-12-20' },
        { sku: product.sku, qty: '3', requestedOn: '2026-12-20' },
      ],
    });
    expect([status, body.code]).toEqual([409, 'stock.insufficient']);
    expect(await t.sql('select reserved_qty from stock where product_id = $1', [product.id])).toEqual([
      { reserved_qty: '0' },
    ]);
  });

  it('R4.1 a price below the agreement waits for a manager within his limit who is not the requester', async () => {
    const product = await stocked(10);
    const { body: order } = await sales.post(
      '/api/v1/orders',
      place(product.sku, '2', { partnerId }, { unitPrice: '100' }),
    );
    expect(order).toMatchObject({ state: 'terms_review', grossAmount: '200.00' });
    expect(order.discrepancies).toEqual([
      expect.objectContaining({
        kind: 'price',
        agreed: '113.00',
        ordered: '100.00',
        effectAmount: '-26.00',
        state: 'open',
      }),
    ]);
    const settle = (actor: Actor, version: number) =>
      actor.post(
        `/api/v1/orders/${order.id}/settle-discrepancy`,
        { discrepancyId: order.discrepancies[0].id, how: 'approve' },
        { ifMatch: version },
      );
    expect(
      (await sales.post(`/api/v1/orders/${order.id}/pass-terms`, undefined, { ifMatch: order.version })).body.code,
    ).toBe('order.discrepancy_open');
    expect((await settle(sales, order.version)).body.code).toBe('permission.four_eyes');
    const small = await t.as({ role: 'manager', approvalLimit: 100n });
    expect((await settle(small, order.version)).body.code).toBe('permission.limit_exceeded');
    const manager = await t.as({ role: 'manager', approvalLimit: 100_000n });
    const approved = await settle(manager, order.version);
    expect(approved.body).toMatchObject({ state: 'to_confirm', grossAmount: '200.00' });
  });

  it('R4.1 an order over the credit limit is held, not refused, and finance releases it', async () => {
    const product = await stocked(10);
    const poor = await t.partner();
    await g.address(poor);
    await g.credit(poor, 10_000n);
    const poorBuyer = await t.as({ partnerId: poor, role: 'partner_buyer' });
    const { status, body: order } = await poorBuyer.post('/api/v1/orders', place(product.sku, '1'));
    expect([status, order.state, order.holds[0]?.kind]).toEqual([201, 'terms_review', 'credit']);
    // The product's own reason stands in the reader's language.
    const reasonIn = async (locale: string) =>
      (await sales.get(`/api/v1/orders/${order.id}`, { locale })).body.holds[0]?.reason;
    expect([await reasonIn('zh-Hant'), await reasonIn('en')]).toEqual([
      '超過信用額度，訂單暫停',
      'Over the credit limit: the order is on hold',
    ]);
    const finance = await t.as('finance');
    const released = await finance.post(
      `/api/v1/orders/${order.id}/holds/${order.holds[0].id}/release`,
      { reason: '已担保' },
      { ifMatch: order.version },
    );
    expect(released.body).toMatchObject({ state: 'to_confirm', holds: [] });
    const again = await finance.post(
      `/api/v1/orders/${order.id}/holds/${order.holds[0].id}/release`,
      { reason: '再' },
      { ifMatch: released.body.version },
    );
    expect(again.body.code).toBe('hold.released');
  });

  it('R4.2 a shortage is told with options, and the partner’s answer sends the order on', async () => {
    const substitute = await stocked(10);
    const product = await stocked(2, { substituteId: substitute.id });
    await g.supply(product.id, warehouse, 20, '2027-01-10');
    const { body: order } = await buyer.post('/api/v1/orders', place(product.sku, '5'));
    expect(order.state).toBe('shortage');
    expect(order.shortages.map((option: { kind: string }) => option.kind)).toEqual([
      'later_date',
      'split',
      'reduce',
      'substitute',
    ]);
    const settled = await buyer.post(
      `/api/v1/orders/${order.id}/settle-shortage`,
      { lines: [{ lineNo: 1, choice: 'split' }] },
      { ifMatch: order.version },
    );
    expect(settled.body).toMatchObject({ state: 'to_confirm' });
    expect(settled.body.lines.map((line: { qty: string; promisedOn: string }) => [line.qty, line.promisedOn])).toEqual([
      ['2', '2026-12-20'],
      ['3', '2027-01-10'],
    ]);
  });

  it('R4.2 sales records the partner’s answer only with evidence, and a substitute is priced by the same agreement', async () => {
    const substitute = await stocked(10, { price: 226_000_000n });
    const product = await stocked(0, { substituteId: substitute.id });
    const { body: order } = await sales.post('/api/v1/orders', place(product.sku, '2', { partnerId }));
    const settle = (extra: object) =>
      sales.post(
        `/api/v1/orders/${order.id}/settle-shortage`,
        { lines: [{ lineNo: 1, choice: 'substitute' }], ...extra },
        { ifMatch: order.version },
      );
    expect((await settle({})).body.code).toBe('order.evidence_missing');
    const settled = await settle({ evidence: '微信回复 12 月 1 日' });
    expect(settled.body).toMatchObject({ state: 'to_confirm', grossAmount: '452.00' });
    expect(settled.body.lines[0].sku).toBe(substitute.sku);
  });

  it('P6 the same key gives the same answer once; another body is refused', async () => {
    const product = await stocked(10);
    const body = place(product.sku, '1');
    const [a, b] = await Promise.all([
      buyer.post('/api/v1/orders', body, { key: 'same' }),
      buyer.post('/api/v1/orders', body, { key: 'same' }),
    ]);
    const done = [a, b].find(({ status }) => status === 201);
    const replay = await buyer.post('/api/v1/orders', body, { key: 'same' });
    expect(replay.text).toBe(done?.text);
    expect(replay.headers['idempotent-replayed']).toBe('true');
    expect(await t.sql('select count(*)::int as n from reservation where product_id = $1', [product.id])).toEqual([
      { n: 1 },
    ]);
    expect((await buyer.post('/api/v1/orders', place(product.sku, '2'), { key: 'same' })).body.code).toBe(
      'request.key_reused',
    );
  });

  it('P3 sixty-four buyers want the last piece: one gets it', async () => {
    const product = await stocked(1);
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => buyer.post('/api/v1/orders', place(product.sku, '1', { onShortage: 'refuse' }))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'stock.insufficient')).toHaveLength(63);
  });
});

it('R3.3 what was entered by mistake can be cleared: purchase order number, note and order discount', async () => {
  const product = await stocked(10);
  const { body: draft } = await sales.post('/api/v1/orders', {
    partnerId,
    poNo: 'PO-WRONG',
    note: '错',
    orderDiscountAmount: '10',
    lines: [{ sku: product.sku, qty: '1', requestedOn: '2026-12-20' }],
  });
  expect(draft).toMatchObject({ poNo: 'PO-WRONG', grossAmount: '103.00' });
  const cleared = await sales.patch(
    `/api/v1/orders/${draft.id}`,
    { poNo: null, note: null, orderDiscountAmount: null },
    { ifMatch: draft.version },
  );
  expect(cleared.body).toMatchObject({ poNo: null, note: null, grossAmount: '113.00' });
  const other = await sales.post('/api/v1/orders', {
    partnerId,
    poNo: 'PO-WRONG',
    lines: [{ sku: product.sku, qty: '1' }],
  });
  expect(other.status).toBe(201);
});

it('R4.1 another payment method or term than agreed goes back to what is agreed by naming none', async () => {
  const product = await stocked(10);
  const { body: draft } = await sales.post('/api/v1/orders', {
    partnerId,
    paymentMethod: 'cash',
    paymentTerm: { kind: 'net_days', days: 60 },
    lines: [{ sku: product.sku, qty: '1', requestedOn: '2026-12-20' }],
  });
  expect(draft.discrepancies.map(({ kind }: { kind: string }) => kind)).toEqual(['payment_method', 'payment_term']);
  const { body: back } = await sales.patch(
    `/api/v1/orders/${draft.id}`,
    { paymentMethod: null, paymentTerm: null },
    { ifMatch: draft.version },
  );
  expect([back.paymentMethod, back.paymentTerm.kind, back.discrepancies]).toEqual(['bank_transfer', 'prepaid', []]);
});

it('R3.3 of a draft that is saved whole, only the lines that say something else are written', async () => {
  const products = await Promise.all([stocked(10), stocked(10), stocked(10)]);
  const lines = products.map(({ id }) => ({ productId: id, qty: '1', requestedOn: '2026-12-20' }));
  const { body: draft } = await sales.post('/api/v1/orders', { partnerId, lines });
  const written = () =>
    t.sql<{ line_no: number; row: string }>(
      'select line_no, ctid::text as row from order_line where order_id = $1 order by line_no',
      [draft.id],
    );
  const before = await written();
  const changed = lines.map((line, i) => (i === 1 ? { ...line, qty: '2' } : line));
  const { body } = await sales.patch(`/api/v1/orders/${draft.id}`, { lines: changed }, { ifMatch: draft.version });
  expect(body).toMatchObject({ grossAmount: '452.00', lines: [{ qty: '1' }, { qty: '2' }, { qty: '1' }] });
  expect((await sales.get(`/api/v1/orders/${draft.id}`)).body).toEqual(body);
  const after = await written();
  expect(after.filter(({ row }, i) => row !== before[i]?.row).map(({ line_no }) => line_no)).toEqual([2]);
});
