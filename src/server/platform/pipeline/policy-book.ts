/**
 * The book of policy parameters: which value holds for whom at an instant. The agreement's goes before the level's, that before the
 * company's, that before the default. A case asks with the instant it began at, and so keeps what it began with. Source: R4.2, R4.3.
 */
import { DEFAULT_POLICY, DURATION_UNITS, isDuration, type Reminders } from '../../../contract/policy.ts';
import type { Duration } from '../../kernel/working-calendar.ts';
import type { Env, PolicyBook, PolicyScope, PolicyValue } from './types.ts';

export type PolicyEntry = {
  code: string;
  value: number | null;
  unit: PolicyValue['unit'];
  valid_from: Date;
  level: string | null;
  agreement_id: string | null;
  reminders: Reminders | null;
};

const key = (code: string, level: string | null, agreementId: string | null) =>
  `${code} ${level ?? ''} ${agreementId ?? ''}`;

/** `rows` in the order of their beginning. */
export function policyBook(rows: readonly PolicyEntry[], calendar: Env['calendar']): PolicyBook {
  const byScope = Map.groupBy(rows, (row) => key(row.code, row.level, row.agreement_id));
  const inForce = (code: string, at: Date, level: string | null, agreementId: string | null) =>
    byScope.get(key(code, level, agreementId))?.findLast((row) => row.valid_from.getTime() <= at.getTime());
  const find = (code: string, at: Date, { level, agreementId }: PolicyScope) => {
    const ofAgreement = agreementId === null ? undefined : inForce(code, at, null, agreementId);
    if (ofAgreement != null && ofAgreement.value !== null) return ofAgreement;
    const ofLevel = level === null ? undefined : inForce(code, at, level, null);
    return ofLevel != null && ofLevel.value !== null ? ofLevel : inForce(code, at, null, null);
  };
  const at: PolicyBook['at'] = (code, instant, scope = COMPANY_WIDE) => {
    const fallback = DEFAULT_POLICY[code];
    if (fallback === undefined) throw new Error(`unknown policy parameter ${code}`);
    const found = find(code, instant, scope);
    return { value: found?.value ?? fallback.value, unit: found?.unit ?? fallback.unit };
  };
  return {
    at,
    most: (code) =>
      rows.reduce(
        (most, row) => (row.code === code && row.value !== null && row.value > most ? row.value : most),
        DEFAULT_POLICY[code]?.value ?? 0,
      ),
    deadline(code, from, { since = from, scope = COMPANY_WIDE, duration } = {}) {
      const { value, unit } = duration ?? at(code, since, scope);
      if (!isDuration(unit)) throw new Error(`policy parameter ${code} is not a duration`);
      const reminders = find(code, since, scope)?.reminders ?? null;
      return { ...calendar.deadline(from, { value, unit }), clock: formatClock(code, { value, unit }), reminders };
    },
  };
}

/** What a case keeps of its beginning: when it was, and the level and agreement that its partner had. */
export type CaseColumns = { created_at: Date; policy_level: string | null; policy_agreement_id: string | null };

/** By which values a case goes, to its end. */
export const rulesOf = (row: CaseColumns): { since: Date; scope: PolicyScope } => ({
  since: row.created_at,
  scope: { level: row.policy_level, agreementId: row.policy_agreement_id },
});

export const COMPANY_WIDE: PolicyScope = { level: null, agreementId: null };

/** `order.reply=3wd`: the clock of a deadline, as tasks keep it. */
const formatClock = (code: string, { value, unit }: Duration): string => `${code}=${value}${unit}`;

/** The duration of a clock that a task has kept; null for what is none. */
export function durationOf(clock: string): Duration | null {
  const match = /=(\d+)(wh|wd|h|d)$/.exec(clock);
  const unit = DURATION_UNITS.find((known) => known === match?.[2]);
  return match?.[1] === undefined || unit === undefined ? null : { value: Number.parseInt(match[1], 10), unit };
}
