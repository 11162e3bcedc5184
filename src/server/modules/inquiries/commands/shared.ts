/** What all commands on an existing inquiry begin and end with. */
import { rulesOf } from '../../../platform/pipeline/policy-book.ts';
import { inquiryMachine } from '../../../../contract/machines/others.ts';
import { holderOf, isTaskKind } from '../../../../contract/tasks.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, updateRows } from '../../../platform/db/table.ts';
import type { Context } from '../../../platform/pipeline/define.ts';
import type { Answer } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { inquiryGuards, readInquiry, waitsForConfirmation } from '../inquiry-queries.ts';
import { type InquiryLineRow, type InquiryRow, inquiryLineTable, inquiryTable } from '../inquiry-tables.ts';

export type Locked = {
  row: InquiryRow & { sales_owner_id: string | null; partner_state: string };
  lines: InquiryLineRow[];
};
export type InquiryAction = (typeof inquiryMachine)['rows'][number]['action'];

export async function lockInquiry({ tx, command }: Context<unknown>, id: string): Promise<Locked> {
  const [rows, lines] = await Promise.all([
    tx.query<Locked['row']>(
      sql`select ${columnsOf(inquiryTable, 'i')}, p.sales_owner_id, p.state as partner_state from inquiry i join partner p on p.id = i.partner_id where i.id = ${id} for update of i`,
    ),
    tx.query<InquiryLineRow>(
      sql`select ${columnsOf(inquiryLineTable)} from inquiry_line where inquiry_id = ${id} order by line_no`,
    ),
  ]);
  const row = rows[0];
  if (row === undefined) throw refuse('inquiry.not_found');
  requireVersion(command, row);
  return { row, lines };
}

/** All reasons against the action, from the life-cycle table; throws them. */
export function requireInquiryAction(
  { command }: Context<unknown>,
  { row, lines }: Locked,
  action: InquiryAction,
): void {
  const found = inquiryMachine.row(action, row.state);
  if (found === undefined) throw refuse('inquiry.wrong_state', { action, state: row.state });
  if (command.actor.kind !== 'system' && !(found.actor as readonly string[]).includes(command.actor.kind))
    throw refuse('permission.denied', { permission: found.permission });
  refuseIf(found.guards.flatMap((guard) => inquiryGuards[guard]?.(lines, row) ?? []));
}

/** Goes one row of the table: state, event, task. */
export async function goInquiry(
  context: Context<unknown>,
  { row }: Pick<Locked, 'row'>,
  action: InquiryAction,
  payload: Record<string, unknown> = {},
): Promise<void> {
  const found = inquiryMachine.row(action, row.state);
  if (found === undefined) throw refuse('inquiry.wrong_state', { action, state: row.state });
  if (found.to !== 'same') row.state = found.to as InquiryRow['state'];
  row.version += 1;
  if (action !== 'warnIdle') Object.assign(row, { active_at: context.command.now, warned_at: null, closes_at: null });
  await updateRows(
    context.tx,
    inquiryTable,
    [
      'state',
      'version',
      'gaps_note',
      'decline_reason',
      'order_id',
      'requested_on',
      'note',
      'confirmed_by',
      'confirmed_at',
      'active_at',
      'warned_at',
      'closes_at',
    ],
    [row],
  );
  context.emit({
    documentType: 'inquiry',
    documentId: row.id,
    documentNo: row.no,
    version: row.version,
    type: found.event,
    partnerId: row.partner_id,
    payload,
  });
  if (found.to === 'same') {
    if (action === 'confirm') context.task({ closeOf: row.id, family: 'inquiry.confirm' });
    return;
  }
  context.task({ closeOf: row.id });
  openTask(context, row, found.task, found.clock, found.article);
  askForConfirmation(context, row);
}

const OPEN: readonly InquiryRow['state'][] = ['received', 'needs_data', 'ready'];

/** The partner's task, as long as an open inquiry waits for its word. */
export function askForConfirmation(context: Context<unknown>, row: Locked['row']): void {
  if (waitsForConfirmation(row) && OPEN.includes(row.state))
    openTask(context, row, 'inquiry.confirm', 'inquiry.answer', 'R3.2');
}

export function openTask(
  { task, env, command }: Context<unknown>,
  row: Locked['row'],
  kind: string | undefined,
  clock: string | undefined,
  article: string,
): void {
  if (kind === undefined || !isTaskKind(kind)) return;
  task({
    open: {
      kind,
      documentType: 'inquiry',
      documentId: row.id,
      documentNo: row.no,
      partnerId: row.partner_id,
      holder: holderOf(kind, { salesOwnerId: row.sales_owner_id }),
      article,
      // An inquiry keeps the parameters with which it came.
      due: clock === undefined ? null : env.policy.deadline(clock, command.now, rulesOf(row)),
    },
  });
}

export async function answerWithInquiry(
  { tx, command, answers }: Context<unknown>,
  id: string,
  status = 200,
): Promise<Answer> {
  if (!answers) return { status, body: { id } };
  const view = await readInquiry(tx, id, command.actor, command.actor.locale);
  return { status, body: view, etag: view.version };
}
