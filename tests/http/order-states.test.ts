/** The life-cycle table of orders against the product: every pair of state and action that the table does not list is refused, and every guard refuses. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORDER_STATES, type OrderState, orderMachine } from '../../src/contract/machines/order.ts';
import { passReplyDeadlines } from '../../src/server/processes/reply-deadline-passes.ts';
import { type Actor, type TestApp, testApp } from '../support/app.ts';
import { type Goods, goods } from '../support/goods.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let buyer: Actor;
let processing: Actor;
let finance: Actor;
let production: Actor;
let partnerId: string;
let warehouse: string;
// oxlint-disable-next-line typescript/no-explicit-any
type View = any;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [sales, processing, finance, production] = await Promise.all([
    t.as('sales'),
    t.as('order_processing'),
    t.as('finance'),
    t.as('production'),
  ]);
  partnerId = await t.partner();
  await g.address(partnerId);
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  warehouse = await g.warehouse();
});
afterAll(() => t.close());

const act = (actor: Actor, order: View, verb: string, body?: object) =>
  actor.post(`/api/v1/orders/${order.id}/${verb}`, body, { ifMatch: order.version });
async function must(actor: Actor, order: View, verb: string, body?: object): Promise<View> {
  const answer = await act(actor, order, verb, body);
  if (answer.status >= 300) throw new Error(`${verb}: ${answer.text}`);
  return answer.body;
}
async function product(pieces = 10) {
  const made = await g.product();
  if (pieces > 0) await g.stock(made.id, warehouse, pieces);
  return made;
}
const line = (sku: string, qty = '2') => ({ sku, qty, requestedOn: '2026-12-20' });
const hashOf = (order: View) => order.rounds.at(-1)?.contentHash ?? 'none';

/** Brings a new order into each state through the API alone. */
async function orderIn(state: OrderState): Promise<View> {
  const { sku } = await product(state === 'shortage' || state === 'availability_review' ? 0 : 10);
  const create = async (extra: object = {}, rest: object = {}) =>
    (await sales.post('/api/v1/orders', { partnerId, submit: true, lines: [{ ...line(sku), ...rest }], ...extra }))
      .body;
  switch (state) {
    case 'draft':
      return create({ submit: false });
    case 'terms_review':
      return create({}, { unitPrice: '1' });
    case 'availability_review':
    case 'shortage':
      return create();
    case 'to_confirm':
      return create();
    case 'awaiting_partner':
      return must(sales, await create(), 'send-confirmation');
    case 'objected': {
      const sent = await orderIn('awaiting_partner');
      return must(buyer, sent, 'object', { contentHash: hashOf(sent), reasons: [{ reason: '不同意' }] });
    }
    case 'in_effect': {
      const sent = await orderIn('awaiting_partner');
      return must(buyer, sent, 'accept', { contentHash: hashOf(sent) });
    }
    case 'completed': {
      const running = await orderIn('in_effect');
      return must(processing, running, 'short-close', { lineNo: 1, reason: '停产', consent: '邮件' });
    }
    case 'cancelled':
      return must(sales, await create(), 'withdraw', { reason: '不要了' });
    default: {
      const never: never = state;
      throw new Error(String(never));
    }
  }
}

/** How each action of the table is called. lapse has no door: it comes by the clock. */
const CALLS: Record<string, { actor: () => Actor; verb: string; body?: (order: View) => object }> = {
  submit: { actor: () => sales, verb: 'submit', body: () => ({}) },
  passTerms: { actor: () => sales, verb: 'pass-terms' },
  sendBack: { actor: () => sales, verb: 'send-back', body: () => ({ reason: '改' }) },
  passAvailability: { actor: () => processing, verb: 'pass-availability' },
  reportShortage: { actor: () => processing, verb: 'report-shortage' },
  settleShortage: {
    actor: () => buyer,
    verb: 'settle-shortage',
    body: () => ({ lines: [{ lineNo: 1, choice: 'reduce' }] }),
  },
  correctPromise: {
    actor: () => processing,
    verb: 'correct-promise',
    body: () => ({ lines: [{ lineNo: 1, reason: 'x' }] }),
  },
  answerProduction: { actor: () => production, verb: 'answer-production', body: () => ({ lineNo: 1, reason: 'x' }) },
  recheckAvailability: { actor: () => sales, verb: 'recheck-availability' },
  sendConfirmation: { actor: () => sales, verb: 'send-confirmation' },
  accept: { actor: () => buyer, verb: 'accept', body: (order) => ({ contentHash: hashOf(order) }) },
  object: {
    actor: () => buyer,
    verb: 'object',
    body: (order) => ({ contentHash: hashOf(order), reasons: [{ reason: '改' }] }),
  },
  recall: { actor: () => sales, verb: 'recall', body: () => ({ reason: '改' }) },
  revise: { actor: () => sales, verb: 'revise', body: () => ({ answers: [{ answer: '改' }] }) },
  withdraw: { actor: () => sales, verb: 'withdraw', body: () => ({ reason: '改' }) },
  shortClose: {
    actor: () => processing,
    verb: 'short-close',
    body: () => ({ lineNo: 1, reason: '改', consent: '邮件' }),
  },
  acceptService: { actor: () => processing, verb: 'accept-service', body: () => ({ lineNos: [1] }) },
  undoCutOver: { actor: () => finance, verb: 'undo-cut-over', body: () => ({ reason: '改' }) },
  complete: { actor: () => processing, verb: 'complete' },
};

describe('P11 the life of an order is the table', () => {
  it('every action of the table has a call here, except what only the clock does', () => {
    expect(
      [...new Set(orderMachine.rows.map(({ action }) => action))].filter((action) => CALLS[action] === undefined),
    ).toEqual(['movePromise', 'freeGoods', 'lapse']);
  });

  // availability_review is passed by the product in the same transaction; with the automatic check switched off it is a state of its own (below).
  for (const state of ORDER_STATES.filter((each) => each !== 'availability_review')) {
    it(`P11 in ${state} every action that the table does not list is refused and changes nothing`, async () => {
      const order = await orderIn(state);
      expect(order.state).toBe(state);
      const listed = new Set(orderMachine.actionsFrom(state));
      for (const [action, { actor, verb, body }] of Object.entries(CALLS)) {
        if (listed.has(action as never)) continue;
        const answer = await act(actor(), order, verb, body?.(order));
        expect([action, answer.status, answer.body.code]).toEqual([action, 409, 'order.wrong_state']);
      }
      expect(await t.sql('select version, state from sales_order where id = $1', [order.id])).toEqual([
        { version: order.version, state },
      ]);
    });
  }
});

describe('guards', () => {
  it('R3.3 submit: no lines, no customer, no delivery requirement, and a partner that is not active', async () => {
    const { sku } = await product();
    const empty = (await sales.post('/api/v1/orders', { partnerId, lines: [] })).body;
    expect((await act(sales, empty, 'submit', {})).body.errors.map((error: View) => error.code)).toContain(
      'order.no_lines',
    );
    const nobody = (await sales.post('/api/v1/orders', { partnerId, ownStock: false, lines: [line(sku)] })).body;
    expect((await act(sales, nobody, 'submit', {})).body.code).toBe('order.customer_missing');
    const undated = (await sales.post('/api/v1/orders', { partnerId, lines: [{ sku, qty: '1' }] })).body;
    expect((await act(sales, undated, 'submit', {})).body.code).toBe('order.delivery_missing');
    const sleepy = await t.partner({ state: 'suspended' });
    expect((await sales.post('/api/v1/orders', { partnerId: sleepy, lines: [line(sku)] })).body.code).toBe(
      'partner.not_active',
    );
  });

  it('R4.1 a manual hold blocks the confirmation until it is released, and releasing twice is refused', async () => {
    const order = await orderIn('to_confirm');
    const held = await must(finance, order, 'hold', { reason: '核对资质' });
    const blocked = await act(sales, held, 'send-confirmation');
    expect([blocked.status, blocked.body.code]).toEqual([409, 'order.hold']);
    const free = await must(finance, held, `holds/${held.holds[0].id}/release`, { reason: '已核对' });
    expect((await act(sales, free, 'send-confirmation')).status).toBe(200);
  });

  it('R4.2 with the automatic check off, order processing passes what can be promised and reports what cannot', async () => {
    await t.sql(
      `insert into policy_parameter (id, code, value, unit, valid_from) values (gen_random_uuid(), 'order.auto_pass_availability', 0, 'flag', '2000-01-01')`,
    );
    t.services.settings.forget();
    const good = (await sales.post('/api/v1/orders', { partnerId, submit: true, lines: [line((await product()).sku)] }))
      .body;
    expect(good.state).toBe('availability_review');
    for (const [action, { actor, verb, body }] of Object.entries(CALLS)) {
      if (orderMachine.actionsFrom('availability_review').includes(action as never)) continue;
      expect([action, (await act(actor(), good, verb, body?.(good))).body.code]).toEqual([action, 'order.wrong_state']);
    }
    expect((await act(processing, good, 'report-shortage')).body.code).toBe('order.promised');
    expect((await must(processing, good, 'pass-availability')).state).toBe('to_confirm');
    const bad = (await sales.post('/api/v1/orders', { partnerId, submit: true, lines: [line((await product(0)).sku)] }))
      .body;
    expect((await act(processing, bad, 'pass-availability')).body.code).toBe('order.not_promised');
    expect((await must(processing, bad, 'report-shortage')).state).toBe('shortage');
    await t.sql(`delete from policy_parameter where code = 'order.auto_pass_availability'`);
    t.services.settings.forget();
  });

  it('R2 complete is refused while anything is open: delivery, payment, invoice', async () => {
    const order = await orderIn('in_effect');
    expect((await act(processing, order, 'complete')).body.errors.map((error: View) => error.code)).toEqual([
      'order.not_delivered',
      'order.not_paid',
      'order.not_invoiced',
    ]);
  });

  it('R2 where the product has not completed an order by itself, order processing does', async () => {
    const order = await orderIn('completed');
    await t.sql(`update sales_order set state = 'in_effect', completed_at = null where id = $1`, [order.id]);
    const { status, body } = await act(processing, order, 'complete');
    expect([status, body.state]).toEqual([200, 'completed']);
  });

  it('R4.3 acceptance is refused over the credit limit and after the reservation has run out', async () => {
    const sent = await orderIn('awaiting_partner');
    await g.credit(partnerId, 1n);
    expect((await act(buyer, sent, 'accept', { contentHash: hashOf(sent) })).body.code).toBe('order.credit_hold');
    await g.credit(partnerId, null);
    t.clock.advance(19 * 24 * 3_600_000);
    expect((await act(buyer, sent, 'accept', { contentHash: hashOf(sent) })).body.code).toBe(
      'order.reservation_lapsed',
    );
    expect((await passReplyDeadlines(t.services.runtime, t.clock.now())).lapsed).toBeGreaterThan(0);
  });
});
