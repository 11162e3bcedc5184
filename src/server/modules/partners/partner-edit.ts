/**
 * What a change makes of a file, its contacts and its addresses: the rows as they will be, with event and personal data before and after.
 * Pure: commands of one file and imports of many decide by it. Source: R3.1.
 */
import type { z } from 'zod';
import type { AddressInput, ContactInput } from '../../../contract/partners.ts';
import { newId } from '../../kernel/ids.ts';
import { refuse, refuseIf } from '../../kernel/refusal.ts';
import type { NewEvent } from '../../platform/pipeline/types.ts';
import { changesBetween } from '../company/index.ts';
import { addressRow, contactRow } from './commands/create-partner.ts';
import { type Fields, fieldsOf } from './partner-changes.ts';
import type { Sought } from './partner-duplicates.ts';
import { checkReferences, fieldColumns, type PartnerFields, type References } from './partner-fields.ts';
import { partnerEvent } from './partner-load.ts';
import { nameColumns } from './partner-names.ts';
import { type PersonalChange, personalChanges } from './partner-personal.ts';
import { invoicingRefusals, usccColumns } from './partner-rules.ts';
import type { AddressRow, ContactRow, PartnerRow } from './partner-tables.ts';

/** What is to be written with the change, for a file at its next version. */
export type Edit = { event: NewEvent; personal: PersonalChange[] };

/** Named in the log without its values: it may be a person's. */
const PERSONAL = new Set(['invoice_phone']);
/** Follow from the name. */
const DERIVED = ['name_folded', 'name_stem', 'pinyin', 'pinyin_initials'];
const INVOICING = ['invoice_title', 'tax_no', 'bank_name', 'bank_account', 'invoice_address', 'invoice_phone'] as const;

/** The file as it would be; refuses as saving would, except for partners that are alike. */
export function fileWith(before: PartnerRow, input: PartnerFields, references: References): PartnerRow {
  const currency = input.currency ?? before.currency;
  if (currency !== before.currency && before.state !== 'applied') {
    throw refuse('partner.currency_fixed', { currency: before.currency }, 'currency');
  }
  checkReferences(references, input, currency);
  const after = { ...before, ...fieldColumns(input) };
  if (input.name !== undefined) Object.assign(after, { name: input.name }, nameColumns(input.name));
  const touchesCode = input.uscc !== undefined || input.usccOverrideReason !== undefined || input.country !== undefined;
  if (touchesCode) {
    const uscc = input.uscc === undefined ? before.uscc : input.uscc;
    const reason = input.usccOverrideReason === undefined ? before.uscc_override_reason : input.usccOverrideReason;
    Object.assign(after, usccColumns(uscc, after.country, reason));
  }
  if (INVOICING.some((column) => after[column] !== before[column])) refuseIf(invoicingRefusals(after));
  return after;
}

/** What other partners are to be compared with after this change; null: nothing that could be alike has changed. */
export function twinsSought(
  before: PartnerRow,
  after: PartnerRow,
  input: PartnerFields,
): { sought: Sought; confirmed: boolean } | null {
  if (after.name_stem === before.name_stem && after.uscc === before.uscc) return null;
  // A name that stays is not looked at again when only the code changes.
  return { sought: after, confirmed: input.confirmDuplicate === true || after.name_stem === before.name_stem };
}

/** Bank and invoicing data of a partner that has been activated: finance look at them before they count, whoever of sales has entered them. */
export function heldForFinance(before: PartnerRow, fields: PartnerFields, references: References): Fields {
  const asked = fieldsOf('finance', fields) as Fields;
  if (before.state === 'applied' || Object.keys(asked).length === 0) return {};
  return differing(before, fileWith(before, asked, references), asked);
}

/** Only the fields that would change the file. */
export function differing(before: PartnerRow, after: PartnerRow, fields: Fields): Fields {
  const [was, is]: Record<string, unknown>[] = [before, after];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => was?.[columnOf(name)] !== is?.[columnOf(name)]));
}

const columnOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const without = (fields: PartnerFields, held: Fields): PartnerFields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(held, name)));

/** The change of fields on record; null: there is no difference. */
export function editFields(before: PartnerRow, after: PartnerRow, now: Date): (Edit & { next: PartnerRow }) | null {
  const shown = Object.fromEntries(Object.entries(after).filter(([column]) => !DERIVED.includes(column)));
  const changes = changesBetween(before, shown, PERSONAL);
  if (Object.keys(changes).length === 0) return null;
  const next = { ...after, version: before.version + 1, updated_at: now };
  return {
    next,
    event: partnerEvent(next, 'partner.changed', { changes }),
    personal: personalChanges(next, null, PERSONAL, before, next),
  };
}

export type ContactEdit = z.output<typeof ContactInput> & { id?: string | undefined };
const CONTACT_PERSONAL = new Set(['name', 'phone', 'email']);
export const CONTACT_SETTABLE = ['name', 'duties', 'phone', 'email', 'locale', 'is_active'] as const;

/** A contact added (`before` undefined) or changed; what the input leaves out stays. `next`: the file at the version that it makes. */
export function editContact(
  next: PartnerRow,
  before: ContactRow | undefined,
  input: ContactEdit,
): Edit & { row: ContactRow } {
  const row: ContactRow =
    before === undefined
      ? contactRow(newId(next.updated_at), next.id, input)
      : {
          ...before,
          name: input.name,
          duties: [...new Set(input.duties)],
          phone: input.phone === undefined ? before.phone : input.phone,
          email: input.email === undefined ? before.email : input.email,
          locale: input.locale === undefined ? before.locale : input.locale,
          is_active: input.isActive ?? before.is_active,
        };
  const changes = changesBetween(before ?? {}, shownOf(row, CONTACT_SETTABLE), CONTACT_PERSONAL);
  const type = before === undefined ? 'partner.contact_added' : 'partner.contact_changed';
  return {
    row,
    event: partnerEvent(next, type, { contactId: row.id, changes }),
    personal: personalChanges(next, row.id, CONTACT_PERSONAL, before ?? {}, row),
  };
}

export type AddressEdit = z.output<typeof AddressInput> & { id?: string | undefined };
const ADDRESS_PERSONAL = new Set(['receiver', 'phone']);
export const ADDRESS_SETTABLE = [
  'label',
  'region_code',
  'region_text',
  'detail',
  'receiver',
  'phone',
  'delivery_method',
  'is_default',
  'is_active',
] as const;

/** An address added, or the one with that id changed. One active address is the default: where the row is, no other of `rows` stays it. */
export function editAddress(
  next: PartnerRow,
  rows: readonly AddressRow[],
  { id, ...input }: AddressEdit,
): Edit & { row: AddressRow; isNew: boolean } {
  const before = id === undefined ? undefined : rows.find((row) => row.id === id);
  if (id !== undefined && before === undefined) throw refuse('address.not_found', undefined, 'id');
  const others = rows.filter((row) => row.id !== id && row.is_active);
  const isActive = input.isActive ?? before?.is_active ?? true;
  const isDefault = isActive && (input.isDefault ?? before?.is_default ?? false);
  const kept = {
    regionCode: input.regionCode === undefined ? (before?.region_code ?? null) : input.regionCode,
    regionText: input.regionText === undefined ? (before?.region_text ?? null) : input.regionText,
    phone: input.phone === undefined ? (before?.phone ?? null) : input.phone,
    deliveryMethod: input.deliveryMethod === undefined ? (before?.delivery_method ?? null) : input.deliveryMethod,
    isActive,
    isDefault: isDefault || (isActive && !others.some((row) => row.is_default)),
  };
  const row = addressRow(id ?? newId(next.updated_at), next.id, { ...input, ...kept }, 'regionCode');
  const changes = changesBetween(before ?? {}, shownOf(row, ADDRESS_SETTABLE), ADDRESS_PERSONAL);
  const type = before === undefined ? 'partner.address_added' : 'partner.address_changed';
  return {
    row,
    isNew: before === undefined,
    event: partnerEvent(next, type, { addressId: row.id, changes }),
    personal: personalChanges(next, row.id, ADDRESS_PERSONAL, before ?? {}, row),
  };
}

const shownOf = <R extends object>(row: R, columns: readonly (keyof R & string)[]): Record<string, unknown> =>
  Object.fromEntries(columns.map((column) => [column, row[column]]));
