import { describe, expect, it } from 'vitest';
import { orderMachine } from '../../../src/contract/machines/order.ts';
import { addDays, daysBetween, monthEnd } from '../../../src/server/kernel/biz-date.ts';
import { chineseHolidays } from '../../../src/server/kernel/holidays-cn.ts';
import { lineGross } from '../../../src/server/kernel/money.ts';
import { workingCalendar } from '../../../src/server/kernel/working-calendar.ts';
import { toUnits } from '../decimal-text.ts';
import { demoPlan } from './plan.ts';
import { CREDIT_HOLD_PARTNERS, OVERDUE_PARTNERS } from './scenarios.ts';
import type { DemoPlan, DemoStep, PlannedOrder } from './types.ts';

/** An ordinary day, one after the long holidays of spring and autumn, and one of a year without published holidays. */
const DAYS = ['2026-11-23', '2026-02-27', '2026-10-09', '2027-01-15'];
const plans = [
  ...DAYS.map((today, index) => demoPlan(today, `seed ${index}`)),
  demoPlan('2026-07-06', 'one warehouse', { services: false, singleWarehouse: true }),
];
const [plan = demoPlan('2026-11-23', 'demo')] = plans;

const stepsOf = (of: DemoPlan): DemoStep[] => of.days.flatMap((day) => day.steps);
const stepsByOrder = (of: DemoPlan): Map<string, DemoStep[]> => {
  const shipments = new Map(
    stepsOf(of).flatMap((step) => (step.kind === 'ship' ? [[step.shipmentKey, step.orderKey]] : [])),
  );
  const invoices = new Map(
    stepsOf(of).flatMap((step) => (step.kind === 'invoice' ? [[step.invoiceKey, step.orderKey]] : [])),
  );
  return Map.groupBy(
    stepsOf(of).filter((step) => 'orderKey' in step || 'shipmentKey' in step || 'invoiceKey' in step),
    (step) => {
      if ('orderKey' in step) return step.orderKey;
      if ('shipmentKey' in step) return shipments.get(step.shipmentKey) ?? '';
      return 'invoiceKey' in step ? (invoices.get(step.invoiceKey) ?? '') : '';
    },
  );
};
const calendar = workingCalendar({
  ...chineseHolidays(),
  hours: { start: '09:00', end: '18:00' },
  timeZone: 'Asia/Shanghai',
});
const shanghai = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
const dateOf = (step: DemoStep): string => shanghai(step.at).slice(0, 10);
const cents = (amount: string): bigint => toUnits(amount, 2);
const lineCents = (qty: number, price: string): bigint => lineGross(BigInt(qty) * 10_000n, toUnits(price, 6), 'CNY');

describe('the demo plan', () => {
  it('P3 the same day and seed give the same plan, another seed another one', () => {
    const again = demoPlan(DAYS[0] ?? '', 'seed 0');
    expect(again).toEqual(plan);
    expect(demoPlan(DAYS[0] ?? '', 'other').days).not.toEqual(plan.days);
  });

  it('R2 every step lies in working hours of a working day before today, in order', () => {
    for (const one of plans) {
      for (const day of one.days) {
        expect(day.on < one.today && calendar.isWorkingDay(day.on)).toBe(true);
        for (const [index, step] of day.steps.entries()) {
          const local = shanghai(step.at);
          const time = local.slice(11, 16);
          expect(local.slice(0, 10)).toBe(day.on);
          expect((time >= '09:00' && time < '12:00') || (time >= '13:30' && time < '18:00')).toBe(true);
          expect(step.at >= (day.steps[index - 1]?.at ?? '')).toBe(true);
        }
      }
      const sorted = one.days.map((day) => day.on).toSorted();
      expect(one.days.map((day) => day.on)).toEqual(sorted);
      expect(daysBetween(one.startOn, one.today)).toBeGreaterThan(355);
    }
  });

  it('R2 everybody who acts exists and holds a role that may', () => {
    const staff = new Map(plan.masters.staff.map((person) => [person.key, person.roles]));
    const users = new Map(
      plan.masters.partners.flatMap((partner) => partner.users.map((user) => [user.key, partner.key])),
    );
    const partnerOf = new Map(plan.orders.map((order) => [order.key, order.partnerKey]));
    for (const [orderKey, steps] of stepsByOrder(plan)) {
      for (const step of steps) {
        const ofPartner = users.get(step.by);
        if (ofPartner !== undefined) expect(ofPartner).toBe(partnerOf.get(orderKey));
        else if (step.by !== 'system') expect(staff.has(step.by)).toBe(true);
      }
    }
    const rolesOf = (kind: DemoStep['kind']): Set<string> =>
      new Set(
        stepsOf(plan)
          .filter((step) => step.kind === kind)
          .flatMap((step) => staff.get(step.by) ?? ['partner']),
      );
    expect(rolesOf('startPick')).toEqual(new Set(['warehouse']));
    expect(rolesOf('ship')).toEqual(new Set(['logistics']));
    expect(rolesOf('pay')).toEqual(new Set(['finance']));
    expect(rolesOf('object')).toEqual(new Set(['partner']));
    expect(rolesOf('sendConfirmation')).toEqual(new Set(['sales']));
    expect(rolesOf('settleDiscrepancy')).toEqual(new Set(['sales', 'manager']));
  });
});

/** The rows of the life-cycle table that a step goes through; the product passes what has no discrepancy by itself. */
function follow(order: PlannedOrder, steps: readonly DemoStep[]): string {
  const can = (state: string, action: string): readonly string[] => {
    const row = orderMachine.rows.find((one) => one.action === action && one.from.some((from) => from === state));
    if (row === undefined) throw new Error(`${order.key}: ${action} in ${state}`);
    return [row.to].flat();
  };
  const goOn = (state: string, until: string): string => {
    let now = state;
    if (now === 'terms_review' && now !== until) now = can(now, 'passTerms')[0] ?? now;
    if (now === 'availability_review' && until === 'to_confirm') now = can(now, 'passAvailability')[0] ?? now;
    if (now === 'availability_review' && until === 'shortage') now = can(now, 'reportShortage')[0] ?? now;
    return now;
  };
  let state = 'draft';
  for (const step of steps) {
    switch (step.kind) {
      case 'submit':
        state = can(state, 'submit')[0] ?? state;
        state = goOn(state, step.leadsTo);
        break;
      case 'passTerms':
      case 'settleShortage':
      case 'revise':
        state = goOn(can(state, step.kind)[0] ?? state, 'to_confirm');
        break;
      case 'sendConfirmation':
      case 'accept':
      case 'object':
      case 'recall':
      case 'withdraw':
      case 'complete':
        state = can(state, step.kind)[0] ?? state;
        break;
      case 'startPick':
      case 'ship':
      case 'pay':
      case 'invoice':
        if (state !== 'in_effect') throw new Error(`${order.key}: ${step.kind} in ${state}`);
        break;
      default:
    }
  }
  return state;
}

describe('planned orders', () => {
  it('R2 every order walks the life-cycle table to the state that the plan expects', () => {
    for (const one of plans) {
      const steps = stepsByOrder(one);
      for (const order of one.orders) {
        const own = steps.get(order.key) ?? [];
        expect(['createOrder', 'convertInquiry']).toContain(own[0]?.kind);
        for (const [index, step] of own.entries())
          if (index > 0) expect(step.at > (own[index - 1]?.at ?? '')).toBe(true);
        const end = follow(order, own);
        // The plan's last step comes a day after everything is done; the product completes at once.
        const isDone = end === 'in_effect' && order.expected.state === 'completed';
        if (isDone) expect(order.expected).toMatchObject({ delivery: 'delivered', paid: order.gross, invoiced: true });
        else expect(end).toBe(order.expected.state);
      }
    }
  });

  it('R2 the last weeks leave orders at every stage, so that every role has something to do', () => {
    for (const one of plans) {
      const states = Map.groupBy(one.orders, (order) => order.expected.state);
      for (const state of [
        'draft',
        'terms_review',
        'shortage',
        'to_confirm',
        'awaiting_partner',
        'objected',
        'in_effect',
        'completed',
        'cancelled',
      ] as const) {
        expect(states.get(state)?.length ?? 0).toBeGreaterThanOrEqual(2);
      }
      const deliveries = new Set(states.get('in_effect')?.map((order) => order.expected.delivery));
      for (const status of ['none', 'preparing', 'ready', 'part_shipped', 'shipped', 'delivered'] as const)
        expect(deliveries).toContain(status);
      const inquiries = new Set(one.inquiries.map((inquiry) => inquiry.expected.state));
      for (const state of ['received', 'needs_data', 'ready', 'converted', 'declined'] as const)
        expect(inquiries).toContain(state);
      expect(one.orders.length).toBeGreaterThanOrEqual(600);
      expect(one.orders.length).toBeLessThanOrEqual(800);
      const open = stepsOf(one).filter((step) => step.kind === 'planSupply' && step.expectedOn < one.today);
      expect(open.length).toBeGreaterThan(stepsOf(one).filter((step) => step.kind === 'receiveSupply').length);
    }
  });

  it('R4.1 agreed prices and sums are those of the price lists on the day of submission', () => {
    for (const one of plans) {
      const partners = new Map(one.masters.partners.map((partner) => [partner.key, partner]));
      const steps = stepsByOrder(one);
      for (const order of one.orders) {
        const partner = partners.get(order.partnerKey);
        const own = steps.get(order.key) ?? [];
        const priced = own.find((step) => step.kind === 'submit') ?? own[0];
        let sum = 0n;
        for (const line of order.lines) {
          const price = [partner?.key, partner?.level, null]
            .map((owner) => one.masters.priceLists.filter((list) => (list.partnerKey ?? list.level) === owner))
            .map(
              (lists) =>
                lists
                  .flatMap((list) => list.entries)
                  .filter((entry) => entry.sku === line.sku && entry.minQty <= line.qty)
                  .filter(
                    (entry) =>
                      priced !== undefined && entry.validFrom <= dateOf(priced) && dateOf(priced) <= entry.validTo,
                  )
                  .toSorted((a, b) => b.minQty - a.minQty)[0],
            )
            .find((entry) => entry !== undefined)?.unitPrice;
          expect(line.agreedPrice).toBe(line.free ? '0.00' : price);
          const keeps = order.story === 'price_approved' || order.story === 'open_price';
          sum += lineCents(line.qty, keeps && line.requestedPrice !== null ? line.requestedPrice : line.agreedPrice);
          if (line.requestedPrice !== null) expect(cents(line.requestedPrice)).toBeLessThan(cents(line.agreedPrice));
        }
        expect(cents(order.gross)).toBe(sum);
      }
    }
  }, 30_000);

  it('R3.3 order numbers of a partner, waybills, bank and invoice numbers never repeat', () => {
    for (const one of plans) {
      const steps = stepsOf(one);
      const lists = [
        one.orders.map((order) => `${order.partnerKey} ${order.poNo}`),
        one.orders.map((order) => order.key),
        steps.flatMap((step) => (step.kind === 'ship' ? [step.waybillNo] : [])),
        steps.flatMap((step) => (step.kind === 'pay' || step.kind === 'recordPayment' ? [step.bankRef] : [])),
        steps.flatMap((step) => (step.kind === 'invoice' ? [step.taxInvoiceNo] : [])),
      ];
      for (const list of lists) expect(new Set(list).size).toBe(list.length);
      for (const no of lists[4] ?? []) expect(no).toMatch(/^\d{20}$/);
    }
  });
});

describe('stock in the plan', () => {
  it('R4.2 on request everything comes from one warehouse and nothing but goods is ordered', () => {
    const goods = new Set(
      plan.masters.products
        .filter((product) => product.kind === 'stock' || product.kind === 'made')
        .map((product) => product.sku),
    );
    const single = plans.at(-1)?.orders ?? [];
    expect(single.length).toBeGreaterThan(600);
    for (const order of single) {
      expect(order.warehouseKey).toBe('wh.east');
      for (const line of order.lines) expect(goods).toContain(line.sku);
    }
    expect(plan.orders.some((order) => order.lines.some((line) => !goods.has(line.sku)))).toBe(true);
  });

  it('R4.2 what is ordered is there when it is submitted, except in the shortages', () => {
    for (const one of plans) {
      const orders = new Map(one.orders.map((order) => [order.key, order]));
      const kinds = new Map(one.masters.products.map((product) => [product.sku, product.kind]));
      const free = new Map<string, number>();
      const add = (warehouseKey: string, sku: string, qty: number): number => {
        const name = `${warehouseKey}|${sku}`;
        free.set(name, (free.get(name) ?? 0) + qty);
        return free.get(name) ?? 0;
      };
      const supplies = new Map(
        stepsOf(one).flatMap((step) => (step.kind === 'planSupply' ? [[step.supplyKey, step]] : [])),
      );
      for (const step of stepsOf(one)) {
        if (step.kind === 'receive') for (const line of step.lines) add(step.warehouseKey, line.sku, line.qty);
        if (step.kind === 'receiveSupply') {
          const supply = supplies.get(step.supplyKey);
          if (supply !== undefined) add(supply.warehouseKey, supply.sku, step.qty);
        }
        const order = step.kind === 'submit' ? orders.get(step.orderKey) : undefined;
        if (order === undefined || step.kind !== 'submit') continue;
        const goods = order.lines.filter((line) => kinds.get(line.sku) === 'stock' || kinds.get(line.sku) === 'made');
        const left = goods.map((line) => add(order.warehouseKey, line.sku, -line.qty));
        expect(left.some((qty) => qty < 0)).toBe(step.leadsTo === 'shortage');
      }
      for (const [name, qty] of free) {
        const scarce = one.orders.some(
          (order) =>
            order.story === 'open_shortage' && order.lines.some((line) => name === `${order.warehouseKey}|${line.sku}`),
        );
        if (!scarce) expect(qty).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('R5.2 no order ships more than it holds, and a short order only when its goods have come', () => {
    for (const one of plans) {
      const orders = new Map(one.orders.map((order) => [order.key, order]));
      const shipped = new Map<string, number>();
      for (const step of stepsOf(one)) {
        if (step.kind !== 'ship') continue;
        for (const line of step.lines) {
          const name = `${step.orderKey}|${line.lineNo}`;
          shipped.set(name, (shipped.get(name) ?? 0) + line.qty);
          const ordered =
            orders.get(step.orderKey)?.lines.find((candidate) => candidate.lineNo === line.lineNo)?.qty ?? 0;
          expect(shipped.get(name)).toBeLessThanOrEqual(ordered);
        }
      }
      const arrivals = new Map(
        stepsOf(one).flatMap((step) => (step.kind === 'receiveSupply' ? [[step.supplyKey, step.at]] : [])),
      );
      const late = stepsOf(one).filter(
        (step) => step.kind === 'ship' && orders.get(step.orderKey)?.story === 'shortage_later_date',
      );
      for (const step of late)
        if (step.kind === 'ship') expect(step.at > (arrivals.get(`${step.orderKey}.supply`) ?? '9')).toBe(true);
      expect(late.length).toBeGreaterThan(5);
    }
  });
});

describe('money in the plan', () => {
  it('R6.2 a completed order is paid to the fen and invoiced, and nothing is paid twice', () => {
    for (const one of plans) {
      for (const order of one.orders) {
        expect(cents(order.expected.paid) <= cents(order.gross)).toBe(true);
        if (order.expected.state !== 'completed') continue;
        expect(order.expected.paid).toBe(order.gross);
        expect(order.expected.invoiced && order.expected.delivery === 'delivered').toBe(true);
      }
      const partial = stepsOf(one).filter((step) => step.kind === 'pay' && step.partial);
      expect(partial).toHaveLength(2);
    }
  });

  it('R4.1 the year fits into the credit limits, except for the orders that wait for credit', () => {
    for (const one of plans) {
      const orders = new Map(one.orders.map((order) => [order.key, order]));
      const limits = new Map(one.masters.partners.map((partner) => [partner.key, partner.creditLimit]));
      const used = new Map<string, bigint>();
      let waiting = 0;
      for (const step of stepsOf(one)) {
        if (step.kind !== 'submit' && step.kind !== 'pay' && step.kind !== 'withdraw') continue;
        const order = orders.get(step.orderKey);
        if (order === undefined) throw new Error(`${step.orderKey} is not planned`);
        const change =
          step.kind === 'submit' ? cents(order.gross) : step.kind === 'pay' ? -cents(step.amount) : -cents(order.gross);
        const now = (used.get(order.partnerKey) ?? 0n) + change;
        const limit = limits.get(order.partnerKey);
        if (order.story === 'open_credit_hold') {
          expect(now > cents(limit ?? '0')).toBe(true);
          waiting += 1;
        } else {
          used.set(order.partnerKey, now);
          if (limit !== null && limit !== undefined) expect(now <= cents(limit)).toBe(true);
        }
      }
      expect(waiting).toBe(CREDIT_HOLD_PARTNERS.length);
    }
  });

  it('R6.1 nobody pays so late that orders are held, except the partners whose old orders are overdue today', () => {
    for (const one of plans) {
      const partners = new Map(one.masters.partners.map((partner) => [partner.key, partner]));
      const steps = stepsByOrder(one);
      const overdue = new Set<string>();
      for (const order of one.orders) {
        const own = steps.get(order.key) ?? [];
        const accepted = own.find((step) => step.kind === 'accept');
        const term = partners.get(order.partnerKey)?.paymentTerm;
        if (accepted === undefined || term === undefined || term.kind === 'prepaid') continue;
        const effectOn = dateOf(accepted);
        const dues =
          term.kind === 'instalments'
            ? term.parts.map((part) => addDays(effectOn, part.days))
            : term.kind === 'deposit_balance'
              ? [effectOn, addDays(effectOn, term.days)]
              : [addDays(term.kind === 'month_end_days' ? monthEnd(effectOn) : effectOn, term.days)];
        for (const [index, dueOn] of dues.entries()) {
          const paid = own.find((step) => step.kind === 'pay' && step.itemNo === index + 1);
          const lateBy = daysBetween(dueOn, paid === undefined ? one.today : dateOf(paid));
          if (lateBy >= 15) overdue.add(order.partnerKey);
        }
      }
      for (const partnerKey of overdue) expect(OVERDUE_PARTNERS).toContain(partnerKey);
      expect(overdue.size).toBeGreaterThanOrEqual(1);
      for (const partnerKey of OVERDUE_PARTNERS) {
        const entered = one.orders
          .filter((order) => order.partnerKey === partnerKey)
          .flatMap((order) => steps.get(order.key)?.[0] ?? []);
        for (const step of entered) expect(dateOf(step) <= addDays(one.today, -20)).toBe(true);
      }
    }
  });
});
