/** Choices from the company's lists of units and tax rates. */
import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { percentOfRate } from '../orders/editor/percent.ts';

export type ListedUnit = Answer<'unitList'>['items'][number];
type FieldProps = { value?: string | undefined; onChange?: (value: string | undefined) => void; id?: string };

/** Units in use, found by either name; `onTake` hears which was chosen. */
export function UnitSelect({
  onTake,
  value,
  onChange,
  ...rest
}: FieldProps & { onTake?: (unit: ListedUnit) => void; 'aria-label'?: string }): ReactElement {
  const units = useApiQuery('unitList', { query: { active: 'true' } }, { staleTime: 60_000 });
  const items = units.data?.items ?? [];
  return (
    <Select<string | null, { value: string; label: string }>
      {...rest}
      value={value ?? null}
      showSearch={{ optionFilterProp: 'label' }}
      loading={units.isPending}
      options={items.map(({ name, nameEn }) => ({ value: name, label: nameEn === null ? name : `${name} ${nameEn}` }))}
      onChange={(name) => {
        onChange?.(name ?? undefined);
        const taken = items.find((unit) => unit.name === name);
        if (taken !== undefined) onTake?.(taken);
      }}
    />
  );
}

/** Tax rates in use. */
export function TaxRateSelect({ value, onChange, ...rest }: FieldProps): ReactElement {
  const { i18n } = useTranslation();
  const rates = useApiQuery('taxRateList', { query: { active: 'true' } }, { staleTime: 60_000 });
  const options = (rates.data?.items ?? []).map(({ rate, name, nameEn }) => ({
    value: rate,
    label: `${percentOfRate(rate)} % · ${i18n.language === 'en' ? (nameEn ?? name) : name}`,
  }));
  const known = options.some((option) => option.value === value);
  const own = value === undefined || known ? [] : [{ value, label: `${percentOfRate(value)} %` }];
  return (
    <Select<string | null, { value: string; label: string }>
      {...rest}
      value={value ?? null}
      loading={rates.isPending}
      options={[...options, ...own]}
      onChange={(rate) => onChange?.(rate ?? undefined)}
    />
  );
}
