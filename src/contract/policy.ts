/** Policy parameters 政策參數 and their defaults (process.md of the specification): wh working hours, wd working days, h hours, d calendar days. */

export type PolicyUnit = 'wh' | 'wd' | 'h' | 'd' | 'flag' | 'percent' | 'amount';

/** Units that a deadline can be given in. */
export const DURATION_UNITS = ['wh', 'wd', 'h', 'd'] as const;
export const isDuration = (unit: PolicyUnit): unit is (typeof DURATION_UNITS)[number] =>
  (DURATION_UNITS as readonly string[]).includes(unit);

export type PolicyRow = {
  value: number;
  unit: PolicyUnit;
  article: string;
  /** What its clock starts with: an event, or the end of another parameter. */
  starts?: string;
};

export const DEFAULT_POLICY: Record<string, PolicyRow> = {
  'partner.first_entry': { value: 1, unit: 'wd', article: 'R3.1', starts: 'application.submitted' },
  'partner.complete_file': { value: 5, unit: 'wd', article: 'R3.1', starts: 'partner.created' },
  'partner.review_change': { value: 2, unit: 'wd', article: 'R3.1', starts: 'partner.change_proposed' },
  'partner.reconfirm': { value: 365, unit: 'd', article: 'R3.1', starts: 'partner.confirmed' },
  'partner.confirm': { value: 10, unit: 'wd', article: 'R3.1', starts: 'partner.confirmation_asked' },
  'agreement.expiring': { value: 30, unit: 'd', article: 'R4.1' },
  'application.answer': { value: 10, unit: 'wd', article: 'R3.1', starts: 'application.asked_back' },
  'application.keep': { value: 180, unit: 'd', article: 'R3.1' },
  'inquiry.gaps': { value: 4, unit: 'wh', article: 'R3.2', starts: 'inquiry.received' },
  'inquiry.answer': { value: 3, unit: 'wd', article: 'R3.2', starts: 'inquiry.asked_back' },
  'inquiry.idle': { value: 10, unit: 'wd', article: 'R3.2' },
  'inquiry.idle_notice': { value: 2, unit: 'wd', article: 'R3.2' },
  'order.preliminary': { value: 1, unit: 'wd', article: 'R3.3', starts: 'inquiry.ready' },
  'order.review': { value: 4, unit: 'wh', article: 'R4.1', starts: 'order.submitted' },
  'order.discrepancy': { value: 3, unit: 'wd', article: 'R4.1', starts: 'order.objected' },
  'order.availability': { value: 4, unit: 'wh', article: 'R4.2', starts: 'order.terms_passed' },
  'order.production_answer': { value: 1, unit: 'wd', article: 'R4.2', starts: 'order.shortage_reported' },
  'order.shortage': { value: 2, unit: 'wd', article: 'R4.2', starts: 'order.shortage_reported' },
  'order.reservation_grace': { value: 1, unit: 'wd', article: 'R4.2', starts: 'order.reply' },
  'order.notice': { value: 2, unit: 'wh', article: 'R4.3', starts: 'order.availability_passed' },
  'order.reply': { value: 3, unit: 'wd', article: 'R4.3', starts: 'order.confirmation_sent' },
  // how long messages that are done, and mail that came to nothing, are kept
  'message.keep': { value: 730, unit: 'd', article: 'R11' },
  'intake.keep': { value: 180, unit: 'd', article: 'R11' },
  'message.mend': { value: 4, unit: 'wh', article: 'R4.3' },
  'order.lapse': { value: 5, unit: 'wd', article: 'R4.3', starts: 'order.reply' },
  'picking.start': { value: 4, unit: 'wh', article: 'R5.1', starts: 'order.took_effect' },
  'picking.ready': { value: 1, unit: 'wd', article: 'R5.1', starts: 'picking.started' },
  'shipment.arrange': { value: 1, unit: 'wd', article: 'R5.2', starts: 'picking.ready' },
  'shipment.news': { value: 24, unit: 'h', article: 'R5.3', starts: 'shipment.shipped' },
  'shipment.exception': { value: 4, unit: 'wh', article: 'R5.2', starts: 'shipment.tracked' },
  'payment.remind': { value: 3, unit: 'wd', article: 'R6.1' },
  'payment.confirm': { value: 1, unit: 'wd', article: 'R6.2', starts: 'payment.recorded' },
  'invoice.issue': { value: 3, unit: 'wd', article: 'R6.3', starts: 'payment.confirmed' },
  'invoice.send': { value: 1, unit: 'wd', article: 'R6.3', starts: 'invoice.issued' },
  'invoice.receipt': { value: 3, unit: 'd', article: 'R6.3', starts: 'invoice.sent' },
  // how much of a deviation a role may approve, in whole units of the company's currency; a limit of one's own goes before it
  'approval.manager': { value: 0, unit: 'amount', article: 'R4.1' },
  'approval.finance': { value: 0, unit: 'amount', article: 'R4.1' },
  'approval.sales': { value: 0, unit: 'amount', article: 'R4.1' },
  // what else a limit covers: deviations approved so many days back for the same partner, and for the same person who asked
  'approval.period': { value: 30, unit: 'd', article: 'R4.1' },
  'approval.by_salesperson': { value: 1, unit: 'flag', article: 'R4.1' },
  // what money costs a year: the effect of another payment term than agreed
  'terms.cost_of_money': { value: 6, unit: 'percent', article: 'R4.1' },
  // switches
  'order.auto_pass_terms': { value: 1, unit: 'flag', article: 'R4.1' },
  'order.auto_pass_availability': { value: 1, unit: 'flag', article: 'R4.2' },
  'order.other_warehouse': { value: 1, unit: 'flag', article: 'R4.2' },
  'order.auto_send_confirmation': { value: 0, unit: 'flag', article: 'R4.3' },
  'order.reply_document': { value: 1, unit: 'flag', article: 'R4.3' },
  'invoice.needs_payment': { value: 1, unit: 'flag', article: 'R6.3' },
  // designated ways of inquiries; what comes another way is confirmed by the partner
  'inquiry.way_email': { value: 1, unit: 'flag', article: 'R3.2' },
  'inquiry.way_excel': { value: 1, unit: 'flag', article: 'R3.2' },
  'inquiry.way_phone': { value: 1, unit: 'flag', article: 'R3.2' },
  'inquiry.way_sales': { value: 1, unit: 'flag', article: 'R3.2' },
  'sales.see_team_only': { value: 1, unit: 'flag', article: 'R2' },
};

/** When a task is spoken of before and after its deadline. A duration in working days counts 8 working hours each. */
export type Reminders = {
  /** At half time. */
  half: boolean;
  /** So long before the end; an hour before, where the whole is shorter than that. null: not. */
  before: PolicyDuration | null;
  /** So long after the end the managers are told; at the end it is the holder, the sales contact and the head of the department. null: not. */
  manager: PolicyDuration | null;
};
export type PolicyDuration = { value: number; unit: (typeof DURATION_UNITS)[number] };
export const DEFAULT_REMINDERS: Reminders = {
  half: true,
  before: { value: 1, unit: 'wd' },
  manager: { value: 1, unit: 'wd' },
};
