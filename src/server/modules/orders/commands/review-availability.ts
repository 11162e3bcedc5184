/** Availability: promise and reserve, or tell what is missing and settle it with the partner. R4.2. */
import { formatQty, parseQty } from '../../../kernel/qty.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { ONE_UNIT } from '../../catalog/unit-rules.ts';
import { orderRefusals } from '../order-rules.ts';
import { promisePlans, reserve } from '../availability-steps.ts';
import { quantityOf } from '../order-input.ts';
import { checkCredit, factsOf, goOn, price, sendBySwitch } from '../order-steps.ts';
import type { LineRow, Shortage } from '../order-tables.ts';
import { reportShortage } from '../shortage-steps.ts';
import { go, release, requireAction, type Work } from '../order-work.ts';
import { type OnOrder, orderCommand } from './shared.ts';

export const passAvailability = orderCommand<OnOrder>({
  name: 'orders.pass_availability',
  refuses: ['order.wrong_state', 'order.not_promised'],
  stock: true,
  steps(work) {
    requireAction(work, 'passAvailability');
    release(work);
    const plans = promisePlans(work);
    refuseIf(
      orderRefusals(
        'passAvailability',
        factsOf(
          work,
          undefined,
          plans.every(({ short }) => short === 0n),
        ),
      ),
    );
    reserve(work, plans, []);
    sendBySwitch(work);
  },
});

export const reportShortageCommand = orderCommand<OnOrder>({
  name: 'orders.report_shortage',
  refuses: ['order.wrong_state', 'order.promised'],
  stock: true,
  steps(work) {
    requireAction(work, 'reportShortage');
    release(work);
    const plans = promisePlans(work);
    refuseIf(
      orderRefusals(
        'reportShortage',
        factsOf(
          work,
          undefined,
          plans.every(({ short }) => short === 0n),
        ),
      ),
    );
    reportShortage(work, plans, []);
  },
});

/** The goods of a lapsed order, or what was short, are looked for again. */
export const recheckAvailability = orderCommand<OnOrder>({
  name: 'orders.recheck_availability',
  refuses: ['order.wrong_state', 'order.still_reserved'],
  stock: true,
  steps(work) {
    requireAction(work, 'recheckAvailability');
    refuseIf(orderRefusals('recheckAvailability', factsOf(work)));
    release(work);
    checkCredit(work);
    work.order.row.shortages = [];
    go(work, 'recheckAvailability');
    goOn(work, 'report');
  },
});

type Choice = { lineNo: number; choice: Shortage['kind']; productId?: string | undefined };

export const settleShortage = orderCommand<OnOrder & { lines: Choice[]; evidence?: string | undefined }>({
  name: 'orders.settle_shortage',
  refuses: [
    'order.wrong_state',
    'order.shortage_option',
    'order.evidence_missing',
    'line.not_found',
    'price.missing',
    'order.qty_minimum',
  ],
  stock: true,
  steps(work, input) {
    requireAction(work, 'settleShortage');
    refuseIf(
      orderRefusals(
        'settleShortage',
        factsOf(work, { evidenceNeeded: work.command.actor.partnerId === null, evidence: input.evidence }),
      ),
    );
    const { order } = work;
    const shortLines = [...new Set(order.row.shortages.map(({ lineNo }) => lineNo))];
    const unanswered = shortLines.find((lineNo) => !input.lines.some((line) => line.lineNo === lineNo));
    if (unanswered !== undefined) throw refuse('order.shortage_option', { lineNo: String(unanswered) }, 'lines');
    const changesProduct = input.lines.some(({ choice }) => choice === 'substitute');
    input.lines.forEach((choice, i) => {
      apply(work, choice, i, input.evidence);
    });
    order.row.shortages = [];
    // The prices of the submission hold, however long the partner takes to answer.
    price(work, order.row.pricing_on ?? work.today);
    go(work, 'settleShortage', {
      to: changesProduct ? 'terms_review' : 'availability_review',
      payload: { lines: input.lines, evidence: input.evidence ?? null, by: work.command.actor.kind },
    });
    goOn(work, 'report');
  },
});

function apply(work: Work, { lineNo, choice, productId }: Choice, i: number, evidence = ''): void {
  const { order, state } = work;
  const line = order.lines.find(({ line_no }) => line_no === lineNo);
  if (line === undefined) throw refuse('line.not_found', { lineNo: String(lineNo) }, `lines.${i}.lineNo`);
  const option = order.row.shortages.find(
    (offered) =>
      offered.lineNo === lineNo &&
      offered.kind === choice &&
      (productId === undefined || offered.substitute?.productId === productId),
  );
  if (option === undefined) throw refuse('order.shortage_option', { lineNo: String(lineNo) }, `lines.${i}.choice`);
  const replace = (rows: LineRow[]) => {
    order.lines = order.lines.flatMap((row) => (row === line ? rows : [row]));
  };
  switch (option.kind) {
    case 'later_date':
      replace([{ ...line, requested_on: option.on }]);
      return;
    case 'other_warehouse':
      order.row.corrections = [
        ...order.row.corrections.filter((correction) => correction.lineNo !== lineNo),
        {
          lineNo,
          warehouseId: null,
          supplyId: null,
          notBefore: null,
          anyWarehouse: true,
          reason: evidence,
          by: work.command.actor.userId,
          at: work.now.toISOString(),
        },
      ];
      return;
    case 'reduce': {
      const product = state.products.get(line.product_id);
      if (product === undefined) throw refuse('product.not_found');
      replace([{ ...line, qty: quantityOf(option.availableQty, product, `lines.${i}`).qty }]);
      return;
    }
    case 'substitute': {
      const product = option.substitute === null ? undefined : state.products.get(option.substitute.productId);
      if (product === undefined) throw refuse('order.shortage_option', { lineNo: String(lineNo) }, `lines.${i}.choice`);
      quantityOf(formatQty(line.qty), product, `lines.${i}`);
      order.row.corrections = order.row.corrections.filter((correction) => correction.lineNo !== lineNo);
      // Priced anew from the same agreement: nothing of the old product's price stays.
      replace([
        {
          ...line,
          product_id: product.id,
          unit: product.unit,
          // A box of the one is no box of the other.
          order_unit: null,
          unit_factor: ONE_UNIT,
          tax_rate: product.tax_rate,
          price_entry_id: null,
          agreed_price: null,
          unit_price: 0n,
        },
      ]);
      return;
    }
    case 'split': {
      const now = parseQty(option.availableQty) ?? 0n;
      const last = Math.max(...order.lines.map(({ line_no }) => line_no));
      replace([{ ...line, qty: now }]);
      order.lines = [...order.lines, { ...line, line_no: last + 1, qty: line.qty - now, requested_on: option.on }];
      return;
    }
    default: {
      const never: never = option.kind;
      throw new Error(`unknown choice ${String(never)}`);
    }
  }
}
