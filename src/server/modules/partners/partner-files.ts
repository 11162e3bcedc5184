/** Many files that a batch changes: as they were read under lock, as the commands so far have left them, and how they are written. */
import { announceAccessChange } from '../../platform/auth/watch-access.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../platform/db/table.ts';
import type { Command, Env } from '../../platform/pipeline/types.ts';
import { saveTasks } from '../../platform/tasks/task-table.ts';
import { changeCurrency, moveWork, PARTNER_SETTABLE } from './commands/update-partner.ts';
import { openProposals } from './partner-changes.ts';
import { ADDRESS_SETTABLE, CONTACT_SETTABLE } from './partner-edit.ts';
import { completionChanges } from './partner-load.ts';
import type { PersonalChange } from './partner-personal.ts';
import {
  type AddressRow,
  addressTable,
  type ChangeRow,
  changeTable,
  type ContactRow,
  contactTable,
  type PartnerRow,
  partnerTable,
  personalChangeTable,
} from './partner-tables.ts';

/** A file as the commands so far have left it. `had`: ids of contacts and addresses that are on file; `touched`: of those to be written. */
export type PartnerFile = {
  partner: PartnerRow;
  owner: string | null;
  contacts: ReadonlyMap<string, ContactRow>;
  addresses: ReadonlyMap<string, AddressRow>;
  had: ReadonlySet<string>;
  touched: ReadonlySet<string>;
  /** Finance has not decided yet about what was entered before. */
  isProposed: boolean;
};
/** What one command does to a file, beside the file as it is in the end. */
export type FileChange = {
  before: PartnerRow;
  after: PartnerRow;
  personal: readonly PersonalChange[];
  proposals: readonly ChangeRow[];
};

/** The files with contacts and addresses, locked in order of their ids, as far as the transaction may see them. Four statements. */
export async function readFiles(tx: Tx, ids: readonly string[]): Promise<Map<string, PartnerFile>> {
  const [partners, contacts, addresses, proposed] = await Promise.all([
    tx.query<PartnerRow & { owner: string | null }>(sql`
      select ${columnsOf(partnerTable, 'p')}, u.name as owner from partner p left join app_user u on u.id = p.sales_owner_id
      where p.id = any(${ids}::uuid[]) order by p.id for update of p`),
    tx.query<ContactRow>(
      sql`select ${columnsOf(contactTable)} from partner_contact where partner_id = any(${ids}::uuid[])`,
    ),
    tx.query<AddressRow>(
      sql`select ${columnsOf(addressTable)} from partner_address where partner_id = any(${ids}::uuid[])`,
    ),
    openProposals(tx, ids, 'finance'),
  ]);
  const [contactsOf, addressesOf] = [byPartner(contacts), byPartner(addresses)];
  return new Map(
    partners.map(({ owner, ...partner }) => {
      const [own, places] = [contactsOf.get(partner.id) ?? new Map(), addressesOf.get(partner.id) ?? new Map()];
      const had = new Set([...own.keys(), ...places.keys()]);
      const isProposed = proposed.has(partner.id);
      return [partner.id, { partner, owner, contacts: own, addresses: places, had, touched: new Set(), isProposed }];
    }),
  );
}

function byPartner<R extends { id: string; partner_id: string }>(rows: readonly R[]): Map<string, Map<string, R>> {
  const found = new Map<string, Map<string, R>>();
  for (const row of rows) {
    const of = found.get(row.partner_id) ?? new Map<string, R>();
    found.set(row.partner_id, of.set(row.id, row));
  }
  return found;
}

/** Each file once, as the last command has left it. */
export async function writeFiles(tx: Tx, files: readonly PartnerFile[], changes: readonly FileChange[]): Promise<void> {
  const partners = files.map(({ partner }) => partner);
  const contacts = touched(files, ({ contacts: rows }) => rows);
  const addresses = touched(files, ({ addresses: rows }) => rows);
  await Promise.all([
    updateRows(tx, partnerTable, PARTNER_SETTABLE, partners),
    insertRows(tx, contactTable, contacts.added),
    updateRows(tx, contactTable, CONTACT_SETTABLE, contacts.changed),
    insertRows(tx, addressTable, addresses.added),
    updateRows(tx, addressTable, ADDRESS_SETTABLE, addresses.changed),
    insertRows(
      tx,
      personalChangeTable,
      changes.flatMap(({ personal }) => personal),
    ),
    insertRows(
      tx,
      changeTable,
      changes.flatMap(({ proposals }) => proposals),
    ),
    followOwners(tx, partners, changes),
    followCurrencies(tx, partners, changes),
  ]);
}

function touched<R extends { id: string }>(
  files: readonly PartnerFile[],
  rowsOf: (file: PartnerFile) => ReadonlyMap<string, R>,
): { added: R[]; changed: R[] } {
  const found = files.flatMap((file) =>
    [...rowsOf(file).values()].flatMap((row) =>
      file.touched.has(row.id) ? [{ row, isOnFile: file.had.has(row.id) }] : [],
    ),
  );
  return {
    added: found.flatMap(({ row, isOnFile }) => (isOnFile ? [] : [row])),
    changed: found.flatMap(({ row, isOnFile }) => (isOnFile ? [row] : [])),
  };
}

/** The work of every sales contact that a file has had in this batch goes to the last one; who sees what follows. */
async function followOwners(tx: Tx, partners: readonly PartnerRow[], changes: readonly FileChange[]): Promise<void> {
  const last = new Map(partners.map(({ id, sales_owner_id }) => [id, sales_owner_id]));
  const moves = changes.flatMap(({ before, after }) =>
    before.sales_owner_id === after.sales_owner_id
      ? []
      : [{ partnerId: after.id, from: before.sales_owner_id, to: last.get(after.id) ?? null }],
  );
  const announced = changes.some(
    ({ before, after }) =>
      before.sales_owner_id !== after.sales_owner_id || before.deputy_owner_id !== after.deputy_owner_id,
  );
  await Promise.all([moves.length > 0 && moveWork(tx, moves), announced && announceAccessChange(tx)]);
}

async function followCurrencies(
  tx: Tx,
  partners: readonly PartnerRow[],
  changes: readonly FileChange[],
): Promise<void> {
  const other = new Set(changes.flatMap(({ before, after }) => (before.currency === after.currency ? [] : [after.id])));
  const found = partners.filter(({ id }) => other.has(id));
  if (found.length > 0) await changeCurrency(tx, found);
}

/** What the files lack once they are written: tasks that open and close. */
export async function followCompletenessOf(
  tx: Tx,
  files: readonly PartnerFile[],
  commands: ReadonlyMap<string, Command<unknown>>,
  env: Env,
): Promise<void> {
  const [first] = commands.values();
  if (first === undefined) return;
  const partners = files.map(({ partner }) => partner);
  const changes = await completionChanges(tx, partners, first.now, env);
  await saveTasks(
    tx,
    changes.map((change) => ({
      change,
      command: commands.get('open' in change ? change.open.documentId : change.closeOf) ?? first,
    })),
    env.calendar,
  );
}
