import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { insertRows, updateRows } from '../../../platform/db/table.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import { propose } from '../partner-changes.ts';
import { requireNoDuplicate } from '../partner-duplicates.ts';
import { editFields, fileWith, heldForFinance, twinsSought, without } from '../partner-edit.ts';
import { loadReferences, type PartnerFields } from '../partner-fields.ts';
import { followCompleteness, lockPartner, requireOpenFile, widenToCompany } from '../partner-load.ts';
import { type PartnerRow, partnerTable, personalChangeTable } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';

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
    'partner.change_open',
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
    const { tx, command, env, answers } = context;
    const { now, actor } = command;
    const { partnerId, ...fields } = input;
    const before = await lockPartner(tx, command, partnerId);
    requireOpenFile(before, 'update');
    const held = heldForFinance(before, fields, await loadReferences(tx, [fields]));
    let next = await applyFields(context, before, without(fields, held));
    if (Object.keys(held).length > 0) {
      next = await propose(context, next, { reviewer: 'finance', fields: held, contacts: [], note: null });
    }
    const body = answers ? await readPartner(tx, next.id, { actor, env, now }) : { id: next.id };
    return { status: 200, body, etag: next.version };
  },
});

/** Writes fields into the locked file: one event with before and after, work moved along. Without a difference nothing happens. */
export async function applyFields(
  context: Context<unknown>,
  before: PartnerRow,
  fields: PartnerFields,
): Promise<PartnerRow> {
  const { tx, command, emit } = context;
  await widenToCompany(tx);
  const after = await checkedFields(tx, before, fields);
  const twins = twinsSought(before, after, fields);
  if (twins !== null) await requireNoDuplicate(tx, twins.sought, twins.confirmed);
  const edit = editFields(before, after, command.now);
  if (edit === null) return before;
  const { next } = edit;
  await updateRows(tx, partnerTable, PARTNER_SETTABLE, [next]);
  await insertRows(tx, personalChangeTable, edit.personal);
  if (next.sales_owner_id !== before.sales_owner_id)
    await moveWork(tx, [{ partnerId: next.id, from: before.sales_owner_id, to: next.sales_owner_id }]);
  if (next.currency !== before.currency) await changeCurrency(tx, [next]);
  if (next.sales_owner_id !== before.sales_owner_id || next.deputy_owner_id !== before.deputy_owner_id)
    await announceAccessChange(tx);
  emit(edit.event);
  await followCompleteness(context, next);
  return next;
}

/** What the old sales contact holds for a partner goes to the new one; so does what lay with nobody because there was none. */
export async function moveWork(
  tx: Tx,
  moves: readonly { partnerId: string; from: string | null; to: string | null }[],
): Promise<void> {
  await tx.run(sql`
    update task t set user_id = m.new
    from unnest(${moves.map(({ partnerId }) => partnerId)}::uuid[], ${moves.map(({ from }) => from)}::uuid[], ${moves.map(({ to }) => to)}::uuid[]) as m(partner_id, old, new)
    where t.partner_id = m.partner_id and t.closed_at is null
      and (t.user_id = m.old or (m.old is null and t.user_id is null and t.side = 'staff' and t.role = 'sales'))`);
}

/** A limit in another currency says nothing: it is laid down anew. */
export async function changeCurrency(tx: Tx, partners: readonly PartnerRow[]): Promise<void> {
  await tx.run(sql`
    update credit_account a set currency = n.currency, limit_amount = null
    from unnest(${partners.map(({ id }) => id)}::uuid[], ${partners.map(({ currency }) => currency)}::text[]) as n(partner_id, currency)
    where a.partner_id = n.partner_id`);
}

/** The file as it would be; refuses as saving would, except for partners that are alike. */
export const checkedFields = async (tx: Tx, before: PartnerRow, fields: PartnerFields): Promise<PartnerRow> =>
  fileWith(before, fields, await loadReferences(tx, [fields]));

export const PARTNER_SETTABLE = Object.keys(partnerTable.columns).filter(
  (column) => !['id', 'no', 'state', 'created_at'].includes(column),
) as (keyof PartnerRow & string)[];
