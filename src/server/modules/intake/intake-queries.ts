/** Reads of messages that came in. A message is shown as text; its HTML never leaves the server. */
import type { z } from 'zod';
import type { intakeList, IntakeView } from '../../../contract/intake.ts';
import { intakeMachine } from '../../../contract/machines/intake.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { COUNT_UP_TO, likeText, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { readTable } from '../inquiries/index.ts';
import type { IntakeMessage } from './intake-tables.ts';

type View = z.infer<typeof IntakeView>;
type Row = Omit<IntakeMessage, 'raw' | 'sha256'> & {
  partner_no: string | null;
  partner_name: string | null;
  partner_name_en: string | null;
  inquiry_no: string | null;
  decided_by_name: string | null;
};
type ListQuery = z.output<NonNullable<typeof intakeList.query>>;

const SELECT = sql`
  select m.id, m.no, m.source, m.state, m.reason, m.byte_count, m.envelope_from, m.remote_ip, m.helo, m.message_id, m.from_address, m.subject, m.parsed, m.auth,
    m.attempts, m.partner_id, m.inquiry_id, m.received_at, m.settled_at, m.decided_by, m.discard_reason, m.version,
    p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en, i.no as inquiry_no, u.name as decided_by_name
  from intake_message m left join partner p on p.id = m.partner_id left join inquiry i on i.id = m.inquiry_id left join app_user u on u.id = m.decided_by`;

export async function readMessages(tx: Tx, query: ListQuery) {
  const cursor = decodeTypedCursor(query.cursor, ['id']);
  const states = query.state === undefined ? null : [query.state].flat();
  const q = likeText(query.q);
  const where = sql`(${states}::text[] is null or m.state = any(${states}::text[]))
    and (${q}::text is null or m.no ilike '%' || ${q}::text || '%' or m.from_address ilike '%' || ${q}::text || '%' or m.subject ilike '%' || ${q}::text || '%')`;
  const [rows, counts] = await Promise.all([
    tx.query<Row>(
      sql`${SELECT} where ${where} and (${cursor?.[0] ?? null}::uuid is null or m.id < ${cursor?.[0] ?? null}::uuid) order by m.id desc limit ${query.limit + 1}`,
    ),
    cursor === null
      ? tx.query<{ n: bigint }>(
          sql`select count(*) as n from (select 1 from intake_message m where ${where} limit ${COUNT_UP_TO}) c`,
        )
      : [],
  ]);
  return pageOf(rows, query.limit, rowView, (row) => [row.id], totalOf(counts));
}

const rowView = (row: Row) => ({
  id: row.id,
  no: row.no,
  version: row.version,
  source: row.source,
  state: row.state,
  reason: row.reason,
  from: row.from_address,
  subject: row.subject,
  receivedAt: row.received_at.toISOString(),
  partner:
    row.partner_id === null || row.partner_no === null
      ? null
      : { id: row.partner_id, no: row.partner_no, name: row.partner_name ?? '', nameEn: row.partner_name_en },
  inquiry: row.inquiry_id === null || row.inquiry_no === null ? null : { id: row.inquiry_id, no: row.inquiry_no },
  byteCount: row.byte_count,
});

type Partner = { id: string; no: string; name: string; nameEn: string | null };

export async function readMessage(tx: Tx, id: string, actor: Actor): Promise<View> {
  const rows = await tx.query<Row>(sql`${SELECT} where m.id = ${id}`);
  const row = rows[0];
  if (row === undefined) throw refuse('intake.not_found');
  const [twins, suspects] = await Promise.all([
    tx.query<{ id: string; no: string }>(sql`
      select id, no from intake_message where from_address = ${row.from_address} and id <> ${id} and received_at > ${row.received_at}::timestamptz - interval '14 days'
        and parsed ->> 'text' = ${row.parsed?.text ?? null}::text order by id limit 5`),
    tx.query<Partner>(sql`
      select p.id, p.no, p.name, p.name_en as "nameEn" from partner p where p.id in (
        select partner_id from partner_contact where is_active and lower(email) = ${row.from_address}
        union select partner_id from app_user where kind = 'partner' and lower(email) = ${row.from_address}) limit 10`),
  ]);
  const none = { today: '2000-01-01', addWorkingDays: (day: string) => day };
  return {
    ...rowView(row),
    messageId: row.message_id,
    envelopeFrom: row.envelope_from,
    remoteIp: row.remote_ip,
    auth: row.auth === null ? null : { spf: row.auth.spf, dkim: row.auth.dkim, dmarc: row.auth.dmarc, by: row.auth.by },
    text: row.parsed?.text ?? '',
    attachments: (row.parsed?.attachments ?? []).map(({ fileName, mediaType, byteCount, rows: cells, kept }) => ({
      fileName,
      mediaType,
      byteCount,
      kept,
      lines: cells === null ? null : (readTable(cells, none)?.lines.length ?? 0),
    })),
    possibleDuplicateOf: twins,
    suspects,
    decidedBy: row.decided_by === null ? null : { id: row.decided_by, name: row.decided_by_name ?? '' },
    discardReason: row.discard_reason,
    allowedActions: intakeMachine.rows
      .filter(
        (each) =>
          (each.from as readonly string[]).includes(row.state) &&
          (each.actor as readonly string[]).includes(actor.kind) &&
          actor.permissions.has(each.permission as never),
      )
      .map(({ action }) => ({ action, refusals: [], ...(action === 'release' ? { primary: true } : {}) })),
  };
}

/** The mails of an inquiry that the caller may see. */
export async function readInquiryMails(tx: Tx, inquiryId: string) {
  const [inquiries, rows] = await Promise.all([
    tx.query(sql`select 1 from inquiry where id = ${inquiryId}`),
    tx.query<Row>(sql`${SELECT} where m.inquiry_id = ${inquiryId} order by m.id`),
  ]);
  if (inquiries.length === 0) throw refuse('inquiry.not_found');
  return {
    items: rows.map((row) => ({
      id: row.id,
      no: row.no,
      state: row.state,
      from: row.from_address,
      subject: row.subject,
      receivedAt: row.received_at.toISOString(),
      text: row.parsed?.text ?? '',
    })),
  };
}
