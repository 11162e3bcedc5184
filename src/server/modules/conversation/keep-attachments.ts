/** Files that came with something else (a mail) are kept with a document. What is not of a type that may be attached is passed over: it stays where it came from. */
import { createHash } from 'node:crypto';
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db/database.ts';
import type { Context } from '../../platform/pipeline/define.ts';
import type { DocumentType } from './documents.ts';
import { isOfType, type MediaType, mediaTypeOf, safeFileName } from './file-type.ts';

export type NewFile = { fileName: string; mediaType: string; content: Uint8Array };
type Kept = { type: DocumentType; id: string; no: string; partnerId: string };

const TYPES = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  csv: 'text/csv',
} as const;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Mail programs often say no more than application/octet-stream; then the name tells. */
function typeOf({ fileName, mediaType }: Pick<NewFile, 'fileName' | 'mediaType'>): MediaType | null {
  const ending = /\.(\w{1,5})$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return mediaTypeOf(mediaType) ?? (ending === 'xlsx' ? XLSX : (TYPES[ending as keyof typeof TYPES] ?? null));
}

/** Whether the file is of a type that may be attached, by its own bytes too. */
export function isKeepable(file: NewFile): boolean {
  const type = typeOf(file);
  return type !== null && file.content.length > 0 && isOfType(Buffer.from(file.content), type);
}

export async function keepAttachments(
  context: Context<unknown>,
  document: Kept,
  files: readonly NewFile[],
): Promise<void> {
  const { actor } = context.command;
  for (const file of files) {
    const type = typeOf(file);
    if (type === null || !isKeepable(file)) continue;
    await insertAttachment(
      context,
      { document, isInternal: false, by: actor.kind === 'system' ? null : actor.userId },
      { ...file, type },
    );
  }
}

/** One file of a type that was checked; returns its id. */
export async function insertAttachment(
  { tx, command, emit }: Pick<Context<unknown>, 'tx' | 'command' | 'emit'>,
  { document, isInternal, by }: { document: Kept; isInternal: boolean; by: string | null },
  file: { fileName: string; type: MediaType; content: Uint8Array },
): Promise<string> {
  const { now } = command;
  const id = newId(now);
  const content = Buffer.from(file.content);
  const sha256 = createHash('sha256').update(content).digest();
  await tx.run(sql`
    insert into attachment (id, document_type, document_id, partner_id, is_internal, file_name, media_type, byte_count, sha256, content, uploaded_by, uploaded_at)
    values (${id}, ${document.type}, ${document.id}, ${document.partnerId}, ${isInternal}, ${safeFileName(file.fileName, file.type)}, ${file.type}, ${content.length}::int, ${sha256}, ${content}, ${by}, ${now})`);
  emit({
    documentType: 'attachment',
    documentId: id,
    documentNo: document.no,
    version: 1,
    type: 'attachment.added',
    partnerId: isInternal ? null : document.partnerId,
    payload: {
      documentType: document.type,
      documentId: document.id,
      mediaType: file.type,
      byteCount: content.length,
      sha256: sha256.toString('hex'),
    },
  });
  return id;
}
