/**
 * The life of orders as a machine under random hands: legal and illegal actions, stale versions, several orders over the same scarce
 * goods, picking, shipping, paying, invoicing and their ways back. Whatever happens: no 5xx, only transitions of the table, and every
 * invariant of goods, money and log holds afterwards. The number of sequences is QUCHENG_MODEL_RUNS (20).
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orderMachine, type OrderState } from '../../src/contract/machines/order.ts';
import { databaseViolations } from '../../src/server/platform/invariants/index.ts';
import { type Actor, type Answer, type TestApp, testApp } from '../support/app.ts';
import { type Goods, goods } from '../support/goods.ts';

let t: TestApp;
let g: Goods;
beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
});
afterAll(() => t.close());

type World = {
  partnerId: string;
  warehouse: string;
  skus: string[];
  productIds: string[];
  carrierId: string;
  actors: Record<string, Actor>;
  orders: string[];
};

async function world(): Promise<World> {
  const partnerId = await t.partner({ paymentTerm: { kind: 'deposit_balance', depositRate: '0.3', days: 10 } });
  await g.address(partnerId);
  await g.credit(partnerId, 500_000n);
  const warehouse = await g.warehouse();
  const other = await g.warehouse({ priority: 200 });
  const substitute = await g.product({ price: 70_000_000n });
  const products = [
    await g.product({ price: 33_330_000n }),
    await g.product({ substituteId: substitute.id }),
    substitute,
  ];
  for (const product of products) {
    await g.stock(product.id, warehouse, 6);
    await g.stock(product.id, other, 2);
    await g.supply(product.id, warehouse, 5, '2026-06-01');
  }
  const carrierId = warehouse;
  await t.sql('insert into carrier (id, code, name) values ($1, $2, $3)', [carrierId, `C-${carrierId}`, '承运']);
  const actors: Record<string, Actor> = {
    buyer: await t.as({ partnerId, role: 'partner_buyer' }),
    sales: await t.as('sales'),
    processing: await t.as('order_processing'),
    manager: await t.as({ role: 'manager', approvalLimit: 10n ** 12n }),
    store: await t.as('warehouse'),
    logistics: await t.as('logistics'),
    finance: await t.as('finance'),
  };
  return {
    partnerId,
    warehouse,
    skus: products.map(({ sku }) => sku),
    productIds: products.map(({ id }) => id),
    carrierId,
    actors,
    orders: [],
  };
}

const ACTIONS = [
  'create',
  'createBySales',
  'submit',
  'settleDiscrepancy',
  'passTerms',
  'sendBack',
  'settleShortage',
  'sendConfirmation',
  'accept',
  'object',
  'revise',
  'recall',
  'withdraw',
  'shortClose',
  'complete',
  'hold',
  'release',
  'start',
  'finish',
  'putBack',
  'ship',
  'deliver',
  'undeliver',
  'reverseShipment',
  'pay',
  'reverseAllocation',
  'invoice',
  'reverseInvoice',
] as const;
type Step = { action: (typeof ACTIONS)[number] | 'advance'; pick: number; a: number; b: number; stale: boolean };
const step: fc.Arbitrary<Step> = fc.record({
  action: fc.oneof(
    { weight: 3, arbitrary: fc.constant('advance') },
    { weight: 2, arbitrary: fc.constantFrom(...ACTIONS) },
  ),
  pick: fc.nat(3),
  a: fc.integer({ min: 1, max: 5 }),
  b: fc.nat(2),
  stale: fc.boolean(),
});

async function perform(
  w: World,
  { action, pick, a, b, stale }: Step,
): Promise<{
  answer: Answer;
  orderId: string | null;
  before: OrderState | null;
  onOrder: boolean;
  name?: string;
} | null> {
  const actor = (name: string) => w.actors[name] as Actor;
  const lines = [
    { sku: w.skus[b] ?? '', qty: String(a || 1), requestedOn: '2026-04-01' },
    ...(a > 3 ? [{ sku: w.skus[(b + 1) % 3] ?? '', qty: '2', requestedOn: '2026-07-01' }] : []),
  ];
  if (action === 'create' || action === 'createBySales') {
    const answer =
      action === 'create'
        ? await actor('buyer').post('/api/v1/orders', { submit: b > 0, lines })
        : await actor('sales').post('/api/v1/orders', {
            partnerId: w.partnerId,
            submit: b > 0,
            lines: lines.map((line, i) => (i === 0 && a % 2 === 0 ? { ...line, unitPrice: '20.005' } : line)),
          });
    if (answer.status === 201 && w.orders.length < 4) w.orders.push(answer.body.id);
    return { answer, orderId: null, before: null, onOrder: false };
  }
  const orderId = w.orders[pick % Math.max(1, w.orders.length)];
  if (orderId === undefined) return null;
  const { body: order } = await actor('manager').get(`/api/v1/orders/${orderId}`);
  const version = stale && a === 5 ? order.version - 1 : order.version;
  const act = (who: string, verb: string, body?: object) =>
    actor(who).post(`/api/v1/orders/${orderId}/${verb}`, body, { ifMatch: version });
  const result = (answer: Answer, onOrder = true) => ({ answer, orderId, before: order.state as OrderState, onOrder });
  const hash = order.rounds.at(-1)?.contentHash ?? 'none';
  const found = async (path: string) => (await actor('manager').get(`/api/v1/${path}`)).body.items?.[0];
  if (action === 'advance') {
    const next =
      order.state === 'in_effect'
        ? (['start', 'finish', 'ship', 'deliver', 'pay', 'invoice'] as const)[(steps.count += 1) % 6]
        : NEXT[order.state as OrderState];
    const done = next === undefined ? null : await perform(w, { action: next, pick, a: a % 3, b: 0, stale: false });
    return done === null || next === undefined ? null : { ...done, name: next };
  }
  switch (action) {
    case 'submit':
      return result(await act('sales', 'submit', {}));
    case 'settleDiscrepancy': {
      const open = order.discrepancies.find((each: { state: string }) => each.state === 'open');
      return result(
        await act(b === 0 ? 'sales' : 'manager', 'settle-discrepancy', {
          discrepancyId: open?.id ?? order.id,
          how: b === 0 ? 'take_back' : 'approve',
        }),
      );
    }
    case 'passTerms':
      return result(await act('sales', 'pass-terms'));
    case 'sendBack':
      return result(await act('sales', 'send-back', { reason: '模型' }));
    case 'settleShortage': {
      const numbers = [...new Set(order.shortages.map((option: { lineNo: number }) => option.lineNo))];
      const choices = numbers.map(
        (lineNo) =>
          order.shortages.filter((option: { lineNo: number }) => option.lineNo === lineNo)[b] ??
          order.shortages.find((option: { lineNo: number }) => option.lineNo === lineNo),
      );
      return result(
        await act('buyer', 'settle-shortage', {
          lines:
            choices.length === 0
              ? [{ lineNo: 1, choice: 'reduce' }]
              : choices.map((option: { lineNo: number; kind: string }) => ({
                  lineNo: option.lineNo,
                  choice: option.kind,
                })),
        }),
      );
    }
    case 'sendConfirmation':
      return result(await act('sales', 'send-confirmation'));
    case 'accept':
      return result(await act('buyer', 'accept', { contentHash: hash }));
    case 'object':
      return result(await act('buyer', 'object', { contentHash: hash, reasons: [{ lineNo: 1, reason: '模型' }] }));
    case 'revise':
      return result(await act('sales', 'revise', { answers: [{ lineNo: 1, answer: '已改' }], changes: { lines } }));
    case 'recall':
      return result(await act('sales', 'recall', { reason: '模型' }));
    case 'withdraw':
      return a === 1 ? result(await act('buyer', 'withdraw', { reason: '模型' })) : null;
    case 'shortClose':
      return result(await act('processing', 'short-close', { lineNo: 1, reason: '模型', consent: '邮件' }));
    case 'complete':
      return result(await act('processing', 'complete'));
    case 'hold':
      return a === 1 ? result(await act('finance', 'hold', { reason: '模型' })) : null;
    case 'release':
      return order.holds[0] === undefined
        ? null
        : result(await act('finance', `holds/${order.holds[0].id}/release`, { reason: '模型' }));
    case 'start':
    case 'finish':
    case 'putBack': {
      const picking = (await actor('store').get(`/api/v1/pickings?orderId=${orderId}`)).body.items?.[b % 2];
      if (picking === undefined) return null;
      const verb = action === 'putBack' ? 'put-back' : action;
      const body =
        action === 'finish'
          ? a > 3
            ? {
                lines: [{ lineNo: picking.lines?.[0]?.lineNo ?? 1, pickedQty: '1' }],
                shortReason: '少货',
                rest: b === 0 ? 'report' : 'pick_again',
              }
            : {}
          : action === 'putBack'
            ? { reason: '模型' }
            : undefined;
      return result(
        await actor('store').post(`/api/v1/pickings/${picking.id}/${verb}`, body, { ifMatch: picking.version }),
        false,
      );
    }
    case 'ship':
      return result(
        await actor('logistics').post('/api/v1/shipments', {
          orderId,
          warehouseId: w.warehouse,
          ...(a > 3 ? { lines: [{ lineNo: 1, qty: '1' }] } : {}),
          carrierId: w.carrierId,
          waybillNo: `W${a}${b}`,
          shippedAt: t.clock.now().toISOString(),
          expectedOn: '2026-04-01',
        }),
        false,
      );
    case 'deliver':
    case 'undeliver':
    case 'reverseShipment': {
      const shipment = await found(`shipments?orderId=${orderId}`);
      if (shipment === undefined) return null;
      const verb = action === 'reverseShipment' ? 'reverse' : action;
      const body = action === 'deliver' ? { at: t.clock.now().toISOString(), receivedBy: '库房' } : { reason: '模型' };
      return result(
        await actor('logistics').post(`/api/v1/shipments/${shipment.id}/${verb}`, body, { ifMatch: shipment.version }),
        false,
      );
    }
    case 'pay': {
      const open = Math.max(1, Math.round((Number(order.grossAmount) - Number(order.paidAmount)) * 100));
      const amount = (b === 0 ? open : Math.max(1, Math.floor(open / 2) + (b === 2 ? open : 0))) / 100;
      return result(
        await actor('finance').post('/api/v1/payments', {
          partnerId: w.partnerId,
          amount: amount.toFixed(2),
          receivedOn: '2026-03-10',
          method: 'bank_transfer',
          confirm: true,
          allocations: [{ orderId, amount: amount.toFixed(2) }],
        }),
        false,
      );
    }
    case 'reverseAllocation': {
      const payment = await found(`payments?orderId=${orderId}`);
      if (payment === undefined) return null;
      const { body: view } = await actor('finance').get(`/api/v1/payments/${payment.id}`);
      const allocation = view.allocations?.[0];
      return allocation === undefined
        ? null
        : result(
            await actor('finance').post(
              `/api/v1/payments/${payment.id}/allocations/${allocation.id}/reverse`,
              { reason: '模型' },
              { ifMatch: view.version },
            ),
            false,
          );
    }
    case 'invoice':
      return result(
        await actor('finance').post('/api/v1/invoices', {
          orderId,
          kind: 'ordinary',
          beforePaymentReason: '模型',
          ...(a > 3 ? { lines: [{ lineNo: 1, qty: '1' }] } : {}),
        }),
        false,
      );
    case 'reverseInvoice': {
      const invoice = await found(`invoices?orderId=${orderId}`);
      return invoice === undefined
        ? null
        : result(
            await actor('finance').post(
              `/api/v1/invoices/${invoice.id}/reverse`,
              { redReason: 'wrong_invoice' },
              { ifMatch: invoice.version },
            ),
            false,
          );
    }
    default:
      throw new Error(`unknown action ${action}`);
  }
}

const steps = { count: 0 };
/** The way that leads on from each state. */
const NEXT: Partial<Record<OrderState, (typeof ACTIONS)[number]>> = {
  draft: 'submit',
  terms_review: 'settleDiscrepancy',
  shortage: 'settleShortage',
  to_confirm: 'sendConfirmation',
  awaiting_partner: 'accept',
  objected: 'revise',
};

/** States that the table lets an order reach from one, itself included, when the product goes on by itself. */
function reachable(from: OrderState): Set<OrderState> {
  const seen = new Set<OrderState>([from]);
  for (let size = -1; size < seen.size; ) {
    size = seen.size;
    for (const row of orderMachine.rows)
      if ((row.from as readonly OrderState[]).some((state) => seen.has(state)))
        for (const to of [row.to].flat()) if (to !== 'same') seen.add(to as OrderState);
  }
  return seen;
}

const RUNS = Number.parseInt(process.env['QUCHENG_MODEL_RUNS'] ?? '20', 10);
const outcomes = new Map<string, number>();

it('P5 P11 whatever is done in whatever order, only transitions of the table happen and the books stay exact', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 70 }), async (steps) => {
      const w = await world();
      for (const each of steps) {
        const done = await perform(w, each);
        if (done === null) continue;
        const { answer, orderId, before, onOrder } = done;
        if (answer.status >= 500) throw new Error(`${each.action}: ${answer.status} ${answer.text}`);
        const name = `${done.name ?? each.action} ${answer.status < 300 ? 'done' : answer.body.code}`;
        outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
        if (orderId === null || before === null) continue;
        const [now] = await t.sql<{ state: OrderState }>('select state from sales_order where id = $1', [orderId]);
        if (answer.status >= 300) {
          if (onOrder && now?.state !== before)
            throw new Error(`${each.action} was refused (${answer.body.code}) but ${before} became ${now?.state}`);
        } else if (!reachable(before).has(now?.state ?? 'draft'))
          throw new Error(`${each.action}: ${before} became ${now?.state}`);
      }
      const broken = await databaseViolations(t.services.database);
      if (broken.length > 0)
        throw new Error(
          JSON.stringify(broken, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)).slice(
            0,
            2000,
          ),
        );
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  if (process.env['QUCHENG_MODEL_SAY'] !== undefined)
    process.stdout.write(
      `${[...outcomes]
        .sort((x, y) => y[1] - x[1])
        .map(([name, count]) => `${count} ${name}`)
        .join('\n')}\n`,
    );
  // A model that never gets anywhere proves nothing.
  for (const reached of ['accept done', 'ship done', 'deliver done', 'pay done', 'invoice done'])
    expect([...outcomes.keys()]).toContain(reached);
}, 600_000);
