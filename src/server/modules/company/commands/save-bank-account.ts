import type { z } from 'zod';
import type { BankAccountCreate, BankAccountUpdate } from '../../../../contract/company-lists.ts';
import { isCurrency } from '../../../kernel/currency.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { codeProblem } from '../../../kernel/text.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { changesBetween, given } from '../changes.ts';
import { bankAccountView } from '../company-queries.ts';
import { type BankAccountRow, bankAccountTable } from '../company-tables.ts';

/** On every print; not repeated in the log. */
const HIDDEN = new Set(['account_no']);

/** An account that partners pay into. Papers in its currency name it while it is in use. */
export const createBankAccount = defineCommand<z.output<typeof BankAccountCreate>>({
  name: 'bank_account.create',
  refuses: ['bank_account.duplicate', 'field.code_characters', 'field.currency'],
  async run({ tx, command, emit }, input) {
    const row: BankAccountRow = {
      id: newId(command.now),
      bank_name: input.bankName,
      account_no: input.accountNo,
      currency: input.currency,
      is_active: input.isActive ?? true,
      version: 1,
    };
    await requireSound(tx, row);
    await insertRows(tx, bankAccountTable, [row]);
    emit(event(row, 'bank_account.created', { bankName: row.bank_name, currency: row.currency }));
    return { status: 201, body: bankAccountView(row), etag: 1 };
  },
});

/** Changes what is given; `isActive: false` takes the account off new papers. */
export const updateBankAccount = defineCommand<z.output<typeof BankAccountUpdate> & { bankAccountId: string }>({
  name: 'bank_account.update',
  refuses: [
    'bank_account.not_found',
    'bank_account.duplicate',
    'field.code_characters',
    'field.currency',
    'request.version_stale',
  ],
  async run({ tx, command, emit }, input) {
    const [before] = await tx.query<BankAccountRow>(
      sql`select ${columnsOf(bankAccountTable)} from bank_account where id = ${input.bankAccountId} for update`,
    );
    if (before === undefined) throw refuse('bank_account.not_found');
    requireVersion(command, before);
    const set = given({
      bank_name: input.bankName,
      account_no: input.accountNo,
      currency: input.currency,
      is_active: input.isActive,
    });
    const changes = changesBetween(before, set, HIDDEN);
    if (Object.keys(changes).length === 0) return { status: 200, body: bankAccountView(before), etag: before.version };
    const after = { ...before, ...set, version: before.version + 1 };
    await requireSound(tx, after);
    await updateRows(tx, bankAccountTable, ['bank_name', 'account_no', 'currency', 'is_active', 'version'], [after]);
    emit(event(after, 'bank_account.changed', { changes }));
    return { status: 200, body: bankAccountView(after), etag: after.version };
  },
});

async function requireSound(tx: Tx, row: BankAccountRow): Promise<void> {
  if (codeProblem(row.account_no) !== null) throw refuse('field.code_characters', undefined, 'accountNo');
  if (!isCurrency(row.currency)) throw refuse('field.currency', { currency: row.currency }, 'currency');
  const same = await tx.query(sql`select 1 from bank_account where account_no = ${row.account_no} and id <> ${row.id}`);
  if (same.length > 0) throw refuse('bank_account.duplicate', { accountNo: row.account_no }, 'accountNo');
}

const event = (row: BankAccountRow, type: string, payload: Record<string, unknown>): NewEvent => ({
  documentType: 'bank_account',
  documentId: row.id,
  documentNo: null,
  version: row.version,
  type,
  partnerId: null,
  payload,
});
