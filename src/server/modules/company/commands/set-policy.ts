/** Policy parameters: another value from a day on, for the company, a level or an agreement; and the way back before it begins. */
import type { z } from 'zod';
import type { PolicySet } from '../../../../contract/company.ts';
import { DEFAULT_POLICY, isDuration, type PolicyRow as Parameter } from '../../../../contract/policy.ts';
import { bizDateOf, startOfDay } from '../../../kernel/biz-date.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { NewEvent } from '../../../platform/pipeline/types.ts';
import { type PolicyRow, policyTable } from '../company-tables.ts';
import { listPolicies } from '../policy-queries.ts';

type Input = z.output<typeof PolicySet> & { code: string };

function parameterOf(code: string): Parameter {
  const parameter = Object.hasOwn(DEFAULT_POLICY, code) ? DEFAULT_POLICY[code] : undefined;
  if (parameter === undefined) throw refuse('policy.not_found');
  return parameter;
}

/** Refuses values out of range, units that are none, and targets that are no single one. */
function check(parameter: Parameter, { value, unit, level, agreementId, reminders }: Input): void {
  if (level !== undefined && agreementId !== undefined) throw refuse('policy.scope', undefined, 'agreementId');
  if (value === null && level === undefined && agreementId === undefined)
    throw refuse('policy.scope', undefined, 'value');
  const most =
    parameter.unit === 'flag'
      ? 1
      : parameter.unit === 'percent'
        ? 100
        : parameter.unit === 'amount'
          ? 1_000_000_000
          : 10_000;
  if (value !== null && value > most) throw refuse('policy.value', { max: String(most) }, 'value');
  if (!isDuration(parameter.unit)) {
    if (unit !== undefined) throw refuse('field.invalid', { expected: parameter.unit }, 'unit');
    if (reminders !== undefined) throw refuse('field.unknown', undefined, 'reminders');
  }
}

async function requireAgreement(tx: Tx, id: string): Promise<void> {
  const rows = await tx.query(sql`select from agreement where id = ${id}`);
  if (rows.length === 0) throw refuse('agreement.not_found', undefined, 'agreementId');
}

const event = (type: string, version: number, row: PolicyRow, more: Record<string, unknown> = {}): NewEvent => ({
  documentType: 'policy',
  documentId: row.id,
  documentNo: row.code,
  version,
  type,
  partnerId: null,
  payload: {
    code: row.code,
    after: row.value,
    unit: row.unit,
    validFrom: row.valid_from.toISOString(),
    level: row.level,
    agreementId: row.agreement_id,
    note: row.note,
    ...more,
  },
});

/** What was in force before stays on record; a day in the past is refused. Cases that have begun keep what they began with. */
export const setPolicy = defineCommand<Input>({
  name: 'policy.set',
  refuses: [
    'policy.not_found',
    'policy.value',
    'policy.past',
    'policy.duplicate',
    'policy.scope',
    'agreement.not_found',
    'field.invalid',
    'field.unknown',
  ],
  async run({ tx, command, env, emit }, input) {
    const { code, value, unit, validFrom, note, level, agreementId, reminders } = input;
    const parameter = parameterOf(code);
    check(parameter, input);
    if (agreementId !== undefined) await requireAgreement(tx, agreementId);
    const { timeZone } = env.company;
    const today = bizDateOf(command.now, timeZone);
    if (validFrom !== undefined && validFrom < today) throw refuse('policy.past', { today }, 'validFrom');
    const from = validFrom === undefined || validFrom === today ? command.now : startOfDay(validFrom, timeZone);
    const scope = { level: level ?? null, agreementId: agreementId ?? null };
    const before = env.policy.at(code, from, scope).value;
    const row: PolicyRow = {
      id: newId(command.now),
      code,
      value,
      unit: unit ?? parameter.unit,
      valid_from: from,
      level: scope.level,
      agreement_id: scope.agreementId,
      reminders: reminders ?? null,
      set_by: command.actor.kind === 'system' ? null : command.actor.userId,
      set_at: command.now,
      note: note ?? null,
      withdrawn_at: null,
      withdrawn_by: null,
    };
    await Promise.all([insertRows(tx, policyTable, [row]), announceAccessChange(tx)]);
    emit(event('policy.set', 1, row, { before }));
    const [view] = await listPolicies(tx, command.now, code);
    return { status: 200, body: view };
  },
});

export const withdrawPolicy = defineCommand<{ code: string; entryId: string }>({
  name: 'policy.withdraw',
  refuses: ['policy.not_found', 'policy.entry_not_found', 'policy.begun'],
  async run({ tx, command, emit }, { code, entryId }) {
    parameterOf(code);
    const [row] = await tx.query<PolicyRow>(sql`
      select id, code, value, unit, valid_from, level, agreement_id, reminders, set_by, set_at, note, withdrawn_at, withdrawn_by
      from policy_parameter where id = ${entryId} and code = ${code} and withdrawn_at is null for update`);
    if (row === undefined) throw refuse('policy.entry_not_found');
    if (row.valid_from.getTime() <= command.now.getTime()) throw refuse('policy.begun');
    await tx.run(sql`
      update policy_parameter set withdrawn_at = ${command.now}, withdrawn_by = ${command.actor.userId} where id = ${entryId}`);
    await announceAccessChange(tx);
    emit(event('policy.withdrawn', 2, row));
    const [view] = await listPolicies(tx, command.now, code);
    return { status: 200, body: view };
  },
});
