/** Who stands behind an audience: people by role, by duty at the partner, the sales contact and who stands in for him. */
import type { Role } from '../../../contract/roles.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { type Audience, PARTNER_AUDIENCES } from './notice-rules.ts';

export type OpenTask = {
  id: string;
  kind: string;
  document_id: string;
  partner_id: string | null;
  side: 'staff' | 'partner';
  role: Role;
  user_id: string | null;
  due_at: Date | null;
  due_is_provisional: boolean;
};

export type People = {
  /** Users of one audience for a document of this partner (null: of nobody). */
  of(audience: Exclude<Audience, 'holder' | 'staff_holder' | 'assignee'>, partnerId: string | null): readonly string[];
  /** Users who hold a task: the person and his deputies, or everybody of the role. */
  holding(task: Pick<OpenTask, 'side' | 'role' | 'user_id' | 'partner_id'>): readonly string[];
  /** The head of the department of a role; the managers where it has none. */
  headOf(role: Role): readonly string[];
};

const NOBODY: readonly string[] = [];

/** Loads everybody who may be meant, for a set of partners, in one flight. `today` is a date of the company's zone. */
export async function loadPeople(tx: Tx, partnerIds: readonly string[], today: string): Promise<People> {
  const [members, owners, deputies, heads] = await Promise.all([
    tx.query<{ user_id: string; role: Role; partner_id: string | null }>(sql`
      select r.user_id, r.role, u.partner_id from user_role r join app_user u on u.id = r.user_id
      where u.state = 'active' and (u.kind = 'staff' or (u.kind = 'partner' and u.partner_id = any(${partnerIds}::uuid[])))
      order by r.user_id`),
    tx.query<{ id: string; owner_id: string }>(sql`
      select p.id, u.id as owner_id from partner p join app_user u on u.id = p.sales_owner_id and u.state = 'active' where p.id = any(${partnerIds}::uuid[])`),
    tx.query<{ user_id: string; deputy_id: string }>(sql`
      select d.user_id, d.deputy_id from delegation d join app_user u on u.id = d.deputy_id and u.state = 'active'
      where d.from_on <= ${today} and d.to_on >= ${today} and d.ended_at is null`),
    tx.query<{ code: string; user_id: string }>(sql`
      select d.code, u.id as user_id from department d join app_user u on u.id = d.head_user_id and u.state = 'active'`),
  ]);
  const byRole = new Map<string, string[]>();
  for (const { user_id, role, partner_id } of members) {
    const key = roleKey(role, partner_id);
    byRole.set(key, [...(byRole.get(key) ?? []), user_id]);
  }
  const ownerOf = new Map(owners.map(({ id, owner_id }) => [id, owner_id]));
  const headByRole = new Map(heads.map(({ code, user_id }) => [code, [user_id]]));
  const withDeputies = (userId: string) => [
    userId,
    ...deputies.filter((row) => row.user_id === userId).map(({ deputy_id }) => deputy_id),
  ];
  const inRole = (role: Role, partnerId: string | null) => byRole.get(roleKey(role, partnerId)) ?? NOBODY;
  const managers = () => inRole('manager', null);

  const of: People['of'] = (audience, partnerId) => {
    switch (audience) {
      case 'owner': {
        const owner = partnerId === null ? undefined : ownerOf.get(partnerId);
        if (owner !== undefined) return withDeputies(owner);
        return partnerId === null ? NOBODY : managers();
      }
      case 'partner.orders':
      case 'partner.finance':
        return partnerId === null ? NOBODY : PARTNER_AUDIENCES[audience].flatMap((role) => inRole(role, partnerId));
      default:
        return inRole(audience, null);
    }
  };
  return {
    of,
    holding: (task) => {
      if (task.user_id !== null) return withDeputies(task.user_id);
      if (task.side === 'staff') return inRole(task.role, null);
      return [
        ...inRole(task.role, task.partner_id),
        ...(task.role === 'partner_admin' ? [] : inRole('partner_admin', task.partner_id)),
      ];
    },
    headOf: (role) => headByRole.get(role) ?? managers(),
  };
}

const roleKey = (role: string, partnerId: string | null) => `${role} ${partnerId ?? ''}`;

/** The open tasks of documents, newest last. */
export const openTasksOf = (tx: Tx, documentIds: readonly string[]): Promise<OpenTask[]> =>
  tx.query<OpenTask>(sql`
    select id, kind, document_id, partner_id, side, role, user_id, due_at, due_is_provisional from task
    where closed_at is null and document_id = any(${documentIds}::uuid[]) order by opened_at, id`);
