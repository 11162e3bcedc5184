/**
 * Before and after of personal data. The event log names such a field without its values, because the log is sealed and values must be
 * erasable; they stand here, by version and field of the file.
 */
import { sql, type Tx } from '../../platform/db/database.ts';
import type { RowOf } from '../../platform/db/table.ts';
import { fieldOf } from '../company/index.ts';
import type { personalChangeTable } from './partner-tables.ts';

export type PersonalChange = RowOf<typeof personalChangeTable>;

const asText = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

/** What changed in the personal columns with version `version` of the file. `subjectId`: the contact or address that they belong to. */
export function personalChanges(
  file: { id: string; version: number },
  subjectId: string | null,
  columns: ReadonlySet<string>,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): PersonalChange[] {
  return [...columns].flatMap((column) => {
    const [was, is] = [asText(before[column]), asText(after[column])];
    if (was === is) return [];
    const field = fieldOf(column);
    return [
      {
        partner_id: file.id,
        version: file.version,
        field,
        subject_id: subjectId,
        before: was,
        after: is,
        erased_at: null,
      },
    ];
  });
}

/** Forgets the values for good; that something changed, when and by whom, stays. */
export async function erasePersonal(tx: Tx, partnerId: string, subjectId: string, now: Date): Promise<void> {
  await Promise.all([
    tx.run(sql`
      update partner_personal_change set before = null, after = null, erased_at = ${now}
      where partner_id = ${partnerId} and subject_id = ${subjectId}`),
    tx.run(sql`
      update partner_change set contacts = coalesce((select jsonb_agg(c) from jsonb_array_elements(contacts) c where c ->> 'id' is distinct from ${subjectId}::text), '[]')
      where partner_id = ${partnerId} and state <> 'proposed' and contacts @> jsonb_build_array(jsonb_build_object('id', ${subjectId}::text))`),
  ]);
}
