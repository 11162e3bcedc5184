/**
 * The partner's account. A posting moves an amount from one account to another, so that the books balance by construction. Postings are
 * never changed; a mirrored posting takes one back. Source: R6.2.
 */
import { newId } from '../../kernel/ids.ts';
import { defineTable } from '../../platform/db/table.ts';
import type { LedgerRow } from './receivables-tables.ts';

/** 銀行存款, 應收賬款 (by partner), 應交增值稅 (銷項), 主營業務收入, opening balances. */
export const ACCOUNTS = {
  bank: '1002',
  receivable: '1122',
  outputTax: '2221',
  revenue: '6001',
  opening: '9000',
} as const;
export type Account = (typeof ACCOUNTS)[keyof typeof ACCOUNTS];

/** Balance and held credit of a partner stand beside its limit; the balance is a sum over the ledger. */
export const creditMoneyTable = defineTable('credit_account', ['partner_id'], {
  partner_id: 'uuid',
  balance_amount: 'bigint',
  held_amount: 'bigint',
});

export type Posting = {
  debit: Account;
  credit: Account;
  amount: bigint;
};
export type Source = {
  voucherNo: string;
  postedOn: string;
  currency: string;
  partnerId: string;
  type: 'payment' | 'invoice' | 'opening';
  id: string;
  memo: string | null;
  now: Date;
};

/** The rows of one voucher. Postings of nothing are left out. */
export function voucher(source: Source, postings: readonly Posting[]): LedgerRow[] {
  return postings
    .filter(({ amount }) => amount !== 0n)
    .map(({ debit, credit, amount }) =>
      row(source, amount > 0n ? { debit, credit, amount } : { debit: credit, credit: debit, amount: -amount }, null),
    );
}

/** Rows that take postings back: accounts exchanged, each naming the one that it mirrors. */
export const mirrored = (source: Source, entries: readonly LedgerRow[]): LedgerRow[] =>
  entries.map((entry) =>
    row(source, { debit: entry.credit_account, credit: entry.debit_account, amount: entry.amount }, entry.id),
  );

/** What postings add to the balance of their partner: debits of 1122 less its credits. */
export const balanceOf = (entries: readonly LedgerRow[]): bigint =>
  entries.reduce(
    (sum, { debit_account, credit_account, amount }) =>
      sum +
      (debit_account === ACCOUNTS.receivable ? amount : 0n) -
      (credit_account === ACCOUNTS.receivable ? amount : 0n),
    0n,
  );

const row = (
  source: Source,
  posting: { debit: string; credit: string; amount: bigint },
  reverses: string | null,
): LedgerRow => ({
  id: newId(source.now),
  voucher_no: source.voucherNo,
  posted_on: source.postedOn,
  debit_account: posting.debit,
  credit_account: posting.credit,
  amount: posting.amount,
  currency: source.currency,
  partner_id: source.partnerId,
  source_type: source.type,
  source_id: source.id,
  reverses_id: reverses,
  memo: source.memo,
  at: source.now,
});
