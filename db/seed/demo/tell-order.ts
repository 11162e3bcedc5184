/** What happens to one order, from the partner's wish to its acceptance; tell-execution.ts goes on from there. */
import { addDays, type BizDate } from '../../../src/server/kernel/biz-date.ts';
import { type Random, randomOf } from './random.ts';
import { buyerOf, type Happening, type OrderDraft, type Told, type World } from './story.ts';
import { execution } from './tell-execution.ts';
import { happen, reaches, type Teller, wait, waitMinutes } from './teller.ts';
import type { OrderChannel, PaymentTerm, Story } from './types.ts';
import { compareMoments, type Moment } from './work-clock.ts';

/** Tells an order from its start. The same draft at another start tells the same story on other days. */
export function tellOrder(world: World, draft: OrderDraft): Told {
  const random = randomOf(world.seed, draft.key);
  const teller: Teller = { world, draft, random, at: draft.start, happenings: [] };
  const channel = channelOf(draft.story, random);
  const fromInquiry = draft.story === 'plain' && channel !== 'api' && channel !== 'sales' && random.percent(30);
  const requestedOn = world.clock.dateOf({ day: draft.start.day + random.int(8, 16), minute: 0 });
  const facts = {
    draft,
    channel,
    fromInquiry,
    requestedOn,
    customerName: random.percent(20) ? random.pick(CUSTOMERS) : null,
    requestedPaymentTerm: draft.story === 'open_term' ? ({ kind: 'net_days', days: 30 } satisfies PaymentTerm) : null,
    note: random.percent(12) ? random.pick(NOTES) : null,
  };
  intake(teller, channel, fromInquiry);
  if (reaches(draft.story, 'submitted')) submission(teller, channel);
  if (reaches(draft.story, 'sent')) confirmation(teller, channel, requestedOn);
  if (draft.story !== 'withdrawn' && reaches(draft.story, 'accepted')) execution(teller);
  const happenings = teller.happenings.toSorted((a, b) => compareMoments(a.moment, b.moment));
  return { ...facts, happenings: inOrder(happenings) };
}

/** Two steps of an order never share a minute. */
function inOrder(happenings: Happening[]): Happening[] {
  let last: Moment = { day: -1, minute: 0 };
  return happenings.map((happening) => {
    const moment =
      compareMoments(happening.moment, last) > 0 ? happening.moment : { day: last.day, minute: last.minute + 1 };
    last = moment;
    return { ...happening, moment };
  });
}

const CUSTOMERS = ['市民骑行俱乐部', '晨风车队', '示范中学', '城际共骑合作社', '绿道驿站', '单车生活馆二店'] as const;
const NOTES = [
  '请在外箱注明我方订单号。',
  '送货前一天请电话联系收货人。',
  '整车请装配至八成，附说明书。',
  '周六不收货。',
  '如需分批，请先发整车。',
] as const;

function channelOf(story: Story, random: Random): OrderChannel {
  if (story === 'price_taken_back' || story === 'price_approved' || story === 'open_price') return 'excel';
  if (story === 'open_term' || story === 'open_free_goods') return 'sales';
  const lot = random.int(1, 100);
  if (lot <= 52) return 'portal';
  if (lot <= 66) return 'email';
  if (lot <= 78) return 'excel';
  if (lot <= 88) return 'phone';
  return lot <= 93 ? 'api' : 'sales';
}

const enteredBy = (teller: Teller, channel: OrderChannel): string =>
  channel === 'portal' || channel === 'api' ? buyerOf(teller.draft.partner) : teller.draft.partner.salesOwnerKey;

function intake(teller: Teller, channel: OrderChannel, fromInquiry: boolean): void {
  const { draft, random } = teller;
  if (!fromInquiry) {
    happen(teller, enteredBy(teller, channel), { kind: 'createOrder', orderKey: draft.key });
    return;
  }
  const inquiryKey = `${draft.key}.q`;
  const sales = draft.partner.salesOwnerKey;
  happen(teller, enteredBy(teller, channel), { kind: 'createInquiry', inquiryKey });
  if (random.percent(20)) {
    waitMinutes(teller, 15, 120);
    happen(teller, sales, { kind: 'askBack', inquiryKey, note: '请补充数量与到货日期。' });
    wait(teller, random.int(0, 2));
    happen(teller, buyerOf(draft.partner), { kind: 'answerInquiry', inquiryKey, lines: [] });
  }
  waitMinutes(teller, 15, 150);
  happen(teller, sales, { kind: 'checkInquiry', inquiryKey });
  waitMinutes(teller, 10, 120);
  happen(teller, sales, { kind: 'convertInquiry', inquiryKey, orderKey: draft.key });
}

function submission(teller: Teller, channel: OrderChannel): void {
  const { draft, random } = teller;
  const orderKey = draft.key;
  const sales = draft.partner.salesOwnerKey;
  const submitter = teller.happenings.at(-1)?.action.kind === 'convertInquiry' ? sales : enteredBy(teller, channel);
  waitMinutes(teller, 3, 40);
  const priceStory = draft.lines.some((line) => line.requestedPrice !== null || line.free);
  const inTerms = priceStory || draft.story === 'open_term' || draft.story === 'open_credit_hold';
  const short = draft.story === 'shortage_later_date' || draft.story === 'open_shortage';
  happen(teller, submitter, {
    kind: 'submit',
    orderKey,
    leadsTo: inTerms ? 'terms_review' : short ? 'shortage' : 'to_confirm',
  });
  if (draft.story === 'price_taken_back' || draft.story === 'price_approved') {
    const lineNo = draft.lines.findIndex((line) => line.requestedPrice !== null) + 1;
    const approved = draft.story === 'price_approved';
    wait(teller, random.int(0, 1));
    const evidence = approved ? '季末清仓，经负责人同意按渠道订单价执行。' : '与渠道采购电话确认，按协议价执行。';
    happen(teller, approved ? 'manager.general' : sales, {
      kind: 'settleDiscrepancy',
      orderKey,
      lineNo,
      how: approved ? 'approved' : 'taken_back',
      evidence,
    });
    waitMinutes(teller, 5, 60);
    happen(teller, sales, { kind: 'passTerms', orderKey });
  }
  if (draft.story === 'shortage_later_date') {
    wait(teller, random.int(0, 2));
    happen(teller, buyerOf(draft.partner), {
      kind: 'settleShortage',
      orderKey,
      lineNo: 1,
      option: 'later_date',
      evidence: '渠道同意延后到货。',
    });
  }
}

function confirmation(teller: Teller, channel: OrderChannel, requestedOn: BizDate): void {
  const { draft, random } = teller;
  const orderKey = draft.key;
  const { salesOwnerKey: sales } = draft.partner;
  const buyer = buyerOf(draft.partner);
  const send = (): void => {
    waitMinutes(teller, 15, 110);
    happen(teller, sales, { kind: 'sendConfirmation', orderKey });
  };
  send();
  if (!reaches(draft.story, 'replied')) return;
  if (draft.story === 'recall') {
    waitMinutes(teller, 20, 90);
    happen(teller, sales, { kind: 'recall', orderKey, reason: '收货地址有误，更正后重发。' });
    send();
  }
  wait(teller, random.int(0, 2));
  if (draft.story === 'withdrawn') {
    happen(teller, buyer, { kind: 'withdraw', orderKey, reason: random.pick(WITHDRAWALS) });
    return;
  }
  if (draft.story === 'objection' || draft.story === 'open_objected') {
    happen(teller, buyer, { kind: 'object', orderKey, reasons: [{ lineNo: 1, reason: '活动改期，请延后到货。' }] });
    if (draft.story === 'open_objected') return;
    wait(teller, random.int(0, 1));
    happen(teller, sales, {
      kind: 'revise',
      orderKey,
      answer: '已按新日期安排。',
      requestedOn: addDays(requestedOn, 7),
    });
    send();
    wait(teller, random.int(0, 2));
  }
  const bySales = (channel === 'phone' || channel === 'sales') && random.percent(50);
  happen(teller, bySales ? sales : buyer, {
    kind: 'accept',
    orderKey,
    evidence: bySales ? '渠道盖章回传的订单确认书' : null,
  });
}

const WITHDRAWALS = ['项目取消。', '预算调整，本季不再采购。', '重复下单。', '改由总部统一采购。'] as const;
