/** Promotions: what decisions on orders load of them, and what their readers get. R4.1. */
import { z } from 'zod';
import { type PromotionView, promotionFilters } from '../../../contract/promotions.ts';
import { addDays, type BizDate } from '../../kernel/biz-date.ts';
import { formatDecimal, PRICE_SCALE, RATE_SCALE } from '../../kernel/decimal.ts';
import { formatAmount } from '../../kernel/money.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { COUNT_UP_TO, likeText, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Promotion } from './promotion-rules.ts';
import { type PromotionRow, promotionTable } from './promotion-table.ts';

/** An order that is under way keeps the prices of its submission: promotions that ended lately are still needed for it. */
const UNDER_WAY_DAYS = 90;

/** Promotions that may hold on a day or shortly before it. */
export const readPromotions = (tx: Tx, day: BizDate): Promise<PromotionRow[]> =>
  tx.query<PromotionRow>(
    sql`select ${columnsOf(promotionTable)} from promotion where valid_to >= ${addDays(day, -UNDER_WAY_DAYS)} and valid_from <= ${day} order by id`,
  );

type QuotaRow = Pick<PromotionRow, 'id' | 'quota_qty' | 'used_qty'>;

/** Locks, in the order of their ids, the promotions with a quota that may be used for these products. */
export function lockQuotas(
  tx: Tx,
  promotions: readonly Promotion[],
  productIds: ReadonlySet<string>,
  locked: Sql,
): Promise<QuotaRow[]> {
  const ids = promotions
    .filter(
      ({ quota_qty, product_ids }) =>
        quota_qty !== null && (product_ids.length === 0 || product_ids.some((id) => productIds.has(id))),
    )
    .map(({ id }) => id);
  return ids.length === 0
    ? Promise.resolve([])
    : tx.query<QuotaRow>(
        sql`select id, quota_qty, used_qty from promotion where id = any(${ids}::uuid[]) order by id${locked}`,
      );
}

/** Promotions with what the lock has shown of their quotas. Copies: what a batch uses up is counted in them. */
export function withQuotas(promotions: readonly Promotion[], quotas: readonly QuotaRow[]): Promotion[] {
  const byId = new Map(quotas.map((row) => [row.id, row]));
  return promotions.map((promotion) => ({ ...promotion, ...byId.get(promotion.id) }));
}

const Filters = z.object(promotionFilters);
export type PromotionFilter = z.output<typeof Filters> & { cursor?: string | undefined; limit: number };
type View = z.output<typeof PromotionView>;
type ViewRow = PromotionRow & {
  products: { id: string; sku: string; name: string }[] | null;
  partners: { id: string; no: string; name: string }[] | null;
  gift: { id: string; sku: string; name: string } | null;
};

const selectPromotions = (): Sql => sql`
  select ${columnsOf(promotionTable, 'm')},
    (select jsonb_agg(jsonb_build_object('id', p.id, 'sku', p.sku, 'name', p.name) order by p.sku) from product p where p.id = any(m.product_ids::uuid[])) as products,
    (select jsonb_agg(jsonb_build_object('id', p.id, 'no', p.no, 'name', p.name) order by p.no) from partner p where p.id = any(m.partner_ids::uuid[])) as partners,
    (select jsonb_build_object('id', p.id, 'sku', p.sku, 'name', p.name) from product p where p.id = m.gift_product_id) as gift
  from promotion m`;

const view = (row: ViewRow): View => ({
  id: row.id,
  version: row.version,
  code: row.code,
  name: row.name,
  nameEn: row.name_en,
  kind: row.kind,
  rate: row.rate === null ? null : formatDecimal(row.rate, RATE_SCALE),
  offPrice: row.off_price === null ? null : formatDecimal(row.off_price, PRICE_SCALE, 2),
  offAmount: row.off_amount === null || row.currency === null ? null : formatAmount(row.off_amount, row.currency),
  minAmount: row.currency === null ? null : formatAmount(row.min_amount, row.currency),
  currency: row.currency,
  buyQty: row.buy_qty === null ? null : formatQty(row.buy_qty),
  getQty: row.get_qty === null ? null : formatQty(row.get_qty),
  gift: row.gift,
  minQty: formatQty(row.min_qty),
  validFrom: row.valid_from,
  validTo: row.valid_to,
  products: row.products ?? [],
  categories: row.categories,
  levels: row.levels,
  partners: row.partners ?? [],
  onAgreement: row.on_agreement,
  priority: row.priority,
  stacks: row.stacks,
  quotaQty: row.quota_qty === null ? null : formatQty(row.quota_qty),
  usedQty: formatQty(row.used_qty),
  isActive: row.is_active,
});

export async function readPromotion(tx: Tx, promotionId: string): Promise<View> {
  const rows = await tx.query<ViewRow>(sql`${selectPromotions()} where m.id = ${promotionId}`);
  if (rows[0] === undefined) throw refuse('promotion.not_found');
  return view(rows[0]);
}

/** Promotions, those that end last first. */
export async function listPromotions(tx: Tx, filter: PromotionFilter) {
  const cursor = decodeTypedCursor(filter.cursor, ['date', 'text']);
  const q = likeText(filter.q);
  const on = filter.on ?? null;
  const where = sql`(${q}::text is null or m.code ilike '%' || ${q}::text || '%' or m.name ilike '%' || ${q}::text || '%' or m.name_en ilike '%' || ${q}::text || '%')
    and (${filter.kind ?? null}::text is null or m.kind = ${filter.kind ?? null}::text)
    and (${filter.active ?? null}::text is null or m.is_active = (${filter.active ?? null}::text = 'true'))
    and (${on}::date is null or (m.valid_from <= ${on}::date and m.valid_to >= ${on}::date))`;
  const [rows, counts] = await Promise.all([
    tx.query<ViewRow>(
      sql`${selectPromotions()} where ${where} and (${cursor?.[0] ?? null}::date is null or (m.valid_to, m.code) < (${cursor?.[0] ?? null}::date, ${cursor?.[1] ?? null}::text))
        order by m.valid_to desc, m.code desc limit ${filter.limit + 1}`,
    ),
    cursor === null
      ? tx.query<{ n: bigint }>(
          sql`select count(*) as n from (select 1 from promotion m where ${where} limit ${COUNT_UP_TO}) c`,
        )
      : [],
  ]);
  return pageOf(rows, filter.limit, view, (row) => [row.valid_to, row.code], totalOf(counts));
}
