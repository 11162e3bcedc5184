/** Choose a warehouse that is in use. */
import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useClearable } from '../../../ui/clearable.tsx';
import { useApiQuery } from '../../../api/hooks.ts';
import { useNameOf } from '../../../i18n/use-name.ts';

export function WarehouseField({
  value,
  onChange,
  ...named
}: {
  id?: string;
  'aria-label'?: string;
  value?: string;
  onChange?: (value: string | undefined) => void;
}): ReactElement {
  const clearable = useClearable();
  const nameOf = useNameOf();
  const { data } = useApiQuery('warehouseList', { query: { active: 'true' } }, { staleTime: 60_000 });
  return (
    <Select
      {...named}
      allowClear={clearable}
      value={value ?? null}
      onChange={(next: string | null | undefined) => onChange?.(next ?? undefined)}
      options={(data?.items ?? []).map((row) => ({ value: row.id, label: nameOf(row) }))}
      style={{ width: '100%' }}
    />
  );
}
