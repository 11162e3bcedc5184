/** Partners that may be the same company. */
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';

/** Share of common trigrams of two name stems from which the names count as similar. */
const SIMILAR = 0.6;

export type Duplicate = {
  id: string;
  no: string;
  name: string;
  name_en: string | null;
  owner: string | null;
  why: 'uscc' | 'name' | 'pinyin';
};
type Sought = { id: string | null; uscc: string | null; name_stem: string; pinyin: string };

/** At most five, the surest first: same code, same or similar stem of the name, same sound (which covers Traditional and Simplified writing). */
export async function findDuplicates(tx: Tx, sought: Sought): Promise<Duplicate[]> {
  return tx.query<Duplicate>(sql`
    select p.id, p.no, p.name, p.name_en, u.name as owner,
      case when p.uscc = ${sought.uscc}::text then 'uscc' when p.name_stem % ${sought.name_stem}::text and similarity(p.name_stem, ${sought.name_stem}::text) >= ${SIMILAR}::real then 'name' else 'pinyin' end as why
    from partner p left join app_user u on u.id = p.sales_owner_id
    where p.id is distinct from ${sought.id}::uuid
      and (p.uscc = ${sought.uscc}::text
        or (p.state <> 'terminated' and p.name_stem % ${sought.name_stem}::text and similarity(p.name_stem, ${sought.name_stem}::text) >= ${SIMILAR}::real)
        or (p.state <> 'terminated' and p.pinyin <> '' and p.pinyin = ${sought.pinyin}::text))
    order by (p.uscc = ${sought.uscc}::text) is not true, similarity(p.name_stem, ${sought.name_stem}::text) desc, p.no
    limit 5`);
}

/** Refuses (partner.duplicate) a code that another partner has, and a similar name unless somebody says that it is another company. */
export async function requireNoDuplicate(tx: Tx, sought: Sought, confirmed: boolean): Promise<Duplicate[]> {
  const found = await findDuplicates(tx, sought);
  const [first] = found;
  if (first !== undefined && (first.why === 'uscc' || !confirmed)) {
    throw refuse(
      'partner.duplicate',
      { no: first.no, name: first.name, owner: first.owner ?? '—', why: first.why, id: first.id },
      first.why === 'uscc' ? 'uscc' : 'name',
    );
  }
  return found;
}
