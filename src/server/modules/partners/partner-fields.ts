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

/** Refuses regions, terms, people and price lists that do not exist or do not fit. `currency`: the one that the partner will have. */
export async function requireReferences(tx: Tx, input: PartnerFields, currency: string): Promise<void> {
  requireRegion(input.regionCode, 'regionCode');
  requireTerm(input.paymentTerm);
  requireCurrency(currency);
  for (const field of ['salesOwnerId', 'deputyOwnerId'] as const) {
    const id = input[field];
    if (id === undefined || id === null) continue;
    const found = await tx.query(
      sql`select 1 from app_user where id = ${id} and kind = 'staff' and state <> 'disabled'`,
    );
    if (found.length === 0) throw refuse('user.not_found', undefined, field);
  }
  if (input.priceListId !== undefined && input.priceListId !== null) {
    const lists = await tx.query<{ currency: string; kind: string }>(
      sql`select currency, kind from price_list where id = ${input.priceListId}`,
    );
    const list = lists[0];
    if (list === undefined) throw refuse('price_list.not_found', undefined, 'priceListId');
    if (list.kind !== 'agreement' || list.currency !== currency) {
      throw refuse('partner.price_list', { kind: list.kind, currency: list.currency }, 'priceListId');
    }
  }
}
