/**
 * One box for everything: numbers of documents and of the partner, waybills, partners and products by name, pinyin and initials. All
 * questions travel in one flight, each sees only the caller's scope, each gives at most a few rows. Source: requirements, "My tasks".
 */
import type { z } from 'zod';
import type { search } from '../../../contract/work.ts';
import type { Permission } from '../../../contract/roles.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { foldText } from '../../kernel/text.ts';
import { type Sql, sql, type Tx } from '../../platform/db/database.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { containing, numberRanges } from '../../kernel/number-ranges.ts';

type Item = z.output<typeof search.response>['items'][number];
type Row = {
  id: string;
  no: string;
  title: string | null;
  title_en: string | null;
  subtitle: string | null;
  at: Date | null;
};
type Viewer = { actor: Actor; env: Env; now: Date; locale: string };

const MOST_EACH = 6;

type Source = { type: Item['type']; can: Permission; statement(typed: string, viewer: Viewer): Sql };

const partnerJoin = sql`join partner p on p.id = d.partner_id`;

/** A document by a column with a text_pattern_ops index; the newest numbers first. */
const byNumber =
  (table: Sql, column: Sql, subtitle: Sql, at: Sql, prefix?: string) => (typed: string, viewer: Viewer) => {
    const year = Number.parseInt(bizDateOf(viewer.now, viewer.env.company.timeZone).slice(0, 4), 10);
    const { from, to } = numberRanges(typed, { year, ...(prefix === undefined ? {} : { prefix }) });
    const { partnerId } = viewer.actor;
    // A partner has few documents among very many: they are looked through by the partner's own index.
    const found =
      partnerId === null
        ? sql`unnest(${from}::text[], ${to}::text[]) as v(lo, hi) cross join lateral
          (select x.* from ${table} x where x.${column} ~>=~ v.lo and x.${column} ~<~ v.hi order by x.${column} using ~>~ limit ${MOST_EACH}::int) d`
        : sql`${table} d`;
    const own =
      partnerId === null
        ? sql`true`
        : sql`d.partner_id = ${partnerId} and exists (select from unnest(${from}::text[]) as v(lo) where starts_with(d.${column}, v.lo))`;
    return sql`
    select distinct on (d.no) d.id, d.no, p.name as title, p.name_en as title_en, ${subtitle} as subtitle, ${at} as at
    from ${found} ${partnerJoin} where ${own} order by d.no desc limit ${MOST_EACH}::int`;
  };

const SOURCES: readonly Source[] = [
  {
    type: 'order',
    can: 'order.read',
    statement: byNumber(sql`sales_order`, sql`no`, sql`d.po_no`, sql`d.created_at`, 'SO'),
  },
  { type: 'order', can: 'order.read', statement: byPartnerOrderNo },
  {
    type: 'inquiry',
    can: 'inquiry.read',
    statement: byNumber(sql`inquiry`, sql`no`, sql`d.po_no`, sql`d.created_at`, 'IN'),
  },
  {
    type: 'shipment',
    can: 'shipment.read',
    statement: byNumber(sql`shipment`, sql`no`, sql`d.waybill_no`, sql`d.shipped_at`, 'SH'),
  },
  {
    type: 'shipment',
    can: 'shipment.read',
    statement: byNumber(sql`shipment`, sql`waybill_no`, sql`d.waybill_no`, sql`d.shipped_at`),
  },
  {
    type: 'picking',
    can: 'pick.work',
    statement: byNumber(sql`picking`, sql`no`, sql`null::text`, sql`d.created_at`, 'PK'),
  },
  {
    type: 'invoice',
    can: 'invoice.read',
    statement: byNumber(sql`invoice`, sql`no`, sql`d.tax_invoice_no`, sql`d.created_at`, 'INV'),
  },
  {
    type: 'invoice',
    can: 'invoice.read',
    statement: byNumber(sql`invoice`, sql`tax_invoice_no`, sql`d.tax_invoice_no`, sql`d.created_at`),
  },
  {
    type: 'payment',
    can: 'payment.read',
    statement: byNumber(sql`payment`, sql`no`, sql`d.bank_ref`, sql`d.recorded_at`, 'PM'),
  },
  { type: 'partner', can: 'partner.read', statement: byPartnerName },
  { type: 'product', can: 'product.read', statement: byProductName },
];

/** The partner's own number of an order. */
function byPartnerOrderNo(typed: string, { actor, env, now }: Viewer): Sql {
  const { from, to } = numberRanges(typed, {
    year: Number.parseInt(bizDateOf(now, env.company.timeZone).slice(0, 4), 10),
  });
  const found =
    actor.partnerId === null
      ? sql`select po.order_id from unnest(${from}::text[], ${to}::text[]) as v(lo, hi) cross join lateral
          (select x.order_id from partner_po x where x.po_no ~>=~ v.lo and x.po_no ~<~ v.hi order by x.po_no using ~<~ limit ${MOST_EACH}::int) po`
      : sql`select po.order_id from partner_po po where po.partner_id = ${actor.partnerId} and position(lower(${typed}) in lower(po.po_no)) > 0`;
  return sql`
    select d.id, d.no, p.name as title, p.name_en as title_en, d.po_no as subtitle, d.created_at as at
    from sales_order d ${partnerJoin} where d.id in (${found}) order by d.no desc limit ${MOST_EACH}::int`;
}

function byPartnerName(typed: string): Sql {
  const folded = foldText(typed);
  const like = containing(folded);
  const letters = containing(folded.replace(/[^\p{L}\p{N}]/gu, ''));
  const latin = /^[a-z0-9\s]+$/.test(folded);
  return sql`
    select p.id, p.no, p.name as title, p.name_en as title_en, p.region_code as subtitle, null::timestamptz as at from partner p
    where p.name_folded like ${like} or lower(coalesce(p.name_en, '')) like ${like} or lower(coalesce(p.short_name, '')) like ${like}
      or lower(p.no) like ${like} or lower(coalesce(p.uscc, '')) = ${folded}
      or (${latin}::boolean and (p.pinyin like ${letters} or p.pinyin_initials like ${letters}))
    order by (p.name_folded = ${folded} or lower(p.no) = ${folded}) desc, starts_with(p.name_folded, ${folded}) desc, p.no limit ${MOST_EACH}::int`;
}

function byProductName(typed: string, { actor }: Viewer): Sql {
  const lower = typed.toLowerCase();
  return sql`
    select d.id, d.sku as no, d.name as title, d.name_en as title_en, d.spec as subtitle, null::timestamptz as at from product d
    where lower(d.sku || ' ' || d.name || ' ' || coalesce(d.name_hans, '') || ' ' || coalesce(d.name_en, '') || ' ' || d.pinyin || ' ' || d.pinyin_initials) like ${containing(lower)}
      and (${actor.partnerId === null}::boolean or (d.is_sellable and partner_may_buy(${actor.partnerId}::uuid, d.id, d.category)))
    order by (lower(d.sku) = ${lower}) desc, starts_with(lower(d.sku), ${lower}) desc, starts_with(lower(d.name), ${lower}) desc, d.sku limit ${MOST_EACH}::int`;
}

/** What was found, documents first. The same thing found in two ways stands once. */
export async function readSearch(tx: Tx, query: { q: string }, viewer: Viewer): Promise<{ items: Item[] }> {
  const typed = query.q.trim().normalize('NFKC');
  const sources = SOURCES.filter(({ can }) => viewer.actor.permissions.has(can));
  const found = await Promise.all(sources.map((source) => tx.query<Row>(source.statement(typed, viewer))));
  const items = sources.flatMap(({ type }, i) => (found[i] ?? []).map((row) => itemOf(type, row, viewer)));
  return { items: [...new Map(items.map((item) => [`${item.type} ${item.id}`, item])).values()] };
}

function itemOf(type: Item['type'], row: Row, { env, locale }: Viewer): Item {
  const title = (locale === 'en' ? (row.title_en ?? row.title) : row.title) ?? '';
  return {
    type,
    id: row.id,
    no: row.no,
    title,
    subtitle: row.subtitle,
    on: row.at === null ? null : bizDateOf(row.at, env.company.timeZone),
  };
}
