import type { z } from 'zod';
import type { BankAccountCreate, BankAccountUpdate } from '../../../../contract/company-lists.ts';
import { isCurrency } from '../../../kernel/currency.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { codeProblem } from '../../../kernel/text.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { given } from '../changes.ts';
import { bankAccountView } from '../company-queries.ts';
import { type BankAccountRow, bankAccountTable } from '../company-tables.ts';
import { keptList } from './kept-list.ts';

/** Accounts that partners pay into. Papers in their currency name them while they are in use; `isActive: false` takes one off new papers. */
export const { create: createBankAccount, update: updateBankAccount } = keptList<
  BankAccountRow,
  z.output<typeof BankAccountCreate>,
  z.output<typeof BankAccountUpdate> & { bankAccountId: string }
>({
  name: 'bank_account',
  documentType: 'bank_account',
  documentNo: () => null,
  notFound: 'bank_account.not_found',
  refuses: ['bank_account.duplicate', 'field.code_characters', 'field.currency'],
  view: bankAccountView,
  made: ({ bankName, accountNo, currency, isActive }, id) => ({
    id,
    bank_name: bankName,
    account_no: accountNo,
    currency,
    is_active: isActive ?? true,
    version: 1,
  }),
  told: ({ bank_name, currency }) => ({ bankName: bank_name, currency }),
  idOf: ({ bankAccountId }) => bankAccountId,
  set: ({ bankName, accountNo, currency, isActive }) =>
    given({ bank_name: bankName, account_no: accountNo, currency, is_active: isActive }),
  // On every print; not repeated in the log.
  hidden: new Set(['account_no']),
  async requireSound(tx, { id, account_no, currency }) {
    if (codeProblem(account_no) !== null) throw refuse('field.code_characters', undefined, 'accountNo');
    if (!isCurrency(currency)) throw refuse('field.currency', { currency }, 'currency');
    const same = await tx.query(sql`select 1 from bank_account where account_no = ${account_no} and id <> ${id}`);
    if (same.length > 0) throw refuse('bank_account.duplicate', { accountNo: account_no }, 'accountNo');
  },
  lock: async (tx, id) =>
    (
      await tx.query<BankAccountRow>(
        sql`select ${columnsOf(bankAccountTable)} from bank_account where id = ${id} for update`,
      )
    )[0],
  insert: (tx, row) => insertRows(tx, bankAccountTable, [row]),
  save: (tx, row) =>
    updateRows(tx, bankAccountTable, ['bank_name', 'account_no', 'currency', 'is_active', 'version'], [row]),
});
