/** Choose a warehouse that is in use. */
import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useApiQuery } from '../../../api/hooks.ts';

export function WarehouseField({
  value,
  onChange,
  id,
}: {
  id?: string;
  value?: string;
  onChange?: (value: string | undefined) => void;
}): ReactElement {
  const { data } = useApiQuery('warehouseList', { query: { active: 'true' } }, { staleTime: 60_000 });
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear
      value={value ?? null}
      onChange={(next: string | null | undefined) => onChange?.(next ?? undefined)}
      options={(data?.items ?? []).map((row) => ({ value: row.id, label: row.name }))}
      style={{ width: '100%' }}
    />
  );
}
