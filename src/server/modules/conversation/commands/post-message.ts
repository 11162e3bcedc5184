/** Writes a message on a document. An internal note, and the files that hang on it, never reach the partner. */
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { messageTable } from '../conversation-tables.ts';
import { readMessage } from '../conversation-queries.ts';
import { type DocumentType, requireDocument } from '../documents.ts';

export type PostMessage = {
  documentType: DocumentType;
  documentId: string;
  body: string;
  isInternal: boolean;
  attachmentIds: readonly string[];
};

export const postMessage = defineCommand<PostMessage>({
  name: 'message.post',
  refuses: [
    'order.not_found',
    'inquiry.not_found',
    'picking.not_found',
    'shipment.not_found',
    'payment.not_found',
    'invoice.not_found',
    'partner.not_found',
    'attachment.not_found',
    'permission.denied',
  ],
  async run({ tx, command, emit }, input) {
    const { actor, now } = command;
    if (input.isInternal && actor.partnerId !== null)
      throw refuse('permission.denied', { permission: 'order.message' }, 'isInternal');
    const document = await requireDocument(tx, input.documentType, input.documentId, actor);
    const isInternal = input.isInternal || document.insideOnly;
    const id = newId(now);
    await insertRows(tx, messageTable, [
      {
        id,
        document_type: document.type,
        document_id: document.id,
        partner_id: document.partnerId,
        is_internal: isInternal,
        author_id: actor.userId,
        body: input.body,
        at: now,
        retracted_at: null,
      },
    ]);
    await hangOn(tx, id, { ...input, isInternal }, actor.userId);
    emit({
      documentType: 'message',
      documentId: id,
      documentNo: document.no,
      version: 1,
      type: 'message.posted',
      // What is internal must not be found in the log by the partner either.
      partnerId: isInternal ? null : document.partnerId,
      payload: {
        documentType: document.type,
        documentId: document.id,
        documentNo: document.no,
        partnerId: document.partnerId,
        isInternal,
        attachments: input.attachmentIds.length,
      },
    });
    return { status: 201, body: await readMessage(tx, id, actor) };
  },
});

/** Files that the author has put on the same document and that hang on no message yet. */
async function hangOn(tx: Tx, messageId: string, input: PostMessage, userId: string): Promise<void> {
  const ids = [...new Set(input.attachmentIds)];
  if (ids.length === 0) return;
  const count = await tx.run(sql`
    update attachment set message_id = ${messageId}, is_internal = is_internal or ${input.isInternal}::boolean
    where id = any(${ids}::uuid[]) and document_id = ${input.documentId} and uploaded_by = ${userId} and message_id is null and retracted_at is null`);
  if (count !== ids.length) throw refuse('attachment.not_found', undefined, 'attachmentIds');
}
