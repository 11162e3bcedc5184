/** Papers on a partner's file. The file itself was put on the partner before, as an attachment; here it becomes a document of a kind. */
import type { z } from 'zod';
import type { documentFields } from '../../../../contract/partners.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf, insertRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { followCompleteness, lockPartner, partnerEvent, requireOpenFile, touchPartner } from '../partner-load.ts';
import { type DocumentRow, documentTable } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';

type AddDocument = z.output<z.ZodObject<typeof documentFields>> & { partnerId: string };

/** An attachment of this partner that is not internal: both sides see the documents of the file. */
export async function requireAttachment(tx: Tx, partnerId: string, attachmentId: string): Promise<void> {
  const found = await tx.query(sql`
    select 1 from attachment where id = ${attachmentId} and document_type = 'partner' and document_id = ${partnerId} and not is_internal and retracted_at is null`);
  if (found.length === 0) throw refuse('attachment.not_found', undefined, 'attachmentId');
}

export const addDocument = defineCommand<AddDocument>({
  name: 'partner.add_document',
  refuses: [
    'partner.not_found',
    'partner.wrong_state',
    'attachment.not_found',
    'document.not_found',
    'document.period_wrong',
    'document.replaced',
    'document.file_used',
    'request.version_stale',
  ],
  async run(context, { partnerId, attachmentId, kind, note, validFrom = null, validTo = null, replacesId }) {
    const { tx, command, env, emit } = context;
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    requireOpenFile(partner, 'addDocument');
    if (validFrom !== null && validTo !== null && validTo < validFrom)
      throw refuse('document.period_wrong', undefined, 'validTo');
    await requireAttachment(tx, partnerId, attachmentId);
    const replaced = replacesId === undefined ? null : await readDocument(tx, partnerId, replacesId, 'replacesId');
    if (replaced !== null && (replaced.retracted_at !== null || (await isReplaced(tx, replaced.id))))
      throw refuse('document.replaced', undefined, 'replacesId');
    const row: DocumentRow = {
      id: newId(now),
      partner_id: partnerId,
      attachment_id: attachmentId,
      kind,
      note: note ?? null,
      valid_from: validFrom,
      valid_to: validTo,
      added_by: actor.userId,
      added_at: now,
      replaces_id: replacesId ?? null,
      retracted_at: null,
    };
    await insertRows(tx, documentTable, [row]);
    const next = await touchPartner(tx, partner, now);
    emit(
      partnerEvent(next, 'partner.document_added', {
        documentId: row.id,
        documentKind: kind,
        validFrom,
        validTo,
        replaces: replaced?.id ?? null,
      }),
    );
    await followCompleteness(context, next);
    return { status: 201, body: await readPartner(tx, partnerId, { actor, env, now }), etag: next.version };
  },
});

async function readDocument(tx: Tx, partnerId: string, id: string, field?: string): Promise<DocumentRow> {
  const [row] = await tx.query<DocumentRow>(
    sql`select ${columnsOf(documentTable)} from partner_document where id = ${id} and partner_id = ${partnerId}`,
  );
  if (row === undefined) throw refuse('document.not_found', undefined, field);
  return row;
}

/** Has another document, still on the record, taken its place? */
async function isReplaced(tx: Tx, documentId: string): Promise<boolean> {
  const found = await tx.query(
    sql`select 1 from partner_document where replaces_id = ${documentId} and retracted_at is null`,
  );
  return found.length > 0;
}

/** Off the record, or back on. What it had replaced holds again while it is off. One that has been replaced itself stays as it is. */
export const retractDocument = defineCommand<{ partnerId: string; documentId: string; back?: boolean | undefined }>({
  name: 'partner.retract_document',
  refuses: [
    'partner.not_found',
    'partner.wrong_state',
    'document.not_found',
    'document.replaced',
    'request.version_stale',
  ],
  async run(context, { partnerId, documentId, back = false }) {
    const { tx, command, env, emit } = context;
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    requireOpenFile(partner, 'retractDocument');
    const row = await readDocument(tx, partnerId, documentId);
    const rival = back ? row.replaces_id : row.id;
    if (rival !== null && (await isReplaced(tx, rival))) throw refuse('document.replaced');
    if ((row.retracted_at === null) === back) {
      return { status: 200, body: await readPartner(tx, partnerId, { actor, env, now }), etag: partner.version };
    }
    await tx.run(
      sql`update partner_document set retracted_at = ${back ? null : now}::timestamptz where id = ${documentId}`,
    );
    const next = await touchPartner(tx, partner, now);
    emit(
      partnerEvent(next, back ? 'partner.document_restored' : 'partner.document_retracted', {
        documentId,
        documentKind: row.kind,
      }),
    );
    await followCompleteness(context, next);
    return { status: 200, body: await readPartner(tx, partnerId, { actor, env, now }), etag: next.version };
  },
});

/** A licence has run out: the file is incomplete from today on, and that is a task. */
export const noteIncomplete = defineCommand<{ partnerId: string }>({
  name: 'partner.note_incomplete',
  refuses: ['partner.not_found'],
  async run(context, { partnerId }) {
    const { tx, command, emit } = context;
    const partner = await lockPartner(tx, command, partnerId);
    const next = await touchPartner(tx, partner, command.now);
    emit(partnerEvent(next, 'partner.licence_run_out', {}));
    await followCompleteness(context, next);
    return { status: 200, body: {} };
  },
});
