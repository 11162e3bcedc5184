/** The partner says that its file is right, once in a policy interval; and the clock that asks for it. */
import { articleOf, holderOf } from '../../../../contract/tasks.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { lockPartner, partnerEvent, requireOpenFile, todayOf, touchPartner } from '../partner-load.ts';
import { readPartner } from '../partner-view.ts';

/** Staff say how the partner told them. */
export const confirmFile = defineCommand<{ partnerId: string; note?: string | undefined }>({
  name: 'partner.confirm',
  refuses: ['partner.not_found', 'partner.wrong_state', 'field.required', 'request.version_stale'],
  async run({ tx, command, env, emit, task }, { partnerId, note }) {
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    requireOpenFile(partner, 'confirm');
    if (actor.partnerId === null && note === undefined) throw refuse('field.required', undefined, 'note');
    const today = todayOf(now, env);
    await tx.run(sql`update partner set confirmed_on = ${today} where id = ${partnerId}`);
    const next = await touchPartner(tx, partner, now);
    const reason = note === undefined ? {} : { reason: { before: null, after: note } };
    emit(
      partnerEvent(next, 'partner.confirmed', {
        changes: { confirmedOn: { before: partner.confirmed_on, after: today }, ...reason },
      }),
    );
    task({ closeOf: partnerId, family: 'partner.confirm' });
    task({ closeOf: partnerId, family: 'partner.reconfirm' });
    return { status: 200, body: await readPartner(tx, partnerId, { actor, env, now }), etag: next.version };
  },
});

/** By the clock: the interval is over. The partner's administrator gets the task; where nobody of the partner has an account, its sales contact. */
export const askConfirmation = defineCommand<{ partnerId: string }>({
  name: 'partner.ask_confirmation',
  refuses: ['partner.not_found'],
  async run({ tx, command, env, emit, task }, { partnerId }) {
    const { now } = command;
    const partner = await lockPartner(tx, command, partnerId);
    const [found] = await tx.query<{ open: boolean; users: boolean }>(sql`
      select exists (select from task where document_id = ${partnerId} and closed_at is null and kind in ('partner.confirm', 'partner.reconfirm')) as open,
        exists (select from app_user u join user_role r on r.user_id = u.id where u.partner_id = ${partnerId} and u.state = 'active' and r.role in ('partner_admin', 'partner_finance')) as users`);
    if (partner.state !== 'active' || found?.open === true) return { status: 200, body: {} };
    const kind = found?.users === true ? 'partner.confirm' : 'partner.reconfirm';
    const next = await touchPartner(tx, partner, now);
    emit(partnerEvent(next, 'partner.confirmation_asked', { lastOn: partner.confirmed_on }));
    task({
      open: {
        kind,
        documentType: 'partner',
        documentId: partnerId,
        documentNo: partner.no,
        partnerId,
        holder: holderOf(kind, { salesOwnerId: partner.sales_owner_id }),
        article: articleOf(kind),
        due: env.policy.deadline('partner.confirm', now),
      },
    });
    return { status: 200, body: {} };
  },
});
