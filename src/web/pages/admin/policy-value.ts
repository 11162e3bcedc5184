/** A policy parameter in words. */
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';

export type Policy = Answer<'policyList'>['items'][number];
export type PolicyEntry = Policy['entries'][number];
type Reminders = NonNullable<PolicyEntry['reminders']>;

/** A value with its unit: "4 working hours", "on"; null: the company's value. */
export function usePolicyValue(): (value: number | null, unit: PolicyEntry['unit']) => string {
  const { t } = useTranslation();
  return (value, unit) => {
    if (value === null) return t('admin.asCompany');
    return unit === 'flag'
      ? t(value === 0 ? 'admin.off' : 'admin.on')
      : t('admin.valueWithUnit', { value, unit: t(`states.policyUnit.${unit}`, { count: value }) });
  };
}

/** What its clock starts with: the name of an event, or the end of another parameter. */
export function usePolicyStart(): (starts: string | null) => string | null {
  const { t } = useTranslation();
  return (starts) => {
    if (starts === null) return null;
    const event = `states.event.${starts}`;
    return i18next.exists(event)
      ? t('admin.startsWith', { event: t(event) })
      : t('admin.startsAfter', { parameter: t(`states.policy.${starts}`) });
  };
}

/** "half time; 1 working days before; managers 1 working days after" */
export function useReminderText(): (reminders: Reminders | null) => string {
  const { t } = useTranslation();
  const told = usePolicyValue();
  return (reminders) => {
    if (reminders === null) return t('admin.remindersUsual');
    const { half, before, manager } = reminders;
    return [
      ...(half ? [t('admin.remindHalf')] : []),
      ...(before === null ? [] : [t('admin.remindBefore', { time: told(before.value, before.unit) })]),
      ...(manager === null ? [] : [t('admin.remindManager', { time: told(manager.value, manager.unit) })]),
    ].join(t('common.listSeparator'));
  };
}
