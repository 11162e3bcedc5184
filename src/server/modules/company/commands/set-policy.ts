import type { z } from 'zod';
import type { PolicySet } from '../../../../contract/company.ts';
import { DEFAULT_POLICY } from '../../../../contract/policy.ts';
import { bizDateOf, startOfDay } from '../../../kernel/biz-date.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { listPolicies } from '../company-queries.ts';
import { policyTable } from '../company-tables.ts';

/** A policy parameter gets another value from a day on. What was in force before stays on record; a day in the past is refused. */
export const setPolicy = defineCommand<z.output<typeof PolicySet> & { code: string }>({
  name: 'policy.set',
  refuses: ['policy.not_found', 'policy.value', 'policy.past', 'policy.duplicate'],
  async run({ tx, command, env, emit }, { code, value, validFrom, note }) {
    const parameter = Object.hasOwn(DEFAULT_POLICY, code) ? DEFAULT_POLICY[code] : undefined;
    if (parameter === undefined) throw refuse('policy.not_found');
    const most = parameter.unit === 'flag' ? 1 : parameter.unit === 'percent' ? 100 : 10_000;
    if (value > most) throw refuse('policy.value', { max: String(most) }, 'value');
    const { timeZone } = env.company;
    const today = bizDateOf(command.now, timeZone);
    if (validFrom !== undefined && validFrom < today) throw refuse('policy.past', { today }, 'validFrom');
    const from = validFrom === undefined || validFrom === today ? command.now : startOfDay(validFrom, timeZone);
    const id = newId(command.now);
    const before = env.policy.at(code, from).value;
    await insertRows(tx, policyTable, [
      {
        id,
        code,
        value,
        unit: parameter.unit,
        valid_from: from,
        set_by: command.actor.kind === 'system' ? null : command.actor.userId,
        note: note ?? null,
      },
    ]);
    emit({
      documentType: 'policy',
      documentId: id,
      documentNo: code,
      version: 1,
      type: 'policy.set',
      partnerId: null,
      payload: { code, before, after: value, unit: parameter.unit, validFrom: from.toISOString(), note: note ?? null },
    });
    const [view] = await listPolicies(tx, command.now, code);
    return { status: 200, body: view };
  },
});
