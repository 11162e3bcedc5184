/** The working parts of a story: an order before it is numbered, and the steps that happen to it. */
import type { BizDate } from '../../../src/server/kernel/biz-date.ts';
import { divRoundHalfUp, RATE_SCALE } from '../../../src/server/kernel/decimal.ts';
import { toUnits } from '../decimal-text.ts';
import type { PriceFinder } from './prices.ts';
import type { DemoAction, DemoPartner, DemoProduct, OrderChannel, PaymentTerm, Story } from './types.ts';
import type { Moment, WorkClock } from './work-clock.ts';

export type DraftLine = { sku: string; qty: number; requestedPrice: bigint | null; free: boolean };

/** An order as the stories handle it; numbers and keys are given when all are known. */
export type OrderDraft = {
  /** Key of the order; also names its own chance. */
  key: string;
  /** Makes its waybill, bank and invoice numbers different from all others. */
  serial: number;
  partner: DemoPartner;
  story: Story;
  start: Moment;
  lines: DraftLine[];
  warehouseKey: string;
  /** The day from which missing goods are there (a supply is planned for it), null for goods in stock. */
  goodsFrom: Moment | null;
};

export type Happening = { moment: Moment; by: string; action: DemoAction };

/** Everything that a story needs to know. */
export type World = {
  seed: string;
  clock: WorkClock;
  /** Place of the last day that has steps. */
  lastDay: number;
  products: ReadonlyMap<string, DemoProduct>;
  priceOf: PriceFinder;
};

/** What a story gives: the order's header facts, and its steps in order. */
export type Told = {
  draft: OrderDraft;
  channel: OrderChannel;
  fromInquiry: boolean;
  requestedOn: BizDate;
  customerName: string | null;
  requestedPaymentTerm: PaymentTerm | null;
  note: string | null;
  happenings: Happening[];
};

/** Buyer of the partner, or its administrator where there is none. */
export function buyerOf(partner: DemoPartner): string {
  const buyer = partner.users.find((user) => user.roles.includes('partner_buyer')) ?? partner.users[0];
  return buyer?.key ?? 'system';
}

/** Finance of the partner, or its administrator where there is none. */
export function payerOf(partner: DemoPartner): string {
  const payer = partner.users.find((user) => user.roles.includes('partner_finance')) ?? partner.users[0];
  return payer?.key ?? 'system';
}

/** Agreed unit price in fen on a day; nothing for free goods. */
export function agreedPrice(world: World, partner: DemoPartner, line: DraftLine, on: BizDate): bigint {
  return line.free ? 0n : toUnits(world.priceOf(partner, line.sku, line.qty, on), 2);
}

/** Tax-inclusive sum in fen at the prices that the order ends with: what a partner asked for is either taken back or approved. */
export function grossOf(world: World, draft: OrderDraft, on: BizDate): bigint {
  const keepsRequested = draft.story === 'price_approved' || draft.story === 'open_price';
  return draft.lines.reduce((sum, line) => {
    const price =
      keepsRequested && line.requestedPrice !== null
        ? line.requestedPrice
        : agreedPrice(world, draft.partner, line, on);
    return sum + price * BigInt(line.qty);
  }, 0n);
}

/** The parts in which an order is paid, in fen; the last one takes the rest. */
export function paymentParts(
  term: PaymentTerm,
  gross: bigint,
): { amount: bigint; days: number; from: 'effect' | 'month_end' }[] {
  const share = (rate: string): bigint => divRoundHalfUp(gross * toUnits(rate, RATE_SCALE), 10n ** BigInt(RATE_SCALE));
  switch (term.kind) {
    case 'prepaid':
      return [{ amount: gross, days: 0, from: 'effect' }];
    case 'net_days':
      return [{ amount: gross, days: term.days, from: 'effect' }];
    case 'month_end_days':
      return [{ amount: gross, days: term.days, from: 'month_end' }];
    case 'deposit_balance': {
      const deposit = share(term.depositRate);
      return [
        { amount: deposit, days: 0, from: 'effect' },
        { amount: gross - deposit, days: term.days, from: 'effect' },
      ];
    }
    case 'instalments': {
      let left = gross;
      return term.parts.map((part, index) => {
        const amount = index === term.parts.length - 1 ? left : share(part.rate);
        left -= amount;
        return { amount, days: part.days, from: 'effect' };
      });
    }
    default: {
      const never: never = term;
      return never;
    }
  }
}
