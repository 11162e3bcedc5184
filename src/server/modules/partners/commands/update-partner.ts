import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { sql } from '../../../platform/db/database.ts';
import { updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { changesBetween } from '../../company/index.ts';
import { requireNoDuplicate } from '../partner-duplicates.ts';
import { fieldColumns, type PartnerFields, requireReferences } from '../partner-fields.ts';
import { followCompleteness, lockPartner, partnerEvent, requireOpenFile, widenToCompany } from '../partner-load.ts';
import { nameColumns } from '../partner-names.ts';
import { invoicingRefusals, usccColumns } from '../partner-rules.ts';
import { type PartnerRow, partnerTable } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';

/** Named in the log without its values: it may be a person's. */
const PERSONAL = new Set(['invoice_phone']);
/** Follow from the name. */
const DERIVED = ['name_folded', 'name_stem', 'pinyin', 'pinyin_initials'];

/**
 * Changes what is given and keeps before and after of each field. The currency stays once the partner has been activated. When the sales
 * contact changes, the work that the old one holds for this partner moves along.
 */
export const updatePartner = defineCommand<PartnerFields & { partnerId: string }>({
  name: 'partner.update',
  refuses: [
    'partner.not_found',
    'partner.wrong_state',
    'partner.uscc_invalid',
    'partner.duplicate',
    'partner.term',
    'partner.invoice_limit',
    'partner.invoice_characters',
    'partner.tax_no',
    'partner.price_list',
    'partner.currency_fixed',
    'region.unknown',
    'user.not_found',
    'price_list.not_found',
    'field.currency',
    'request.version_stale',
  ],
  async run(context, input) {
    const { tx, command, env, emit } = context;
    const { now, actor } = command;
    const before = await lockPartner(tx, command, input.partnerId);
    requireOpenFile(before, 'update');
    await widenToCompany(tx);
    const after = await changed(context, before, input);
    const changes = changesBetween(
      before,
      Object.fromEntries(Object.entries(after).filter(([column]) => !DERIVED.includes(column))),
      PERSONAL,
    );
    if (Object.keys(changes).length === 0) {
      return { status: 200, body: await readPartner(tx, before.id, { actor, env, now }), etag: before.version };
    }
    const next = { ...after, version: before.version + 1, updated_at: now };
    await updateRows(tx, partnerTable, COLUMNS, [next]);
    if (before.sales_owner_id !== null && next.sales_owner_id !== before.sales_owner_id) {
      await tx.run(
        sql`update task set user_id = ${next.sales_owner_id} where partner_id = ${next.id} and user_id = ${before.sales_owner_id} and closed_at is null`,
      );
    }
    if (before.currency !== next.currency) {
      await tx.run(
        sql`update credit_account set currency = ${next.currency}, limit_amount = null where partner_id = ${next.id}`,
      );
    }
    if (next.sales_owner_id !== before.sales_owner_id || next.deputy_owner_id !== before.deputy_owner_id)
      await announceAccessChange(tx);
    emit(partnerEvent(next, 'partner.changed', { changes }));
    await followCompleteness(context, next);
    return { status: 200, body: await readPartner(tx, next.id, { actor, env, now }), etag: next.version };
  },
});

async function changed(
  { tx }: Parameters<typeof updatePartner.run>[0],
  before: PartnerRow,
  input: PartnerFields,
): Promise<PartnerRow> {
  const currency = input.currency ?? before.currency;
  if (currency !== before.currency && before.state !== 'applied') {
    throw refuse('partner.currency_fixed', { currency: before.currency }, 'currency');
  }
  await requireReferences(tx, input, currency);
  const after = { ...before, ...fieldColumns(input) };
  if (input.name !== undefined) Object.assign(after, { name: input.name }, nameColumns(input.name));
  const touchesCode = input.uscc !== undefined || input.usccOverrideReason !== undefined || input.country !== undefined;
  if (touchesCode) {
    const uscc = input.uscc === undefined ? before.uscc : input.uscc;
    const reason = input.usccOverrideReason === undefined ? before.uscc_override_reason : input.usccOverrideReason;
    Object.assign(after, usccColumns(uscc, after.country, reason));
  }
  if (INVOICING.some((column) => after[column] !== before[column])) refuseIf(invoicingRefusals(after));
  if (after.name_stem !== before.name_stem || after.uscc !== before.uscc) {
    // A name that stays is not looked at again when only the code changes.
    const confirmed = input.confirmDuplicate === true || after.name_stem === before.name_stem;
    await requireNoDuplicate(tx, after, confirmed);
  }
  return after;
}

const INVOICING = ['invoice_title', 'tax_no', 'bank_name', 'bank_account', 'invoice_address', 'invoice_phone'] as const;

const COLUMNS = Object.keys(partnerTable.columns).filter(
  (column) => !['id', 'no', 'state', 'created_at'].includes(column),
) as (keyof PartnerRow & string)[];
