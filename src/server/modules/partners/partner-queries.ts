/** Lists around partners. */
import { z } from 'zod';
import {
  type PARTNER_SORTS,
  type PartnerHistoryEntry,
  type PartnerItemView,
  type PartnerRow as PartnerRowView,
  partnerFilters,
} from '../../../contract/partners.ts';
import { formatAmount } from '../../kernel/money.ts';
import { refuse } from '../../kernel/refusal.ts';
import { foldText } from '../../kernel/text.ts';
import { raw, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { COUNT_UP_TO, likeText, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { regionText } from '../company/index.ts';
import { missingFields, stateOf, todayOf } from './partner-load.ts';
import { type CompletenessField, completenessScore } from './partner-rules.ts';
import type { Reader } from './partner-view.ts';

const Filters = z.object(partnerFilters);
export type PartnerFilter = z.output<typeof Filters> & { cursor?: string | undefined; limit: number };
type RowView = z.output<typeof PartnerRowView>;

type ListRow = {
  id: string;
  no: string;
  version: number;
  state: string;
  name: string;
  name_en: string | null;
  short_name: string | null;
  uscc: string | null;
  level: string | null;
  region_code: string | null;
  territory: string | null;
  sales_owner_id: string | null;
  owner_name: string | null;
  currency: string;
  limit_amount: bigint | null;
  exposure_amount: bigint;
  missing: CompletenessField[];
  updated_at: Date;
  sort_value: string;
};

/** What each order sorts by, and which way. Chinese names sort by their pinyin. */
const SORTS: Record<(typeof PARTNER_SORTS)[number], { by: Sql; after: Sql; direction: Sql }> = (() => {
  const up = { after: raw('>'), direction: raw('asc') };
  const down = { after: raw('<'), direction: raw('desc') };
  const [no, name, updated] = [
    raw('p.no'),
    raw('p.pinyin'),
    raw(`to_char(p.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS')`),
  ];
  return {
    no: { by: no, ...up },
    '-no': { by: no, ...down },
    name: { by: name, ...up },
    '-name': { by: name, ...down },
    updatedAt: { by: updated, ...up },
    '-updatedAt': { by: updated, ...down },
  };
})();

/** Partners that the scope may see. Search: number, name, short name, English name, pinyin, initials, credit code. */
export async function listPartners(tx: Tx, filter: PartnerFilter, reader: Reader) {
  const sort = SORTS[filter.sort ?? 'no'];
  const cursor = decodeTypedCursor(filter.cursor, ['text', 'id']);
  const where = whereOf(filter, reader);
  const [rows, counts] = await Promise.all([
    tx.query<ListRow>(sql`
      select p.id, p.no, p.version, p.state, p.name, p.name_en, p.short_name, p.uscc, p.level, p.region_code, p.territory, p.sales_owner_id,
        o.name as owner_name, p.currency, a.limit_amount, coalesce(a.balance_amount + a.held_amount, 0) as exposure_amount,
        ${missingFields(todayOf(reader.now, reader.env))} as missing, p.updated_at, ${sort.by} as sort_value
      from partner p left join app_user o on o.id = p.sales_owner_id left join credit_account a on a.partner_id = p.id
      where ${where} and (${cursor?.[0] ?? null}::text is null or (${sort.by}, p.id) ${sort.after} (${cursor?.[0] ?? null}::text, ${cursor?.[1] ?? null}::uuid))
      order by ${sort.by} ${sort.direction}, p.id ${sort.direction} limit ${filter.limit + 1}`),
    cursor === null
      ? tx.query<{ n: bigint }>(
          sql`select count(*) as n from (select 1 from partner p where ${where} limit ${COUNT_UP_TO}) c`,
        )
      : [],
  ]);
  return pageOf(rows, filter.limit, rowView, (row) => [row.sort_value, row.id], totalOf(counts));
}

function whereOf(filter: PartnerFilter, { now, env }: Reader): Sql {
  const states = filter.state === undefined ? null : [filter.state].flat();
  const q = likeText(filter.q);
  const folded = q === null ? null : foldText(q);
  const region = filter.region?.replace(/(00)+$/, '') ?? null;
  return sql`(${states}::text[] is null or p.state = any(${states}::text[]))
    and (${filter.level ?? null}::text is null or p.level = ${filter.level ?? null}::text)
    and (${filter.salesOwnerId ?? null}::uuid is null or p.sales_owner_id = ${filter.salesOwnerId ?? null}::uuid)
    and (${region}::text is null or starts_with(p.region_code, ${region}::text))
    and (${filter.incomplete ?? null}::text is null or (cardinality(${missingFields(todayOf(now, env))}) > 0) = (${filter.incomplete ?? null}::text = 'true'))
    and (${q}::text is null or p.no ilike '%' || ${q}::text || '%' or p.name_folded like '%' || ${folded}::text || '%' or p.short_name ilike '%' || ${q}::text || '%'
      or p.name_en ilike '%' || ${q}::text || '%' or p.pinyin like '%' || ${folded}::text || '%' or p.pinyin_initials like '%' || ${folded}::text || '%'
      or p.uscc ilike ${q}::text || '%')`;
}

const rowView = (row: ListRow): RowView => ({
  id: row.id,
  no: row.no,
  version: row.version,
  state: stateOf(row),
  name: row.name,
  nameEn: row.name_en,
  shortName: row.short_name,
  uscc: row.uscc,
  level: row.level,
  regionCode: row.region_code,
  regionText: regionText(row.region_code),
  territory: row.territory,
  salesOwner: row.sales_owner_id === null ? null : { id: row.sales_owner_id, name: row.owner_name ?? '' },
  currency: row.currency,
  creditLimitAmount: row.limit_amount === null ? null : formatAmount(row.limit_amount, row.currency),
  exposureAmount: formatAmount(row.exposure_amount, row.currency),
  completeness: completenessScore(row.missing),
  updatedAt: row.updated_at.toISOString(),
});

async function requirePartner(tx: Tx, partnerId: string): Promise<void> {
  const rows = await tx.query(sql`select 1 from partner where id = ${partnerId}`);
  if (rows.length === 0) throw refuse('partner.not_found');
}

type EventRow = { version: number; type: string; at: Date; actor: string | null; payload: Record<string, unknown> };
type Change = z.output<typeof PartnerHistoryEntry>['changes'][number];

/** Not shown to the partner itself. */
const INTERNAL_FIELDS = new Set([
  'usccOverrideReason',
  'sourceRef',
  'reason',
  'confirmedAgainst',
  'level',
  'uscc_override_reason',
  'source_ref',
]);

/** The versions of a file, newest first, with what changed in each. */
export async function listHistory(
  tx: Tx,
  partnerId: string,
  page: { cursor?: string | undefined; limit: number },
  actor: Actor,
) {
  const cursor = decodeTypedCursor(page.cursor, ['whole']);
  await requirePartner(tx, partnerId);
  const internal = actor.partnerId === null;
  const rows = await tx.query<EventRow>(sql`
    select e.version, e.type, e.at, u.name as actor, e.payload from event e
    left join app_user u on u.id = e.actor_id and (${internal} or u.partner_id = ${partnerId}::uuid)
    where e.document_id = ${partnerId}::uuid and e.document_type = 'partner' and (${cursor?.[0] ?? null}::int is null or e.version < ${cursor?.[0] ?? null}::int)
    order by e.version desc limit ${page.limit + 1}`);
  const personal = await personalOf(tx, partnerId, rows);
  const view = (row: EventRow): z.output<typeof PartnerHistoryEntry> => ({
    version: row.version,
    type: row.type,
    at: row.at.toISOString(),
    actor: row.actor,
    changes: withPersonal(row, personal).filter(({ field }) => internal || !INTERNAL_FIELDS.has(field)),
  });
  return pageOf(rows, page.limit, view, (row) => [String(row.version)]);
}

type PersonalRow = { version: number; field: string; before: string | null; after: string | null };

/** Personal data stand beside the log, as long as they have not been erased. */
const personalOf = (tx: Tx, partnerId: string, rows: readonly EventRow[]): Promise<PersonalRow[]> =>
  tx.query<PersonalRow>(sql`
    select version, field, before, after from partner_personal_change
    where partner_id = ${partnerId} and version = any(${rows.map(({ version }) => version)}::int[]) and erased_at is null`);

const withPersonal = ({ version, payload }: EventRow, personal: readonly PersonalRow[]): Change[] =>
  changesOf(payload).map((change) => {
    const kept = change.hidden
      ? personal.find((row) => row.version === version && row.field === change.field)
      : undefined;
    return kept === undefined ? change : { ...change, before: kept.before, after: kept.after, hidden: false };
  });

const asText = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

/** `changes` as they are; every other value of the payload as something that came to be. */
function changesOf(payload: Record<string, unknown>): Change[] {
  return Object.entries(payload).flatMap(([name, value]): Change[] => {
    if (name !== 'changes') {
      return value === null ? [] : [{ field: name, before: null, after: asText(value), hidden: false }];
    }
    return Object.entries(value as Record<string, unknown>).map(([field, change]) => {
      if (typeof change !== 'object' || change === null) return { field, before: null, after: null, hidden: true };
      const { before, after } = change as { before?: unknown; after?: unknown };
      return { field, before: asText(before), after: asText(after), hidden: false };
    });
  });
}

type ItemRow = { code: string; product_id: string; sku: string; name: string; name_en: string | null };

/** The partner's own codes, by code. */
export async function listItems(
  tx: Tx,
  partnerId: string,
  page: { cursor?: string | undefined; limit: number; q?: string | undefined },
) {
  const cursor = decodeTypedCursor(page.cursor, ['text']);
  await requirePartner(tx, partnerId);
  const q = likeText(page.q);
  const where = sql`i.partner_id = ${partnerId}::uuid and (${q}::text is null or i.code ilike '%' || ${q}::text || '%' or p.sku ilike '%' || ${q}::text || '%' or p.name ilike '%' || ${q}::text || '%')`;
  const [rows, counts] = await Promise.all([
    tx.query<ItemRow>(sql`
      select i.code, i.product_id, p.sku, p.name, p.name_en from partner_item i join product p on p.id = i.product_id
      where ${where} and (${cursor?.[0] ?? null}::text is null or i.code > ${cursor?.[0] ?? null}::text) order by i.code limit ${page.limit + 1}`),
    cursor === null
      ? tx.query<{ n: bigint }>(
          sql`select count(*) as n from (select 1 from partner_item i join product p on p.id = i.product_id where ${where} limit ${COUNT_UP_TO}) c`,
        )
      : [],
  ]);
  const view = (row: ItemRow): z.output<typeof PartnerItemView> => ({
    code: row.code,
    product: { id: row.product_id, sku: row.sku, name: row.name, nameEn: row.name_en },
  });
  return pageOf(rows, page.limit, view, (row) => [row.code], totalOf(counts));
}
