import { refuse } from '../../../kernel/refusal.ts';
import { decideOr, defineBatch } from '../../../platform/pipeline/define.ts';
import { inScope } from '../../../platform/pipeline/scope.ts';
import type { Accepted, Command, Env, NewEvent, TaskChange } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { type KnownCompanies, loadKnownCompanies } from '../known-companies.ts';
import { proposalOf } from '../partner-changes.ts';
import { refuseDuplicate, type Sought } from '../partner-duplicates.ts';
import {
  type AddressEdit,
  type ContactEdit,
  type Edit,
  editAddress,
  editContact,
  editFields,
  fileWith,
  heldForFinance,
  twinsSought,
  without,
} from '../partner-edit.ts';
import { loadReferences, type PartnerFields, type References } from '../partner-fields.ts';
import { type FileChange, type PartnerFile, readFiles, writeFiles, followCompletenessOf } from '../partner-files.ts';
import { nextVersion, requireOpenFile, widenToCompany } from '../partner-load.ts';
import { nameColumns } from '../partner-names.ts';
import type { PersonalChange } from '../partner-personal.ts';
import type { ChangeRow } from '../partner-tables.ts';
import { saveAddress } from './save-address.ts';
import { saveContact } from './save-contact.ts';
import { updatePartner } from './update-partner.ts';

/** What of a file is to be changed; contact and address with the id of the one that is changed, without it they are added. */
export type PartnerFileChange = {
  partnerId: string;
  fields: PartnerFields;
  contact?: ContactEdit;
  address?: AddressEdit;
};

type State = { files: Map<string, PartnerFile>; references: References; known: KnownCompanies };

/** Fields, a contact and an address of files, each by its own rules and with its own event; answered with the id alone: imports. */
export const changePartnerFiles = defineBatch<PartnerFileChange, State, FileChange>({
  name: 'partner.change_files',
  maxBatch: 500,
  refuses: [
    ...new Set([
      ...updatePartner.refuses,
      ...saveContact.refuses,
      ...saveAddress.refuses,
      'permission.denied' as const,
    ]),
  ],
  async load(tx, commands) {
    const inputs = commands.map(({ input }) => input);
    const reading = readFiles(
      tx,
      inputs.map(({ partnerId }) => partnerId),
    );
    // Partners that are alike are looked for among all of them.
    void widenToCompany(tx);
    const [files, references, known] = await Promise.all([
      reading,
      loadReferences(
        tx,
        inputs.map(({ fields }) => fields),
      ),
      loadKnownCompanies(tx, inputs.flatMap(soughtIn)),
    ]);
    return { files, references, known };
  },
  decide: (state, command, env) => decideOr(() => changeFile(state, command, env)),
  async save(tx, { files }, changes, env, commands) {
    const last = new Map(changes.map(({ after }, at) => [after.id, commands[at] as Command<PartnerFileChange>]));
    const written = [...last.keys()].flatMap((id) => files.get(id) ?? []);
    await writeFiles(tx, written, changes);
    await followCompletenessOf(tx, written, last, env);
  },
});

const soughtIn = ({ partnerId, fields: { name, uscc } }: PartnerFileChange): Sought[] =>
  name === undefined && (uscc ?? null) === null
    ? []
    : [
        {
          ...(name === undefined ? { name_stem: '', pinyin: '' } : nameColumns(name)),
          id: partnerId,
          uscc: uscc?.toUpperCase() ?? null,
        },
      ];

/** A file on its way through one command: nothing of it counts before all of it is accepted. */
type Draft = {
  file: PartnerFile;
  events: NewEvent[];
  tasks: TaskChange[];
  personal: PersonalChange[];
  proposals: ChangeRow[];
};

function changeFile(state: State, command: Command<PartnerFileChange>, env: Env): Accepted<FileChange> {
  const { input, actor, now } = command;
  const { partnerId, fields, contact, address } = input;
  const file = state.files.get(partnerId);
  if (file === undefined || !inScope(actor, partnerId)) throw refuse('partner.not_found');
  requireVersion(command, file.partner);
  const draft: Draft = { file, events: [], tasks: [], personal: [], proposals: [] };
  if (Object.keys(fields).length > 0) changeFields(draft, state, command, env);
  if (contact !== undefined) changeContact(draft, contact, now);
  if (address !== undefined) {
    if (!actor.permissions.has('partner.maintain'))
      throw refuse('permission.denied', { permission: 'partner.maintain' });
    changeAddress(draft, address, now);
  }
  const { partner, owner } = draft.file;
  state.files.set(partnerId, draft.file);
  if (partner !== file.partner)
    state.known.add({
      ...partner,
      owner,
      is_open: partner.state !== 'terminated' && partner.state !== 'merged',
      phones: [],
    });
  const { events, tasks, personal, proposals } = draft;
  const answer = { status: 200, body: { id: partnerId } };
  return { ok: true, change: { before: file.partner, after: partner, personal, proposals }, events, tasks, answer };
}

function changeFields(draft: Draft, state: State, command: Command<PartnerFileChange>, env: Env): void {
  const before = draft.file.partner;
  const { now, input } = command;
  requireOpenFile(before, 'update');
  const held = heldForFinance(before, input.fields, state.references);
  const fields = without(input.fields, held);
  const after = fileWith(before, fields, state.references);
  const twins = twinsSought(before, after, fields);
  if (twins !== null) refuseDuplicate(state.known.like(twins.sought), twins.confirmed);
  const edit = editFields(before, after, now);
  if (edit !== null) {
    const id = edit.next.sales_owner_id;
    const owner = id === before.sales_owner_id ? draft.file.owner : (state.references.staff.get(id ?? '') ?? null);
    note(draft, edit, { partner: edit.next, owner });
  }
  if (Object.keys(held).length === 0) return;
  if (draft.file.isProposed) throw refuse('partner.change_open');
  const next = nextVersion(draft.file.partner, now);
  const what = { reviewer: 'finance' as const, fields: held, contacts: [], note: null };
  const { row, event, opens } = proposalOf(next, what, command, env);
  note(draft, { event, personal: [] }, { partner: next, isProposed: true });
  draft.tasks.push(opens);
  draft.proposals.push(row);
}

function note(draft: Draft, { event, personal }: Edit, changed: Partial<PartnerFile>): void {
  draft.events.push(event);
  draft.personal.push(...personal);
  draft.file = { ...draft.file, ...changed };
}

function changeContact(draft: Draft, input: ContactEdit, now: Date): void {
  const { partner, contacts, touched } = draft.file;
  requireOpenFile(partner, 'saveContact');
  const before = input.id === undefined ? undefined : contacts.get(input.id);
  if (input.id !== undefined && before === undefined) throw refuse('contact.not_found', undefined, 'id');
  if ((before?.erased_at ?? null) !== null) throw refuse('contact.erased', undefined, 'id');
  const next = nextVersion(partner, now);
  const edit = editContact(next, before, input);
  note(draft, edit, {
    partner: next,
    contacts: new Map(contacts).set(edit.row.id, edit.row),
    touched: new Set(touched).add(edit.row.id),
  });
}

function changeAddress(draft: Draft, input: AddressEdit, now: Date): void {
  const { partner, addresses, touched } = draft.file;
  requireOpenFile(partner, 'saveAddress');
  const next = nextVersion(partner, now);
  const edit = editAddress(next, [...addresses.values()], input);
  const losing = edit.row.is_default
    ? [...addresses.values()].filter(({ id, is_default }) => is_default && id !== edit.row.id)
    : [];
  note(draft, edit, {
    partner: next,
    addresses: new Map([
      ...addresses,
      ...losing.map((row) => [row.id, { ...row, is_default: false }] as const),
      [edit.row.id, edit.row],
    ]),
    touched: new Set([...touched, ...losing.map(({ id }) => id), edit.row.id]),
  });
}
