import { refuse } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { CONTACT_SETTABLE, type ContactEdit, editContact } from '../partner-edit.ts';
import { followCompleteness, lockPartner, partnerEvent, requireOpenFile, touchPartner } from '../partner-load.ts';
import { erasePersonal } from '../partner-personal.ts';
import { type ContactRow, contactTable, personalChangeTable } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';

export type SaveContact = ContactEdit & { partnerId: string };

/** Adds a contact, or changes the one with that id. What is left out of a change stays. */
export const saveContact = defineCommand<SaveContact>({
  name: 'partner.save_contact',
  refuses: ['partner.not_found', 'partner.wrong_state', 'contact.not_found', 'contact.erased', 'request.version_stale'],
  async run(context, { partnerId, id, ...input }) {
    const { tx, command, env, emit, answers } = context;
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    requireOpenFile(partner, 'saveContact');
    const before = id === undefined ? undefined : await existing(tx, partnerId, id);
    const next = await touchPartner(tx, partner, now);
    const { row, event, personal } = editContact(next, before, input);
    if (before === undefined) await insertRows(tx, contactTable, [row]);
    else await updateRows(tx, contactTable, CONTACT_SETTABLE, [row]);
    await insertRows(tx, personalChangeTable, personal);
    emit(event);
    await followCompleteness(context, next);
    const body = answers ? await readPartner(tx, partnerId, { actor, env, now }) : { id: partnerId };
    return { status: 200, body, etag: next.version };
  },
});

async function existing(tx: Tx, partnerId: string, id: string): Promise<ContactRow> {
  const [row] = await tx.query<ContactRow>(
    sql`select ${columnsOf(contactTable)} from partner_contact where id = ${id} and partner_id = ${partnerId}`,
  );
  if (row === undefined) throw refuse('contact.not_found', undefined, 'id');
  if (row.erased_at !== null) throw refuse('contact.erased', undefined, 'id');
  return row;
}

/** Name, telephone and mail address are gone for good, in the file and in its history. There is no way back. */
export const eraseContact = defineCommand<{ partnerId: string; contactId: string }>({
  name: 'partner.erase_contact',
  refuses: ['partner.not_found', 'contact.not_found', 'contact.erased', 'request.version_stale'],
  async run(context, { partnerId, contactId }) {
    const { tx, command, env, emit } = context;
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    await existing(tx, partnerId, contactId);
    await tx.run(sql`
      update partner_contact set name = '—', phone = null, email = null, is_active = false, erased_at = ${now} where id = ${contactId}`);
    await erasePersonal(tx, partnerId, contactId, now);
    const next = await touchPartner(tx, partner, now);
    emit(partnerEvent(next, 'partner.contact_erased', { contactId }));
    await followCompleteness(context, next);
    return { status: 200, body: await readPartner(tx, partnerId, { actor, env, now }), etag: next.version };
  },
});
