import type { z } from 'zod';
import type { AddressInput, ContactInput, PartnerCreate } from '../../../../contract/partners.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { codeProblem } from '../../../kernel/text.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { Actor } from '../../../platform/pipeline/types.ts';
import { regionText, requireRegion } from '../../company/index.ts';
import { requireNoDuplicate } from '../partner-duplicates.ts';
import { fieldColumns, requireReferences } from '../partner-fields.ts';
import { followCompleteness, partnerEvent, widenToCompany } from '../partner-load.ts';
import { nameColumns } from '../partner-names.ts';
import { invoicingRefusals, usccColumns } from '../partner-rules.ts';
import {
  type AddressRow,
  addressTable,
  type ContactRow,
  contactTable,
  creditTable,
  type PartnerRow,
  partnerTable,
} from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';

type Input = z.output<typeof PartnerCreate>;

/**
 * A new partner file with contacts, addresses and a credit account without limit. Whoever is of sales and names no sales contact becomes
 * it. Duplicates are looked for among all partners, whatever the caller may see.
 */
export const createPartner = defineCommand<Input>({
  name: 'partner.create',
  refuses: [
    'partner.uscc_invalid',
    'partner.duplicate',
    'partner.term',
    'partner.invoice_limit',
    'partner.invoice_characters',
    'partner.tax_no',
    'partner.price_list',
    'region.unknown',
    'user.not_found',
    'price_list.not_found',
    'field.currency',
    'field.code_characters',
  ],
  async run(context, input) {
    const { tx, command, env, emit } = context;
    const { now, actor } = command;
    const currency = input.currency ?? env.company.currency;
    const names = nameColumns(input.name);
    const code = usccColumns(input.uscc ?? null, input.country ?? 'CN', input.usccOverrideReason ?? null);
    await widenToCompany(tx);
    await requireReferences(tx, input, currency);
    const like = await requireNoDuplicate(
      tx,
      { id: null, ...names, uscc: code.uscc, phones: phonesIn(input) },
      input.confirmDuplicate === true,
    );
    const partner: PartnerRow = {
      ...DEFAULTS,
      ...fieldColumns(input),
      ...names,
      ...code,
      id: newId(now),
      no: input.no === undefined ? await nextNo(tx) : await requireFreeNo(tx, input.no),
      state: 'applied',
      name: input.name,
      currency,
      sales_owner_id: input.salesOwnerId === undefined ? ownerOf(actor) : input.salesOwnerId,
      created_at: now,
      updated_at: now,
      version: 1,
    };
    refuseIf(invoicingRefusals(partner));
    const contacts = (input.contacts ?? []).map((contact) => contactRow(newId(now), partner.id, contact));
    const addresses = addressRows(input.addresses ?? [], partner.id, now);
    await insertRows(tx, partnerTable, [partner]);
    await Promise.all([
      insertRows(tx, contactTable, contacts),
      insertRows(tx, addressTable, addresses),
      insertRows(tx, creditTable, [
        { partner_id: partner.id, currency, limit_amount: null, balance_amount: 0n, held_amount: 0n },
      ]),
    ]);
    emit(
      partnerEvent(partner, 'partner.created', {
        ...Object.fromEntries(LOGGED.map((column) => [column, partner[column]])),
        contacts: contacts.length,
        addresses: addresses.length,
        confirmedAgainst: like.map(({ id }) => id),
      }),
    );
    await followCompleteness(context, partner);
    // Who is of sales may see this partner from now on, on every node.
    if (partner.sales_owner_id !== null) await announceAccessChange(tx);
    // Whoever does not look at the answer (imports) is spared the reading of the whole file; the demo company asks for the ids.
    if (!context.answers) {
      const made = addresses.map(({ id, label, detail }) => ({ id, label, detail }));
      return { status: 201, body: { id: partner.id, no: partner.no, addresses: made }, etag: 1 };
    }
    return { status: 201, body: await readPartner(tx, partner.id, { actor, env, now }), etag: 1 };
  },
});

const DEFAULTS = {
  name_en: null,
  short_name: null,
  level: null,
  region_code: null,
  territory: null,
  country: 'CN',
  deputy_owner_id: null,
  payment_method: 'bank_transfer',
  payment_term: { kind: 'prepaid' },
  reply_days: null,
  price_list_id: null,
  invoice_title: null,
  tax_no: null,
  bank_name: null,
  bank_account: null,
  invoice_address: null,
  invoice_phone: null,
  invoice_kind: 'ordinary',
  source_ref: null,
  obtained_on: null,
  confirmed_on: null,
  merged_into_id: null,
} as const;

const LOGGED = [
  'name',
  'uscc',
  'level',
  'region_code',
  'currency',
  'payment_term',
  'sales_owner_id',
  'price_list_id',
  'obtained_on',
] as const;

const phonesIn = ({ contacts = [] }: Input): string[] =>
  contacts.flatMap(({ phone }) => (phone === undefined || phone === null ? [] : [phone]));

/** A person of sales keeps what he enters; a key is nobody whom a partner could call. */
const ownerOf = ({ roles, credential, userId }: Actor): string | null =>
  roles.includes('sales') && credential.kind === 'session' ? userId : null;

async function nextNo(tx: Tx): Promise<string> {
  for (;;) {
    const rows = await tx.query<{ no: string; taken: boolean }>(sql`
      select n.no, exists (select 1 from partner p where p.no = n.no) as taken
      from (select 'C-' || lpad(nextval('partner_no')::text, 5, '0') as no) n`);
    const next = rows[0];
    if (next !== undefined && !next.taken) return next.no;
  }
}

async function requireFreeNo(tx: Tx, no: string): Promise<string> {
  if (codeProblem(no) !== null) throw refuse('field.code_characters', undefined, 'no');
  const taken = await tx.query<{ id: string; name: string }>(sql`select id, name from partner where no = ${no}`);
  const other = taken[0];
  if (other !== undefined) {
    throw refuse('partner.duplicate', { no, name: other.name, owner: '—', why: 'no', id: other.id }, 'no');
  }
  return no;
}

export const contactRow = (id: string, partnerId: string, contact: z.output<typeof ContactInput>): ContactRow => ({
  id,
  partner_id: partnerId,
  name: contact.name,
  duties: [...new Set(contact.duties)],
  phone: contact.phone ?? null,
  email: contact.email ?? null,
  user_id: null,
  is_active: contact.isActive ?? true,
  erased_at: null,
});

export function addressRow(
  id: string,
  partnerId: string,
  address: z.output<typeof AddressInput>,
  field: string,
): AddressRow {
  requireRegion(address.regionCode, field, true);
  return {
    id,
    partner_id: partnerId,
    label: address.label,
    region_code: address.regionCode ?? null,
    region_text: regionText(address.regionCode ?? null) ?? address.regionText ?? null,
    detail: address.detail,
    receiver: address.receiver,
    phone: address.phone ?? null,
    is_default: address.isDefault ?? false,
    is_active: address.isActive ?? true,
  };
}

/** One address is the default: the first that says so, otherwise the first. */
function addressRows(addresses: readonly z.output<typeof AddressInput>[], partnerId: string, now: Date): AddressRow[] {
  const chosen = Math.max(
    0,
    addresses.findIndex((address) => address.isDefault === true),
  );
  return addresses.map((address, at) =>
    addressRow(newId(now), partnerId, { ...address, isDefault: at === chosen }, `addresses.${at}.regionCode`),
  );
}
