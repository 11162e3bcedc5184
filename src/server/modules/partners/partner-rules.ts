/** What the file of a partner must fulfil. Pure. Source: R3.1. */
import iconv from 'iconv-lite';
import { COMPLETENESS_FIELDS } from '../../../contract/partners.ts';
import type { GuardOf } from '../../../contract/machine.ts';
import { partnerMachine, type PartnerState } from '../../../contract/machines/others.ts';
import { isCurrency } from '../../kernel/currency.ts';
import { parseDecimal, RATE_SCALE } from '../../kernel/decimal.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import { usccProblem } from '../../kernel/uscc.ts';
import type { Term } from './partner-tables.ts';

export type CompletenessField = (typeof COMPLETENESS_FIELDS)[number];

/** Without these a partner cannot order. */
const NEEDED_TO_ORDER: readonly CompletenessField[] = ['uscc', 'salesOwner', 'contact', 'address'];

/** How complete the file is, in percent, from what is missing. */
export const completenessScore = (missing: readonly unknown[]): number =>
  Math.round((100 * (COMPLETENESS_FIELDS.length - missing.length)) / COMPLETENESS_FIELDS.length);

type Facts = { missing: readonly CompletenessField[] };
const guards: Record<GuardOf<typeof partnerMachine>, (facts: Facts) => Refusal | null> = {
  'partner.incomplete': ({ missing }) => {
    const lacking = missing.filter((field) => NEEDED_TO_ORDER.includes(field));
    return lacking.length === 0 ? null : { code: 'partner.incomplete', params: { missing: lacking.join(', ') } };
  },
};

/** Why an action of the life-cycle table is refused now; empty: go. */
export const partnerRefusals = (
  action: 'activate' | 'suspend' | 'terminate' | 'merge',
  state: PartnerState,
  facts: Facts,
): Refusal[] => partnerMachine.refusals(action, state, guards, facts);

/** A payment term must say what its kind needs, and nothing else. */
export function requireTerm(term: Term | undefined, field = 'paymentTerm'): void {
  if (term === undefined) return;
  const has = {
    days: term.days !== undefined,
    depositRate: term.depositRate !== undefined,
    parts: term.parts !== undefined,
  };
  const wants = {
    prepaid: [],
    deposit_balance: ['depositRate', 'days'],
    net_days: ['days'],
    month_end_days: ['days'],
    instalments: ['parts'],
  }[term.kind] as readonly (keyof typeof has)[];
  for (const part of ['days', 'depositRate', 'parts'] as const) {
    if (has[part] !== wants.includes(part)) throw refuse('partner.term', { kind: term.kind, part }, `${field}.${part}`);
  }
  if (term.depositRate !== undefined) {
    const rate = parseDecimal(term.depositRate, RATE_SCALE);
    if (rate === null || rate <= 0n || rate >= 1_000_000n) {
      throw refuse('partner.term', { kind: term.kind, part: 'depositRate' }, `${field}.depositRate`);
    }
  }
}

/**
 * The credit code as it is kept, with the reason for one that fails its check. Chinese codes only; elsewhere it is the local
 * registration number. Refuses a wrong code without a reason (partner.uscc_invalid).
 */
export function usccColumns(
  uscc: string | null,
  country: string,
  reason: string | null,
): { uscc: string | null; uscc_override_reason: string | null } {
  if (uscc === null) return { uscc: null, uscc_override_reason: null };
  const code = uscc.toUpperCase();
  const problem = country === 'CN' ? usccProblem(code) : null;
  if (problem === null) return { uscc: code, uscc_override_reason: null };
  if (reason === null) throw refuse('partner.uscc_invalid', { problem }, 'uscc');
  return { uscc: code, uscc_override_reason: reason };
}

/** Buyer data as the tax bureau takes it: lengths are counted in GBK. Source: R6.3, format of the batch form of digital invoices. */
export type Invoicing = {
  country: string;
  invoice_title: string | null;
  tax_no: string | null;
  bank_name: string | null;
  bank_account: string | null;
  invoice_address: string | null;
  invoice_phone: string | null;
};
const INVOICE_LIMIT = 100;
const INVOICE_FIELDS: readonly { field: string; columns: readonly (keyof Invoicing)[] }[] = [
  { field: 'invoiceTitle', columns: ['invoice_title'] },
  { field: 'invoiceAddress', columns: ['invoice_address', 'invoice_phone'] },
  { field: 'bankName', columns: ['bank_name', 'bank_account'] },
];

/** What an invoice could not carry: too long (address with telephone, bank with account), angle brackets, a tax number of another form. Only of Chinese companies. */
export function invoicingRefusals(data: Invoicing): Refusal[] {
  if (data.country !== 'CN') return [];
  const refusals: Refusal[] = INVOICE_FIELDS.flatMap(({ field, columns }): Refusal[] => {
    const text = columns.map((column) => data[column] ?? '').join('');
    const bytes = iconv.encode(text, 'gb18030').length;
    return [
      ...(/[<>]/.test(text) ? [{ code: 'partner.invoice_characters', field }] : []),
      ...(bytes > INVOICE_LIMIT
        ? [{ code: 'partner.invoice_limit', field, params: { limit: String(INVOICE_LIMIT), bytes: String(bytes) } }]
        : []),
    ];
  });
  if (data.tax_no !== null && !/^[0-9A-Z]{15,20}$/.test(data.tax_no)) {
    refusals.push({ code: 'partner.tax_no', field: 'taxNo' });
  }
  return refusals;
}

export function requireCurrency(currency: string): void {
  if (!isCurrency(currency)) throw refuse('field.currency', { currency }, 'currency');
}
