import { bizDateOf, daysBetween } from '../../../kernel/biz-date.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { sql } from '../../../platform/db/database.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { Actor } from '../../../platform/pipeline/types.ts';
import { readDelegation } from '../delegation-queries.ts';
import { delegationTable } from '../identity-tables.ts';

const LONGEST_DAYS = 366;

const requireOwnOrManager = (actor: Actor, userId: string) => {
  if (actor.userId !== userId && !actor.permissions.has('delegation.manage'))
    throw refuse('permission.denied', { permission: 'delegation.manage' });
};

/** Names a deputy for an absence. Both are active people of the company; a deputy holds at least one of the roles of who is away. */
export const createDelegation = defineCommand<{
  userId?: string | undefined;
  deputyId: string;
  fromOn: string;
  toOn: string;
}>({
  name: 'delegation.create',
  refuses: ['user.not_found', 'delegation.period', 'delegation.deputy', 'delegation.overlap', 'permission.denied'],
  async run({ tx, command, env, emit }, input) {
    const { actor, now } = command;
    const userId = input.userId ?? actor.userId;
    requireOwnOrManager(actor, userId);
    const today = bizDateOf(now, env.company.timeZone);
    if (input.toOn < input.fromOn || input.toOn < today || daysBetween(input.fromOn, input.toOn) > LONGEST_DAYS)
      throw refuse('delegation.period', { days: String(LONGEST_DAYS) }, 'toOn');
    const people = await tx.query<{ id: string; roles: string[] }>(sql`
      select u.id, (select coalesce(array_agg(r.role), '{}') from user_role r where r.user_id = u.id) as roles
      from app_user u where u.id = any(${[userId, input.deputyId]}::uuid[]) and u.kind = 'staff' and u.state = 'active'`);
    const away = people.find(({ id }) => id === userId);
    const deputy = people.find(({ id }) => id === input.deputyId);
    if (away === undefined) throw refuse('user.not_found', undefined, 'userId');
    if (deputy === undefined) throw refuse('user.not_found', undefined, 'deputyId');
    if (deputy.id === away.id || !away.roles.some((role) => deputy.roles.includes(role)))
      throw refuse('delegation.deputy', undefined, 'deputyId');
    const id = newId(now);
    await insertRows(tx, delegationTable, [
      {
        id,
        user_id: userId,
        deputy_id: input.deputyId,
        from_on: input.fromOn,
        to_on: input.toOn,
        created_at: now,
        ended_at: null,
      },
    ]);
    emit({
      documentType: 'delegation',
      documentId: id,
      documentNo: null,
      version: 1,
      type: 'delegation.created',
      partnerId: null,
      payload: { userId, deputyId: input.deputyId, fromOn: input.fromOn, toOn: input.toOn },
    });
    await announceAccessChange(tx);
    return { status: 201, body: await readDelegation(tx, id, today) };
  },
});

/** Ends a deputyship before its time: by who was away, by the deputy, or by management. */
export const endDelegation = defineCommand<{ delegationId: string }>({
  name: 'delegation.end',
  refuses: ['delegation.not_found', 'delegation.ended', 'permission.denied'],
  async run({ tx, command, env, emit }, { delegationId }) {
    const rows = await tx.query<{ user_id: string; deputy_id: string; ended_at: Date | null }>(
      sql`select user_id, deputy_id, ended_at from delegation where id = ${delegationId} for update`,
    );
    const row = rows[0];
    if (row === undefined) throw refuse('delegation.not_found');
    if (command.actor.userId !== row.deputy_id) requireOwnOrManager(command.actor, row.user_id);
    if (row.ended_at !== null) throw refuse('delegation.ended');
    await tx.run(sql`update delegation set ended_at = ${command.now} where id = ${delegationId}`);
    emit({
      documentType: 'delegation',
      documentId: delegationId,
      documentNo: null,
      version: 2,
      type: 'delegation.ended',
      partnerId: null,
      payload: { userId: row.user_id, deputyId: row.deputy_id },
    });
    await announceAccessChange(tx);
    return { status: 200, body: await readDelegation(tx, delegationId, bizDateOf(command.now, env.company.timeZone)) };
  },
});
