/** Warehouses, in the order in which promises are taken from them. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { CompanyList } from './company-list.tsx';
import { WarehouseForm } from './warehouse-form.tsx';

export type Warehouse = Answer<'warehouseList'>['items'][number];

export function Warehouses(): ReactElement {
  const { t } = useTranslation();
  const query = useApiQuery('warehouseList', { query: {} });
  return (
    <CompanyList<Warehouse>
      title={t('admin.warehouses')}
      addText={t('admin.addWarehouse')}
      query={query}
      columns={[
        { key: 'code', title: t('admin.code'), render: ({ code }) => <span className="qc-num">{code}</span> },
        { key: 'name', title: t('admin.name'), render: ({ name }) => name },
        { key: 'nameEn', title: t('admin.nameEn'), render: ({ nameEn }) => nameEn },
        {
          key: 'address',
          title: t('admin.address'),
          render: ({ regionText, address }) => [regionText, address].filter(Boolean).join(' '),
        },
        { key: 'priority', title: t('admin.priority'), align: 'right', render: ({ priority }) => priority },
      ]}
      form={(warehouse, onClose) => <WarehouseForm warehouse={warehouse} onClose={onClose} />}
    />
  );
}
