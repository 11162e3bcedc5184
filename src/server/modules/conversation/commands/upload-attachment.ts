/** Takes a file in: it must be of the type it says, not empty, and at most 20 MB. */
import { createHash } from 'node:crypto';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { readAttachment } from '../conversation-queries.ts';
import { type DocumentType, requireDocument } from '../documents.ts';
import { isOfType, mediaTypeOf, safeFileName } from '../file-type.ts';

export type UploadAttachment = {
  documentType: DocumentType;
  documentId: string;
  fileName: string;
  contentType: string;
  isInternal: boolean;
  content: Buffer;
};

const MOST_BYTES = 20 * 1024 * 1024;

export const uploadAttachment = defineCommand<UploadAttachment>({
  name: 'attachment.upload',
  refuses: [
    'order.not_found',
    'inquiry.not_found',
    'picking.not_found',
    'shipment.not_found',
    'payment.not_found',
    'invoice.not_found',
    'partner.not_found',
    'attachment.type_mismatch',
    'attachment.empty',
    'request.too_large',
    'request.media_type',
    'permission.denied',
  ],
  async run({ tx, command, emit }, input) {
    const { actor, now } = command;
    const { content } = input;
    if (input.isInternal && actor.partnerId !== null)
      throw refuse('permission.denied', { permission: 'order.message' }, 'isInternal');
    if (content.length === 0) throw refuse('attachment.empty');
    if (content.length > MOST_BYTES) throw refuse('request.too_large', { limit: '20 MB' });
    const type = mediaTypeOf(input.contentType);
    if (type === null) throw refuse('request.media_type');
    if (!isOfType(content, type)) throw refuse('attachment.type_mismatch', { type });
    const document = await requireDocument(tx, input.documentType, input.documentId, actor);
    const isInternal = input.isInternal || document.insideOnly;
    const id = newId(now);
    const fileName = safeFileName(input.fileName, type);
    const sha256 = createHash('sha256').update(content).digest();
    await tx.run(sql`
      insert into attachment (id, document_type, document_id, partner_id, is_internal, file_name, media_type, byte_count, sha256, content, uploaded_by, uploaded_at)
      values (${id}, ${document.type}, ${document.id}, ${document.partnerId}, ${isInternal}, ${fileName}, ${type}, ${content.length}::int, ${sha256}, ${content}, ${actor.userId}, ${now})`);
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
        mediaType: type,
        byteCount: content.length,
        sha256: sha256.toString('hex'),
      },
    });
    return { status: 201, body: await readAttachment(tx, id, actor) };
  },
});
