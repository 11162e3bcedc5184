import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { userEvent } from '../add-user.ts';
import { storeLink } from '../one-time-links.ts';

type Input = { userId: string; token: string; tokenHash: Buffer };
type Row = { id: string; state: string; version: number };

/** A one-time link for somebody who forgot the password, or whose invitation has run out. Nobody makes one for himself. */
export const makeResetLink = defineCommand<Input>({
  name: 'user.reset_link',
  refuses: ['user.not_found', 'user.wrong_state', 'user.self_change'],
  async run({ tx, command, emit }, input) {
    const rows = await tx.query<Row>(
      sql`select id, state, version from app_user where id = ${input.userId} and kind <> 'service' for update`,
    );
    const user = rows[0];
    if (user === undefined) throw refuse('user.not_found');
    if (user.id === command.actor.userId) throw refuse('user.self_change');
    if (user.state === 'disabled') throw refuse('user.wrong_state', { state: user.state });
    const purpose = user.state === 'invited' ? 'invite' : 'reset';
    const expiresAt = await storeLink(tx, { tokenHash: input.tokenHash, purpose, userId: user.id, now: command.now });
    const version = user.version + 1;
    await tx.run(sql`update app_user set version = ${version} where id = ${user.id}`);
    emit(userEvent({ id: user.id, version }, 'user.link_made', { purpose }));
    return { status: 201, body: { token: null, expiresAt: expiresAt.toISOString() }, etag: version };
  },
});
