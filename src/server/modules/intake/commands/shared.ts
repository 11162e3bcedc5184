/** What commands on a message share: the lock, the step of the life cycle, the inquiry that is made of it. */
import { intakeMachine, type IntakeState } from '../../../../contract/machines/intake.ts';
import { holderOf, isTaskKind } from '../../../../contract/tasks.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, updateRows } from '../../../platform/db/table.ts';
import type { Context } from '../../../platform/pipeline/define.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { keepAttachments } from '../../conversation/index.ts';
import { createInquiry, lineInputs, type ReadInquiry } from '../../inquiries/index.ts';
import { type IntakeMessage, intakeTable, type KeptMail } from '../intake-tables.ts';
import type { ParsedAttachment } from '../parse/parsed-mail.ts';

export type IntakeAction = (typeof intakeMachine)['rows'][number]['action'];

export async function lockMessage({ tx, command }: Context<unknown>, id: string): Promise<IntakeMessage> {
  const rows = await tx.query<IntakeMessage>(
    sql`select ${columnsOf(intakeTable)} from intake_message where id = ${id} for update`,
  );
  const row = rows[0];
  if (row === undefined) throw refuse('intake.not_found');
  requireVersion(command, row);
  return row;
}

/** Goes one row of the table. What else has changed in the row is saved with it. */
export async function goMessage(
  { tx, command, env, emit, task }: Context<unknown>,
  row: IntakeMessage,
  action: IntakeAction,
  to: IntakeState,
  payload: Record<string, unknown> = {},
): Promise<void> {
  const found = intakeMachine.row(action, row.state);
  if (found === undefined) throw refuse('intake.wrong_state', { action, state: row.state });
  row.state = to;
  row.version += 1;
  await updateRows(
    tx,
    intakeTable,
    [
      'state',
      'reason',
      'message_id',
      'from_address',
      'subject',
      'parsed',
      'auth',
      'partner_id',
      'inquiry_id',
      'settled_at',
      'decided_by',
      'discard_reason',
      'version',
    ],
    [row],
  );
  emit({
    documentType: 'intake',
    documentId: row.id,
    documentNo: row.no,
    version: row.version,
    type: found.event,
    partnerId: row.partner_id,
    payload: {
      state: to,
      reason: row.reason,
      ...(row.inquiry_id === null ? {} : { inquiryId: row.inquiry_id }),
      ...payload,
    },
  });
  task({ closeOf: row.id });
  if (found.task === undefined || !isTaskKind(found.task)) return;
  task({
    open: {
      kind: found.task,
      documentType: 'intake',
      documentId: row.id,
      documentNo: row.no,
      partnerId: null,
      holder: holderOf(found.task, { salesOwnerId: null }),
      article: found.article,
      due: found.clock === undefined ? null : env.policy.deadline(found.clock, command.now),
    },
  });
}

/** The inquiry of a message, with its files. */
export async function makeInquiry(
  context: Context<unknown>,
  row: IntakeMessage,
  partnerId: string,
  read: ReadInquiry,
  files: readonly ParsedAttachment[],
): Promise<string> {
  const input = {
    partnerId,
    channel: 'email' as const,
    receivedAt: row.received_at.toISOString(),
    ...(read.requestedOn === null ? {} : { requestedOn: read.requestedOn }),
    ...(read.poNo === null ? {} : { poNo: read.poNo }),
    ...(read.customerName === null ? {} : { customerName: read.customerName }),
    lines: lineInputs(read),
  };
  const { body } = await createInquiry.run(
    { ...context, command: { ...context.command, input }, answers: false },
    input,
  );
  const { id } = body as { id: string };
  await keepAttachments(context, { type: 'inquiry', id, no: row.no, partnerId }, files);
  return id;
}

/** Without the bytes of files: those stay in the raw message, and with the inquiry. */
export const keptMail = (mail: {
  text: string;
  tables: string[][][];
  attachments: readonly (ParsedAttachment & { kept: boolean })[];
}): KeptMail => ({
  text: mail.text,
  tables: mail.tables,
  attachments: mail.attachments.map(({ fileName, mediaType, byteCount, rows, kept }) => ({
    fileName,
    mediaType,
    byteCount,
    rows,
    kept,
  })),
});
