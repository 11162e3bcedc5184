/** What is promised from where, and what may be done where it is not: options, corrections of the proposal, production's answers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { act } from '../../../../tests/support/order-act.ts';
import { createApp } from '../../app.ts';
import { newId } from '../../kernel/ids.ts';
import { runCommands } from '../../platform/pipeline/run.ts';
import type { Actor as CommandActor } from '../../platform/pipeline/types.ts';
import { createOrder } from './commands/create-order.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;
let buyer: Actor;
let processing: Actor;
let production: Actor;
let partnerId: string;
let east: string;
let south: string;
// oxlint-disable-next-line typescript/no-explicit-any
type View = any;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [sales, processing, production] = await Promise.all([t.as('sales'), t.as('order_processing'), t.as('production')]);
  partnerId = await t.partner();
  await g.address(partnerId);
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  east = await g.warehouse({ priority: 10, name: '華東倉' });
  south = await g.warehouse({ priority: 20, name: '華南倉' });
});
afterAll(() => t.close());

async function place(lines: object[], actor = buyer): Promise<View> {
  const { body } = await actor.post('/api/v1/orders', {
    submit: true,
    ...(actor === buyer ? {} : { partnerId }),
    lines: lines.map((line) => ({ requestedOn: '2026-12-20', ...line })),
  });
  return body;
}
const prefer = (warehouseId: string | null) =>
  sales.put(`/api/v1/partners/${partnerId}/warehouse-preferences`, { addressId: null, warehouseId });
const flag = async (code: string, value: 0 | 1) => {
  await (await t.as('manager')).post(`/api/v1/policies/${code}`, { value });
  t.clock.advance(60_000);
};

describe('what is promised', () => {
  it('R4.2 each piece says which stock or which receipt covers it, on the line and in a quote; the partner sees days', async () => {
    const product = await g.product();
    await g.stock(product.id, east, 3);
    await g.supply(product.id, south, 10, '2026-12-15');
    const order = await place([{ sku: product.sku, qty: '5' }], sales);
    const from = (promises: View[]) =>
      promises.map(({ qty, warehouse, supply }) => [qty, warehouse?.name, supply?.kind, supply?.expectedOn]);
    // One receipt can give it whole and in time.
    expect(from(order.lines[0].promises)).toEqual([['5', '華南倉', 'production', '2026-12-15']]);
    const { body: quote } = await sales.post('/api/v1/quotes', {
      partnerId,
      lines: [{ sku: product.sku, qty: '8', requestedOn: '2026-12-20' }],
    });
    expect(from(quote.lines[0].promises)).toEqual([
      ['3', '華東倉', undefined, undefined],
      ['5', '華南倉', 'production', '2026-12-15'],
    ]);
    const { body: seen } = await buyer.get(`/api/v1/orders/${order.id}`);
    expect(from(seen.lines[0].promises)).toEqual([['5', undefined, undefined, undefined]]);
  });

  it('R4.2 the partner’s preferred warehouse gives first; by policy another one only with the partner’s word', async () => {
    const product = await g.product();
    await g.stock(product.id, east, 10);
    await g.stock(product.id, south, 4);
    expect((await prefer(south)).body.items).toEqual([
      { address: null, warehouse: { id: south, name: '華南倉', nameEn: null } },
    ]);
    const near = await place([{ sku: product.sku, qty: '2' }], sales);
    expect(near.lines[0].promises[0].warehouse.name).toBe('華南倉');
    await flag('order.other_warehouse', 0);
    const short = await place([{ sku: product.sku, qty: '6' }], sales);
    expect(short.state).toBe('shortage');
    expect(short.shortages).toContainEqual(
      expect.objectContaining({ kind: 'other_warehouse', warehouse: { id: east, name: '華東倉' }, on: '2026-12-20' }),
    );
    const seen = (await buyer.get(`/api/v1/orders/${short.id}`)).body;
    expect(seen.shortages.find((option: View) => option.kind === 'other_warehouse').warehouse).toBeNull();
    const settled = await act(buyer, seen, 'settle-shortage', { lines: [{ lineNo: 1, choice: 'other_warehouse' }] });
    expect(settled.body.state).toBe('to_confirm');
    await flag('order.other_warehouse', 1);
    await prefer(null);
  });

  it('R4.2 several substitutes are offered in their order, each in time, in full and priced by the same agreement', async () => {
    const [first, second, dry] = [
      await g.product({ price: 120_000_000n }),
      await g.product({ price: 90_000_000n }),
      await g.product(),
    ];
    await g.stock(first.id, east, 10);
    await g.stock(second.id, east, 10);
    const product = await g.product({ substituteIds: [dry.id, first.id, second.id] });
    const order = await place([{ sku: product.sku, qty: '4' }]);
    expect(
      order.shortages.map(({ kind, substitute }: View) => [kind, substitute?.sku, substitute?.priceDifference]),
    ).toEqual([
      ['substitute', first.sku, '7.00'],
      ['substitute', second.sku, '-23.00'],
    ]);
    const choice = { lineNo: 1, choice: 'substitute' };
    expect((await act(buyer, order, 'settle-shortage', { lines: [{ ...choice, productId: dry.id }] })).body.code).toBe(
      'order.shortage_option',
    );
    const settled = await act(buyer, order, 'settle-shortage', { lines: [{ ...choice, productId: second.id }] });
    expect(settled.body).toMatchObject({ state: 'to_confirm', grossAmount: '360.00', lines: [{ sku: second.sku }] });
  });

  it('R4.2 order processing lays down another warehouse or day with a reason, and can go back to the proposal', async () => {
    const product = await g.product();
    await g.stock(product.id, east, 5);
    await g.stock(product.id, south, 5);
    const order = await place([{ sku: product.sku, qty: '2' }], sales);
    expect(order.lines[0].promises[0].warehouse.name).toBe('華東倉');
    const line = { lineNo: 1, reason: '華東倉盤點' };
    expect((await act(sales, order, 'correct-promise', { lines: [line] })).body.code).toBe('permission.denied');
    const moved = await act(processing, order, 'correct-promise', { lines: [{ ...line, warehouseId: south }] });
    expect(moved.body).toMatchObject({
      state: 'to_confirm',
      corrections: [{ warehouse: '華南倉', reason: '華東倉盤點' }],
      lines: [{ promises: [{ warehouse: { name: '華南倉' } }] }],
    });
    const later = await act(processing, moved.body, 'correct-promise', {
      lines: [{ ...line, notBefore: '2026-12-28' }],
    });
    expect(later.body).toMatchObject({ state: 'shortage', shortages: [{ kind: 'later_date', on: '2026-12-28' }] });
    const back = await act(processing, later.body, 'correct-promise', { lines: [line] });
    expect(back.body).toMatchObject({ state: 'to_confirm', corrections: [] });
    expect(back.body.lines[0].promises[0].warehouse.name).toBe('華東倉');
    expect(await t.sql('select sum(reserved_qty)::text as r from stock where product_id = $1', [product.id])).toEqual([
      { r: '20000' },
    ]);
  });

  it('R3.2 R4.2 a service is promised from free capacity by day: never more than a day holds, and accepting it uses it up', async () => {
    const training = await g.product({ kind: 'service', byCapacity: true });
    const plan = (qty: string, expectedOn: string, productId = training.id) =>
      production.post('/api/v1/supplies', { kind: 'capacity', productId, warehouseId: east, qty, expectedOn });
    for (const [qty, day] of [
      ['2', '2026-12-16'],
      ['2', '2026-12-18'],
      ['5', '2026-12-24'],
    ] as const)
      expect((await plan(qty, day)).status).toBe(201);
    expect((await plan('1', '2026-12-18', (await g.product()).id)).body.code).toBe('stock.not_by_capacity');
    // The latest day before the requested one, then the one before it.
    const first = await place([{ sku: training.sku, qty: '3' }]);
    expect(first).toMatchObject({ state: 'to_confirm', lines: [{ promisedOn: '2026-12-18' }] });
    const days = first.lines[0].promises.map(({ qty, promisedOn }: View) => `${promisedOn} ${qty}`);
    expect(days.sort()).toEqual(['2026-12-16 1', '2026-12-18 2']);
    const { body: free } = await buyer.get(`/api/v1/availability?productId=${training.id}&qty=2`);
    expect(free.promise).toMatchObject({ on: '2026-12-24' });
    const second = await place([{ sku: training.sku, qty: '2' }]);
    expect(second).toMatchObject({
      state: 'shortage',
      shortages: [
        { kind: 'later_date', on: '2026-12-24' },
        { kind: 'split', availableQty: '1' },
        { kind: 'reduce', availableQty: '1' },
      ],
    });
    const sent = await act(sales, first, 'send-confirmation');
    const effective = await act(buyer, sent.body, 'accept', { contentHash: sent.body.rounds[0].contentHash });
    const accepted = await act(buyer, effective.body, 'accept-service', { lineNos: [1] });
    expect(accepted.body.lines[0]).toMatchObject({ deliveredQty: '3', promises: [] });
    expect(await t.sql('select sum(reserved_qty)::text as r from supply where product_id = $1', [training.id])).toEqual(
      [{ r: '0' }],
    );
  });

  it('R4.2 production answers for what its plan does not hold: by a day, or not, with the reason', async () => {
    const made = await g.product({ kind: 'made' });
    const order = await place([{ sku: made.sku, qty: '6' }], sales);
    expect(order).toMatchObject({
      state: 'shortage',
      shortages: [],
      productionQuestions: [{ lineNo: 1, qty: '6', wantedOn: '2026-12-20', answer: null }],
    });
    const tasks = await t.sql(
      'select kind, role from task where document_id = $1 and closed_at is null order by kind',
      [order.id],
    );
    expect(tasks).toContainEqual({ kind: 'order.production_answer', role: 'production' });
    expect((await act(production, order, 'answer-production', { lineNo: 1 })).body.code).toBe(
      'order.production_reason',
    );
    const able = await act(production, order, 'answer-production', { lineNo: 1, on: '2026-12-27' });
    expect(able.body).toMatchObject({
      state: 'shortage',
      shortages: [{ kind: 'later_date', on: '2026-12-27' }],
      productionQuestions: [{ answer: 'can', on: '2026-12-27' }],
    });
    expect((await act(production, able.body, 'answer-production', { lineNo: 1, on: '2026-12-26' })).body.code).toBe(
      'order.no_question',
    );
    const agreed = await act(buyer, able.body, 'settle-shortage', { lines: [{ lineNo: 1, choice: 'later_date' }] });
    expect(agreed.body).toMatchObject({ state: 'to_confirm', lines: [{ promisedOn: '2026-12-27' }] });

    const other = await place([{ sku: (await g.product({ kind: 'made' })).sku, qty: '1' }], sales);
    const unable = await act(production, other, 'answer-production', { lineNo: 1, reason: '停產' });
    expect(unable.body).toMatchObject({
      state: 'shortage',
      holder: { taskKind: 'order.settle_shortage' },
      productionQuestions: [{ answer: 'cannot', reason: '停產' }],
    });
    // Asked once: a further check does not ask again.
    const again = await act(sales, unable.body, 'recheck-availability');
    expect(again.body.productionQuestions).toHaveLength(1);
  });
});

describe('never promised twice', () => {
  it('P3 two thousand orders at once, through the queues of two nodes and over HTTP, sell exactly what is there', async () => {
    const product = await g.product();
    await g.stock(product.id, east, 180);
    await g.stock(product.id, south, 120);
    const second = await createApp({
      databaseUrl: t.database.appUrl,
      clock: t.clock,
      secrets: t.services.secrets,
      demo: false,
      connections: 4,
    });
    try {
      const who = await salesActor();
      const wanted = Array.from({ length: 2000 }, (_, i) => (i % 3) + 1);
      const command = (qty: number) => ({
        input: {
          partnerId,
          submit: true,
          onShortage: 'refuse' as const,
          lines: [{ sku: product.sku, qty: String(qty), requestedOn: '2026-12-20' }],
        },
        actor: who,
        now: t.clock.now(),
        requestId: newId(t.clock.now()),
      });
      const nodes = [t.services.runtime, second.services.runtime];
      const through = nodes.map((runtime, node) =>
        runCommands(
          runtime,
          createOrder,
          wanted.filter((_, i) => i % 2 === node).map((qty) => command(qty)),
        ),
      );
      const overHttp = Array.from({ length: 32 }, () =>
        buyer.post('/api/v1/orders', {
          submit: true,
          onShortage: 'refuse',
          lines: [{ sku: product.sku, qty: '1', requestedOn: '2026-12-20' }],
        }),
      );
      await Promise.all([...through, ...overHttp]);
      const [sold] = await t.sql<{ sold: string; reserved: string; free: string }>(
        `select (select sum(qty)::text from reservation where product_id = $1) as sold,
          sum(reserved_qty)::text as reserved, sum(on_hand_qty - reserved_qty)::text as free from stock where product_id = $1`,
        [product.id],
      );
      expect(sold).toEqual({ sold: '3000000', reserved: '3000000', free: '0' });
    } finally {
      await second.close();
    }
  });

  /** The sales person as commands see him. */
  async function salesActor(): Promise<CommandActor> {
    return {
      userId: sales.userId,
      kind: 'staff',
      personId: sales.userId,
      name: '銷售',
      login: 'sales',
      locale: 'zh-Hant',
      accountLocale: 'zh-Hant',
      roles: ['sales'],
      permissions: new Set(['order.create', 'order.submit']),
      partnerId: null,
      approvalLimit: null,
      scope: { kind: 'company' },
      credential: { kind: 'system' },
    };
  }
});
