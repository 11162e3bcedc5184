/** The one place where a person comes into being: by invitation, by the first set-up, with the demo company. */
import type { Role } from '../../../contract/roles.ts';
import { refuse, refuseIf } from '../../kernel/refusal.ts';
import { newId } from '../../kernel/ids.ts';
import { foldText } from '../../kernel/text.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/table.ts';
import type { NewEvent } from '../../platform/pipeline/types.ts';
import { type UserRow, userRoleTable, userTable } from './identity-tables.ts';
import { roleRefusals } from './user-rules.ts';

export type NewUser = {
  login: string;
  name: string;
  nameEn?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  locale?: string | undefined;
  roles: readonly Role[];
  partnerId?: string | null | undefined;
  /** Minor units of the base currency. */
  approvalLimit?: bigint | null | undefined;
  /** null: can sign in only after a one-time link (or as demo identity); the state says which. */
  passwordHash: string | null;
  state: 'invited' | 'active';
};

/** Inserts the person with roles. Refuses roles that do not go together and partners that are not there; a taken login by constraint. */
export async function addUser(tx: Tx, now: Date, input: NewUser): Promise<{ row: UserRow; event: NewEvent }> {
  const partnerId = input.partnerId ?? null;
  const roles = [...new Set(input.roles)].sort();
  refuseIf(roleRefusals(roles, partnerId !== null));
  if (partnerId !== null) {
    const found = await tx.query(sql`select 1 from partner where id = ${partnerId}`);
    if (found.length === 0) throw refuse('partner.not_found', undefined, 'partnerId');
    if (typeof input.approvalLimit === 'bigint') throw refuse('user.partner_roles', undefined, 'approvalLimit');
  }
  const row: UserRow = {
    id: newId(now),
    kind: partnerId === null ? 'staff' : 'partner',
    partner_id: partnerId,
    login: input.login,
    login_folded: foldText(input.login),
    name: input.name,
    name_en: input.nameEn ?? null,
    email: input.email ?? null,
    phone: input.phone ?? null,
    locale: input.locale ?? 'zh-Hant',
    password_hash: input.passwordHash,
    state: input.state,
    epoch: 1,
    approval_limit_amount: input.approvalLimit ?? null,
    made_by: null,
    password_changed_at: input.passwordHash === null ? null : now,
    created_at: now,
    version: 1,
  };
  await insertRows(tx, userTable, [row]);
  await insertRows(
    tx,
    userRoleTable,
    roles.map((role) => ({ user_id: row.id, role })),
  );
  return { row, event: userEvent(row, 'user.created', { kind: row.kind, partnerId, roles, state: row.state }) };
}

/** An event of a person. No names, no logins: they must be erasable. Partners do not read them. */
export const userEvent = (
  user: { id: string; version: number },
  type: string,
  payload: Record<string, unknown>,
): NewEvent => ({
  documentType: 'user',
  documentId: user.id,
  documentNo: null,
  version: user.version,
  type,
  partnerId: null,
  payload,
});
