/**
 * Companies that partners to be entered are compared with: those on file, and those that the same batch has taken in already. The rule is
 * that of partner-duplicates.ts, for many at once: names are alike by their common trigrams, counted over an index of trigrams.
 */
import { type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { contactPhone, phoneKeys, SIMILAR, type Duplicate, type Sought } from './partner-duplicates.ts';

type Company = Omit<Duplicate, 'why'> & {
  uscc: string | null;
  name_stem: string;
  pinyin: string;
  /** Whether it counts for more than its code: ended and merged files do not. */
  is_open: boolean;
  /** Telephone numbers of its contacts, as far as they are among those asked for. */
  phones: readonly string[];
};

export type KnownCompanies = {
  /** At most five, the surest first, as findDuplicates has them. */
  like(sought: Sought): Duplicate[];
  /** Takes a company in; one that is known already counts as it is now. */
  add(company: Company): void;
};

/** So few are looked for by their names; for more, all files are read once. */
const FEW = 8;
const MOST_SHOWN = 5;

/** Everything that any of these could be a duplicate of. Three statements, however many are sought. */
export async function loadKnownCompanies(tx: Tx, sought: readonly Sought[]): Promise<KnownCompanies> {
  const phones = [...new Set(sought.flatMap((one) => phoneKeys(one.phones ?? [])))];
  const [companies, contacts] = await Promise.all([
    tx.query<Omit<Company, 'phones'>>(sql`
      select p.id, p.no, p.name, p.name_en, u.name as owner, p.uscc, p.name_stem, p.pinyin, p.state not in ('terminated', 'merged') as is_open
      from partner p left join app_user u on u.id = p.sales_owner_id where ${among(sought, phones)}`),
    tx.query<{ partner_id: string; phone: string }>(sql`
      select c.partner_id, ${contactPhone} as phone from partner_contact c where c.is_active and ${contactPhone} = any(${phones}::text[])`),
  ]);
  const phonesOf = new Map<string, string[]>();
  for (const { partner_id: id, phone } of contacts) phonesOf.set(id, [...(phonesOf.get(id) ?? []), phone]);
  const known = knownCompanies();
  for (const company of companies) known.add({ ...company, phones: phonesOf.get(company.id) ?? [] });
  return known;
}

function among(sought: readonly Sought[], phones: readonly string[]): Sql {
  if (sought.length > FEW) return sql`true`;
  const column = (name: 'uscc' | 'name_stem' | 'pinyin') => sought.map((one) => one[name]);
  return sql`(p.uscc = any(${column('uscc')}::text[])
    or p.name_stem % any(${column('name_stem')}::text[])
    or (p.pinyin <> '' and p.pinyin = any(${column('pinyin')}::text[]))
    or p.id in (select c.partner_id from partner_contact c where c.is_active and ${contactPhone} = any(${phones}::text[])))`;
}

/** As pg_trgm makes them of one word. */
function trigramsOf(stem: string): string[] {
  if (stem === '') return [];
  const characters = ['', '', ...stem, ''];
  return [...new Set(characters.slice(2).map((_, at) => characters.slice(at, at + 3).join('\u0000')))];
}

export function knownCompanies(): KnownCompanies {
  const all: (Company & { trigrams: readonly string[] })[] = [];
  const byTrigram = new Map<string, number[]>();
  const latest = new Map<string, number>();
  const byUscc = new Map<string, number[]>();
  const byPinyin = new Map<string, number[]>();
  const byPhone = new Map<string, number[]>();
  const put = (index: Map<string, number[]>, key: string, at: number) => {
    const list = index.get(key);
    if (list === undefined) index.set(key, [at]);
    else list.push(at);
  };

  /**
   * Share of common trigrams with each company that has enough of them. Enough is at least SIMILAR of one's own: whoever has none of the
   * rarest that may be missing, and one more, cannot have enough.
   */
  function similar(stem: string): Map<number, number> {
    const own = trigramsOf(stem);
    const mayMiss = own.length - Math.ceil(SIMILAR * own.length - 1e-9);
    const listOf = (trigram: string) => byTrigram.get(trigram) ?? [];
    const rarest = own.toSorted((a, b) => listOf(a).length - listOf(b).length).slice(0, mayMiss + 1);
    const mine = new Set(own);
    const found = new Map<number, number>();
    for (const at of new Set(rarest.flatMap(listOf))) {
      const theirs = all[at]?.trigrams ?? [];
      const common = theirs.filter((trigram) => mine.has(trigram)).length;
      const share = common / (own.length + theirs.length - common);
      if (share >= SIMILAR) found.set(at, share);
    }
    return found;
  }

  return {
    add(company) {
      const at = all.length;
      const trigrams = trigramsOf(company.name_stem);
      all.push({ ...company, trigrams });
      latest.set(company.id, at);
      if (company.uscc !== null) put(byUscc, company.uscc, at);
      if (!company.is_open) return;
      for (const trigram of trigrams) put(byTrigram, trigram, at);
      if (company.pinyin !== '') put(byPinyin, company.pinyin, at);
      for (const phone of company.phones) put(byPhone, phone, at);
    },
    like({ id: own, uscc, name_stem: stem, pinyin, phones = [] }) {
      const shares = similar(stem);
      const sameCode = new Set(uscc === null ? [] : byUscc.get(uscc));
      const sameSound = new Set(byPinyin.get(pinyin));
      const places = new Set([
        ...sameCode,
        ...shares.keys(),
        ...sameSound,
        ...phoneKeys(phones).flatMap((key) => byPhone.get(key) ?? []),
      ]);
      const reason = (at: number): Duplicate['why'] =>
        sameCode.has(at) ? 'uscc' : shares.has(at) ? 'name' : sameSound.has(at) ? 'pinyin' : 'phone';
      const counts = (at: number) => {
        const id = all[at]?.id ?? '';
        return id !== own && latest.get(id) === at;
      };
      return [...places]
        .filter(counts)
        .sort((a, b) => (shares.get(b) ?? 0) - (shares.get(a) ?? 0) || compare(all[a]?.no, all[b]?.no))
        .sort((a, b) => Number(sameCode.has(b)) - Number(sameCode.has(a)))
        .slice(0, MOST_SHOWN)
        .flatMap((at) => {
          const company = all[at];
          if (company === undefined) return [];
          const { id, no, name, name_en, owner } = company;
          return [{ id, no, name, name_en, owner, why: reason(at) }];
        });
    },
  };
}

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);
