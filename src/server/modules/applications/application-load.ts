/** Reading, checking and moving applications inside commands. */
import type { z } from 'zod';
import type { ApplicationContent } from '../../../contract/applications.ts';
import { type ApplicationState, applicationMachine } from '../../../contract/machines/application.ts';
import type { ActionOf } from '../../../contract/machine.ts';
import { articleOf, holderOf, isTaskKind } from '../../../contract/tasks.ts';
import { usccProblem } from '../../kernel/uscc.ts';
import { type Refusal, refuse, refuseIf } from '../../kernel/refusal.ts';
import { hashToken } from '../../platform/auth/tokens.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf, updateRows } from '../../platform/db/table.ts';
import type { Context } from '../../platform/pipeline/define.ts';
import type { Command } from '../../platform/pipeline/types.ts';
import { requireVersion } from '../../platform/pipeline/version.ts';
import { requireRegion } from '../company/index.ts';
import { invoicingRefusals } from '../partners/partner-rules.ts';
import { type ApplicationTableRow, applicationTable } from './application-tables.ts';

export type Content = z.output<typeof ApplicationContent>;
export type ApplicationAction = ActionOf<typeof applicationMachine>;

export const stateOf = ({ state }: { state: string }): ApplicationState => state as ApplicationState;
export const contentOf = ({ content }: { content: unknown }): Content | null => content as Content | null;

/** What staff work on, locked, at the version that they have seen. */
export async function lockApplication(tx: Tx, command: Command<unknown>, id: string): Promise<ApplicationTableRow> {
  const [row] = await tx.query<ApplicationTableRow>(
    sql`select ${columnsOf(applicationTable)} from partner_application where id = ${id} for update`,
  );
  if (row === undefined) throw refuse('application.not_found');
  requireVersion(command, row);
  return row;
}

/** The application that a link names. A wrong token and a missing application are one refusal. */
export async function byToken(tx: Tx, token: string, lock: boolean): Promise<ApplicationTableRow> {
  const [row] = await tx.query<ApplicationTableRow>(
    sql`select ${columnsOf(applicationTable)} from partner_application where token_hash = ${hashToken(token)} ${lock ? sql`for update` : sql``}`,
  );
  if (row === undefined) throw refuse('token.invalid');
  return row;
}

export const refusalsOf = (action: ApplicationAction, row: { state: string }): Refusal[] =>
  applicationMachine.refusals(action, stateOf(row), {}, {});

/** What can be said against typed content without looking at what is stored: it must not tell who is known. */
export function requireContent(content: Content, at = 'content'): void {
  const country = content.country ?? 'CN';
  const within = (refusals: readonly Refusal[]) =>
    refusals.map((refusal) => ({ ...refusal, field: `${at}.${refusal.field}` }));
  requireRegion(content.regionCode, `${at}.regionCode`);
  requireRegion(content.address.regionCode, `${at}.address.regionCode`, true);
  refuseIf([
    ...within(usccRefusals(content, country)),
    ...within(
      invoicingRefusals({
        country,
        invoice_title: content.invoiceTitle ?? null,
        tax_no: content.taxNo ?? null,
        bank_name: content.bankName ?? null,
        bank_account: content.bankAccount ?? null,
        invoice_address: content.invoiceAddress ?? null,
        invoice_phone: content.invoicePhone ?? null,
      }),
    ),
  ]);
}

/** A Chinese company has a credit code; one that fails its check comes with a reason. */
function usccRefusals({ uscc, usccOverrideReason }: Content, country: string): Refusal[] {
  if (country !== 'CN') return [];
  if (uscc === undefined || uscc === null) return [{ code: 'field.required', field: 'uscc' }];
  const problem = usccProblem(uscc.toUpperCase());
  if (problem === null || (usccOverrideReason ?? null) !== null) return [];
  return [{ code: 'partner.uscc_invalid', field: 'uscc', params: { problem } }];
}

/** One step of the life: the row is written, the event told, the work handed over. Returns the row as it is now. */
export async function moveOn(
  { tx, command, env, emit, task }: Context<unknown>,
  before: ApplicationTableRow,
  action: ApplicationAction,
  changes: Partial<ApplicationTableRow>,
): Promise<ApplicationTableRow> {
  const { now } = command;
  refuseIf(refusalsOf(action, before));
  const step = applicationMachine.row(action);
  const after = {
    ...before,
    ...changes,
    state: String(step.to),
    version: before.version + 1,
    state_since: now,
  };
  await updateRows(tx, applicationTable, CHANGEABLE, [after]);
  emit(applicationEvent(after, step.event, { state: after.state, partnerId: after.became_partner_id }));
  task({ closeOf: after.id });
  if (step.task !== undefined && step.clock !== undefined) {
    task(workOn(after, step.task, env.policy.deadline(step.clock, now)));
  }
  return after;
}

const CHANGEABLE = [
  'state',
  'version',
  'token_hash',
  'content',
  'content_hash',
  'question',
  'reason',
  'state_since',
  'decided_by',
  'became_partner_id',
  'account_id',
] as const;

/** Sales hold an application, whatever it waits for: the applicant has no account. */
export function workOn(row: ApplicationTableRow, kind: string, due: { at: Date; provisional: boolean }) {
  if (!isTaskKind(kind)) throw new Error(`unknown task ${kind}`);
  return {
    open: {
      kind,
      documentType: 'application',
      documentId: row.id,
      documentNo: row.no,
      partnerId: null,
      holder: holderOf(kind),
      article: articleOf(kind),
      due,
    },
  };
}

/** No names, no telephone numbers: what was typed stands in the table, where it can be erased. */
export const applicationEvent = (row: ApplicationTableRow, type: string, payload: Record<string, unknown>) => ({
  documentType: 'application',
  documentId: row.id,
  documentNo: row.no,
  version: row.version,
  type,
  partnerId: null,
  payload,
});
