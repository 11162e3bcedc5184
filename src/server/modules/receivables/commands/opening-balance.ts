/**
 * Cut-over: what a partner owed, or had paid in advance, in the system before. An advance becomes a confirmed receipt as well, so that it
 * can be allocated to orders. R6.2, rulings section 7.
 */
import { type BizDate, bizDateOf } from '../../../kernel/biz-date.ts';
import { newId } from '../../../kernel/ids.ts';
import { formatAmount, parseAmount } from '../../../kernel/money.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { openNumbers } from '../../../platform/db/number-series.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import type { NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { ACCOUNTS, mirrored, type Source, voucher } from '../ledger.ts';
import { readOpeningBalance } from '../opening-balance-queries.ts';
import { ledgerOf, lockCredit, lockReceipts, post, saveReceipts } from '../payment-load.ts';
import { paymentRefusals } from '../payment-rules.ts';
import { type OpeningBalanceRow, openingBalanceTable, type PaymentRow } from '../receivables-tables.ts';

const [OPENING_NO, PAYMENT_NO, VOUCHER_NO] = ['OB', 'PM', 'VC'] as const;

export type PostOpeningBalance = {
  partnerId: string;
  amount: string;
  postedOn: string;
  reference: string;
  currency?: string | undefined;
};

export const postOpeningBalance = defineCommand<PostOpeningBalance>({
  name: 'openingBalances.post',
  refuses: [
    'partner.not_found',
    'opening_balance.duplicate',
    'opening_balance.zero',
    'payment.currency',
    'payment.future_date',
    'field.amount_decimals',
  ],
  async run(context, input) {
    const { tx, command, env, emit } = context;
    const today = bizDateOf(command.now, env.company.timeZone);
    const [partners, known] = await Promise.all([
      tx.query<{ id: string; currency: string; payment_method: string }>(
        sql`select id, currency, payment_method from partner where id = ${input.partnerId}`,
      ),
      tx.query(
        sql`select 1 from opening_balance where partner_id = ${input.partnerId} and reference = ${input.reference} and reversed_at is null`,
      ),
    ]);
    const partner = partners[0];
    if (partner === undefined) throw refuse('partner.not_found', undefined, 'partnerId');
    const { currency } = partner;
    if (input.currency !== undefined && input.currency !== currency)
      throw refuse('payment.currency', { currency }, 'currency');
    const amount = parseAmount(input.amount, currency);
    if (amount === null) throw refuse('field.amount_decimals', { currency }, 'amount');
    if (amount === 0n) throw refuse('opening_balance.zero', undefined, 'amount');
    if (input.postedOn > today) throw refuse('payment.future_date', { today }, 'postedOn');
    if (known.length > 0) throw refuse('opening_balance.duplicate', { reference: input.reference }, 'reference');

    const year = today.slice(0, 4);
    await lockCredit(tx, [partner.id]);
    const numbers = await openNumbers(
      tx,
      [OPENING_NO, PAYMENT_NO, VOUCHER_NO].map((prefix) => ({ prefix, year })),
    );
    const advance =
      amount < 0n ? advanceRow(context, partner.id, currency, -amount, numbers.next(PAYMENT_NO, year)) : null;
    const row = openingRow(context, partner.id, currency, amount, numbers.next(OPENING_NO, year), advance?.id ?? null);
    const source = sourceOf(context, row, numbers.next(VOUCHER_NO, year), input.postedOn);
    const entries = voucher(source, [{ debit: ACCOUNTS.receivable, credit: ACCOUNTS.opening, amount }]);
    emit(openingEvent(row, 'opening_balance.posted'));
    if (advance !== null) emit(advanceEvent(advance, 'payment.opened', row));
    await Promise.all([
      saveReceipts(tx, {
        created: advance === null ? [] : [advance],
        changed: [],
        allocated: [],
        unallocated: [],
        entries,
      }),
      insertRows(tx, openingBalanceTable, [row]),
      numbers.save(tx),
    ]);
    const view = await readOpeningBalance(tx, row.id);
    return { status: 201, body: view, etag: view.version };
  },
});

export const reverseOpeningBalance = defineCommand<{ openingBalanceId: string; reason: string }>({
  name: 'openingBalances.reverse',
  refuses: ['opening_balance.not_found', 'opening_balance.reversed', 'payment.allocated', 'request.version_stale'],
  async run(context, { openingBalanceId, reason }) {
    const { tx, command, env, emit } = context;
    const [row] = await tx.query<OpeningBalanceRow>(
      sql`select ${columnsOf(openingBalanceTable)} from opening_balance where id = ${openingBalanceId} for update`,
    );
    if (row === undefined) throw refuse('opening_balance.not_found');
    requireVersion(command, row);
    if (row.reversed_at !== null) throw refuse('opening_balance.reversed');
    const today = bizDateOf(command.now, env.company.timeZone);
    const advance = row.payment_id === null ? null : await takenBack(tx, row.payment_id, reason, today);
    const year = today.slice(0, 4);
    await lockCredit(tx, [row.partner_id]);
    const [entries, numbers] = await Promise.all([
      ledgerOf(tx, 'opening', row.id),
      openNumbers(tx, [{ prefix: VOUCHER_NO, year }]),
    ]);
    const after = { ...row, reversed_at: command.now, reversed_by: command.actor.userId, version: row.version + 1 };
    emit({ ...openingEvent(after, 'opening_balance.reversed'), payload: { reason } });
    if (advance !== null) emit(advanceEvent(advance, 'payment.reversed', row));
    await Promise.all([
      saveReceipts(tx, {
        created: [],
        changed: advance === null ? [] : [advance],
        allocated: [],
        unallocated: [],
        entries: [],
      }),
      updateRows(tx, openingBalanceTable, ['reversed_at', 'reversed_by', 'version'], [after]),
      post(tx, mirrored(sourceOf(context, row, numbers.next(VOUCHER_NO, year), today), entries)),
      numbers.save(tx),
    ]);
    const view = await readOpeningBalance(tx, row.id);
    return { status: 200, body: view, etag: view.version };
  },
});

/** The advance as it is without its opening balance; refused while orders hold parts of it. */
async function takenBack(tx: Tx, paymentId: string, reason: string, on: BizDate): Promise<PaymentRow> {
  const { payments } = await lockReceipts(tx, { paymentIds: [paymentId], partnerIds: [], bankRefs: [], on });
  const receipt = payments.get(paymentId);
  if (receipt === undefined) throw refuse('payment.not_found');
  const orderNos = [
    ...new Set(receipt.allocations.filter(({ reversed_at }) => reversed_at === null).map(({ order_no }) => order_no)),
  ];
  // As an ordinary receipt would be: what makes it an opening one is being taken back right now.
  refuseIf(paymentRefusals('reverse', { ...receipt.row, method: 'bank_transfer', orderNos }));
  return { ...receipt.row, state: 'reversed', reverse_reason: reason, version: receipt.row.version + 1 };
}

type Posting = Context<{ postedOn: string; reference: string }>;

const openingRow = (
  { command }: Posting,
  partnerId: string,
  currency: string,
  amount: bigint,
  no: string,
  paymentId: string | null,
): OpeningBalanceRow => ({
  id: newId(command.now),
  no,
  partner_id: partnerId,
  currency,
  amount,
  posted_on: command.input.postedOn,
  reference: command.input.reference,
  payment_id: paymentId,
  posted_by: command.actor.kind === 'system' ? null : command.actor.userId,
  posted_at: command.now,
  reversed_at: null,
  reversed_by: null,
  version: 1,
});

const advanceRow = (
  { command }: Posting,
  partnerId: string,
  currency: string,
  amount: bigint,
  no: string,
): PaymentRow => ({
  id: newId(command.now),
  no,
  partner_id: partnerId,
  state: 'confirmed',
  currency,
  amount,
  allocated_amount: 0n,
  received_on: command.input.postedOn,
  method: 'opening',
  payer_name: null,
  payer_differs: false,
  method_differs: false,
  bank_ref: null,
  note: command.input.reference,
  reverse_reason: null,
  recorded_by: command.actor.kind === 'system' ? null : command.actor.userId,
  recorded_at: command.now,
  confirmed_by: command.actor.kind === 'system' ? null : command.actor.userId,
  confirmed_at: command.now,
  version: 1,
});

const sourceOf = (
  { command }: Context<unknown>,
  row: OpeningBalanceRow,
  voucherNo: string,
  postedOn: string,
): Source => ({
  voucherNo,
  postedOn,
  currency: row.currency,
  partnerId: row.partner_id,
  type: 'opening',
  id: row.id,
  memo: row.reference,
  now: command.now,
});

const openingEvent = (row: OpeningBalanceRow, type: string): NewEvent => ({
  documentType: 'opening_balance',
  documentId: row.id,
  documentNo: row.no,
  version: row.version,
  type,
  partnerId: row.partner_id,
  payload: {
    amount: formatAmount(row.amount, row.currency),
    currency: row.currency,
    postedOn: row.posted_on,
    reference: row.reference,
  },
});

const advanceEvent = (payment: PaymentRow, type: string, row: OpeningBalanceRow): NewEvent => ({
  documentType: 'payment',
  documentId: payment.id,
  documentNo: payment.no,
  version: payment.version,
  type,
  partnerId: payment.partner_id,
  payload: {
    amount: formatAmount(payment.amount, payment.currency),
    currency: payment.currency,
    openingBalanceId: row.id,
  },
});
