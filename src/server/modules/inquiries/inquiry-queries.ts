/** Reads of inquiries, with the match of each line to a product: how sure, and what else it could be. */
import type { z } from 'zod';
import type { inquiryList, InquiryView } from '../../../contract/inquiries.ts';
import { inquiryMachine } from '../../../contract/machines/others.ts';
import { formatQty } from '../../kernel/qty.ts';
import { type Refusal, refuse } from '../../kernel/refusal.ts';
import { empty, join, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { refusalView } from '../../platform/http/messages.ts';
import { decodeCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { lacksSpec, type Match, matchProducts, type ProductRow } from './match-products.ts';
import { gapsOf, type InquiryLineRow, type InquiryRow, inquiryLineTable, inquiryTable } from './inquiry-tables.ts';

type View = z.infer<typeof InquiryView>;
type Joined = {
  partner_no: string;
  partner_name: string;
  partner_name_en: string | null;
  partner_state: string;
  owner_id: string | null;
  owner_name: string | null;
  sent_by_name: string | null;
  confirmed_by_name: string | null;
  order_no: string | null;
  due_at: Date | null;
};

/** What of a line is looked for among the products. */
export const searched = ({ line_no, wanted, spec }: InquiryLineRow) => ({ lineNo: line_no, wanted, spec });

export async function readInquiry(tx: Tx, id: string, actor: Actor, locale: string): Promise<View> {
  const [found, lines] = await Promise.all([
    tx.query<InquiryRow & Joined & { still_quiet: boolean }>(sql`
      select ${columnsOf(inquiryTable, 'i')}, p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en, p.state as partner_state,
        u.id as owner_id, u.name as owner_name, s.name as sent_by_name, c.name as confirmed_by_name, o.no as order_no,
        (select min(t.due_at) from task t where t.document_id = i.id and t.closed_at is null) as due_at,
        not exists (select from message m where m.document_type = 'inquiry' and m.document_id = i.id and m.at > i.warned_at) as still_quiet
      from inquiry i join partner p on p.id = i.partner_id left join app_user u on u.id = p.sales_owner_id
      left join app_user s on s.id = i.sent_by left join app_user c on c.id = i.confirmed_by left join sales_order o on o.id = i.order_id where i.id = ${id}`),
    tx.query<InquiryLineRow>(
      sql`select ${columnsOf(inquiryLineTable)} from inquiry_line where inquiry_id = ${id} order by line_no`,
    ),
  ]);
  const row = found[0];
  if (row === undefined) throw refuse('inquiry.not_found');
  const [matches, products] = await Promise.all([
    matchProducts(tx, row.partner_id, lines.map(searched)),
    tx.query<ProductRow>(
      sql`select id, sku, name, name_hans, name_en, unit from product where id = any(${lines.flatMap((line) => line.product_id ?? [])}::uuid[])`,
    ),
  ]);
  return inquiryView(row, lines, matches, products, actor, locale);
}

function inquiryView(
  row: InquiryRow & Joined & { still_quiet: boolean },
  lines: readonly InquiryLineRow[],
  matches: ReadonlyMap<number, readonly Match[]>,
  products: readonly ProductRow[],
  actor: Actor,
  locale: string,
): View {
  const brief = ({ id, sku, name, name_en }: ProductRow) => ({ id, sku, name, nameEn: name_en });
  return {
    id: row.id,
    no: row.no,
    version: row.version,
    state: row.state,
    partner: { id: row.partner_id, no: row.partner_no, name: row.partner_name, nameEn: row.partner_name_en },
    salesOwner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '' },
    channel: row.channel as View['channel'],
    customerName: row.customer_name,
    poNo: row.po_no,
    requestedOn: row.requested_on,
    addressId: row.address_id,
    note: row.note,
    gapsNote: row.gaps_note,
    declineReason: row.decline_reason,
    needsConfirmation: row.needs_confirmation,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    confirmedBy: row.confirmed_by_name,
    order: row.order_id === null ? null : { id: row.order_id, no: row.order_no ?? '' },
    sentBy: row.sent_by_name,
    receivedAt: row.received_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    closesAt: (row.still_quiet && row.closes_at?.toISOString()) || null,
    lines: lines.map((line) => {
      const product = products.find(({ id }) => id === line.product_id);
      const candidates = matches.get(line.line_no) ?? [];
      const chosen = candidates.find(({ id }) => id === line.product_id);
      return {
        lineNo: line.line_no,
        wanted: line.wanted,
        product:
          product === undefined
            ? null
            : {
                id: product.id,
                sku: product.sku,
                name: product.name,
                nameHans: product.name_hans,
                nameEn: product.name_en,
                unit: product.unit,
              },
        confidence: product === undefined ? (candidates[0]?.score ?? 0) : (chosen?.score ?? 100),
        alternatives: candidates.filter(({ id }) => id !== line.product_id).map(brief),
        spec: line.spec,
        qty: line.qty === null ? null : formatQty(line.qty),
        unit: line.unit,
        requestedOn: line.requested_on,
        note: line.note,
        gaps: gapsOf(line).map((gap) => (gap === 'product' && lacksSpec(candidates) ? 'spec' : gap)),
      };
    }),
    allowedActions: inquiryMachine.rows
      .filter(
        (each) =>
          (each.from as readonly string[]).includes(row.state) &&
          (each.actor as readonly string[]).includes(actor.kind) &&
          actor.permissions.has(each.permission as never) &&
          // Nobody is offered what is not asked of him.
          (each.action !== 'confirm' || waitsForConfirmation(row)),
      )
      .map((each) => ({
        action: each.action,
        refusals: each.guards
          .flatMap((guard) => inquiryGuards[guard]?.(lines, row) ?? [])
          .map((refusal) => refusalView(refusal, locale)),
        ...(PRIMARY[row.state] === each.action ? { primary: true } : {}),
      })),
  };
}

const PRIMARY: Partial<Record<InquiryRow['state'], string>> = {
  received: 'convert',
  ready: 'convert',
  needs_data: 'answer',
};

export const waitsForConfirmation = (row: Pick<InquiryRow, 'needs_confirmation' | 'confirmed_at'>): boolean =>
  row.needs_confirmation && row.confirmed_at === null;

/** One function for each guard of the inquiry's life-cycle table. */
export const inquiryGuards: Record<
  string,
  (lines: readonly InquiryLineRow[], row: InquiryRow & { partner_state: string }) => Refusal[]
> = {
  'inquiry.incomplete': (lines) => {
    const missing = lines.filter((line) => gapsOf(line).some((gap) => gap !== 'product'));
    return missing.length === 0
      ? []
      : [{ code: 'inquiry.incomplete', params: { lines: missing.map(({ line_no }) => line_no).join(', ') } }];
  },
  'inquiry.line_unmatched': (lines) => {
    const missing = lines.filter(({ product_id }) => product_id === null);
    return missing.length === 0
      ? []
      : [{ code: 'inquiry.line_unmatched', params: { lines: missing.map(({ line_no }) => line_no).join(', ') } }];
  },
  'inquiry.unconfirmed': (_lines, row) => (waitsForConfirmation(row) ? [{ code: 'inquiry.unconfirmed' }] : []),
  'inquiry.nothing_to_confirm': (_lines, row) =>
    waitsForConfirmation(row) ? [] : [{ code: 'inquiry.nothing_to_confirm' }],
  'partner.not_active': (_lines, row) => (row.partner_state === 'active' ? [] : [{ code: 'partner.not_active' }]),
};

type ListQuery = z.output<NonNullable<typeof inquiryList.query>>;
type ListRow = InquiryRow &
  Pick<Joined, 'partner_no' | 'partner_name' | 'partner_name_en' | 'due_at'> & {
    line_count: number;
    gap_count: number;
  };
const COUNT_UP_TO = 10_000;

export async function readInquiries(tx: Tx, query: ListQuery, actor: Actor) {
  const cursor = decodeCursor(query.cursor, 1);
  const parts: Sql[] = [];
  if (actor.scope.kind === 'partners') parts.push(sql`i.partner_id = any(${[...actor.scope.ids]}::uuid[])`);
  if (query.state !== undefined) parts.push(sql`i.state = any(${[query.state].flat()}::text[])`);
  if (query.partnerId !== undefined) parts.push(sql`i.partner_id = ${query.partnerId}`);
  if (query.q !== undefined && query.q.trim() !== '') {
    const like = `%${query.q.trim().replace(/[\\%_]/g, '\\$&')}%`;
    parts.push(
      sql`(i.no ilike ${like} or i.po_no ilike ${like} or i.customer_name ilike ${like} or p.name ilike ${like} or p.pinyin_initials ilike ${like})`,
    );
  }
  const where = parts.length === 0 ? empty : sql` and ${join(parts, ' and ')}`;
  const [rows, count] = await Promise.all([
    tx.query<ListRow>(sql`
      select ${columnsOf(inquiryTable, 'i')}, p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en,
        (select min(t.due_at) from task t where t.document_id = i.id and t.closed_at is null) as due_at,
        (select count(*)::int from inquiry_line l where l.inquiry_id = i.id) as line_count,
        (select count(*)::int from inquiry_line l where l.inquiry_id = i.id and (l.product_id is null or l.qty is null or l.requested_on is null)) as gap_count
      from inquiry i join partner p on p.id = i.partner_id
      where true${where}${cursor === null ? empty : sql` and i.id < ${cursor[0]}::text::uuid`} order by i.id desc limit ${query.limit + 1}`),
    tx.query<{ count: bigint }>(
      sql`select count(*) as count from (select from inquiry i join partner p on p.id = i.partner_id where true${where} limit ${COUNT_UP_TO + 1}) c`,
    ),
  ]);
  const total = Number(count[0]?.count ?? 0n);
  return pageOf(
    rows,
    query.limit,
    (row) => ({
      id: row.id,
      no: row.no,
      version: row.version,
      state: row.state,
      partner: { id: row.partner_id, no: row.partner_no, name: row.partner_name, nameEn: row.partner_name_en },
      channel: row.channel as View['channel'],
      customerName: row.customer_name,
      poNo: row.po_no,
      lineCount: row.line_count,
      gapCount: row.gap_count,
      requestedOn: row.requested_on,
      receivedAt: row.received_at.toISOString(),
      dueAt: row.due_at?.toISOString() ?? null,
    }),
    (row) => [row.id],
    { count: Math.min(total, COUNT_UP_TO), exact: total <= COUNT_UP_TO },
  );
}
