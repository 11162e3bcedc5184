import type { z } from 'zod';
import type { DelegationView } from '../../../contract/users.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';

type View = z.output<typeof DelegationView>;
type Row = {
  id: string;
  user_id: string;
  user_name: string;
  deputy_id: string;
  deputy_name: string;
  from_on: string;
  to_on: string;
  ended_at: Date | null;
};

const SELECT = sql`select d.id, d.user_id, u.name as user_name, d.deputy_id, e.name as deputy_name, d.from_on, d.to_on, d.ended_at
  from delegation d join app_user u on u.id = d.user_id join app_user e on e.id = d.deputy_id`;

const view = (row: Row, today: string): View => ({
  id: row.id,
  user: { id: row.user_id, name: row.user_name },
  deputy: { id: row.deputy_id, name: row.deputy_name },
  fromOn: row.from_on,
  toOn: row.to_on,
  endedAt: row.ended_at?.toISOString() ?? null,
  active: row.ended_at === null && row.from_on <= today && today <= row.to_on,
});

export async function readDelegation(tx: Tx, id: string, today: string): Promise<View> {
  const rows = await tx.query<Row>(sql`${SELECT} where d.id = ${id}`);
  if (rows[0] === undefined) throw refuse('delegation.not_found');
  return view(rows[0], today);
}

/** Absences in force or to come; of one person: as the one away or as the deputy. */
export async function listDelegations(tx: Tx, today: string, userId?: string): Promise<View[]> {
  const rows = await tx.query<Row>(sql`${SELECT} where d.ended_at is null and d.to_on >= ${today}
    and (${userId ?? null}::uuid is null or ${userId ?? null}::uuid in (d.user_id, d.deputy_id)) order by d.from_on, d.id limit 500`);
  return rows.map((row) => view(row, today));
}
