import type { z } from 'zod';
import type { ContactInput } from '../../../../contract/partners.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { changesBetween } from '../../company/index.ts';
import { followCompleteness, lockPartner, partnerEvent, requireOpenFile, touchPartner } from '../partner-load.ts';
import { type ContactRow, contactTable } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';
import { contactRow } from './create-partner.ts';

export type SaveContact = z.output<typeof ContactInput> & { partnerId: string; id?: string | undefined };

const PERSONAL = new Set(['name', 'phone', 'email']);

/** Adds a contact, or changes the one with that id. What is left out of a change stays. */
export const saveContact = defineCommand<SaveContact>({
  name: 'partner.save_contact',
  refuses: ['partner.not_found', 'partner.wrong_state', 'contact.not_found', 'request.version_stale'],
  async run(context, { partnerId, id, ...input }) {
    const { tx, command, env, emit } = context;
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    requireOpenFile(partner, 'saveContact');
    let changes: ReturnType<typeof changesBetween>;
    const contactId = id ?? newId(now);
    if (id === undefined) {
      const row = contactRow(contactId, partnerId, input);
      await insertRows(tx, contactTable, [row]);
      changes = changesBetween({}, { duties: row.duties, is_active: row.is_active, name: row.name }, PERSONAL);
    } else {
      const rows = await tx.query<ContactRow>(
        sql`select ${columnsOf(contactTable)} from partner_contact where id = ${id} and partner_id = ${partnerId}`,
      );
      const before = rows[0];
      if (before === undefined) throw refuse('contact.not_found', undefined, 'id');
      const after: ContactRow = {
        ...before,
        name: input.name,
        duties: [...new Set(input.duties)],
        phone: input.phone === undefined ? before.phone : input.phone,
        email: input.email === undefined ? before.email : input.email,
        is_active: input.isActive ?? before.is_active,
      };
      changes = changesBetween(before, after, PERSONAL);
      await updateRows(tx, contactTable, ['name', 'duties', 'phone', 'email', 'is_active'], [after]);
    }
    const next = await touchPartner(tx, partner, now);
    emit(
      partnerEvent(next, id === undefined ? 'partner.contact_added' : 'partner.contact_changed', {
        contactId,
        changes,
      }),
    );
    await followCompleteness(context, next);
    return { status: 200, body: await readPartner(tx, partnerId, { actor, env, now }), etag: next.version };
  },
});
