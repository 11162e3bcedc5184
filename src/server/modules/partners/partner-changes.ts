/** Changes of a file that wait for a review: who looks at what, and how they are shown. */
import type { z } from 'zod';
import {
  INVOICING_FIELDS,
  type PartnerChangePropose,
  type PartnerChangeView,
  type ProposedFields,
} from '../../../contract/partners.ts';
import { articleOf, holderOf } from '../../../contract/tasks.ts';
import { newId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf, insertRows } from '../../platform/db/table.ts';
import type { Context } from '../../platform/pipeline/define.ts';
import type { Actor, Command, Env, NewEvent, TaskChange } from '../../platform/pipeline/types.ts';
import { partnerEvent, touchPartner } from './partner-load.ts';
import { type ChangeRow, changeTable, type PartnerRow } from './partner-tables.ts';

export type Reviewer = 'sales' | 'finance';
export type Fields = z.output<typeof ProposedFields>;
export type Contacts = NonNullable<z.output<typeof PartnerChangePropose>['contacts']>;
type View = z.output<typeof PartnerChangeView>;

const TASKS = { sales: 'partner.review_change', finance: 'partner.review_invoicing' } as const;
const isInvoicing = (field: string): boolean => (INVOICING_FIELDS as readonly string[]).includes(field);

/** The part of some fields that one reviewer looks at. */
export const fieldsOf = <F extends object>(reviewer: Reviewer, fields: F): Partial<F> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => value !== undefined && isInvoicing(name) === (reviewer === 'finance'),
    ),
  ) as Partial<F>;

type Proposal = { reviewer: Reviewer; fields: Fields; contacts: Contacts; note: string | null };

/** Writes the proposal down and gives it to whoever reviews it. One at a time for each reviewer. Returns the file at its new version. */
export async function propose(
  { tx, command, env, emit, task }: Context<unknown>,
  partner: PartnerRow,
  what: Proposal,
): Promise<PartnerRow> {
  if ((await openProposals(tx, [partner.id], what.reviewer)).has(partner.id)) throw refuse('partner.change_open');
  const next = await touchPartner(tx, partner, command.now);
  const { row, event, opens } = proposalOf(next, what, command, env);
  await insertRows(tx, changeTable, [row]);
  emit(event);
  task(opens);
  return next;
}

/** Which of these files have a proposal that this reviewer has not decided yet. */
export async function openProposals(
  tx: Tx,
  partnerIds: readonly string[],
  reviewer: Reviewer,
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ partner_id: string }>(
    sql`select partner_id from partner_change where partner_id = any(${partnerIds}::uuid[]) and reviewer = ${reviewer} and state = 'proposed'`,
  );
  return new Set(rows.map(({ partner_id }) => partner_id));
}

/** The proposal with its event and task. `partner`: at the version that it makes. */
export function proposalOf(
  partner: PartnerRow,
  what: Proposal,
  { now, actor }: Command<unknown>,
  env: Env,
): { row: ChangeRow; event: NewEvent; opens: TaskChange } {
  const row: ChangeRow = {
    id: newId(now),
    partner_id: partner.id,
    reviewer: what.reviewer,
    state: 'proposed',
    fields: what.fields,
    contacts: what.contacts,
    note: what.note,
    proposed_by: actor.userId,
    proposed_person: actor.personId,
    by_partner: actor.partnerId !== null,
    proposed_at: now,
    decided_by: null,
    decided_at: null,
    reason: null,
  };
  const kind = TASKS[what.reviewer];
  const opens: TaskChange = {
    open: {
      kind,
      documentType: 'partner',
      documentId: partner.id,
      documentNo: partner.no,
      partnerId: partner.id,
      holder: holderOf(kind, { salesOwnerId: partner.sales_owner_id }),
      article: articleOf(kind),
      due: env.policy.deadline('partner.review_change', now),
    },
  };
  return { row, event: changeEvent(partner, 'partner.change_proposed', row, Object.keys(what.fields)), opens };
}

/** The proposal, locked, while nobody has decided it. Refuses partner.change_not_found. */
export async function lockChange(
  tx: Tx,
  partnerId: string,
  changeId: string,
): Promise<ChangeRow & { reviewer: Reviewer }> {
  const [row] = await tx.query<ChangeRow>(
    sql`select ${columnsOf(changeTable)} from partner_change where id = ${changeId} and partner_id = ${partnerId} and state = 'proposed' for update`,
  );
  if (row === undefined) throw refuse('partner.change_not_found');
  return { ...row, reviewer: row.reviewer === 'finance' ? 'finance' : 'sales' };
}

/** The decision on record; the task of its reviewer is done. */
export async function closeChange(
  { tx, command, emit, task }: Context<unknown>,
  partner: PartnerRow,
  change: ChangeRow & { reviewer: Reviewer },
  state: 'accepted' | 'refused' | 'withdrawn',
  reason: string | null,
): Promise<PartnerRow> {
  const { now, actor } = command;
  await tx.run(sql`
    update partner_change set state = ${state}, decided_by = ${actor.userId}, decided_at = ${now}, reason = ${reason} where id = ${change.id}`);
  const next = await touchPartner(tx, partner, now);
  emit(changeEvent(next, `partner.change_${state}`, change, []));
  task({ closeOf: partner.id, family: TASKS[change.reviewer] });
  return next;
}

/** Ids and names of fields; the values stand in the table. */
const changeEvent = (partner: PartnerRow, type: string, change: ChangeRow, fields: readonly string[]) =>
  partnerEvent(partner, type, {
    changeId: change.id,
    reviewer: change.reviewer,
    ...(fields.length === 0 ? {} : { fields: fields.join(', ') }),
  });

/** Who may decide: finance what money rests on, sales the rest, and nobody what he has entered himself. */
export function decisionRefusal(actor: Actor, change: Pick<ChangeRow, 'reviewer' | 'proposed_person'>): string | null {
  const roles = change.reviewer === 'finance' ? ['finance'] : ['sales', 'manager'];
  if (actor.partnerId !== null || !actor.roles.some((role) => roles.includes(role))) return 'permission.denied';
  return actor.personId === change.proposed_person ? 'permission.four_eyes' : null;
}

type PendingRow = ChangeRow & { proposed_name: string | null };

/** What waits for a review on this file, for this reader. */
export async function readPending(
  tx: Tx,
  partner: Record<string, unknown> & { id: string },
  actor: Actor,
): Promise<View[]> {
  const rows = await tx.query<PendingRow>(sql`
    select ${columnsOf(changeTable, 'c')}, u.name as proposed_name from partner_change c left join app_user u on u.id = c.proposed_by
    where c.partner_id = ${partner.id} and c.state = 'proposed' order by c.reviewer desc`);
  return rows.map((row) => changeView(row, partner, actor));
}

const columnOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const asText = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

function changeView(row: PendingRow, partner: Record<string, unknown>, actor: Actor): View {
  const sameSide = (actor.partnerId !== null) === row.by_partner;
  return {
    id: row.id,
    reviewer: row.reviewer === 'finance' ? 'finance' : 'sales',
    state: 'proposed',
    fields: Object.entries(row.fields as Record<string, unknown>).map(([field, value]) => ({
      field,
      before: asText(partner[columnOf(field)]),
      after: asText(value),
    })),
    contacts: row.contacts as Contacts,
    note: row.note,
    proposedBy: actor.partnerId === null || sameSide ? row.proposed_name : null,
    byPartner: row.by_partner,
    proposedAt: row.proposed_at.toISOString(),
    decidedAt: null,
    reason: null,
    mayDecide: decisionRefusal(actor, row) === null,
    mayWithdraw: sameSide && actor.permissions.has('partner.propose'),
  };
}
