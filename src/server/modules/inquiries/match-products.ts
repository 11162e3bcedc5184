/**
 * What a line means in our products: how sure (0 to 100) and what else it could be. In this order: the partner's own item codes and our
 * codes, the names learnt from earlier corrections, names that are the same without blanks and punctuation, names that look alike (also in
 * pinyin). Only what can be chosen without doubt is chosen; everything else is for a person. Within what may be sold.
 */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import type { Env } from '../../platform/pipeline/types.ts';
import type { DateContext } from './reading/dates.ts';
import { bare } from './reading/plain.ts';

export type ProductRow = {
  id: string;
  sku: string;
  name: string;
  name_hans: string | null;
  name_en: string | null;
  unit: string;
};
export type Match = ProductRow & { line_no: number; score: number };
export type Searched = {
  lineNo: number;
  wanted: string;
  code?: string | null | undefined;
  spec?: string | null | undefined;
};

/** From here on a match is chosen without asking, if there is no other as good. */
const SURE = 95;
/** From here on a product is worth offering. */
const WORTH = 30;
const OFFERED = 5;
/** Several products from here on are variants of one thing: what is missing is the specification. */
const VARIANT = 70;

/** Blanks and punctuation, as `bare` of reading/plain.ts takes them away. */
const MARKS = '[-\\s,，、。.;:：–—_/\\\\()（）\\[\\]【】"\'“”*#]+';

/** Candidates for each line, the best first. */
export async function matchProducts(
  tx: Tx,
  partnerId: string,
  lines: readonly Searched[],
): Promise<Map<number, Match[]>> {
  if (lines.length === 0) return new Map();
  const text = (line: Searched) => [line.wanted, line.spec ?? ''].join(' ').trim().toLowerCase();
  const [, rows] = await Promise.all([
    tx.query(sql`select set_config('pg_trgm.word_similarity_threshold', '0.3', true)`),
    tx.query<Match>(sql`
    select w.line_no, p.id, p.sku, p.name, p.name_hans, p.name_en, p.unit, m.score
    from unnest(${lines.map(({ lineNo }) => lineNo)}::int[], ${lines.map(({ wanted }) => wanted.trim())}::text[], ${lines.map(({ code, wanted }) => code ?? wanted.trim().split(/\s/)[0] ?? '')}::text[],
      ${lines.map(text)}::text[], ${lines.map(({ wanted }) => bare(wanted))}::text[], ${lines.map((line) => bare(text(line)))}::text[]) as w(line_no, wanted, code, said, bare_wanted, bare_said)
    cross join lateral (
      select id, max(score)::int as score from (
        select i.product_id as id, 100 as score from partner_item i where i.partner_id = ${partnerId} and i.code in (w.wanted, w.code)
        union all select c.id, 100 from product c where c.sku in (w.wanted, w.code, upper(w.wanted), upper(w.code))
        union all select t.product_id, 98 from partner_term t where t.partner_id = ${partnerId} and t.term in (w.bare_said, w.bare_wanted)
        union all (
          select c.id, case
            when w.bare_said in (n.name, n.hans, n.en) or w.bare_wanted in (n.name, n.hans, n.en) then 97
            when position(' ' || lower(c.sku) || ' ' in ' ' || w.said || ' ') > 0 then 96
            when w.bare_wanted in (c.pinyin, c.pinyin_initials) then 85
            else round(70 * greatest(word_similarity(w.said, lower(c.name)), word_similarity(w.said, lower(coalesce(c.name_en, ''))), word_similarity(w.said, lower(coalesce(c.name_hans, ''))),
                word_similarity(lower(c.name), w.said), word_similarity(lower(coalesce(c.name_en, '')), w.said), word_similarity(lower(coalesce(c.name_hans, '')), w.said), 0.7 * word_similarity(w.said, c.pinyin))
              + 20 * greatest(similarity(w.said, lower(c.name)), similarity(w.said, lower(coalesce(c.name_en, ''))), similarity(w.said, lower(coalesce(c.name_hans, '')))))
            end as score
          from product c cross join lateral (select regexp_replace(lower(c.name), ${MARKS}, '', 'g') as name, regexp_replace(lower(c.name_hans), ${MARKS}, '', 'g') as hans, regexp_replace(lower(c.name_en), ${MARKS}, '', 'g') as en) n
          where w.said <> '' and w.said <% lower(c.sku || ' ' || c.name || ' ' || coalesce(c.name_hans, '') || ' ' || coalesce(c.name_en, '') || ' ' || c.pinyin || ' ' || c.pinyin_initials)
          order by 2 desc, c.sku limit ${OFFERED}::int)
      ) candidates where score >= ${WORTH}::int group by id order by 2 desc limit ${OFFERED}::int
    ) m join product p on p.id = m.id where p.is_sellable order by w.line_no, m.score desc, p.sku`),
  ]);
  const byLine = new Map<number, Match[]>(lines.map(({ lineNo }) => [lineNo, []]));
  for (const row of rows) byLine.get(row.line_no)?.push(row);
  return byLine;
}

/** The one product that a line can only mean; undefined when a person has to say. */
export function sureMatch(candidates: readonly Match[]): Match | undefined {
  const [first, second] = candidates;
  return first !== undefined && first.score >= SURE && (second === undefined || second.score < first.score)
    ? first
    : undefined;
}

/** Whether several products fit equally, so that it is the specification that is missing. */
export const lacksSpec = (candidates: readonly Match[]): boolean =>
  candidates.filter(({ score }) => score >= VARIANT).length >= 2;

/** Keeps what somebody has said a name means, for this partner's next inquiries. What is our own code or name needs no learning. */
export async function learnTerms(
  tx: Tx,
  partnerId: string,
  said: readonly { wanted: string; spec: string | null; productId: string }[],
  by: { userId: string | null; now: Date },
): Promise<void> {
  const terms = new Map(
    said
      .map(({ wanted, spec, productId }) => [bare(`${wanted} ${spec ?? ''}`), productId] as const)
      .filter(([term]) => term.length >= 2),
  );
  await tx.run(sql`
    insert into partner_term (partner_id, term, product_id, learnt_by, learnt_at)
    select ${partnerId}::uuid, t.term, p.id, ${by.userId}::uuid, ${by.now}::timestamptz
    from unnest(${[...terms.keys()]}::text[], ${[...terms.values()]}::uuid[]) as t(term, product_id) join product p on p.id = t.product_id
    where position(lower(p.sku) in t.term) = 0 and position(regexp_replace(lower(p.sku), '[^a-z0-9]', '', 'g') in t.term) = 0
    on conflict (partner_id, term) do update set product_id = excluded.product_id, learnt_by = excluded.learnt_by, learnt_at = excluded.learnt_at`);
}

/** How dates of a text that was written at an instant are read. */
export const dateContext = ({ company, calendar }: Env, at: Date): DateContext => ({
  today: bizDateOf(at, company.timeZone),
  addWorkingDays: (day, days) => calendar.addWorkingDays(day, Math.min(days, 400)),
});
