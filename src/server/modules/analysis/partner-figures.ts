/** What a partner orders: read from the tables of figures, one small range of an index each. */
import type { z } from 'zod';
import { FIGURE_PRODUCTS, type PartnerFigures } from '../../../contract/figures.ts';
import { formatAmount } from '../../kernel/money.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { lastMonths, ordersByMonth } from './figure-months.ts';

type View = z.output<typeof PartnerFigures>;
type ProductSum = {
  product_id: string;
  sku: string;
  name: string;
  name_hans: string | null;
  name_en: string | null;
  unit: string;
  currency: string;
  lines: number;
  qty: bigint;
  net: bigint;
};

export async function readPartnerFigures(
  tx: Tx,
  partnerId: string,
  { actor, env, now }: { actor: Actor; env: Env; now: Date },
): Promise<View> {
  const first = lastMonths(now, env)[0];
  const [known, months, products] = await Promise.all([
    tx.query(sql`select from partner where id = ${partnerId}`),
    ordersByMonth(tx, sql` and x.partner_id = ${partnerId}`, now, env),
    tx.query<ProductSum>(sql`
      select s.*, p.sku, p.name, p.name_hans, p.name_en, p.unit from (
        select product_id, currency, sum(line_count)::int as lines, sum(qty)::bigint as qty, sum(net_amount)::bigint as net from (
          select product_id, currency, line_count, qty, net_amount from figure_product where partner_id = ${partnerId} and month >= ${first}::date
          union all
          select l.product_id, f.currency, 1, l.qty, l.net_amount
          from figure_order f cross join lateral unnest(f.product_ids, f.qtys, f.net_amounts) as l(product_id, qty, net_amount)
          where f.partner_id = ${partnerId} and f.month >= ${first}::date and f.month >= (select rolled_before from figure_progress)
            and f.state not in ('draft', 'cancelled')) x
        group by 1, 2 having sum(line_count) > 0 order by net desc, product_id limit ${FIGURE_PRODUCTS}::int) s
      join product p on p.id = s.product_id order by s.net desc, p.sku`),
  ]);
  if (known.length === 0) throw refuse('partner.not_found');
  const seesMoney = actor.permissions.has('payment.read');
  return {
    months: seesMoney ? months : months.map((month) => ({ ...month, amount: null })),
    products: products.map((row) => ({
      productId: row.product_id,
      sku: row.sku,
      name: row.name,
      nameHans: row.name_hans,
      nameEn: row.name_en,
      unit: row.unit,
      lines: row.lines,
      qty: formatQty(row.qty),
      netAmount: seesMoney ? formatAmount(row.net, row.currency) : null,
      currency: row.currency,
    })),
  };
}
