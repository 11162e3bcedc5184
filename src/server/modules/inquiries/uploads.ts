/** The files that lines were read from: kept as they came, attached to the inquiry when it is sent. R3.2. */
import { CSV_TYPE, XLSX_TYPE } from '../../../contract/imports.ts';
import { addMs } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { defineTable, insertRows } from '../../platform/db/table.ts';
import type { Context } from '../../platform/pipeline/define.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { keepAttachments } from '../conversation/index.ts';

const uploadTable = defineTable('inquiry_upload', ['id'], {
  id: 'uuid',
  partner_id: 'uuid',
  file_name: 'text',
  media_type: 'text',
  content: 'bytea',
  uploaded_by: 'uuid',
  uploaded_at: 'timestamptz',
});

/** Drafts of inquiries live on the device of whoever writes; so long their files are kept. */
const KEPT_MS = 30 * 86_400_000;
/** Files of one person that are not sent yet; beyond, the oldest go. */
const MOST_KEPT = 20;

/** Keeps the file until the inquiry is sent; returns its id. */
export async function keepUpload(
  tx: Tx,
  { actor, partnerId, now }: { actor: Actor; partnerId: string; now: Date },
  file: { fileName: string | undefined; bytes: Buffer },
): Promise<string> {
  const id = newId(now);
  const isWorkbook = file.bytes.subarray(0, 2).toString('latin1') === 'PK';
  const row = {
    id,
    partner_id: partnerId,
    file_name: file.fileName ?? (isWorkbook ? 'inquiry.xlsx' : 'inquiry.csv'),
    media_type: isWorkbook ? XLSX_TYPE : CSV_TYPE,
    content: file.bytes,
    uploaded_by: actor.userId,
    uploaded_at: now,
  };
  await insertRows(tx, uploadTable, [row]);
  await tx.run(sql`
    delete from inquiry_upload where id in (select id from inquiry_upload where uploaded_by = ${actor.userId} order by id desc offset ${MOST_KEPT}::int)`);
  return id;
}

type Kept = { id: string; file_name: string; media_type: string; content: Buffer };

/** The files become attachments of the inquiry. Refuses (attachment.not_found) those of another partner, and used ones. */
export async function attachUploads(
  context: Context<unknown>,
  inquiry: { id: string; no: string; partner_id: string },
  fileIds: readonly string[],
): Promise<void> {
  if (fileIds.length === 0) return;
  const files = await context.tx.query<Kept>(sql`
    delete from inquiry_upload where id = any(${[...fileIds]}::uuid[]) and partner_id = ${inquiry.partner_id} returning id, file_name, media_type, content`);
  const ofId = new Map(files.map((file) => [file.id, file]));
  const kept = fileIds.map((id, at) => {
    const file = ofId.get(id);
    if (file === undefined) throw refuse('attachment.not_found', undefined, `fileIds.${at}`);
    return { fileName: file.file_name, mediaType: file.media_type, content: file.content };
  });
  await keepAttachments(
    context,
    { type: 'inquiry', id: inquiry.id, no: inquiry.no, partnerId: inquiry.partner_id },
    kept,
  );
}

/** Files of inquiries that were never sent. */
export const dropOldUploads = (tx: Tx, now: Date): Promise<number> =>
  tx.run(sql`delete from inquiry_upload where uploaded_at < ${addMs(now, -KEPT_MS)}`);
