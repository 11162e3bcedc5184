/** Warehouses, in the order in which promises are taken from them. */
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Loaded, Section } from '../../ui/page.tsx';
import { PlainTable } from '../partners/plain-table.tsx';
import { WarehouseForm } from './warehouse-form.tsx';

export type Warehouse = Answer<'warehouseList'>['items'][number];

export function Warehouses(): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('company.manage');
  const list = useApiQuery('warehouseList', { query: {} });
  const [form, open] = useState<{ warehouse: Warehouse | null } | null>(null);
  return (
    <Section
      title={t('admin.warehouses')}
      extra={may && <Button onClick={() => open({ warehouse: null })}>{t('admin.addWarehouse')}</Button>}
    >
      <Loaded query={list}>
        {({ items }) => (
          <PlainTable
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'priority', title: t('admin.priority'), align: 'right', render: ({ priority }) => priority },
              { key: 'code', title: t('admin.code'), render: ({ code }) => <span className="qc-num">{code}</span> },
              {
                key: 'name',
                title: t('admin.name'),
                render: ({ name, isActive }) => (
                  <>
                    {name} {!isActive && <Tag>{t('admin.notInUse')}</Tag>}
                  </>
                ),
              },
              { key: 'nameEn', title: t('admin.nameEn'), render: ({ nameEn }) => nameEn },
              {
                key: 'address',
                title: t('admin.address'),
                render: ({ regionText, address }) => [regionText, address].filter(Boolean).join(' '),
              },
              ...(may
                ? [
                    {
                      key: 'edit',
                      title: t('common.actions'),
                      render: (warehouse: Warehouse) => (
                        <Button size="small" onClick={() => open({ warehouse })}>
                          {t('admin.change')}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
      {form !== null && <WarehouseForm warehouse={form.warehouse} onClose={() => open(null)} />}
    </Section>
  );
}
