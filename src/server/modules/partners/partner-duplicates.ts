/** Partners that may be the same company. */
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';

/** Share of common trigrams of two name stems from which the names count as similar. */
export const SIMILAR = 0.6;

export type Duplicate = {
  id: string;
  no: string;
  name: string;
  name_en: string | null;
  owner: string | null;
  why: 'uscc' | 'name' | 'pinyin' | 'phone';
};
export type Sought = {
  id: string | null;
  uscc: string | null;
  name_stem: string;
  pinyin: string;
  phones?: readonly string[];
};

/** The digits by which telephone numbers are compared: without country code, blanks and hyphens. */
const phoneKey = (phone: string): string => phone.replace(/[^0-9]/g, '').slice(-11);
/** Fewer digits are an extension or a short number, which many companies may have. */
const LEAST_DIGITS = 8;
/** The numbers of contacts that say something about whose they are. */
export const phoneKeys = (phones: readonly string[]): string[] =>
  phones.map(phoneKey).filter(({ length }) => length >= LEAST_DIGITS);
/** As the index partner_contact__phone has it. */
export const contactPhone = sql`right(regexp_replace(c.phone, '[^0-9]', '', 'g'), 11)`;

/**
 * At most five, the surest first: same code, same or similar stem of the name, same sound (which covers Traditional and Simplified
 * writing), a contact with the same telephone number.
 */
export async function findDuplicates(
  tx: Tx,
  { id, uscc, name_stem: stem, pinyin, phones = [] }: Sought,
): Promise<Duplicate[]> {
  const keys = phoneKeys(phones);
  const alike = sql`p.name_stem % ${stem}::text and similarity(p.name_stem, ${stem}::text) >= ${SIMILAR}::real`;
  const sounds = sql`p.pinyin <> '' and p.pinyin = ${pinyin}::text`;
  return tx.query<Duplicate>(sql`
    select p.id, p.no, p.name, p.name_en, u.name as owner,
      case when p.uscc = ${uscc}::text then 'uscc' when ${alike} then 'name' when ${sounds} then 'pinyin' else 'phone' end as why
    from partner p left join app_user u on u.id = p.sales_owner_id
    where p.id is distinct from ${id}::uuid
      and (p.uscc = ${uscc}::text
        or (p.state not in ('terminated', 'merged') and ((${alike}) or (${sounds})
          or p.id in (select c.partner_id from partner_contact c where c.is_active and ${contactPhone} = any(${keys}::text[])))))
    order by (p.uscc = ${uscc}::text) is not true, similarity(p.name_stem, ${stem}::text) desc, p.no
    limit 5`);
}

/** Refuses (partner.duplicate) a code that another partner has, and a similar name unless somebody says that it is another company. */
export async function requireNoDuplicate(tx: Tx, sought: Sought, confirmed: boolean): Promise<Duplicate[]> {
  return refuseDuplicate(await findDuplicates(tx, sought), confirmed);
}

export function refuseDuplicate(found: Duplicate[], confirmed: boolean): Duplicate[] {
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
