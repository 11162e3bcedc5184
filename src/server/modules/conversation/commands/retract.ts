/** Takes one's own message or file back. It stays in the database and in the log; nobody is shown its content any more. */
import { refuse } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { NewEvent } from '../../../platform/pipeline/types.ts';
import { readAttachment, readMessage } from '../conversation-queries.ts';

type Row = {
  document_type: string;
  document_id: string;
  partner_id: string | null;
  is_internal: boolean;
  retracted_at: Date | null;
};

const event = (kind: 'message' | 'attachment', id: string, row: Row): NewEvent => ({
  documentType: kind,
  documentId: id,
  documentNo: null,
  version: 2,
  type: `${kind}.retracted`,
  partnerId: row.is_internal ? null : row.partner_id,
  payload: { documentType: row.document_type, documentId: row.document_id },
});

export const retractMessage = defineCommand<{ messageId: string }>({
  name: 'message.retract',
  refuses: ['message.not_found'],
  async run({ tx, command, emit }, { messageId }) {
    const { actor, now } = command;
    const [row] = await tx.query<Row>(sql`
      select document_type, document_id, partner_id, is_internal, retracted_at from message where id = ${messageId} and author_id = ${actor.userId} for update`);
    if (row === undefined) throw refuse('message.not_found');
    if (row.retracted_at === null) {
      await tx.run(sql`update message set retracted_at = ${now} where id = ${messageId}`);
      emit(event('message', messageId, row));
    }
    return { status: 200, body: await readMessage(tx, messageId, actor) };
  },
});

export const retractAttachment = defineCommand<{ attachmentId: string }>({
  name: 'attachment.retract',
  refuses: ['attachment.not_found', 'attachment.is_evidence', 'attachment.in_use'],
  async run({ tx, command, emit }, { attachmentId }) {
    const { actor, now } = command;
    const [row] = await tx.query<Row>(sql`
      select document_type, document_id, partner_id, is_internal, retracted_at from attachment where id = ${attachmentId} and uploaded_by = ${actor.userId} for update`);
    if (row === undefined) throw refuse('attachment.not_found');
    const replies = await tx.query(sql`select from order_round where reply_attachment_id = ${attachmentId}`);
    if (replies.length > 0) throw refuse('attachment.is_evidence');
    if (row.retracted_at === null) {
      await requireLoose(tx, attachmentId);
      await tx.run(sql`update attachment set retracted_at = ${now} where id = ${attachmentId}`);
      emit(event('attachment', attachmentId, row));
    }
    return { status: 200, body: await readAttachment(tx, attachmentId, actor) };
  },
});

/** A file on record as a document of a partner, or as a signed agreement, is taken off there. */
async function requireLoose(tx: Tx, attachmentId: string): Promise<void> {
  const used = await tx.query(sql`
    select 1 from partner_document where attachment_id = ${attachmentId} and retracted_at is null
    union all select 1 from agreement where attachment_id = ${attachmentId}`);
  if (used.length > 0) throw refuse('attachment.in_use');
}
