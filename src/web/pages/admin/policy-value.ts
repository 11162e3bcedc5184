/** A policy parameter in words. */
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';

export type Policy = Answer<'policyList'>['items'][number];

/** A value with its unit: "4 working hours", "on". */
export function usePolicyValue(): (value: number, unit: Policy['unit']) => string {
  const { t } = useTranslation();
  return (value, unit) =>
    unit === 'flag'
      ? t(value === 0 ? 'admin.off' : 'admin.on')
      : t('admin.valueWithUnit', { value, unit: t(`states.policyUnit.${unit}`) });
}
