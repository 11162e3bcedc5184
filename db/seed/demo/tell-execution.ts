/** What happens to an order in effect: payment, picking, dispatch, delivery, invoice, completion. */
import { addDays, monthEnd } from '../../../src/server/kernel/biz-date.ts';
import { fromUnits } from '../decimal-text.ts';
import { CARRIERS, WAREHOUSES } from './company.ts';
import { buyerOf, grossOf, type OrderDraft, payerOf, paymentParts } from './story.ts';
import { happen, pricingDate, reaches, type Teller, wait, waitMinutes } from './teller.ts';
import type { StepLine } from './types.ts';
import { afterDays, afterMinutes, laterOf, type Moment } from './work-clock.ts';

/** From effect to completion, or to where the story stops. */
export function execution(teller: Teller): void {
  const { draft, happenings, random, world } = teller;
  const effect = teller.at;
  const parts = paymentParts(draft.partner.paymentTerm, grossOf(world, draft, pricingDate(world, happenings)));
  if (parts[0]?.days === 0 && parts[0].from === 'effect') {
    wait(teller, random.int(0, 2));
    pay(teller, 1, parts[0].amount, false);
  }
  const paidUpFront = teller.at;
  teller.at = draft.partner.paymentTerm.kind === 'prepaid' ? paidUpFront : effect;
  delivery(teller);
  if (!reaches(draft.story, 'invoiced')) return;
  billing(teller);
  const billed = teller.at;
  for (const [index, part] of parts.entries()) {
    if (part.days === 0 && part.from === 'effect') continue;
    laterPayment(teller, effect, { ...part, itemNo: index + 1, last: index === parts.length - 1 });
  }
  if (!reaches(draft.story, 'completed')) return;
  teller.at = happenings.reduce((last, happening) => laterOf(last, happening.moment), billed);
  wait(teller, 1);
  happen(teller, 'system', { kind: 'complete', orderKey: draft.key });
}

function pay(teller: Teller, itemNo: number, amount: bigint, partial: boolean): void {
  const { draft } = teller;
  const by = draft.serial % 2 === 0 ? 'finance.1' : 'finance.2';
  happen(teller, by, {
    kind: 'pay',
    orderKey: draft.key,
    paymentKey: `${draft.key}.p${itemNo}`,
    itemNo,
    amount: fromUnits(amount, 2),
    partial,
    method: 'bank_transfer',
    bankRef: `SF${String(draft.serial * 10 + itemNo).padStart(10, '0')}`,
  });
}

type LaterPart = { amount: bigint; days: number; from: 'effect' | 'month_end'; itemNo: number; last: boolean };

/** Money that comes by a date: mostly around it, for a late payer some days after it, never so late that orders are held. */
function laterPayment(teller: Teller, effect: Moment, part: LaterPart): void {
  const { draft, random, world } = teller;
  const effectOn = world.clock.dateOf(effect);
  const dueOn = addDays(part.from === 'month_end' ? monthEnd(effectOn) : effectOn, part.days);
  const delay = draft.story === 'late_payment' ? random.int(3, 5) : random.int(-4, 2);
  if (draft.story === 'open_overdue' || draft.story === 'open_invoiced') return;
  if (draft.story === 'open_part_paid') {
    wait(teller, random.int(0, 2));
    if (part.last) pay(teller, part.itemNo, (part.amount * 2n) / 5n, true);
    return;
  }
  const paidOn = addDays(dueOn, delay);
  teller.at = laterOf(afterMinutes(effect, 60, random), {
    day: world.clock.placeOf(paidOn),
    minute: random.int(20, 300),
  });
  pay(teller, part.itemNo, part.amount, false);
}

const pickerOf = (draft: OrderDraft): string =>
  WAREHOUSES.find((warehouse) => warehouse.key === draft.warehouseKey)?.staffKey ?? 'warehouse.east';

function delivery(teller: Teller): void {
  const { draft, random, world } = teller;
  if (!reaches(draft.story, 'picking')) return;
  const goods = draft.lines.flatMap((line, index): StepLine[] => {
    const kind = world.products.get(line.sku)?.kind;
    return kind === 'service' || kind === 'freight' ? [] : [{ lineNo: index + 1, qty: line.qty }];
  });
  const services = draft.lines.flatMap((line, index): StepLine[] =>
    world.products.get(line.sku)?.kind === 'service' ? [{ lineNo: index + 1, qty: line.qty }] : [],
  );
  const freight = draft.lines.flatMap((line, index): StepLine[] =>
    world.products.get(line.sku)?.kind === 'freight' ? [{ lineNo: index + 1, qty: line.qty }] : [],
  );
  wait(teller, random.int(0, 1));
  if (draft.goodsFrom !== null) teller.at = laterOf(teller.at, afterMinutes(draft.goodsFrom, 45, random));
  const inParts = (draft.story === 'part_shipment' || draft.story === 'open_part_shipped') && goods.length > 1;
  const first = inParts ? goods.slice(0, Math.ceil(goods.length / 2)) : goods;
  batch(teller, 1, first, inParts ? '其余货品在补货途中' : null);
  if (inParts && draft.story === 'part_shipment') {
    teller.at = afterDays(teller.at, random.int(1, 3), random);
    batch(teller, 2, goods.slice(first.length), null);
  }
  if (freight.length > 0 && reaches(draft.story, 'delivered')) {
    // The goods are there: the transport that was ordered is done.
    waitMinutes(teller, 5, 40);
    happen(teller, 'orders.1', { kind: 'acceptService', orderKey: draft.key, lines: freight });
  }
  if (services.length > 0 && reaches(draft.story, 'delivered')) {
    wait(teller, random.int(2, 5));
    happen(teller, buyerOf(draft.partner), { kind: 'acceptService', orderKey: draft.key, lines: services });
  }
}

/** One round of picking, dispatch and delivery. */
function batch(teller: Teller, round: number, lines: StepLine[], shortReason: string | null): void {
  const { draft, random, world } = teller;
  const orderKey = draft.key;
  const shipmentKey = `${orderKey}.s${round}`;
  happen(teller, pickerOf(draft), { kind: 'startPick', orderKey });
  if (!reaches(draft.story, 'picked')) return;
  waitMinutes(teller, 30, 220);
  happen(teller, pickerOf(draft), { kind: 'finishPick', orderKey, lines, shortReason });
  if (!reaches(draft.story, 'shipped')) return;
  wait(teller, random.int(0, 1));
  const carrier = random.pick(CARRIERS);
  const transit = draft.partner.territory === 'west' ? random.int(2, 5) : random.int(1, 3);
  const expectedOn = world.clock.dateOf({ day: teller.at.day + transit, minute: 0 });
  const waybillNo = `${carrier.waybillPrefix}${String(800_000_000_000 + draft.serial * 10 + round)}`;
  happen(teller, 'logistics', {
    kind: 'ship',
    orderKey,
    shipmentKey,
    carrierKey: carrier.key,
    waybillNo,
    expectedOn,
    lines,
  });
  if (draft.story === 'open_delayed') {
    wait(teller, 1);
    const newExpectedOn = addDays(expectedOn, 4);
    happen(teller, 'logistics', {
      kind: 'track',
      shipmentKey,
      place: '中转场',
      note: '车辆故障，预计晚到四天。',
      isException: true,
      newExpectedOn,
    });
  } else if (random.percent(60)) {
    waitMinutes(teller, 60, 200);
    happen(teller, 'logistics', {
      kind: 'track',
      shipmentKey,
      place: '始发站',
      note: '已发车。',
      isException: false,
      newExpectedOn: null,
    });
  }
  if (!reaches(draft.story, 'delivered')) return;
  wait(teller, Math.max(1, transit + (random.percent(12) ? 1 : 0)));
  const receivedBy = draft.partner.addresses[0]?.receiver ?? draft.partner.shortName;
  happen(teller, random.percent(30) ? buyerOf(draft.partner) : 'logistics', {
    kind: 'deliver',
    shipmentKey,
    receivedBy,
  });
}

function billing(teller: Teller): void {
  const { draft, random, world } = teller;
  const invoiceKey = `${draft.key}.i1`;
  const finance = draft.serial % 2 === 0 ? 'finance.1' : 'finance.2';
  wait(teller, random.int(0, 2));
  const year = world.clock.dateOf(teller.at).slice(2, 4);
  happen(teller, finance, {
    kind: 'invoice',
    orderKey: draft.key,
    invoiceKey,
    taxInvoiceNo: `${year}32${String(9_000_000_000_000_000 + draft.serial).padStart(16, '0')}`,
  });
  waitMinutes(teller, 10, 60);
  happen(teller, finance, { kind: 'sendInvoice', invoiceKey });
  if (draft.story !== 'open_invoiced') {
    wait(teller, random.int(1, 4));
    happen(teller, payerOf(draft.partner), {
      kind: 'receiveInvoice',
      invoiceKey,
      receivedBy: draft.partner.contacts[0]?.name ?? '',
    });
  }
}
