/**
 * What a line means in our products: how sure (0 to 100) and what else it could be. In this order: the partner's own item codes and our
 * codes, the names learnt from earlier corrections, names that are the same without blanks and punctuation, names that look alike (also in
 * pinyin). Only what can be chosen without doubt is chosen; everything else is for a person. Within what may be sold.
 */
import { setImmediate } from 'node:timers/promises';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import type { Env } from '../../platform/pipeline/types.ts';
import {
  addProduct,
  emptyIndex,
  findProducts,
  type Found,
  type NamedProduct,
  type ProductIndex,
} from './product-index.ts';
import type { DateContext } from './reading/dates.ts';
import { bare, plainLine, without } from './reading/plain.ts';
import { countsPieces, findQuantities } from './reading/quantities.ts';

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
/** So long the thread is kept at a time. */
const SLICE_MS = 20;

/** Candidates for each line, the best first. */
export async function matchProducts(
  tx: Tx,
  partnerId: string,
  lines: readonly Searched[],
): Promise<Map<number, Match[]>> {
  if (lines.length === 0) return new Map();
  const [known, index] = await Promise.all([knownMatches(tx, partnerId, lines), currentIndex(tx)]);
  const found = new Map<number, Found[]>();
  const pause = pauses();
  for (const { lineNo, wanted, spec } of lines) {
    await pause();
    const best = new Map(findProducts(index, wanted, spec ?? null, OFFERED).map((each) => [each.id, each]));
    for (const { line_no, id, sku, score } of known)
      if (line_no === lineNo && score > (best.get(id)?.score ?? 0)) best.set(id, { id, sku, score });
    const ranked = [...best.values()].sort((a, b) => b.score - a.score || (a.sku < b.sku ? -1 : 1));
    found.set(lineNo, ranked.filter(({ score }) => score >= WORTH).slice(0, OFFERED));
  }
  const ids = [...new Set([...found.values()].flatMap((each) => each.map(({ id }) => id)))];
  const rows = await tx.query<ProductRow>(
    sql`select id, sku, name, name_hans, name_en, unit from product where id = any(${ids}::uuid[]) and is_sellable and partner_may_buy(${partnerId}::uuid, id, category)`,
  );
  const products = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    [...found].map(([lineNo, each]) => [
      lineNo,
      each.flatMap(({ id, score }) => {
        const product = products.get(id);
        return product === undefined ? [] : [{ ...product, line_no: lineNo, score }];
      }),
    ]),
  );
}

/** The words by which a product is remembered: without how many were wanted that time, and without the specification twice. */
export function termOf(wanted: string, spec: string | null): string {
  const line = plainLine(wanted);
  const words = bare(
    without(
      line,
      findQuantities(line).filter(({ unit }) => countsPieces(unit)),
    ),
  );
  const name = words.length >= 2 ? words : bare(wanted);
  const detail = bare(spec ?? '');
  return name.includes(detail) ? name : name + detail;
}

/** What is known outright: the partner's own codes, our codes, names that were learnt. */
const knownMatches = (tx: Tx, partnerId: string, lines: readonly Searched[]) =>
  tx.query<{ line_no: number; id: string; sku: string; score: number }>(sql`
    with w as materialized (
      select * from unnest(${lines.map(({ lineNo }) => lineNo)}::int[], ${lines.map(({ wanted }) => wanted.trim())}::text[],
        ${lines.map(({ code, wanted }) => code ?? wanted.trim().split(/\s/)[0] ?? '')}::text[],
        ${lines.map(({ wanted }) => bare(wanted))}::text[], ${lines.map(({ wanted, spec }) => bare(`${wanted} ${spec ?? ''}`))}::text[],
        ${lines.map(({ wanted, spec }) => termOf(wanted, spec ?? null))}::text[]) as w(line_no, wanted, code, bare_wanted, bare_said, term))
    select m.line_no, p.id, p.sku, m.score from (
      select w.line_no, i.product_id, 100 as score from w join partner_item i on i.partner_id = ${partnerId} and i.code in (w.wanted, w.code)
      union all select w.line_no, c.id, 100 from w join product c on c.sku in (w.wanted, w.code, upper(w.wanted), upper(w.code))
      union all select w.line_no, t.product_id, 98 from w join partner_term t on t.partner_id = ${partnerId} and t.term in (w.bare_said, w.bare_wanted, w.term)
    ) m join product p on p.id = m.product_id`);

let kept: { fingerprint: string; index: ProductIndex } | null = null;

/** The index of the products as they are now: made anew when one was added or changed. */
async function currentIndex(tx: Tx): Promise<ProductIndex> {
  const [now] = await tx.query<{ fingerprint: string }>(sql`
    select concat_ws(' ', count(*), sum(version), max(updated_at), min(id::text), max(id::text)) as fingerprint from product where is_sellable`);
  const fingerprint = now?.fingerprint ?? '';
  if (kept?.fingerprint === fingerprint) return kept.index;
  const products = await tx.query<NamedProduct>(
    sql`select id, sku, name, name_hans, name_en, pinyin, pinyin_initials from product where is_sellable order by sku`,
  );
  const index = emptyIndex(products);
  const pause = pauses();
  for (let at = 0; at < products.length; at += 1) {
    await pause();
    addProduct(index, at);
  }
  kept = { fingerprint, index };
  return index;
}

/** Lets others go first whenever the thread was kept for a while. */
function pauses(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await setImmediate();
    since = performance.now();
  };
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

/** Keeps what somebody has said a name means, for this partner's next inquiries. What is our own code needs no learning. */
export async function learnTerms(
  tx: Tx,
  partnerId: string,
  said: readonly { wanted: string; spec: string | null; productId: string }[],
  by: { userId: string | null; now: Date },
): Promise<void> {
  const terms = new Map(
    said
      .map(({ wanted, spec, productId }) => [termOf(wanted, spec), productId] as const)
      .filter(([term]) => term.length >= 2),
  );
  if (terms.size === 0) return;
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
