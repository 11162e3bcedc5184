/** A place in China by its region code (GB/T 2260), chosen from province to district or found by typing. The value is the six digits. */
import { Cascader } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useClearable } from './clearable.tsx';
import type { Item } from '../api/client.ts';
import { useApiQuery } from '../api/hooks.ts';

type Node = Item<'regionList'>;
type Option = { value: string; label: string; children?: Option[] };

/** Places that are known by name only have no code and are left to the field for the name of a place. */
const optionsOf = (nodes: readonly Node[]): Option[] =>
  nodes.flatMap(({ code, name, children }) => {
    if (code === null) return [];
    const below = optionsOf(children);
    return [{ value: code, label: name, ...(below.length === 0 ? {} : { children: below }) }];
  });

function pathTo(code: string, options: readonly Option[]): string[] {
  for (const { value, children = [] } of options) {
    if (value === code) return [value];
    const below = pathTo(code, children);
    if (below.length > 0) return [value, ...below];
  }
  return [];
}

export function RegionField({
  value,
  onChange,
  ...rest
}: {
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  id?: string;
  disabled?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const clearable = useClearable();
  const regions = useApiQuery('regionList', {}, { staleTime: Number.POSITIVE_INFINITY });
  const options = optionsOf(regions.data?.items ?? []);
  return (
    <Cascader<Option>
      {...rest}
      style={{ width: '100%' }}
      options={options}
      loading={regions.isPending}
      changeOnSelect
      allowClear={clearable}
      showSearch={{ limit: 30 }}
      placeholder={t('partners.regionChoose')}
      value={value === undefined || value === '' ? [] : pathTo(value, options)}
      onChange={(chosen: unknown) => {
        const last: unknown = Array.isArray(chosen) ? chosen.at(-1) : undefined;
        onChange?.(typeof last === 'string' ? last : undefined);
      }}
    />
  );
}
