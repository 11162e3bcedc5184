/** The dictionary of a partner: listed, corrected, forgotten. What is saved here counts from the partner's next line on. R3.2. */
import type { z } from 'zod';
import type { PartnerTermView } from '../../../contract/partner-terms.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { COUNT_UP_TO, likeText, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import { defineCommand } from '../../platform/pipeline/define.ts';
import { lockPartner, partnerEvent, touchPartner } from '../partners/index.ts';
import { bare } from './reading/plain.ts';

type Row = {
  term: string;
  product_id: string;
  sku: string;
  name: string;
  name_en: string | null;
  learnt_by: string | null;
  learnt_at: Date;
};

export async function listTerms(
  tx: Tx,
  partnerId: string,
  page: { cursor?: string | undefined; limit: number; q?: string | undefined },
) {
  const cursor = decodeTypedCursor(page.cursor, ['text']);
  const known = await tx.query(sql`select 1 from partner where id = ${partnerId}`);
  if (known.length === 0) throw refuse('partner.not_found');
  const q = likeText(page.q);
  const words = q === null ? null : bare(q);
  const where = sql`t.partner_id = ${partnerId}::uuid and (${q}::text is null or t.term like '%' || ${words}::text || '%' or p.sku ilike '%' || ${q}::text || '%' or p.name ilike '%' || ${q}::text || '%')`;
  const [rows, counts] = await Promise.all([
    tx.query<Row>(sql`
      select t.term, t.product_id, p.sku, p.name, p.name_en, u.name as learnt_by, t.learnt_at
      from partner_term t join product p on p.id = t.product_id left join app_user u on u.id = t.learnt_by
      where ${where} and (${cursor?.[0] ?? null}::text is null or t.term > ${cursor?.[0] ?? null}::text) order by t.term limit ${page.limit + 1}`),
    tx.query<{ n: bigint }>(
      sql`select count(*) as n from (select from partner_term t join product p on p.id = t.product_id where ${where} limit ${COUNT_UP_TO}) c`,
    ),
  ]);
  const view = (row: Row): z.output<typeof PartnerTermView> => ({
    term: row.term,
    product: { id: row.product_id, sku: row.sku, name: row.name, nameEn: row.name_en },
    learntBy: row.learnt_by,
    learntAt: row.learnt_at.toISOString(),
  });
  return pageOf(rows, page.limit, view, (row) => [row.term], totalOf(counts));
}

export const saveTerm = defineCommand<{ partnerId: string; term: string; productId: string | null }>({
  name: 'partner.save_term',
  refuses: ['partner.not_found', 'product.not_found', 'term.too_short', 'request.version_stale'],
  async run({ tx, command, emit }, { partnerId, term: words, productId }) {
    const { now, actor } = command;
    const term = bare(words);
    if (term.length < 2) throw refuse('term.too_short', undefined, 'term');
    const partner = await lockPartner(tx, command, partnerId);
    const [[was], products] = await Promise.all([
      tx.query<{ product_id: string }>(
        sql`select product_id from partner_term where partner_id = ${partnerId} and term = ${term}`,
      ),
      tx.query(sql`select 1 from product where id = ${productId}::uuid`),
    ]);
    if (productId !== null && products.length === 0)
      throw refuse('product.not_found', { product: productId }, 'productId');
    const before = was?.product_id ?? null;
    if (before === productId) return { status: 200, body: { term, productId, before }, etag: partner.version };
    await tx.run(
      productId === null
        ? sql`delete from partner_term where partner_id = ${partnerId} and term = ${term}`
        : sql`insert into partner_term (partner_id, term, product_id, learnt_by, learnt_at) values (${partnerId}, ${term}, ${productId}, ${actor.userId}, ${now})
            on conflict (partner_id, term) do update set product_id = excluded.product_id, learnt_by = excluded.learnt_by, learnt_at = excluded.learnt_at`,
    );
    const next = await touchPartner(tx, partner, now);
    emit(partnerEvent(next, 'partner.term_changed', { term, before, productId }));
    return { status: 200, body: { term, productId, before }, etag: next.version };
  },
});
