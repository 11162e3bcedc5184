import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { updateRows } from '../../../platform/db/table.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import { changesBetween } from '../../company/index.ts';
import { type Fields, fieldsOf, propose } from '../partner-changes.ts';
import { requireNoDuplicate } from '../partner-duplicates.ts';
import { fieldColumns, type PartnerFields, requireReferences } from '../partner-fields.ts';
import { followCompleteness, lockPartner, partnerEvent, requireOpenFile, widenToCompany } from '../partner-load.ts';
import { keepPersonal } from '../partner-personal.ts';
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
    const held = await heldBack(tx, before, fields);
    let next = await applyFields(context, before, without(fields, held));
    if (Object.keys(held).length > 0) {
      next = await propose(context, next, { reviewer: 'finance', fields: held, contacts: [], note: null });
    }
    const body = answers ? await readPartner(tx, next.id, { actor, env, now }) : { id: next.id };
    return { status: 200, body, etag: next.version };
  },
});

/** Bank and invoicing data of a partner that has been activated: finance look at them before they count, whoever of sales has entered them. */
async function heldBack(tx: Tx, before: PartnerRow, fields: PartnerFields): Promise<Fields> {
  const asked = fieldsOf('finance', fields) as Fields;
  if (before.state === 'applied' || Object.keys(asked).length === 0) return {};
  const [was, is]: Record<string, unknown>[] = [before, await checkedFields(tx, before, asked)];
  return Object.fromEntries(Object.entries(asked).filter(([name]) => was?.[columnOf(name)] !== is?.[columnOf(name)]));
}

const columnOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const without = (fields: PartnerFields, held: Fields): PartnerFields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(held, name)));

/** Writes fields into the locked file: one event with before and after, work moved along. Without a difference nothing happens. */
export async function applyFields(
  context: Context<unknown>,
  before: PartnerRow,
  fields: PartnerFields,
): Promise<PartnerRow> {
  const { tx, command, emit } = context;
  const { now } = command;
  await widenToCompany(tx);
  const after = await changed(tx, before, fields, true);
  const shown = Object.fromEntries(Object.entries(after).filter(([column]) => !DERIVED.includes(column)));
  const changes = changesBetween(before, shown, PERSONAL);
  if (Object.keys(changes).length === 0) return before;
  const next = { ...after, version: before.version + 1, updated_at: now };
  await updateRows(tx, partnerTable, COLUMNS, [next]);
  await keepPersonal(tx, next, null, PERSONAL, before, next);
  if (next.sales_owner_id !== before.sales_owner_id) await moveWork(tx, before, next.sales_owner_id);
  if (before.currency !== next.currency) {
    await tx.run(
      sql`update credit_account set currency = ${next.currency}, limit_amount = null where partner_id = ${next.id}`,
    );
  }
  if (next.sales_owner_id !== before.sales_owner_id || next.deputy_owner_id !== before.deputy_owner_id)
    await announceAccessChange(tx);
  emit(partnerEvent(next, 'partner.changed', { changes }));
  await followCompleteness(context, next);
  return next;
}

/** What the old sales contact holds for this partner goes to the new one; so does what lay with nobody because there was none. */
async function moveWork(tx: Tx, before: PartnerRow, ownerId: string | null): Promise<void> {
  await tx.run(
    before.sales_owner_id === null
      ? sql`update task set user_id = ${ownerId} where partner_id = ${before.id} and side = 'staff' and role = 'sales' and user_id is null and closed_at is null`
      : sql`update task set user_id = ${ownerId} where partner_id = ${before.id} and user_id = ${before.sales_owner_id} and closed_at is null`,
  );
}

/** The file as it would be; refuses as saving would, except for partners that are alike. */
export const checkedFields = (tx: Tx, before: PartnerRow, fields: PartnerFields): Promise<PartnerRow> =>
  changed(tx, before, fields, false);

async function changed(tx: Tx, before: PartnerRow, input: PartnerFields, lookForTwins: boolean): Promise<PartnerRow> {
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
  if (lookForTwins && (after.name_stem !== before.name_stem || after.uscc !== before.uscc)) {
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
