/** Fields of the file that callers name, as columns; and the references among them, checked. */
import type { z } from 'zod';
import type { PartnerUpdate } from '../../../contract/partners.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { given, requireRegion } from '../company/index.ts';
import { requireCurrency, requireTerm } from './partner-rules.ts';

export type PartnerFields = z.output<typeof PartnerUpdate>;

/** Columns that the file and its changes may set directly; name and credit code have rules of their own. */
export const fieldColumns = (input: PartnerFields) =>
  given({
    name_en: input.nameEn,
    short_name: input.shortName,
    level: input.level,
    region_code: input.regionCode,
    territory: input.territory,
    locale: input.locale,
    country: input.country,
    sales_owner_id: input.salesOwnerId,
    deputy_owner_id: input.deputyOwnerId,
    currency: input.currency,
    payment_method: input.paymentMethod,
    payment_term: input.paymentTerm,
    reply_days: input.replyDays,
    price_list_id: input.priceListId,
    invoice_title: input.invoiceTitle,
    tax_no: input.taxNo,
    bank_name: input.bankName,
    bank_account: input.bankAccount,
    invoice_address: input.invoiceAddress,
    invoice_phone: input.invoicePhone,
    invoice_kind: input.invoiceKind,
    source_ref: input.sourceRef,
    obtained_on: input.obtainedOn,
  });

/** What the fields of files may refer to. */
export type References = {
  /** Names of people who may look after partners, by id. */
  staff: ReadonlyMap<string, string>;
  priceLists: ReadonlyMap<string, { currency: string; kind: string }>;
};

const PEOPLE = ['salesOwnerId', 'deputyOwnerId'] as const;

/** The people and price lists that any of these name. Two statements. */
export async function loadReferences(tx: Tx, inputs: readonly PartnerFields[]): Promise<References> {
  const people = inputs.flatMap((input) => PEOPLE.map((field) => input[field] ?? null));
  const [staff, lists] = await Promise.all([
    tx.query<{ id: string; name: string }>(
      sql`select id, name from app_user where id = any(${people}::uuid[]) and kind = 'staff' and state <> 'disabled'`,
    ),
    tx.query<{ id: string; currency: string; kind: string }>(
      sql`select id, currency, kind from price_list where id = any(${inputs.map(({ priceListId }) => priceListId ?? null)}::uuid[])`,
    ),
  ]);
  return {
    staff: new Map(staff.map(({ id, name }) => [id, name])),
    priceLists: new Map(lists.map((list) => [list.id, list])),
  };
}

/** Refuses regions, terms, people and price lists that do not exist or do not fit. `currency`: the one that the partner will have. */
export function checkReferences(known: References, input: PartnerFields, currency: string): void {
  requireRegion(input.regionCode, 'regionCode');
  requireTerm(input.paymentTerm);
  requireCurrency(currency);
  for (const field of PEOPLE) {
    const id = input[field];
    if (id !== undefined && id !== null && !known.staff.has(id)) throw refuse('user.not_found', undefined, field);
  }
  if (input.priceListId !== undefined && input.priceListId !== null) {
    const list = known.priceLists.get(input.priceListId);
    if (list === undefined) throw refuse('price_list.not_found', undefined, 'priceListId');
    if (list.kind !== 'agreement' || list.currency !== currency) {
      throw refuse('partner.price_list', { kind: list.kind, currency: list.currency }, 'priceListId');
    }
  }
}

export async function requireReferences(tx: Tx, input: PartnerFields, currency: string): Promise<void> {
  checkReferences(await loadReferences(tx, [input]), input, currency);
}
