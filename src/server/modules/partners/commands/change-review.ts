/** Proposed changes of a file: asked for by the partner (or by staff, where money rests on it), decided by somebody else of ours. */
import type { z } from 'zod';
import type { PartnerChangePropose } from '../../../../contract/partners.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import {
  closeChange,
  type Contacts,
  decisionRefusal,
  type Fields,
  fieldsOf,
  lockChange,
  propose,
  type Reviewer,
} from '../partner-changes.ts';
import { differing } from '../partner-edit.ts';
import { lockPartner, requireOpenFile } from '../partner-load.ts';
import { readPartner } from '../partner-view.ts';
import { saveContact } from './save-contact.ts';
import { applyFields, checkedFields } from './update-partner.ts';

type Propose = z.output<typeof PartnerChangePropose> & { partnerId: string };

async function answer({ tx, command, env }: Context<unknown>, next: { id: string; version: number }, status = 200) {
  const { now, actor } = command;
  return { status, body: await readPartner(tx, next.id, { actor, env, now }), etag: next.version };
}

/** Checks what is asked for as if it were saved now, except whether another partner is alike: that is for the reviewer's eyes. */
export const proposeChange = defineCommand<Propose>({
  name: 'partner.propose_change',
  refuses: [
    'partner.not_found',
    'partner.wrong_state',
    'partner.change_open',
    'partner.change_empty',
    'partner.uscc_invalid',
    'partner.invoice_limit',
    'partner.invoice_characters',
    'partner.tax_no',
    'region.unknown',
    'contact.not_found',
    'contact.erased',
    'request.version_stale',
  ],
  async run(context, { partnerId, fields = {}, contacts = [], note }) {
    const { tx, command } = context;
    let partner = await lockPartner(tx, command, partnerId);
    requireOpenFile(partner, 'proposeChange');
    const wanted = differing(partner, await checkedFields(tx, partner, fields), fields);
    await requireContacts(tx, partnerId, contacts);
    const parts: { reviewer: Reviewer; fields: Fields; contacts: Contacts }[] = [
      { reviewer: 'sales', fields: fieldsOf('sales', wanted), contacts },
      { reviewer: 'finance', fields: fieldsOf('finance', wanted), contacts: [] },
    ];
    const asked = parts.filter((part) => Object.keys(part.fields).length > 0 || part.contacts.length > 0);
    if (asked.length === 0) throw refuse('partner.change_empty');
    for (const part of asked) partner = await propose(context, partner, { ...part, note: note ?? null });
    return answer(context, partner, 201);
  },
});

async function requireContacts(tx: Tx, partnerId: string, contacts: Contacts): Promise<void> {
  const rows = await tx.query<{ id: string; erased_at: Date | null }>(
    sql`select id, erased_at from partner_contact where partner_id = ${partnerId}`,
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  refuseIf(
    contacts.flatMap(({ id }, at) => {
      if (id === undefined) return [];
      const found = known.get(id);
      if (found === undefined) return [{ code: 'contact.not_found', field: `contacts.${at}.id` }];
      return found.erased_at === null ? [] : [{ code: 'contact.erased', field: `contacts.${at}.id` }];
    }),
  );
}

/** Accepted: what was asked for is in the file in the same transaction, under the name of whoever accepted. */
export const acceptChange = defineCommand<{
  partnerId: string;
  changeId: string;
  confirmDuplicate?: boolean | undefined;
}>({
  name: 'partner.accept_change',
  refuses: [
    'partner.not_found',
    'partner.wrong_state',
    'partner.change_not_found',
    'permission.denied',
    'permission.four_eyes',
    'partner.uscc_invalid',
    'partner.duplicate',
    'partner.invoice_limit',
    'partner.invoice_characters',
    'partner.tax_no',
    'region.unknown',
    'contact.not_found',
    'contact.erased',
    'request.version_stale',
  ],
  async run(context, { partnerId, changeId, confirmDuplicate }) {
    const { tx, command } = context;
    const before = await lockPartner(tx, command, partnerId);
    requireOpenFile(before, 'acceptChange');
    const change = await lockChange(tx, partnerId, changeId);
    requireDecider(context, change);
    const noted = await closeChange(context, before, change, 'accepted', null);
    const fields = { ...(change.fields as Fields), ...(confirmDuplicate === true ? { confirmDuplicate } : {}) };
    let next = await applyFields(context, noted, fields);
    const { expectedVersion: _version, once: _once, ...inner } = command;
    for (const contact of change.contacts as Contacts) {
      const input = { ...contact, partnerId };
      const saved = await saveContact.run({ ...context, command: { ...inner, input } }, input);
      next = { ...next, version: saved.etag ?? next.version };
    }
    return answer(context, next);
  },
});

function requireDecider({ command }: Context<unknown>, change: Parameters<typeof decisionRefusal>[1]): void {
  const refusal = decisionRefusal(command.actor, change);
  if (refusal !== null) throw refuse(refusal, { permission: 'partner.review_change' });
}

export const refuseChange = defineCommand<{ partnerId: string; changeId: string; reason: string }>({
  name: 'partner.refuse_change',
  refuses: [
    'partner.not_found',
    'partner.change_not_found',
    'permission.denied',
    'permission.four_eyes',
    'request.version_stale',
  ],
  async run(context, { partnerId, changeId, reason }) {
    const before = await lockPartner(context.tx, context.command, partnerId);
    const change = await lockChange(context.tx, partnerId, changeId);
    requireDecider(context, change);
    return answer(context, await closeChange(context, before, change, 'refused', reason));
  },
});

/** Either side takes back what it has asked for; the other side's proposal is not there for it. */
export const withdrawChange = defineCommand<{ partnerId: string; changeId: string }>({
  name: 'partner.withdraw_change',
  refuses: ['partner.not_found', 'partner.change_not_found', 'request.version_stale'],
  async run(context, { partnerId, changeId }) {
    const before = await lockPartner(context.tx, context.command, partnerId);
    const change = await lockChange(context.tx, partnerId, changeId);
    if (change.by_partner !== (context.command.actor.partnerId !== null)) throw refuse('partner.change_not_found');
    return answer(context, await closeChange(context, before, change, 'withdrawn', null));
  },
});
