/** Policy parameters 政策參數 and their defaults (process.md of the specification): wh working hours, wd working days, h hours, d calendar days. */

export type PolicyUnit = 'wh' | 'wd' | 'h' | 'd' | 'flag' | 'percent';

export const DEFAULT_POLICY: Record<string, { value: number; unit: PolicyUnit; article: string }> = {
  'partner.first_entry': { value: 1, unit: 'wd', article: 'R3.1' },
  'partner.complete_file': { value: 5, unit: 'wd', article: 'R3.1' },
  'application.answer': { value: 10, unit: 'wd', article: 'R3.1' },
  'application.keep': { value: 180, unit: 'd', article: 'R3.1' },
  'inquiry.gaps': { value: 4, unit: 'wh', article: 'R3.2' },
  'inquiry.answer': { value: 3, unit: 'wd', article: 'R3.2' },
  'inquiry.idle': { value: 10, unit: 'wd', article: 'R3.2' },
  'order.preliminary': { value: 1, unit: 'wd', article: 'R3.3' },
  'order.review': { value: 4, unit: 'wh', article: 'R4.1' },
  'order.discrepancy': { value: 3, unit: 'wd', article: 'R4.1' },
  'order.availability': { value: 4, unit: 'wh', article: 'R4.2' },
  'order.shortage': { value: 2, unit: 'wd', article: 'R4.2' },
  'order.reservation_grace': { value: 1, unit: 'wd', article: 'R4.2' },
  'order.notice': { value: 2, unit: 'wh', article: 'R4.3' },
  'order.reply': { value: 3, unit: 'wd', article: 'R4.3' },
  'order.lapse': { value: 5, unit: 'wd', article: 'R4.3' },
  'picking.start': { value: 4, unit: 'wh', article: 'R5.1' },
  'picking.ready': { value: 1, unit: 'wd', article: 'R5.1' },
  'shipment.arrange': { value: 1, unit: 'wd', article: 'R5.2' },
  'shipment.news': { value: 24, unit: 'h', article: 'R5.3' },
  'shipment.exception': { value: 4, unit: 'wh', article: 'R5.2' },
  'payment.remind': { value: 3, unit: 'wd', article: 'R6.1' },
  'payment.confirm': { value: 1, unit: 'wd', article: 'R6.2' },
  'invoice.issue': { value: 3, unit: 'wd', article: 'R6.3' },
  'invoice.send': { value: 1, unit: 'wd', article: 'R6.3' },
  'invoice.receipt': { value: 3, unit: 'd', article: 'R6.3' },
  // switches
  'order.auto_pass_terms': { value: 1, unit: 'flag', article: 'R4.1' },
  'order.auto_pass_availability': { value: 1, unit: 'flag', article: 'R4.2' },
  'order.auto_send_confirmation': { value: 0, unit: 'flag', article: 'R4.3' },
  'order.reply_document': { value: 1, unit: 'flag', article: 'R4.3' },
  'invoice.needs_payment': { value: 1, unit: 'flag', article: 'R6.3' },
  'sales.see_team_only': { value: 1, unit: 'flag', article: 'R2' },
};
