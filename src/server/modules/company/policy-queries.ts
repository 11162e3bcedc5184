/** Policy parameters as people read them: what holds now, what held before and what will, for the company, its levels and agreements. */
import type { z } from 'zod';
import type { PolicyView } from '../../../contract/company.ts';
import { DEFAULT_POLICY, type PolicyUnit, type Reminders } from '../../../contract/policy.ts';
import { sql, type Tx } from '../../platform/db/database.ts';

type View = z.infer<typeof PolicyView>;
type Row = {
  id: string;
  code: string;
  value: number | null;
  unit: PolicyUnit;
  valid_from: Date;
  level: string | null;
  agreement_id: string | null;
  agreement_no: string | null;
  partner_id: string | null;
  partner_name: string | null;
  reminders: Reminders | null;
  note: string | null;
  set_by: string | null;
  withdrawn_at: Date | null;
};

/** All policy parameters, or one, with every value that was set for them. */
export async function listPolicies(tx: Tx, now: Date, only?: string): Promise<View[]> {
  const rows = await tx.query<Row>(sql`
    select p.id, p.code, p.value, p.unit, p.valid_from, p.level, p.agreement_id, a.no as agreement_no, a.partner_id, r.name as partner_name,
      p.reminders, p.note, u.name as set_by, p.withdrawn_at
    from policy_parameter p left join app_user u on u.id = p.set_by
    left join agreement a on a.id = p.agreement_id left join partner r on r.id = a.partner_id
    where ${only ?? null}::text is null or p.code = ${only ?? null}::text order by p.valid_from desc, p.id desc`);
  return Object.entries(DEFAULT_POLICY)
    .filter(([code]) => only === undefined || code === only)
    .map(([code, { article, unit, value, starts }]) => {
      const own = rows.filter((row) => row.code === code);
      const inForce = inForceIds(own, now);
      const company = own.find((row) => inForce.has(row.id) && row.level === null && row.agreement_id === null);
      return {
        code,
        article,
        starts: starts ?? null,
        defaultValue: value,
        defaultUnit: unit,
        value: company?.value ?? value,
        unit: company?.unit ?? unit,
        reminders: company?.reminders ?? null,
        validFrom: company?.valid_from.toISOString() ?? null,
        setBy: company?.set_by ?? null,
        note: company?.note ?? null,
        entries: own.map((row) => entryView(row, inForce, now)),
      };
    });
}

/** The newest begun value for the company, each level and each agreement. */
function inForceIds(newestFirst: readonly Row[], now: Date): Set<string> {
  const seen = new Set<string>();
  const ids = new Set<string>();
  for (const row of newestFirst) {
    const target = `${row.level ?? ''} ${row.agreement_id ?? ''}`;
    if (row.withdrawn_at !== null || row.valid_from.getTime() > now.getTime() || seen.has(target)) continue;
    seen.add(target);
    ids.add(row.id);
  }
  return ids;
}

const entryView = (row: Row, inForce: ReadonlySet<string>, now: Date): View['entries'][number] => ({
  id: row.id,
  value: row.value,
  unit: row.unit,
  validFrom: row.valid_from.toISOString(),
  level: row.level,
  agreement:
    row.agreement_id === null
      ? null
      : {
          id: row.agreement_id,
          no: row.agreement_no ?? '',
          partnerId: row.partner_id ?? '',
          partnerName: row.partner_name ?? '',
        },
  reminders: row.reminders,
  setBy: row.set_by,
  note: row.note,
  state:
    row.withdrawn_at !== null
      ? 'withdrawn'
      : row.valid_from.getTime() > now.getTime()
        ? 'future'
        : inForce.has(row.id)
          ? 'in_force'
          : 'past',
});
