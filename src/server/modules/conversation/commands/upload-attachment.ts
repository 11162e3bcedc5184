/** Takes a file in: it must be of the type it says, not empty, and at most 20 MB. */
import { refuse } from '../../../kernel/refusal.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { readAttachment } from '../conversation-queries.ts';
import { type DocumentType, requireDocument } from '../documents.ts';
import { isOfType, mediaTypeOf } from '../file-type.ts';
import { insertAttachment } from '../keep-attachments.ts';

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
  async run(context, input) {
    const { tx, command } = context;
    const { actor } = command;
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
    const id = await insertAttachment(
      context,
      { document, isInternal, by: actor.userId },
      { fileName: input.fileName, type, content },
    );
    return { status: 201, body: await readAttachment(tx, id, actor) };
  },
});
