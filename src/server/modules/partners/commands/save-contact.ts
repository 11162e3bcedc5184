import type { z } from 'zod';
import type { ContactInput } from '../../../../contract/partners.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { changesBetween } from '../../company/index.ts';
import { followCompleteness, lockPartner, partnerEvent, requireOpenFile, touchPartner } from '../partner-load.ts';
import { erasePersonal, keepPersonal } from '../partner-personal.ts';
import { type ContactRow, contactTable } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';
import { contactRow } from './create-partner.ts';

export type SaveContact = z.output<typeof ContactInput> & { partnerId: string; id?: string | undefined };

const PERSONAL = new Set(['name', 'phone', 'email']);
const LOGGED = ['name', 'duties', 'phone', 'email', 'locale', 'is_active'] as const;

/** Adds a contact, or changes the one with that id. What is left out of a change stays. */
export const saveContact = defineCommand<SaveContact>({
  name: 'partner.save_contact',
  refuses: ['partner.not_found', 'partner.wrong_state', 'contact.not_found', 'contact.erased', 'request.version_stale'],
  async run(context, { partnerId, id, ...input }) {
    const { tx, command, env, emit, answers } = context;
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    requireOpenFile(partner, 'saveContact');
    let before: ContactRow | undefined;
    let after: ContactRow;
    const contactId = id ?? newId(now);
    if (id === undefined) {
      after = contactRow(contactId, partnerId, input);
      await insertRows(tx, contactTable, [after]);
    } else {
      before = await existing(tx, partnerId, id);
      after = {
        ...before,
        name: input.name,
        duties: [...new Set(input.duties)],
        phone: input.phone === undefined ? before.phone : input.phone,
        email: input.email === undefined ? before.email : input.email,
        locale: input.locale === undefined ? before.locale : input.locale,
        is_active: input.isActive ?? before.is_active,
      };
      await updateRows(tx, contactTable, ['name', 'duties', 'phone', 'email', 'locale', 'is_active'], [after]);
    }
    const next = await touchPartner(tx, partner, now);
    const shown = Object.fromEntries(LOGGED.map((column) => [column, after[column]]));
    const changes = changesBetween(before ?? {}, shown, PERSONAL);
    await keepPersonal(tx, next, contactId, PERSONAL, before ?? {}, after);
    emit(
      partnerEvent(next, id === undefined ? 'partner.contact_added' : 'partner.contact_changed', {
        contactId,
        changes,
      }),
    );
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
