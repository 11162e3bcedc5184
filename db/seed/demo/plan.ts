/** The year of the demo company as a plan: what exists, and what happens on which working day. Pure: the same day and seed give the same plan. */
import { addDays, type BizDate } from '../../../src/server/kernel/biz-date.ts';
import { fromUnits, toUnits } from '../decimal-text.ts';
import { CARRIERS, COMPANY, POLICIES, STAFF, TEAMS, WAREHOUSES } from './company.ts';
import { everydayDrafts } from './everyday.ts';
import { inquiryLines, inquiryOf, openInquiries } from './inquiries.ts';
import { outcomeOf } from './outcome.ts';
import { demoPartners } from './partners.ts';
import { demoPriceLists, priceFinder } from './prices.ts';
import { demoProducts } from './products.ts';
import { CREDIT_HOLD_PARTNERS, creditHoldDraft, OVERDUE_PARTNERS, sceneDrafts } from './scenarios.ts';
import { shortageStories } from './shortages.ts';
import { productionPlan, receipts, supplySteps } from './stock.ts';
import { agreedPrice, grossOf, type Happening, type OrderDraft, type Told, type World } from './story.ts';
import { tellOrder } from './tell-order.ts';
import { pricingDate } from './teller.ts';
import type {
  DemoMasters,
  DemoOptions,
  DemoPartner,
  DemoPlan,
  DemoStep,
  PlanDay,
  PlannedInquiry,
  PlannedOrder,
  Yuan,
} from './types.ts';
import { compareMoments, workClock } from './work-clock.ts';

const DEFAULTS: DemoOptions = { services: true, singleWarehouse: false, everydayDays: null };
const CALENDAR_DAYS = 366 + 200;

/**
 * A year that ends on the last working day before `today`. Every step lies in working hours of a working day before today; what
 * would come later has not happened yet. Days of a year without published holidays count Monday to Friday.
 */
export function demoPlan(today: BizDate, seed: string, options: Partial<DemoOptions> = {}): DemoPlan {
  const chosen = { ...DEFAULTS, ...options };
  const clock = workClock(addDays(today, -366), CALENDAR_DAYS);
  const products = demoProducts();
  const partnerList = demoPartners(today);
  const priceLists = demoPriceLists(products, today, partnerList[0]?.agreement.validFrom ?? today);
  const world: World = {
    seed,
    clock,
    lastDay: clock.days.findLastIndex((day) => day < today),
    products: new Map(products.map((product) => [product.sku, product])),
    priceOf: priceFinder(priceLists),
  };
  const partners = new Map(partnerList.map((partner) => [partner.key, partner]));
  const warehouseOf = (partner: DemoPartner): string => (chosen.singleWarehouse ? 'wh.east' : partner.warehouseKey);
  const shortages = shortageStories(world, partners, warehouseOf);
  const drafts = [
    ...everydayDrafts(world, partners, today, chosen, new Set(OVERDUE_PARTNERS)),
    ...sceneDrafts(world, partners, warehouseOf),
    ...shortages.drafts,
  ];
  const told = drafts.map((draft) => happenedBefore(world, tellOrder(world, draft)));
  const { limits, held } = credit(world, partnerList, told, warehouseOf);
  told.push(...held.map((draft) => happenedBefore(world, tellOrder(world, draft))));

  const masters: DemoMasters = {
    company: COMPANY,
    policies: POLICIES,
    staff: STAFF,
    teams: TEAMS,
    warehouses: WAREHOUSES,
    carriers: CARRIERS,
    products,
    priceLists,
    partners: partnerList.map((partner) => ({ ...partner, creditLimit: limits.get(partner.key) ?? null })),
  };
  const open = openInquiries(world, partners);
  const converted = told.filter((one) => one.fromInquiry && one.happenings.length > 0);
  const happenings = [
    ...receipts(
      world,
      told,
      shortages.opening,
      WAREHOUSES.map((warehouse) => warehouse.key),
    ),
    ...supplySteps([...shortages.supplies, ...productionPlan(world)]),
    ...open.happenings,
    ...looseMoney(world),
    ...told.flatMap((one) => withAnswers(world, one)),
  ];
  return {
    seed,
    today,
    startOn: clock.days[0] ?? today,
    masters,
    orders: plannedOrders(world, told.filter(isOrder)),
    inquiries: [...converted.map((one) => inquiryAt(world, one)), ...open.inquiries],
    days: daysOf(world, happenings),
  };
}

/** Leaves out what would happen after the last day. */
function happenedBefore(world: World, told: Told): Told {
  return { ...told, happenings: told.happenings.filter(({ moment }) => moment.day <= world.lastDay) };
}

const isOrder = (told: Told): boolean =>
  told.happenings.some(({ action }) => action.kind === 'createOrder' || action.kind === 'convertInquiry');

/** The answer to a question about an inquiry gives what was missing. */
function withAnswers(world: World, told: Told): Happening[] {
  return told.happenings.map((happening) =>
    happening.action.kind === 'answerInquiry'
      ? { ...happening, action: { ...happening.action, lines: inquiryLines(world, told) } }
      : happening,
  );
}

function inquiryAt(world: World, told: Told): PlannedInquiry {
  const inquiry = inquiryOf(world, told);
  const kinds = told.happenings.map(({ action }) => action.kind);
  if (kinds.includes('askBack')) {
    inquiry.lines = inquiry.lines.map((line, index) =>
      index === 0 ? { ...line, wanted: line.wanted.replace(/ \d+ \S+$/, ''), qty: null, requestedOn: null } : line,
    );
  }
  if (kinds.includes('convertInquiry')) return inquiry;
  const last = kinds.at(-1);
  const state = last === 'checkInquiry' ? 'ready' : last === 'askBack' ? 'needs_data' : 'received';
  return { ...inquiry, orderKey: null, expected: { state } };
}

/** Orders by the time of their entry, with the partner's own numbers in that order. */
function plannedOrders(world: World, told: readonly Told[]): PlannedOrder[] {
  const entered = told.map((one) => ({ one, moment: entryOf(one) })).sort((a, b) => compareMoments(a.moment, b.moment));
  const counts = new Map<string, number>();
  return entered.map(({ one, moment }) => {
    const { draft } = one;
    const count = (counts.get(draft.partner.key) ?? 0) + 1;
    counts.set(draft.partner.key, count);
    const date = world.clock.dateOf(moment);
    const slug = draft.partner.users[0]?.email.split('@')[1]?.split('.')[0] ?? '';
    const pricedOn = pricingDate(world, one.happenings);
    const lines = draft.lines.map((line, index) => ({
      lineNo: index + 1,
      sku: line.sku,
      qty: line.qty,
      requestedPrice: line.requestedPrice === null ? null : fromUnits(line.requestedPrice, 2),
      free: line.free,
      agreedPrice: fromUnits(agreedPrice(world, draft.partner, line, pricedOn), 2),
    }));
    return {
      key: draft.key,
      partnerKey: draft.partner.key,
      channel: one.channel,
      poNo: `${slug.slice(0, 4).toUpperCase()}-${date.slice(2, 4)}${date.slice(5, 7)}-${String(count).padStart(3, '0')}`,
      customerName: one.customerName,
      requestedOn: one.requestedOn,
      addressKey: draft.partner.addresses[draft.serial % draft.partner.addresses.length]?.key ?? '',
      warehouseKey: draft.warehouseKey,
      requestedPaymentTerm: one.requestedPaymentTerm,
      note: one.note,
      inquiryKey: one.fromInquiry ? `${draft.key}.q` : null,
      lines,
      gross: fromUnits(grossOf(world, draft, pricedOn), 2),
      story: draft.story,
      expected: outcomeOf(world, one),
    };
  });
}

function entryOf(told: Told) {
  const entry = told.happenings.find(({ action }) => action.kind === 'createOrder' || action.kind === 'convertInquiry');
  return entry?.moment ?? told.draft.start;
}

/**
 * Credit limits that the year just fits into, by partner (prepaid partners have none), and for the partners at their limit
 * an order that does not fit any more.
 */
function credit(
  world: World,
  partners: readonly DemoPartner[],
  told: readonly Told[],
  warehouseOf: (partner: DemoPartner) => string,
): { limits: Map<string, Yuan>; held: OrderDraft[] } {
  const limits = new Map<string, Yuan>();
  const held: OrderDraft[] = [];
  const byPartner = Map.groupBy(told, (one) => one.draft.partner.key);
  for (const partner of partners) {
    if (partner.paymentTerm.kind === 'prepaid') continue;
    const { most, least } = exposure(world, byPartner.get(partner.key) ?? []);
    const atLimit = CREDIT_HOLD_PARTNERS.indexOf(partner.key);
    const step = atLimit >= 0 ? 1_000_000n : 10_000_000n;
    const limit = (most / step + 1n) * step;
    limits.set(partner.key, fromUnits(limit, 2));
    if (atLimit >= 0) held.push(creditHoldDraft(world, partner, atLimit, limit - least, warehouseOf(partner)));
  }
  return { limits, held };
}

/** Ordered and not yet paid, in fen: the most of the year, and the least of its last days. */
function exposure(world: World, told: readonly Told[]): { most: bigint; least: bigint } {
  const changes = told.flatMap(({ draft, happenings }) => {
    const gross = grossOf(world, draft, pricingDate(world, happenings));
    return happenings.flatMap(({ moment, action }) => {
      if (action.kind === 'submit') return [{ moment, amount: gross }];
      if (action.kind === 'withdraw') return [{ moment, amount: -gross }];
      return action.kind === 'pay' ? [{ moment, amount: -toUnits(action.amount, 2) }] : [];
    });
  });
  let now = 0n;
  let most = 0n;
  let least: bigint | null = null;
  for (const { moment, amount } of changes.sort((a, b) => compareMoments(a.moment, b.moment))) {
    if (least === null && moment.day >= world.lastDay - 5) least = now;
    now += amount;
    if (now > most) most = now;
    if (least !== null && now < least) least = now;
  }
  return { most, least: least ?? now };
}

/** Money on the bank account that finance has still to place. */
function looseMoney(world: World): Happening[] {
  const method = 'bank_transfer';
  return [
    {
      moment: { day: world.lastDay - 1, minute: 210 },
      by: 'finance.1',
      action: {
        kind: 'recordPayment',
        partnerKey: 'P22',
        paymentKey: 'loose1',
        amount: '50000.00',
        confirmed: true,
        method,
        bankRef: 'SF9900000001',
      },
    },
    {
      moment: { day: world.lastDay, minute: 30 },
      by: 'finance.2',
      action: {
        kind: 'recordPayment',
        partnerKey: 'P33',
        paymentKey: 'loose2',
        amount: '12345.60',
        confirmed: false,
        method,
        bankRef: 'SF9900000002',
      },
    },
  ];
}

function daysOf(world: World, happenings: readonly Happening[]): PlanDay[] {
  const byDay = Map.groupBy(happenings, ({ moment }) => moment.day);
  return [...byDay]
    .sort(([a], [b]) => a - b)
    .map(([day, list]) => ({
      on: world.clock.dateOf({ day, minute: 0 }),
      steps: list
        .toSorted((a, b) => compareMoments(a.moment, b.moment))
        .map(({ moment, by, action }): DemoStep => ({ ...action, at: world.clock.instantOf(moment), by })),
    }));
}
