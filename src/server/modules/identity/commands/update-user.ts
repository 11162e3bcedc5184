import type { z } from 'zod';
import type { Role } from '../../../../contract/roles.ts';
import type { userUpdate } from '../../../../contract/users.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { Env } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { userEvent } from '../add-user.ts';
import { type UserRow, userRoleTable, userTable } from '../identity-tables.ts';
import { parseLimit } from '../parse-limit.ts';
import { readUser } from '../user-queries.ts';
import { roleRefusals } from '../user-rules.ts';

type Input = z.output<NonNullable<(typeof userUpdate)['body']>> & { userId: string };

/** Changes a person. A change of rights (roles, limit, state) raises the epoch: sessions and keys of the old one are refused. */
export const updateUser = defineCommand<Input>({
  name: 'user.update',
  refuses: [
    'user.not_found',
    'user.roles_exclude',
    'user.partner_roles',
    'user.self_change',
    'user.wrong_state',
    'user.last_security_admin',
    'field.amount_decimals',
    'request.version_stale',
  ],
  async run({ tx, command, env, emit }, input) {
    const before = await lockUser(tx, input.userId);
    requireVersion(command, before.row);
    const after = changed(before, input, env);
    const rights = rightsThatChange(before, after);
    if (rights.length > 0 && before.row.id === command.actor.userId)
      throw refuse('user.self_change', undefined, rights[0]);
    refuseIf(roleRefusals(after.roles, before.row.kind === 'partner'));
    if (before.row.kind === 'partner' && after.row.approval_limit_amount !== null)
      throw refuse('user.partner_roles', undefined, 'approvalLimit');
    const personal = PERSONAL.filter((column) => before.row[column] !== after.row[column]);
    if (rights.length === 0 && personal.length === 0)
      return { status: 200, body: await readUser(tx, input.userId, env.company.currency), etag: before.row.version };
    if (losesSecurity(before, after)) await requireAnotherSecurityAdmin(tx, input.userId);
    const row: UserRow = {
      ...after.row,
      version: before.row.version + 1,
      epoch: before.row.epoch + (rights.length > 0 ? 1 : 0),
    };
    await updateRows(
      tx,
      userTable,
      ['name', 'name_en', 'email', 'phone', 'state', 'approval_limit_amount', 'epoch', 'version'],
      [row],
    );
    if (rights.includes('roles')) await replaceRoles(tx, row.id, after.roles);
    if (rights.length > 0) {
      await tx.run(
        sql`update user_session set revoked_at = ${command.now} where user_id = ${row.id} and revoked_at is null`,
      );
      if (row.state === 'disabled')
        await tx.run(
          sql`update one_time_token set used_at = ${command.now} where user_id = ${row.id} and used_at is null`,
        );
    }
    emit(
      userEvent(row, 'user.changed', {
        fields: [...personal.map((column) => NAMES[column]), ...rights],
        ...rightsPayload(before, after, rights),
      }),
    );
    await announceAccessChange(tx);
    return { status: 200, body: await readUser(tx, row.id, env.company.currency), etag: row.version };
  },
});

type Person = { row: UserRow; roles: Role[] };
type Right = 'roles' | 'state' | 'approvalLimit';
const PERSONAL = ['name', 'name_en', 'email', 'phone'] as const;
const NAMES = { name: 'name', name_en: 'nameEn', email: 'email', phone: 'phone' } as const;

async function lockUser(tx: Tx, userId: string): Promise<Person> {
  const [rows, roles] = await Promise.all([
    tx.query<UserRow>(
      sql`select ${columnsOf(userTable)} from app_user where id = ${userId} and kind <> 'service' for update`,
    ),
    tx.query<{ role: Role }>(sql`select role from user_role where user_id = ${userId} order by role`),
  ]);
  if (rows[0] === undefined) throw refuse('user.not_found');
  return { row: rows[0], roles: roles.map(({ role }) => role) };
}

function changed(before: Person, input: Input, env: Env): Person {
  const { row } = before;
  const limit = parseLimit(input.approvalLimit, env);
  return {
    roles: input.roles === undefined ? before.roles : [...new Set(input.roles)].sort(),
    row: {
      ...row,
      name: input.name ?? row.name,
      name_en: input.nameEn === undefined ? row.name_en : input.nameEn,
      email: input.email === undefined ? row.email : input.email,
      phone: input.phone === undefined ? row.phone : input.phone,
      approval_limit_amount: limit === undefined ? row.approval_limit_amount : limit,
      state: input.state === undefined ? row.state : nextState(row, input.state),
    },
  };
}

/** Whoever never had a password goes back to being invited. */
function nextState(row: UserRow, wanted: 'active' | 'disabled'): string {
  if (wanted === 'disabled' || row.state === 'active') return wanted;
  if (row.state === 'invited') throw refuse('user.wrong_state', { state: row.state }, 'state');
  return row.password_hash === null ? 'invited' : 'active';
}

function rightsThatChange(before: Person, after: Person): Right[] {
  const rights: Right[] = [];
  if (before.roles.join() !== after.roles.join()) rights.push('roles');
  if (before.row.state !== after.row.state) rights.push('state');
  if (before.row.approval_limit_amount !== after.row.approval_limit_amount) rights.push('approvalLimit');
  return rights;
}

const rightsPayload = (before: Person, after: Person, rights: readonly Right[]): Record<string, unknown> => ({
  ...(rights.includes('roles') ? { roles: { before: before.roles, after: after.roles } } : {}),
  ...(rights.includes('state') ? { state: { before: before.row.state, after: after.row.state } } : {}),
  ...(rights.includes('approvalLimit')
    ? {
        approvalLimit: {
          before: textOf(before.row.approval_limit_amount),
          after: textOf(after.row.approval_limit_amount),
        },
      }
    : {}),
});
const textOf = (amount: bigint | null) => amount?.toString() ?? null;

const isSecurity = (person: Person) => person.row.state === 'active' && person.roles.includes('security_admin');
const losesSecurity = (before: Person, after: Person) => isSecurity(before) && !isSecurity(after);

/** Two security administrators who put each other out at the same time: the second one waits here, and finds nobody left. */
async function requireAnotherSecurityAdmin(tx: Tx, userId: string): Promise<void> {
  const others = await tx.query<{ id: string }>(sql`
    select u.id from app_user u where u.state = 'active' and u.kind = 'staff' and u.id <> ${userId}
      and exists (select 1 from user_role r where r.user_id = u.id and r.role = 'security_admin') order by u.id for update`);
  if (others.length === 0) throw refuse('user.last_security_admin');
}

async function replaceRoles(tx: Tx, userId: string, roles: readonly Role[]): Promise<void> {
  await tx.run(sql`delete from user_role where user_id = ${userId}`);
  await insertRows(
    tx,
    userRoleTable,
    roles.map((role) => ({ user_id: userId, role })),
  );
}
