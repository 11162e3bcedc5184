/** Conversation and files over HTTP. */
import * as contract from '../../../contract/work.ts';
import { refuse } from '../../kernel/refusal.ts';
import { type Route, raw, read, write } from '../../platform/http/route.ts';
import { postMessage } from './commands/post-message.ts';
import { retractAttachment, retractMessage } from './commands/retract.ts';
import { uploadAttachment } from './commands/upload-attachment.ts';
import { readAttachments, readContent, readMessages } from './conversation-queries.ts';
import { requireDocument } from './documents.ts';
import { contentDisposition } from './file-type.ts';

export const conversationRoutes: Route[] = [
  read(contract.messageList, async ({ tx, params, query, actor }) =>
    readMessages(tx, await requireDocument(tx, params.documentType, params.documentId, actor), query, actor),
  ),
  write(contract.messagePost, postMessage, ({ params, body }) => ({
    ...params,
    body: body.body,
    isInternal: body.isInternal ?? false,
    attachmentIds: body.attachmentIds ?? [],
  })),
  write(contract.messageRetract, retractMessage, ({ params }) => params),
  write(contract.attachmentUpload, uploadAttachment, ({ params, query, body, contentType }) => ({
    ...params,
    fileName: query.fileName,
    isInternal: query.isInternal === 'true',
    contentType,
    content: body,
  })),
  read(contract.attachmentList, async ({ tx, params, query, actor }) =>
    readAttachments(tx, await requireDocument(tx, params.documentType, params.documentId, actor), query, actor),
  ),
  write(contract.attachmentRetract, retractAttachment, ({ params }) => params),
  raw(contract.attachmentGet, async ({ params, actor, services, reply }) => {
    if (actor === null) return undefined;
    const file = await services.database.read(actor.scope, (tx) => readContent(tx, params.attachmentId, actor));
    if (file === undefined) throw refuse('attachment.not_found');
    reply
      .type(file.media_type)
      .header('Content-Disposition', contentDisposition(file.file_name))
      .header('X-Content-Type-Options', 'nosniff')
      .header('Content-Security-Policy', "default-src 'none'; sandbox")
      .send(file.content);
    return undefined;
  }),
];
