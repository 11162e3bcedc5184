/** Price and terms against the agreement: every deviation on record, put to the partner, settled within limits, never by whoever asked for it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { act } from '../../../../tests/support/order-act.ts';

const DAY_MS = 86_400_000;
let t: TestApp;
let g: Goods;
let sales: Actor;
let manager: Actor;
let buyer: Actor;
let partnerId: string;
let sku: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sales = await t.as('sales');
  manager = await t.as({ role: 'manager', approvalLimit: 10_000n });
  partnerId = await t.partner();
  await g.address(partnerId);
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  const product = await g.product({ price: 100_000_000n });
  sku = product.sku;
  await g.stock(product.id, await g.warehouse(), 10_000);
  await t.sql(
    `insert into agreement (id, no, partner_id, valid_from, valid_to, payment_term, version, created_at)
     values ($1, 'AG-1', $2, '2026-01-01', '2026-12-31', '{"kind":"prepaid"}', 3, $3)`,
    [t.companyId, partnerId, t.clock.now()],
  );
});
afterAll(() => t.close());

type Line = Record<string, unknown>;
const place = async (lines: Line[], rest: Line = {}, actor = sales) => {
  const own = actor.partnerId === null ? { partnerId } : {};
  const line = { sku, qty: '1', requestedOn: '2026-12-20' };
  const { body } = await actor.post('/api/v1/orders', {
    submit: true,
    ...own,
    ...rest,
    lines: lines.map((each) => ({ ...line, ...each })),
  });
  return body;
};
const settle = (
  actor: Actor,
  order: { id: string; version: number; discrepancies: { id: string }[] },
  how: string,
  at = 0,
) =>
  act(actor, order, 'settle-discrepancy', {
    discrepancyId: order.discrepancies[at]?.id,
    how,
    evidence: '電話 3 月 10 日',
  });

describe('deviations', () => {
  it('R4.1 each deviation, in either side’s favour, is a record with agreed and ordered value, money effect and the agreement’s version', async () => {
    const order = await place([{ unitPrice: '90' }, { unitPrice: '110' }, { discountAmount: '5' }, { free: true }], {
      paymentMethod: 'cash',
      paymentTerm: { kind: 'net_days', days: 30 },
      deliveryAddress: '別處 1 號',
      receiver: '王先生',
      orderDiscountAmount: '1',
    });
    expect(
      order.discrepancies.map((found: Record<string, unknown>) => [
        found['lineNo'],
        found['kind'],
        found['agreed'],
        found['ordered'],
        found['effectAmount'],
        found['needsApproval'],
      ]),
    ).toEqual([
      [1, 'price', '100.00', '90.00', '-10.00', true],
      [2, 'price', '100.00', '110.00', '10.00', false],
      [3, 'discount', '0', '5.00', '-5.00', true],
      [4, 'free_goods', '100.00', '0', '-100.00', true],
      [null, 'discount', '0', '1.00', '-1.00', true],
      [null, 'payment_method', 'bank_transfer', 'cash', '0.00', true],
      [null, 'payment_term', 'prepaid', 'net_days days=30', '-1.45', true],
      [null, 'delivery_place', '江苏省 昆山市 试验路 1 号', '別處 1 號', '0.00', false],
    ]);
    const byRate = order.discrepancies.filter(
      ({ yearlyPercent }: { yearlyPercent: number | null }) => yearlyPercent !== null,
    );
    expect(byRate).toMatchObject([{ kind: 'payment_term', yearlyPercent: 6 }]);
    for (const found of order.discrepancies)
      expect(found).toMatchObject({ agreementNo: 'AG-1', agreementVersion: 3, state: 'open' });
  });

  it('R4.1 all deviations reach the partner in one notice with a deadline, and its answer settles what is not to our cost', async () => {
    const order = await place([{ unitPrice: '110' }, { unitPrice: '99' }]);
    const [event] = await t.sql<{ payload: { discrepancyReplyDueAt: string } }>(
      `select payload from event where document_id = $1 and type = 'order.submitted'`,
      [order.id],
    );
    expect(event?.payload.discrepancyReplyDueAt).toBe(order.discrepancies[0].replyDueAt);
    const tasks = () =>
      t.sql<{ kind: string }>('select kind from task where document_id = $1 and closed_at is null order by kind', [
        order.id,
      ]);
    expect((await tasks()).map(({ kind }) => kind)).toEqual(['order.answer_discrepancies', 'order.review_terms']);
    const answers = order.discrepancies.map(({ id }: { id: string }, i: number) => ({
      discrepancyId: id,
      agrees: true,
      ...(i === 0 ? { note: '同意' } : {}),
    }));
    expect((await act(sales, order, 'answer-discrepancies', { answers })).body.code).toBe('permission.denied');
    const { body: answered } = await act(buyer, order, 'answer-discrepancies', { answers });
    expect(answered.discrepancies).toMatchObject([
      { state: 'agreed_by_partner', partnerAnswer: 'agreed', partnerNote: '同意' },
      { state: 'open', partnerAnswer: 'agreed' },
    ]);
    expect((await tasks()).map(({ kind }) => kind)).toEqual(['order.review_terms']);
    const again = await act(buyer, answered, 'answer-discrepancies', { answers: answers.slice(0, 1) });
    expect(again.body.code).toBe('discrepancy.settled');
    const { body: done } = await settle(manager, answered, 'approve', 1);
    expect(done.state).toBe('to_confirm');
  });

  it('R4.1 the partner alone does not agree to what is to our cost, nor sales in its name; a refusal of the partner is on record', async () => {
    const order = await place([{ unitPrice: '95' }, { unitPrice: '105' }]);
    const refused = await settle(sales, order, 'agreed_by_partner');
    expect([refused.status, refused.body.code]).toEqual([409, 'discrepancy.needs_approval']);
    const { body: agreed } = await settle(sales, order, 'agreed_by_partner', 1);
    expect(agreed.discrepancies[1]).toMatchObject({ state: 'agreed_by_partner', evidence: '電話 3 月 10 日' });
    const { body: answered } = await act(buyer, agreed, 'answer-discrepancies', {
      answers: [{ discrepancyId: order.discrepancies[0].id, agrees: false, note: '不是這樣說的' }],
    });
    expect(answered.discrepancies[0]).toMatchObject({
      state: 'open',
      partnerAnswer: 'refused',
      partnerNote: '不是這樣說的',
    });
    const { body: back } = await settle(sales, answered, 'take_back');
    expect([back.state, back.grossAmount]).toEqual(['to_confirm', '205.00']);
  });

  it('R4.1 the review is on record where nothing deviates, and against which version: by the product, or by the person who passed it', async () => {
    const automatic = await place([{}], {}, buyer);
    expect(automatic.termsReview).toEqual({
      at: t.clock.now().toISOString(),
      by: null,
      agreementNo: 'AG-1',
      agreementVersion: 3,
    });
    const policy = (value: number) => {
      t.clock.advance(1000);
      return manager.post('/api/v1/policies/order.auto_pass_terms', { value });
    };
    await policy(0);
    const order = await place([{}], {}, buyer);
    expect([order.state, order.termsReview]).toEqual(['terms_review', null]);
    const { body: passed } = await act(sales, order, 'pass-terms');
    await policy(1);
    expect(passed.termsReview).toMatchObject({ agreementNo: 'AG-1', agreementVersion: 3 });
    expect(passed.termsReview.by).toMatch(/^sales/);
    const { body: back } = await act(sales, passed, 'send-back', { reason: '再看' });
    const { body: again } = await act(sales, back, 'submit', {});
    expect([again.state, again.termsReview]).toEqual(['terms_review', null]);
  });
});

describe('limits of approval', () => {
  // What was approved before counts no longer.
  beforeEach(() => t.clock.advance(31 * DAY_MS));

  it('R4.1 a limit is that of the person, else of the role by policy, and none unless it is set', async () => {
    const colleague = await t.as({ role: 'finance', name: '財務' });
    const order = await place([{ unitPrice: '60' }]);
    expect((await settle(colleague, order, 'approve')).body.code).toBe('permission.limit_exceeded');
    expect((await settle(buyer, order, 'approve')).body.code).toBe('permission.denied');
    const set = (value: number) => manager.post('/api/v1/policies/approval.finance', { value });
    expect((await set(39)).status).toBe(200);
    expect((await settle(colleague, order, 'approve')).body.code).toBe('permission.limit_exceeded');
    t.clock.advance(1000);
    await set(40);
    const { body: approved } = await settle(colleague, order, 'approve');
    expect([approved.state, approved.discrepancies[0].settledBy]).toEqual(['to_confirm', '財務']);
  });

  it('R4.1 a deviation is not made small by parting it over lines: the limit covers all that the order gives away', async () => {
    const order = await place([{ unitPrice: '40' }, { unitPrice: '40' }]);
    expect((await settle(manager, order, 'approve')).body.code).toBe('permission.limit_exceeded');
    const { body: less } = await settle(sales, order, 'take_back', 1);
    const { body: approved } = await settle(manager, less, 'approve');
    expect([approved.state, approved.grossAmount]).toEqual(['to_confirm', '140.00']);
  });

  it('R4.1 what was approved is not approved for another value: sent back, changed and submitted again, it is asked anew', async () => {
    const order = await place([{ unitPrice: '90' }]);
    const { body: approved } = await settle(manager, order, 'approve');
    const { body: draft } = await act(sales, approved, 'send-back', { reason: '改' });
    const { body: same } = await act(sales, draft, 'submit', {});
    expect(same.state).toBe('to_confirm');
    const { body: again } = await act(sales, same, 'send-back', { reason: '改' });
    const { body: lower } = await sales.patch(
      `/api/v1/orders/${order.id}`,
      { lines: [{ sku, qty: '1', unitPrice: '80', requestedOn: '2026-12-20' }] },
      { ifMatch: again.version },
    );
    const { body: submitted } = await act(sales, lower, 'submit', {});
    expect([submitted.state, submitted.discrepancies[0].state]).toEqual(['terms_review', 'open']);
    const { body: copy } = await act(sales, approved, 'copy');
    expect([copy.lines[0].unitPrice, copy.discrepancies]).toEqual(['100.00', []]);
  });

  it('R4.1 whoever asked for it does not approve it, also not with another key of his', async () => {
    const chief = await t.as({ role: ['sales', 'manager'], name: '主管', approvalLimit: 1_000_000n });
    const own = await place([{ unitPrice: '90' }], {}, chief);
    expect((await settle(chief, own, 'approve')).body.code).toBe('permission.four_eyes');
    const [first, second] = [
      await t.key({ roles: ['sales', 'manager'], madeBy: chief.userId }),
      await t.key({ roles: ['manager', 'finance'], madeBy: chief.userId }),
    ];
    const byKey = await place([{ unitPrice: '90' }], {}, first);
    expect((await settle(second, byKey, 'approve')).body.code).toBe('permission.four_eyes');
    expect((await settle(chief, byKey, 'approve')).body.code).toBe('permission.four_eyes');
    expect((await settle(manager, byKey, 'approve')).body.state).toBe('to_confirm');
  });
});

describe('limits of approval over many orders', () => {
  beforeEach(() => t.clock.advance(31 * DAY_MS));
  const cheap = (unitPrice: string, rest: Line = {}) => place([{ unitPrice }], rest);
  const code = async (order: Parameters<typeof settle>[1], by = manager) =>
    (await settle(by, order, 'approve')).body.code;

  it('R4.1 many small deviations of one partner count together over the period of the policy; what is cancelled gives way, and so does time', async () => {
    const orders = [await cheap('60'), await cheap('60'), await cheap('60')];
    const [first] = orders;
    const approved = [
      (await settle(manager, orders[0], 'approve')).body,
      (await settle(manager, orders[1], 'approve')).body,
    ];
    expect(approved.map(({ state }) => state)).toEqual(['to_confirm', 'to_confirm']);
    const third = await settle(manager, orders[2], 'approve');
    expect([third.status, third.body.code, third.body.params ?? third.body.errors?.[0]?.params]).toEqual([
      403,
      'permission.partner_limit',
      { days: '30', given: '80.00' },
    ]);
    // An order sent back and submitted again counts once.
    const { body: back } = await act(sales, approved[1], 'send-back', { reason: '再看' });
    expect(await code(orders[2])).toBe('permission.partner_limit');
    const { body: again } = await act(sales, back, 'submit', {});
    expect(again.state).toBe('to_confirm');
    const { status } = await act(sales, again, 'withdraw', { reason: '不要了' });
    expect(status).toBe(200);
    expect((await settle(manager, orders[2], 'approve')).body.state).toBe('to_confirm');
    const more = await cheap('60');
    expect(await code(more)).toBe('permission.partner_limit');
    t.clock.advance(31 * DAY_MS);
    expect((await settle(manager, more, 'approve')).body.state).toBe('to_confirm');
    expect(first.id).not.toBe(more.id);
  });

  it('R4.1 a copy that is given the same low price, and an order parted in two, are seen by the limit; whoever has a higher one may', async () => {
    const whole = await place([{ unitPrice: '70', qty: '3' }]);
    const { body: approved } = await settle(manager, whole, 'approve');
    const { body: copy } = await act(sales, approved, 'copy');
    const lines = [{ sku, qty: '3', unitPrice: '70', requestedOn: '2026-12-20' }];
    const { body: edited } = await sales.patch(`/api/v1/orders/${copy.id}`, { lines }, { ifMatch: copy.version });
    const { body: copied } = await act(sales, edited, 'submit', {});
    expect(await code(copied)).toBe('permission.partner_limit');
    const parts = [await cheap('70'), await cheap('70'), await cheap('70')];
    for (const part of parts) expect(await code(part)).toBe('permission.partner_limit');
    const boss = await t.as({ role: 'manager', name: '總監', approvalLimit: 30_000n });
    expect((await settle(boss, copied, 'approve')).body.state).toBe('to_confirm');
  });

  it('R4.1 two approvals at the same time do not pass a limit that only one of them fits', async () => {
    const orders = await Promise.all([cheap('40'), cheap('40'), cheap('40')]);
    const answers = await Promise.all(orders.map((order) => settle(manager, order, 'approve')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
  });

  it('R4.1 what one person asks for is counted over all partners; a switch of the policy leaves it out', async () => {
    const others = await Promise.all([t.partner(), t.partner()]);
    for (const id of others) await g.address(id);
    const orders = await Promise.all([...others, partnerId].map((id) => cheap('60', { partnerId: id })));
    for (const order of orders.slice(0, 2)) expect((await settle(manager, order, 'approve')).status).toBe(200);
    expect(await code(orders[2])).toBe('permission.salesperson_limit');
    await manager.post('/api/v1/policies/approval.by_salesperson', { value: 0 });
    expect((await settle(manager, orders[2], 'approve')).body.state).toBe('to_confirm');
  });
});

describe('credit', () => {
  it('R4.1 a limit is not evaded by a copy, by parting an order in two, nor by sending it back and submitting it again', async () => {
    const poor = await t.partner();
    await g.address(poor);
    await g.credit(poor, 15_000n);
    const held = (order: { state: string; holds: { kind: string }[] }) => [
      order.state,
      order.holds.map(({ kind }) => kind),
    ];
    const first = await place([{}], { partnerId: poor });
    expect(held(first)).toEqual(['to_confirm', []]);
    const { body: copy } = await act(sales, first, 'copy');
    const dated = await sales.patch(
      `/api/v1/orders/${copy.id}`,
      { requestedOn: '2026-12-20' },
      { ifMatch: copy.version },
    );
    const { body: second } = await act(sales, dated.body, 'submit', {});
    expect(held(second)).toEqual(['terms_review', ['credit']]);
    const { body: back } = await act(sales, second, 'send-back', { reason: '再試' });
    const { body: again } = await act(sales, back, 'submit', {});
    expect(held(again)).toEqual(['terms_review', ['credit']]);
    const parts = await Promise.all([place([{}], { partnerId: poor }), place([{}], { partnerId: poor })]);
    expect(parts.map(({ state }) => state)).toEqual(['terms_review', 'terms_review']);
    expect((await act(sales, again, 'pass-terms')).body.code).toBe('order.credit_hold');
  });

  it('R4.1 a hold that was released for a sum does not cover a greater one, and whoever asked for the order does not release it', async () => {
    const poor = await t.partner();
    await g.address(poor);
    await g.credit(poor, 5_000n);
    const chief = await t.as({ role: ['sales', 'finance'], name: '自己' });
    const order = await place([{}], { partnerId: poor }, chief);
    const release = (actor: Actor, of: { id: string; version: number }) =>
      actor.post(
        `/api/v1/orders/${order.id}/holds/${order.holds[0].id}/release`,
        { reason: '已擔保' },
        { ifMatch: of.version },
      );
    expect((await release(chief, order)).body.code).toBe('permission.four_eyes');
    const finance = await t.as('finance');
    const { body: released } = await release(finance, order);
    expect(released.state).toBe('to_confirm');
    const { body: draft } = await act(chief, released, 'send-back', { reason: '加量' });
    const more = await chief.patch(
      `/api/v1/orders/${order.id}`,
      { lines: [{ sku, qty: '2', requestedOn: '2026-12-20' }] },
      { ifMatch: draft.version },
    );
    const { body: again } = await act(chief, more.body, 'submit', {});
    expect([again.state, again.holds.length]).toEqual(['terms_review', 1]);
  });
});
