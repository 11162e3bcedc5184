/** Reading and locking partner files inside commands. */
import type { PartnerState } from '../../../contract/machines/others.ts';
import { type BizDate, bizDateOf, startOfDay } from '../../kernel/biz-date.ts';
import { refuse } from '../../kernel/refusal.ts';
import { type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import type { Context } from '../../platform/pipeline/define.ts';
import type { Command, Env, NewEvent, TaskChange } from '../../platform/pipeline/types.ts';
import { requireVersion } from '../../platform/pipeline/version.ts';
import type { CompletenessField } from './partner-rules.ts';
import { type PartnerRow, partnerTable } from './partner-tables.ts';

/** The file, locked, at the version that the caller has seen. Another's partner reads as missing. */
export async function lockPartner(tx: Tx, command: Command<unknown>, partnerId: string): Promise<PartnerRow> {
  const rows = await tx.query<PartnerRow>(
    sql`select ${columnsOf(partnerTable)} from partner where id = ${partnerId} for update`,
  );
  const partner = rows[0];
  if (partner === undefined) throw refuse('partner.not_found');
  requireVersion(command, partner);
  return partner;
}

/** Files of ended cooperations stay as they are. */
export function requireOpenFile(partner: PartnerRow, action: string): void {
  if (partner.state === 'terminated' || partner.state === 'merged')
    throw refuse('partner.wrong_state', { action, state: partner.state });
}

export const stateOf = (partner: { state: string }): PartnerState => partner.state as PartnerState;

/** The names of what a file lacks, as an SQL expression over `partner p`. The one definition of completeness. */
export const missingFields = (today: BizDate): Sql => sql`array_remove(array[
  case when p.uscc is null and p.country = 'CN' then 'uscc' end,
  case when p.level is null then 'level' end,
  case when p.region_code is null and p.country = 'CN' then 'regionCode' end,
  case when p.sales_owner_id is null then 'salesOwner' end,
  case when p.invoice_title is null then 'invoiceTitle' end,
  case when p.tax_no is null then 'taxNo' end,
  case when p.bank_name is null then 'bankName' end,
  case when p.bank_account is null then 'bankAccount' end,
  case when p.invoice_address is null then 'invoiceAddress' end,
  case when p.invoice_phone is null then 'invoicePhone' end,
  case when not exists (select 1 from partner_contact c where c.partner_id = p.id and c.is_active) then 'contact' end,
  case when not exists (select 1 from partner_contact c where c.partner_id = p.id and c.is_active and 'buyer' = any(c.duties)) then 'contactBuyer' end,
  case when not exists (select 1 from partner_contact c where c.partner_id = p.id and c.is_active and 'finance' = any(c.duties)) then 'contactFinance' end,
  case when not exists (select 1 from partner_address a where a.partner_id = p.id and a.is_active) then 'address' end,
  case when not exists (select 1 from agreement g where g.partner_id = p.id and g.valid_to >= ${today}::date) then 'agreement' end,
  -- who pays in advance needs no limit
  case when p.payment_term ->> 'kind' <> 'prepaid' and not exists (select 1 from credit_account r where r.partner_id = p.id and r.limit_amount is not null) then 'creditLimit' end,
  case when p.country = 'CN' and not exists (select 1 from partner_document d where d.partner_id = p.id and d.kind = 'business_licence' and d.retracted_at is null
    and (d.valid_to is null or d.valid_to >= ${today}::date)) then 'licence' end
], null)`;

export const todayOf = (now: Date, env: Env): BizDate => bizDateOf(now, env.company.timeZone);

/** What each of these files lacks now. */
async function readMissingOf(
  tx: Tx,
  partnerIds: readonly string[],
  today: BizDate,
): Promise<ReadonlyMap<string, CompletenessField[]>> {
  const rows = await tx.query<{ id: string; missing: CompletenessField[] }>(
    sql`select p.id, ${missingFields(today)} as missing from partner p where p.id = any(${partnerIds}::uuid[])`,
  );
  return new Map(rows.map(({ id, missing }) => [id, missing]));
}

export const readMissing = async (tx: Tx, partnerId: string, today: BizDate): Promise<CompletenessField[]> =>
  (await readMissingOf(tx, [partnerId], today)).get(partnerId) ?? [];

/** The task that an incomplete file is; its clock starts on the day on which the data was obtained. */
export function completionTask(partner: PartnerRow, now: Date, env: Env): TaskChange {
  const from = partner.obtained_on === null ? now : startOfDay(partner.obtained_on, env.company.timeZone);
  return {
    open: {
      kind: 'partner.complete',
      documentType: 'partner',
      documentId: partner.id,
      documentNo: partner.no,
      partnerId: partner.id,
      holder: { side: 'staff', role: 'sales', userId: partner.sales_owner_id },
      article: 'R3.1',
      due: env.policy.deadline('partner.complete_file', from),
    },
  };
}

/** Files whose licence has run out, so that they are incomplete without anybody having touched them. */
export const licenceRunOut = (
  today: BizDate,
): Sql => sql`exists (select 1 from partner_document d where d.partner_id = p.id
  and d.kind = 'business_licence' and d.retracted_at is null and d.valid_to < ${today}::date)`;

/** After a change of files: the task opens when something is missing and none is open, and closes when nothing is missing. Two statements. */
export async function completionChanges(
  tx: Tx,
  partners: readonly PartnerRow[],
  now: Date,
  env: Env,
): Promise<TaskChange[]> {
  const ids = partners.map(({ id }) => id);
  const [missing, tasks] = await Promise.all([
    readMissingOf(tx, ids, todayOf(now, env)),
    tx.query<{ document_id: string }>(
      sql`select document_id from task where document_id = any(${ids}::uuid[]) and closed_at is null and kind = 'partner.complete'`,
    ),
  ]);
  const open = new Set(tasks.map(({ document_id }) => document_id));
  return partners.flatMap((partner): TaskChange[] => {
    const done = (missing.get(partner.id) ?? []).length === 0;
    if (done || partner.state === 'terminated' || partner.state === 'merged')
      return open.has(partner.id) ? [{ closeOf: partner.id, family: 'partner.complete' }] : [];
    return open.has(partner.id) ? [] : [completionTask(partner, now, env)];
  });
}

export async function followCompleteness(
  { tx, command, env, task }: Context<unknown>,
  partner: PartnerRow,
): Promise<void> {
  for (const change of await completionChanges(tx, [partner], command.now, env)) task(change);
}

export const partnerEvent = (partner: PartnerRow, type: string, payload: Record<string, unknown>): NewEvent => ({
  documentType: 'partner',
  documentId: partner.id,
  documentNo: partner.no,
  version: partner.version,
  type,
  partnerId: partner.id,
  payload,
});

/** The file at its next version. */
export const nextVersion = (partner: PartnerRow, now: Date): PartnerRow => ({
  ...partner,
  version: partner.version + 1,
  updated_at: now,
});

/** Writes the next version of the file. */
export async function touchPartner(tx: Tx, partner: PartnerRow, now: Date): Promise<PartnerRow> {
  const next = nextVersion(partner, now);
  await tx.run(sql`update partner set version = ${next.version}, updated_at = ${now} where id = ${partner.id}`);
  return next;
}

/**
 * Lets the transaction see every partner: duplicates are looked for among all of them, and a person of sales may enter a partner that
 * is not in the scope with which the transaction began.
 */
export const widenToCompany = (tx: Tx): Promise<number> => tx.run(sql`select set_config('app.scope', 'company', true)`);
