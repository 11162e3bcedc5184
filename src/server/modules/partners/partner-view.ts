/** A partner file as callers get it. */
import type { z } from 'zod';
import type { PartnerView } from '../../../contract/partners.ts';
import { partnerMachine } from '../../../contract/machines/others.ts';
import { addDays, type BizDate, bizDateOf, startOfDay } from '../../kernel/biz-date.ts';
import { formatAmount } from '../../kernel/money.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { refusalView } from '../../platform/http/messages.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { regionText } from '../company/index.ts';
import { readPending } from './partner-changes.ts';
import { findDuplicates } from './partner-duplicates.ts';
import { missingFields, stateOf, todayOf } from './partner-load.ts';
import { readUpkeep } from './partner-papers.ts';
import { type CompletenessField, completenessScore, partnerRefusals } from './partner-rules.ts';
import {
  type AddressRow,
  type AgreementRow,
  addressTable,
  agreementTable,
  type ContactRow,
  type CreditRow,
  contactTable,
  creditTable,
  type PartnerRow,
  partnerTable,
  type Term,
} from './partner-tables.ts';

type View = z.output<typeof PartnerView>;
export type Reader = { actor: Actor; env: Env; now: Date };

type HeadRow = PartnerRow & {
  owner_name: string | null;
  deputy_name: string | null;
  list_code: string | null;
  list_name: string | null;
  missing: CompletenessField[];
};

/** The whole file. Partner users get their own without what is internal. Refuses partner.not_found. */
export async function readPartner(tx: Tx, partnerId: string, { actor, env, now }: Reader): Promise<View> {
  const today = todayOf(now, env);
  const [heads, contacts, addresses, agreements, credits, papers] = await Promise.all([
    tx.query<HeadRow>(sql`
      select ${columnsOf(partnerTable, 'p')}, o.name as owner_name, d.name as deputy_name, l.code as list_code, l.name as list_name,
        ${missingFields(today)} as missing
      from partner p left join app_user o on o.id = p.sales_owner_id left join app_user d on d.id = p.deputy_owner_id
      left join price_list l on l.id = p.price_list_id where p.id = ${partnerId}`),
    tx.query<ContactRow>(
      sql`select ${columnsOf(contactTable)} from partner_contact where partner_id = ${partnerId} order by is_active desc, id`,
    ),
    tx.query<AddressRow>(
      sql`select ${columnsOf(addressTable)} from partner_address where partner_id = ${partnerId} order by is_active desc, is_default desc, id`,
    ),
    tx.query<AgreementJoined>(
      sql`select ${columnsOf(agreementTable, 'a')}, l.code as list_code, l.name as list_name from agreement a left join price_list l on l.id = a.price_list_id
        where a.partner_id = ${partnerId} order by a.valid_from desc`,
    ),
    tx.query<CreditRow>(sql`select ${columnsOf(creditTable)} from credit_account where partner_id = ${partnerId}`),
    readUpkeep(tx, partnerId, today),
  ]);
  const head = heads[0];
  const credit = credits[0];
  if (head === undefined || credit === undefined) throw refuse('partner.not_found');
  const internal = actor.partnerId === null;
  const duplicates = internal && head.merged_into_id === null ? await findDuplicates(tx, { ...head, id: head.id }) : [];
  return {
    ...headView(head, internal),
    contacts: contacts.map(contactView),
    addresses: addresses.map(addressView),
    agreements: agreements.map((row) => agreementView(row, today, internal)),
    credit: creditView(credit),
    ...papers,
    pendingChanges: await readPending(tx, head, actor),
    mergedInto: await readSuccessor(tx, head),
    confirmedOn: head.confirmed_on,
    confirmDueOn: addDays(
      head.confirmed_on ?? bizDateOf(head.created_at, env.company.timeZone),
      env.policy.at('partner.reconfirm', now).value,
    ),
    enteredLate: internal && isLate(head, env),
    completeness: { score: completenessScore(head.missing), missing: head.missing },
    possibleDuplicates: duplicates.map(({ id, no, name, name_en, why }) => ({ id, no, name, nameEn: name_en, why })),
    allowedActions: allowedActions(head, actor),
  };
}

/** Entered after the deadline that starts on the day on which the data was obtained. */
const isLate = (head: HeadRow, env: Env): boolean =>
  head.obtained_on !== null &&
  head.created_at > env.policy.deadline('partner.first_entry', startOfDay(head.obtained_on, env.company.timeZone)).at;

async function readSuccessor(tx: Tx, { merged_into_id: id }: HeadRow): Promise<View['mergedInto']> {
  if (id === null) return null;
  const [row] = await tx.query<{ id: string; no: string; name: string; name_en: string | null }>(
    sql`select id, no, name, name_en from partner where id = ${id}`,
  );
  return row === undefined ? null : { id: row.id, no: row.no, name: row.name, nameEn: row.name_en };
}

type AgreementJoined = AgreementRow & { list_code: string | null; list_name: string | null };

const headView = (p: HeadRow, internal: boolean) => ({
  id: p.id,
  no: p.no,
  version: p.version,
  state: stateOf(p),
  name: p.name,
  nameEn: p.name_en,
  shortName: p.short_name,
  uscc: p.uscc,
  usccOverrideReason: internal ? p.uscc_override_reason : null,
  level: p.level,
  regionCode: p.region_code,
  regionText: regionText(p.region_code),
  territory: p.territory,
  locale: p.locale as View['locale'],
  country: p.country,
  salesOwner: p.sales_owner_id === null ? null : { id: p.sales_owner_id, name: p.owner_name ?? '' },
  deputyOwner: p.deputy_owner_id === null ? null : { id: p.deputy_owner_id, name: p.deputy_name ?? '' },
  currency: p.currency,
  paymentMethod: p.payment_method as View['paymentMethod'],
  paymentTerm: p.payment_term as Term,
  replyDays: p.reply_days,
  priceList:
    p.price_list_id === null ? null : { id: p.price_list_id, code: p.list_code ?? '', name: p.list_name ?? '' },
  invoiceTitle: p.invoice_title,
  taxNo: p.tax_no,
  bankName: p.bank_name,
  bankAccount: p.bank_account,
  invoiceAddress: p.invoice_address,
  invoicePhone: p.invoice_phone,
  invoiceKind: p.invoice_kind as View['invoiceKind'],
  sourceRef: internal ? p.source_ref : null,
  obtainedOn: p.obtained_on,
  createdAt: p.created_at.toISOString(),
  updatedAt: p.updated_at.toISOString(),
});

const contactView = (row: ContactRow): View['contacts'][number] => ({
  id: row.id,
  name: row.name,
  duties: row.duties as View['contacts'][number]['duties'],
  phone: row.phone,
  email: row.email,
  locale: row.locale as View['locale'],
  userId: row.user_id,
  erasedAt: row.erased_at?.toISOString() ?? null,
  isActive: row.is_active,
});

const addressView = (row: AddressRow): View['addresses'][number] => ({
  id: row.id,
  label: row.label,
  regionCode: row.region_code,
  regionText: row.region_text,
  detail: row.detail,
  receiver: row.receiver,
  phone: row.phone,
  deliveryMethod: row.delivery_method,
  isDefault: row.is_default,
  isActive: row.is_active,
});

const agreementView = (row: AgreementJoined, today: BizDate, internal: boolean): View['agreements'][number] => ({
  id: row.id,
  no: row.no,
  version: row.version,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  inForce: row.valid_from <= today && today <= row.valid_to,
  silenceAccepts: row.silence_accepts,
  paymentTerm: row.payment_term as Term,
  replyDays: row.reply_days,
  note: internal ? row.note : null,
  ourParty: row.our_party,
  theirParty: row.their_party,
  signedOn: row.signed_on,
  priceList:
    row.price_list_id === null ? null : { id: row.price_list_id, code: row.list_code ?? '', name: row.list_name ?? '' },
  attachmentId: row.attachment_id,
  replacesId: row.replaces_id,
});

/** exposure = balance + held; available = limit − exposure, null without a limit. */
export function creditView(row: CreditRow): View['credit'] {
  const exposure = row.balance_amount + row.held_amount;
  const show = (amount: bigint) => formatAmount(amount, row.currency);
  return {
    currency: row.currency,
    limitAmount: row.limit_amount === null ? null : show(row.limit_amount),
    balanceAmount: show(row.balance_amount),
    heldAmount: show(row.held_amount),
    exposureAmount: show(exposure),
    availableAmount: row.limit_amount === null ? null : show(row.limit_amount - exposure),
  };
}

function allowedActions(partner: HeadRow, actor: Actor): View['allowedActions'] {
  if (actor.partnerId !== null) return [];
  const state = stateOf(partner);
  return partnerMachine
    .actionsFrom(state)
    .filter((action) => (actor.permissions as ReadonlySet<string>).has(partnerMachine.row(action).permission))
    .map((action) => ({
      action,
      refusals: partnerRefusals(action, state, partner).map((refusal) => refusalView(refusal, actor.locale)),
    }));
}
