import { refuseIf } from '../../../kernel/refusal.ts';
import { partnerMachine } from '../../../../contract/machines/others.ts';
import { sql } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { followCompleteness, lockPartner, partnerEvent, readMissing, stateOf, todayOf } from '../partner-load.ts';
import { partnerRefusals } from '../partner-rules.ts';
import { readPartner } from '../partner-view.ts';

type Input = { partnerId: string; reason?: string };

/** One step of the partner's life, as the table of `partnerMachine` says. */
const step = (action: 'activate' | 'suspend' | 'terminate') =>
  defineCommand<Input>({
    name: `partner.${action}`,
    refuses: ['partner.not_found', 'partner.wrong_state', 'partner.incomplete', 'request.version_stale'],
    async run(context, { partnerId, reason }) {
      const { tx, command, env, emit } = context;
      const { now, actor } = command;
      const before = await lockPartner(tx, command, partnerId);
      const missing = await readMissing(tx, partnerId, todayOf(now, env));
      refuseIf(partnerRefusals(action, stateOf(before), { missing }));
      const row = partnerMachine.row(action);
      const state = String(row.to);
      const next = { ...before, state, version: before.version + 1, updated_at: now };
      await tx.run(
        sql`update partner set state = ${state}, version = ${next.version}, updated_at = ${now} where id = ${partnerId}`,
      );
      const changes = {
        state: { before: before.state, after: state },
        ...(reason === undefined ? {} : { reason: { before: null, after: reason } }),
      };
      emit(partnerEvent(next, row.event, { changes }));
      await followCompleteness(context, next);
      return { status: 200, body: await readPartner(tx, partnerId, { actor, env, now }), etag: next.version };
    },
  });

export const activatePartner = step('activate');
export const suspendPartner = step('suspend');
export const terminatePartner = step('terminate');
