import { sql, type Tx } from '../../../platform/db/database.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { accessLogTable, accessRow } from '../../../platform/auth/access-log.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { userEvent } from '../add-user.ts';
import { readLink } from '../one-time-links.ts';

/** One's own new password. Every other session ends; the one that asks goes on. */
export const changePassword = defineCommand<{ passwordHash: string }>({
  name: 'user.change_password',
  refuses: ['session.required'],
  async run({ tx, command, emit }, { passwordHash }) {
    const { actor, now } = command;
    if (actor.credential.kind !== 'session') throw refuse('session.required');
    const user = await writePassword(tx, actor.userId, passwordHash, now);
    await tx.run(
      sql`update user_session set revoked_at = ${now} where user_id = ${actor.userId} and revoked_at is null and id <> ${actor.credential.id}`,
    );
    await tx.run(sql`update user_session set epoch = ${user.epoch} where id = ${actor.credential.id}`);
    await insertRows(tx, accessLogTable, [
      accessRow({
        at: now,
        kind: 'password_changed',
        userId: actor.userId,
        login: actor.login,
        ip: command.from ?? null,
      }),
    ]);
    emit(userEvent(user, 'user.password_changed', { by: 'self' }));
    await announceAccessChange(tx);
    return { status: 204, body: null };
  },
});

/** A new password by one-time link: an invitation is accepted, or a forgotten password replaced. Every session ends. */
export const resetPassword = defineCommand<{ tokenHash: Buffer; passwordHash: string }>({
  name: 'user.reset_password',
  refuses: ['token.invalid'],
  async run({ tx, command, emit }, { tokenHash, passwordHash }) {
    const { now } = command;
    const link = await readLink(tx, tokenHash, now, true);
    const user = await writePassword(tx, link.user_id, passwordHash, now);
    await tx.run(sql`update one_time_token set used_at = ${now} where user_id = ${link.user_id} and used_at is null`);
    await tx.run(
      sql`update user_session set revoked_at = ${now} where user_id = ${link.user_id} and revoked_at is null`,
    );
    await insertRows(tx, accessLogTable, [
      accessRow({ at: now, kind: 'password_reset', userId: link.user_id, login: link.login, ip: command.from ?? null }),
    ]);
    emit(userEvent(user, 'user.password_changed', { by: link.purpose }));
    await announceAccessChange(tx);
    return { status: 204, body: null };
  },
});

async function writePassword(
  tx: Tx,
  userId: string,
  passwordHash: string,
  now: Date,
): Promise<{ id: string; version: number; epoch: number }> {
  const rows = await tx.query<{ id: string; version: number; epoch: number }>(sql`
    update app_user set password_hash = ${passwordHash}, password_changed_at = ${now}, state = 'active', epoch = epoch + 1, version = version + 1
    where id = ${userId} and state <> 'disabled' returning id, version, epoch`);
  if (rows[0] === undefined) throw refuse('token.invalid');
  return rows[0];
}
