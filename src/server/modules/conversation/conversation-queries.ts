/** The conversation on a document, newest first, with its files. What was taken back is shown as taken back, without its content. */
import type { z } from 'zod';
import type { AttachmentView, MessageView } from '../../../contract/work.ts';
import { empty, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { type Document, readableTypes } from './documents.ts';

type Message = z.output<typeof MessageView>;
type Attachment = z.output<typeof AttachmentView>;

type MessageRow = {
  id: string;
  body: string;
  is_internal: boolean;
  author_id: string;
  author: string;
  author_kind: string;
  at: Date;
  retracted_at: Date | null;
};
type AttachmentRow = {
  id: string;
  message_id: string | null;
  file_name: string;
  media_type: string;
  byte_count: number;
  uploaded_at: Date;
  uploaded_by: string | null;
  is_internal: boolean;
};

type PageOf = { cursor?: string | undefined; limit: number };
const COUNT_UP_TO = 10_000;

/** Row-level security hides internal notes from partners; the same is said here once more. */
const visible = (actor: Actor, alias: 'm' | 'a'): Sql =>
  actor.partnerId === null ? empty : alias === 'm' ? sql` and not m.is_internal` : sql` and not a.is_internal`;

const messageSelect = sql`
  select m.id, m.body, m.is_internal, m.author_id, u.name as author, case when u.partner_id is null then 'staff' else 'partner' end as author_kind, m.at, m.retracted_at
  from message m join app_user u on u.id = m.author_id`;
const attachmentSelect = sql`
  select a.id, a.message_id, a.file_name, a.media_type, a.byte_count, a.uploaded_at, u.name as uploaded_by, a.is_internal
  from attachment a left join app_user u on u.id = a.uploaded_by`;

export async function readMessages(tx: Tx, document: Document, page: PageOf, actor: Actor) {
  const cursor = decodeTypedCursor(page.cursor, ['id']);
  const where = sql`m.document_id = ${document.id} and m.document_type = ${document.type}${visible(actor, 'm')}`;
  const after = cursor === null ? empty : sql` and m.id < ${cursor[0]}::uuid`;
  const [rows, counted] = await Promise.all([
    tx.query<MessageRow>(sql`${messageSelect} where ${where}${after} order by m.id desc limit ${page.limit + 1}::int`),
    tx.query<{ count: number }>(
      sql`select count(*)::int as count from (select from message m where ${where} limit ${COUNT_UP_TO + 1}::int) c`,
    ),
  ]);
  const views = await messageViews(tx, rows, actor);
  const total = counted[0]?.count ?? 0;
  return pageOf(
    views,
    page.limit,
    (view) => view,
    (view) => [view.id],
    { count: Math.min(total, COUNT_UP_TO), exact: total <= COUNT_UP_TO },
  );
}

/** One message as this person sees it, or undefined. */
export async function readMessage(tx: Tx, id: string, actor: Actor): Promise<Message | undefined> {
  const rows = await tx.query<MessageRow>(sql`${messageSelect} where m.id = ${id}${visible(actor, 'm')}`);
  return (await messageViews(tx, rows, actor))[0];
}

async function messageViews(tx: Tx, rows: readonly MessageRow[], actor: Actor): Promise<Message[]> {
  const files = await tx.query<AttachmentRow>(sql`
    ${attachmentSelect} where a.message_id = any(${rows.map(({ id }) => id)}::uuid[]) and a.retracted_at is null${visible(actor, 'a')} order by a.id`);
  return rows.map((row) => ({
    id: row.id,
    body: row.retracted_at === null ? row.body : '',
    isInternal: row.is_internal,
    author: row.author,
    authorSide: row.author_kind === 'partner' ? 'partner' : 'staff',
    at: row.at.toISOString(),
    mine: row.author_id === actor.userId,
    retractedAt: row.retracted_at?.toISOString() ?? null,
    attachments:
      row.retracted_at === null ? files.filter(({ message_id }) => message_id === row.id).map(attachmentView) : [],
  }));
}

const attachmentView = (row: AttachmentRow): Attachment => ({
  id: row.id,
  fileName: row.file_name,
  mediaType: row.media_type,
  byteCount: row.byte_count,
  uploadedAt: row.uploaded_at.toISOString(),
  uploadedBy: row.uploaded_by,
  isInternal: row.is_internal,
});

export async function readAttachments(tx: Tx, document: Document, page: PageOf, actor: Actor) {
  const cursor = decodeTypedCursor(page.cursor, ['id']);
  const where = sql`a.document_id = ${document.id} and a.document_type = ${document.type} and a.retracted_at is null${visible(actor, 'a')}`;
  const after = cursor === null ? empty : sql` and a.id < ${cursor[0]}::uuid`;
  const [rows, counted] = await Promise.all([
    tx.query<AttachmentRow>(
      sql`${attachmentSelect} where ${where}${after} order by a.id desc limit ${page.limit + 1}::int`,
    ),
    tx.query<{ count: number }>(
      sql`select count(*)::int as count from (select from attachment a where ${where} limit ${COUNT_UP_TO + 1}::int) c`,
    ),
  ]);
  const total = counted[0]?.count ?? 0;
  return pageOf(rows, page.limit, attachmentView, (row) => [row.id], {
    count: Math.min(total, COUNT_UP_TO),
    exact: total <= COUNT_UP_TO,
  });
}

export async function readAttachment(tx: Tx, id: string, actor: Actor): Promise<Attachment | undefined> {
  const rows = await tx.query<AttachmentRow>(sql`${attachmentSelect} where a.id = ${id}${visible(actor, 'a')}`);
  return rows.map(attachmentView)[0];
}

/** The file itself; a file of a message that was taken back is gone with it. */
export async function readContent(
  tx: Tx,
  id: string,
  actor: Actor,
): Promise<{ file_name: string; media_type: string; content: Buffer } | undefined> {
  const rows = await tx.query<{ file_name: string; media_type: string; content: Buffer }>(sql`
    select a.file_name, a.media_type, a.content from attachment a left join message m on m.id = a.message_id
    where a.id = ${id} and a.document_type = any(${readableTypes(actor)}::text[]) and a.retracted_at is null and m.retracted_at is null${visible(actor, 'a')}`);
  return rows[0];
}
