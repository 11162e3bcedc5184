import { currencyScale } from '../../../kernel/currency.ts';
import { formatAmount, parseAmount } from '../../../kernel/money.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { followCompleteness, lockPartner, partnerEvent, touchPartner } from '../partner-load.ts';
import { type CreditRow, creditTable } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';

export type SetCredit = { partnerId: string; limitAmount: string | null; reason?: string | undefined };

/** Sets the credit limit; null lifts it (no limit is not a limit of 0). Orders already placed are judged at their next step. */
export const setCredit = defineCommand<SetCredit>({
  name: 'partner.set_credit',
  refuses: ['partner.not_found', 'field.amount_decimals', 'field.amount_format', 'request.version_stale'],
  async run(context, { partnerId, limitAmount, reason }) {
    const { tx, command, env, emit } = context;
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    const accounts = await tx.query<CreditRow>(
      sql`select ${columnsOf(creditTable)} from credit_account where partner_id = ${partnerId} for update`,
    );
    const account = accounts[0];
    if (account === undefined) throw refuse('partner.not_found');
    const limit = limitAmount === null ? null : parseAmount(limitAmount, account.currency);
    if (limitAmount !== null && limit === null) {
      throw refuse(
        'field.amount_decimals',
        { currency: account.currency, decimals: String(currencyScale(account.currency)) },
        'limitAmount',
      );
    }
    if (limit !== null && limit < 0n) throw refuse('field.amount_format', undefined, 'limitAmount');
    await tx.run(sql`update credit_account set limit_amount = ${limit} where partner_id = ${partnerId}`);
    const next = await touchPartner(tx, partner, now);
    const show = (amount: bigint | null) => (amount === null ? null : formatAmount(amount, account.currency));
    const changes = {
      creditLimit: { before: show(account.limit_amount), after: show(limit) },
      ...(reason === undefined ? {} : { reason: { before: null, after: reason } }),
    };
    emit(partnerEvent(next, 'partner.credit_set', { changes, currency: account.currency }));
    await followCompleteness(context, next);
    return { status: 200, body: await readPartner(tx, partnerId, { actor, env, now }), etag: next.version };
  },
});
