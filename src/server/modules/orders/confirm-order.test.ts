/** From the confirmation to effect, with rounds, and the ways back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { act } from '../../../../tests/support/order-act.ts';

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

async function toConfirm(qty = '3', pieces = 10) {
  const product = await g.product();
  await g.stock(product.id, warehouse, pieces);
  const { body } = await buyer.post('/api/v1/orders', {
    submit: true,
    lines: [{ sku: product.sku, qty, requestedOn: '2026-12-20' }],
  });
  return { order: body, product };
}
async function document(actor: Actor, orderId: string): Promise<string> {
  const { body } = await actor.post(
    `/api/v1/documents/order/${orderId}/attachments?fileName=reply.pdf`,
    Buffer.from('%PDF-1.4 reply %%EOF'),
    { headers: { 'content-type': 'application/pdf' } },
  );
  if (body.id === undefined) throw new Error(JSON.stringify(body));
  return body.id;
}
const hashOf = (order: { rounds: { contentHash: string }[] }) => order.rounds.at(-1)?.contentHash ?? '';

async function sent() {
  const { order, product } = await toConfirm();
  const { body } = await act(sales, order, 'send-confirmation');
  return { order: body, product };
}

describe('formal confirmation', () => {
  it('R4.3 the partner accepts what was sent: version 1 is frozen, stock is firm, picking and payment plan stand', async () => {
    const { order, product } = await sent();
    expect(order).toMatchObject({
      state: 'awaiting_partner',
      round: 1,
      holder: { side: 'partner', taskKind: 'order.reply' },
    });
    const { status, body } = await act(buyer, order, 'accept', { contentHash: hashOf(order) });
    expect([status, body.state, body.revision]).toEqual([200, 'in_effect', 1]);
    expect(body.paymentPlan).toEqual([expect.objectContaining({ amount: '339.00', paidAmount: '0.00' })]);
    expect(await t.sql('select state, qty::text from reservation where order_id = $1', [order.id])).toEqual([
      { state: 'firm', qty: '30000' },
    ]);
    expect(await t.sql('select state from picking where order_id = $1', [order.id])).toEqual([{ state: 'open' }]);
    expect(
      await t.sql('select kind from task where closed_at is null and document_type = $1', ['picking']),
    ).toContainEqual({ kind: 'picking.start' });
    expect(await t.sql('select content_hash from order_revision where order_id = $1', [order.id])).toEqual([
      { content_hash: hashOf(order) },
    ]);
    expect(await t.sql('select held_amount::text from credit_account where partner_id = $1', [partnerId])).not.toEqual([
      { held_amount: '0' },
    ]);
    expect(product.id).toBeTruthy();
  });

  it('R4.3 nobody accepts what he has not seen: another hash is refused', async () => {
    const { order } = await sent();
    const { status, body } = await act(buyer, order, 'accept', { contentHash: 'x'.repeat(64) });
    expect([status, body.code]).toEqual([409, 'order.round_changed']);
  });

  it('R4.3 sales accepts for the partner only with the partner’s document', async () => {
    const { order } = await sent();
    expect((await act(sales, order, 'accept', { contentHash: hashOf(order) })).body.code).toBe(
      'order.evidence_missing',
    );
    expect(
      (await act(sales, order, 'accept', { contentHash: hashOf(order), evidence: '盖章传真 2026-03-10' })).body.code,
    ).toBe('order.document_missing');
    const other = await sent();
    const foreign = await document(sales, other.order.id);
    expect(
      (await act(sales, order, 'accept', { contentHash: hashOf(order), evidence: '传真', attachmentId: foreign })).body
        .code,
    ).toBe('attachment.not_found');
    const attachmentId = await document(sales, order.id);
    const accepted = await act(sales, order, 'accept', {
      contentHash: hashOf(order),
      evidence: '盖章传真 2026-03-10',
      attachmentId,
    });
    expect(accepted.body.state).toBe('in_effect');
    expect(accepted.body.rounds[0]).toMatchObject({
      reply: 'accepted',
      how: 'document',
      from: '127.0.0.1',
      attachment: { id: attachmentId, fileName: 'reply.pdf' },
    });
    // What an acceptance rests on stays.
    expect((await sales.post(`/api/v1/attachments/${attachmentId}/retract`)).body.code).toBe('attachment.is_evidence');
  });

  it('R4.3 the partner objects by line, sales answers each objection, a second round follows', async () => {
    const { order, product } = await sent();
    expect(
      (await act(sales, order, 'object', { contentHash: hashOf(order), reasons: [{ reason: 'x' }] })).body.code,
    ).toBe('order.evidence_missing');
    expect(
      (await act(buyer, order, 'object', { contentHash: hashOf(order), reasons: [{ lineNo: 9, reason: '?' }] })).body
        .code,
    ).toBe('line.not_found');
    const objected = await act(buyer, order, 'object', {
      contentHash: hashOf(order),
      reasons: [{ lineNo: 1, reason: '数量应为 2' }],
    });
    expect(objected.body.state).toBe('objected');
    expect((await act(sales, objected.body, 'revise', { answers: [] })).body.code).toBe('order.objection_open');
    const revised = await act(sales, objected.body, 'revise', {
      answers: [{ lineNo: 1, answer: '已改为 2' }],
      changes: { lines: [{ sku: product.sku, qty: '2', requestedOn: '2026-12-20' }] },
    });
    expect(revised.body).toMatchObject({ state: 'to_confirm', grossAmount: '226.00' });
    const second = await act(sales, revised.body, 'send-confirmation');
    expect(second.body).toMatchObject({ round: 2, state: 'awaiting_partner' });
    expect(second.body.rounds.map((round: { reply: string | null }) => round.reply)).toEqual(['objected', null]);
    const compared = await buyer.get(`/api/v1/orders/${order.id}/round-comparison?left=1&right=2`);
    const different = compared.body.items.filter((item: { differs: boolean }) => item.differs);
    expect(
      different.map(({ lineNo, field, left, right }: Record<string, unknown>) => [lineNo, field, left, right]),
    ).toEqual([
      [null, 'netAmount', '300.00', '200.00'],
      [null, 'taxAmount', '39.00', '26.00'],
      [null, 'grossAmount', '339.00', '226.00'],
      [1, 'qty', '3 件', '2 件'],
      [1, 'grossAmount', '339.00', '226.00'],
    ]);
    expect((await buyer.get(`/api/v1/orders/${order.id}/round-comparison?left=7`)).body.code).toBe(
      'order.round_not_found',
    );
    expect(await t.sql('select reserved_qty::text from stock where product_id = $1', [product.id])).toEqual([
      { reserved_qty: '20000' },
    ]);
  });

  it('R4.3 an objection by letter is recorded by sales with the letter', async () => {
    const { order } = await sent();
    const attachmentId = await document(sales, order.id);
    const { body } = await act(sales, order, 'object', {
      contentHash: hashOf(order),
      reasons: [{ reason: '交期太晚' }],
      evidence: '来函 2026-03-10',
      attachmentId,
    });
    expect(body).toMatchObject({ state: 'objected', rounds: [{ reply: 'objected', how: 'document' }] });
  });

  it('R4.3 what was sent and what took effect cannot be changed, not even by a statement', async () => {
    const { order } = await sent();
    await act(buyer, order, 'accept', { contentHash: hashOf(order) });
    for (const statement of [
      `update order_revision set content = '{}' where order_id = $1`,
      'delete from order_revision where order_id = $1',
      `update order_round set content_hash = 'x' where order_id = $1`,
      `update order_round set reply = 'objected' where order_id = $1`,
      'delete from order_round where order_id = $1',
    ])
      await expect(t.sql(statement, [order.id])).rejects.toThrow(/frozen/);
  });

  it('R4.3 goods that come later than promised void the notice, and availability is confirmed anew', async () => {
    const product = await g.product();
    const supply = await g.supply(product.id, warehouse, 5, '2026-12-10');
    const placed = await buyer.post('/api/v1/orders', {
      submit: true,
      lines: [{ sku: product.sku, qty: '5', requestedOn: '2026-12-20' }],
    });
    const { body: order } = await act(sales, placed.body, 'send-confirmation');
    const production = await t.as('production');
    const moved = await production.post(
      `/api/v1/supplies/${supply}/reschedule`,
      { expectedOn: '2026-12-28', cause: '模具维修' },
      { ifMatch: 1 },
    );
    expect(moved.status).toBe(200);
    const { body: void_ } = await sales.get(`/api/v1/orders/${order.id}`);
    expect(void_).toMatchObject({
      state: 'availability_review',
      rounds: [{ reply: 'recalled' }],
      holder: { taskKind: 'order.check_availability' },
    });
    expect((await act(buyer, void_, 'accept', { contentHash: hashOf(order) })).body.code).toBe('order.wrong_state');
    const processing = await t.as('order_processing');
    const short = await act(processing, void_, 'report-shortage');
    expect(short.body).toMatchObject({ state: 'shortage', shortages: [{ kind: 'later_date', on: '2026-12-28' }] });
    expect(await t.sql('select reserved_qty::text from supply where id = $1', [supply])).toEqual([
      { reserved_qty: '0' },
    ]);
  });

  it('R4.3 a recalled confirmation can be sent again, and an accepted one cannot be recalled', async () => {
    const { order } = await sent();
    const recalled = await act(sales, order, 'recall', { reason: '地址有误' });
    expect(recalled.body.state).toBe('to_confirm');
    const again = await act(sales, recalled.body, 'send-confirmation');
    const accepted = await act(buyer, again.body, 'accept', { contentHash: hashOf(again.body) });
    expect(accepted.body.state).toBe('in_effect');
    expect((await act(sales, accepted.body, 'recall', { reason: '?' })).body.code).toBe('order.wrong_state');
  });

  it('R4.2 what is sent back or withdrawn releases stock and credit at once', async () => {
    for (const verb of ['send-back', 'withdraw']) {
      const { order, product } = await toConfirm();
      const before = await t.sql<{ held: string }>(
        'select held_amount::text as held from credit_account where partner_id = $1',
        [partnerId],
      );
      await act(sales, order, verb, { reason: '更正' });
      const after = await t.sql<{ held: string }>(
        'select held_amount::text as held from credit_account where partner_id = $1',
        [partnerId],
      );
      expect(BigInt(before[0]?.held ?? 0) - BigInt(after[0]?.held ?? 0)).toBe(33_900n);
      expect(await t.sql('select reserved_qty::text from stock where product_id = $1', [product.id])).toEqual([
        { reserved_qty: '0' },
      ]);
      expect(await t.sql('select count(*)::int as n from reservation where order_id = $1', [order.id])).toEqual([
        { n: 0 },
      ]);
    }
  });

  it('P11 an old version is refused with the current one, and none at all with 428', async () => {
    const { order } = await toConfirm();
    await act(sales, order, 'send-confirmation');
    const stale = await act(sales, order, 'send-back', { reason: '?' });
    expect([stale.status, stale.body.code, stale.headers['etag']]).toEqual([
      412,
      'request.version_stale',
      `"${order.version + 1}"`,
    ]);
    const none = await sales.post(`/api/v1/orders/${order.id}/send-back`, { reason: '?' });
    expect([none.status, none.body.code]).toEqual([428, 'request.version_missing']);
  });

  it('R5.2 the open rest of a line is closed only with the partner’s consent, and amounts follow', async () => {
    const { order, product } = await sent();
    const { body: effective } = await act(buyer, order, 'accept', { contentHash: hashOf(order) });
    const processing = await t.as('order_processing');
    expect((await act(processing, effective, 'short-close', { lineNo: 1, reason: '停产' })).body.code).toBe(
      'order.consent_missing',
    );
    const closed = await act(processing, effective, 'short-close', {
      lineNo: 1,
      reason: '停产',
      consent: '邮件同意 2026-03-10',
    });
    expect(closed.body).toMatchObject({ grossAmount: '0.00', revision: 2 });
    expect(await t.sql('select reserved_qty::text from stock where product_id = $1', [product.id])).toEqual([
      { reserved_qty: '0' },
    ]);
    expect(await t.sql('select state from picking where order_id = $1', [order.id])).toEqual([{ state: 'cancelled' }]);
    expect(closed.body.paymentPlan).toEqual([expect.objectContaining({ amount: '0.00' })]);
    expect(closed.body.state).toBe('completed');
  });
});
