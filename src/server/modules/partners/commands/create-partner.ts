import type { z } from 'zod';
import type { AddressInput, ContactInput, PartnerCreate } from '../../../../contract/partners.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { codeProblem } from '../../../kernel/text.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { type BatchCommand, decideOr, defineBatch } from '../../../platform/pipeline/define.ts';
import type { Accepted, Actor, Command, Env } from '../../../platform/pipeline/types.ts';
import { regionText, requireRegion } from '../../company/index.ts';
import { type KnownCompanies, loadKnownCompanies } from '../known-companies.ts';
import { type Duplicate, phoneKeys, refuseDuplicate, type Sought } from '../partner-duplicates.ts';
import { checkReferences, fieldColumns, loadReferences, type References } from '../partner-fields.ts';
import { completionTask, partnerEvent, widenToCompany } from '../partner-load.ts';
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

/** What a batch of new files is decided on; accepted ones are folded in, so that the next is compared with them too. */
type State = {
  /** Derived columns of each name: dear to find out, so only once. */
  names: ReadonlyMap<Input, ReturnType<typeof nameColumns>>;
  known: KnownCompanies;
  references: References;
  /** Numbers that are taken, with the company that has each. */
  numbers: Map<string, { id: string; name: string }>;
  /** Numbers of the series that nobody has chosen, for files without one of their own. */
  free: string[];
};

/** A file to be written. */
export type NewPartner = { partner: PartnerRow; contacts: ContactRow[]; addresses: AddressRow[] };

const parts: Omit<BatchCommand<Input, State, NewPartner>, 'form' | 'name' | 'respond'> = {
  maxBatch: 500,
  savesAtOnce: true,
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
  async load(tx, commands) {
    const inputs = commands.map(({ input }) => input);
    const names = new Map(inputs.map((input) => [input, nameColumns(input.name)]));
    void widenToCompany(tx);
    const chosen = inputs.flatMap(({ no }) => (no === undefined ? [] : [no]));
    const [known, references, taken, free] = await Promise.all([
      loadKnownCompanies(
        tx,
        [...names].map(([input, columns]) => soughtIn(input, columns, input.uscc?.toUpperCase() ?? null)),
      ),
      loadReferences(tx, inputs),
      tx.query<{ no: string; id: string; name: string }>(
        sql`select no, id, name from partner where no = any(${chosen}::text[])`,
      ),
      freeNumbers(tx, inputs.length - chosen.length, chosen),
    ]);
    return { names, known, references, numbers: new Map(taken.map((row) => [row.no, row])), free };
  },
  decide(state, command, env) {
    return decideOr(() => accept(state, newPartner(state, command, env), command, env));
  },
  save: (tx, _state, changes) =>
    Promise.all([
      insertRows(
        tx,
        partnerTable,
        changes.map(({ partner }) => partner),
      ),
      insertRows(
        tx,
        contactTable,
        changes.flatMap(({ contacts }) => contacts),
      ),
      insertRows(
        tx,
        addressTable,
        changes.flatMap(({ addresses }) => addresses),
      ),
      insertRows(
        tx,
        creditTable,
        changes.map(({ partner: { id, currency } }) => ({
          partner_id: id,
          currency,
          limit_amount: null,
          balance_amount: 0n,
          held_amount: 0n,
        })),
      ),
      // Who is of sales may see his partners from now on, on every node.
      ...(changes.some(({ partner }) => partner.sales_owner_id !== null) ? [announceAccessChange(tx)] : []),
    ]),
};

/**
 * A new partner file with contacts, addresses and a credit account without limit. Whoever is of sales and names no sales contact becomes
 * it. Duplicates are looked for among all partners, whatever the caller may see.
 */
export const createPartner = defineBatch<Input, State, NewPartner>({
  ...parts,
  name: 'partner.create',
  respond: (tx, commands, changes, env) =>
    Promise.all(
      changes.map(async ({ partner }, at) => {
        const { actor, now } = commands[at] as Command<Input>;
        return { status: 201, body: await readPartner(tx, partner.id, { actor, env, now }), etag: 1 };
      }),
    ),
});

/** The same for many at once, answered with the ids alone: imports, applications, the demo company. */
export const createPartners = defineBatch<Input, State, NewPartner>({
  ...parts,
  name: 'partner.create_many',
  decide(state, command, env) {
    const decision = parts.decide(state, command, env);
    if (!decision.ok) return decision;
    const { partner, addresses } = decision.change;
    const made = addresses.map(({ id, label, detail }) => ({ id, label, detail }));
    return { ...decision, answer: { status: 201, body: { id: partner.id, no: partner.no, addresses: made }, etag: 1 } };
  },
});

function newPartner(state: State, { input, actor, now }: Command<Input>, env: Env): NewPartner & { like: Duplicate[] } {
  const currency = input.currency ?? env.company.currency;
  const names = state.names.get(input) ?? nameColumns(input.name);
  const code = usccColumns(input.uscc ?? null, input.country ?? 'CN', input.usccOverrideReason ?? null);
  checkReferences(state.references, input, currency);
  const found = state.known.like(soughtIn(input, names, code.uscc));
  const like = refuseDuplicate(found, input.confirmDuplicate === true);
  const no = input.no === undefined ? (state.free.shift() ?? '') : requireFreeNo(state, input.no);
  const partner: PartnerRow = {
    ...DEFAULTS,
    ...fieldColumns(input),
    ...names,
    ...code,
    id: newId(now),
    no,
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
  return { partner, contacts, addresses: addressRows(input.addresses ?? [], partner.id, now), like };
}

function accept(
  { known, numbers }: State,
  { like, ...change }: NewPartner & { like: Duplicate[] },
  { input, now, actor }: Command<Input>,
  env: Env,
): Accepted<NewPartner> {
  const { partner, contacts, addresses } = change;
  numbers.set(partner.no, partner);
  const owner = partner.sales_owner_id === actor.userId ? actor.name : null;
  known.add({ ...partner, owner, is_open: true, phones: phoneKeys(phonesIn(input)) });
  const event = partnerEvent(partner, 'partner.created', {
    ...Object.fromEntries(LOGGED.map((column) => [column, partner[column]])),
    contacts: contacts.length,
    addresses: addresses.length,
    confirmedAgainst: like.map(({ id }) => id),
  });
  // A new file lacks its agreement at the least, which can only follow it.
  const tasks = [completionTask(partner, now, env)];
  return { ok: true, change, events: [event], tasks, makesPartner: partner.id };
}

const DEFAULTS = {
  name_en: null,
  short_name: null,
  level: null,
  region_code: null,
  territory: null,
  locale: null,
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

const soughtIn = (input: Input, names: Pick<Sought, 'name_stem' | 'pinyin'>, uscc: string | null): Sought => ({
  id: null,
  ...names,
  uscc,
  phones: phonesIn(input),
});

const phonesIn = ({ contacts = [] }: Input): string[] =>
  contacts.flatMap(({ phone }) => (phone === undefined || phone === null ? [] : [phone]));

/** A person of sales keeps what he enters; a key is nobody whom a partner could call. */
const ownerOf = ({ roles, credential, userId }: Actor): string | null =>
  roles.includes('sales') && credential.kind === 'session' ? userId : null;

/** The next numbers of the series that nobody has, nor chooses in this batch. */
async function freeNumbers(tx: Tx, wanted: number, chosen: readonly string[]): Promise<string[]> {
  const free: string[] = [];
  while (free.length < wanted) {
    const rows = await tx.query<{ no: string }>(sql`
      with n as materialized (select 'C-' || to_char(nextval('partner_no'), 'FM99999999900000') as no from generate_series(1, ${wanted - free.length}::int))
      select n.no from n where n.no <> all(${chosen}::text[]) and not exists (select from partner p where p.no = n.no) order by n.no`);
    free.push(...rows.map(({ no }) => no));
  }
  return free;
}

function requireFreeNo({ numbers }: State, no: string): string {
  if (codeProblem(no) !== null) throw refuse('field.code_characters', undefined, 'no');
  const other = numbers.get(no);
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
  locale: contact.locale ?? null,
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
    delivery_method: address.deliveryMethod ?? null,
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
