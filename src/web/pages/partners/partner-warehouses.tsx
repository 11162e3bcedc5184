/** Warehouses that the partner's goods are promised from first: for all of them, and for single addresses. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Loaded, Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { WarehouseField } from '../orders/forms/warehouse-field.tsx';
import type { Partner } from './partner-file-values.ts';
import { PlainTable } from '../../ui/plain-table.tsx';

export function PartnerWarehouses({ partner }: { partner: Partner }): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('partner.write');
  const params = { partnerId: partner.id };
  const list = useApiQuery('warehousePreferenceList', { params });
  const set = useApiAction('warehousePreferenceSet');
  const places = [
    { id: null, label: t('partners.warehouse.all') },
    ...partner.addresses.filter(({ isActive }) => isActive).map(({ id, label }) => ({ id, label })),
  ];
  return (
    <Section title={t('partners.warehouse.title')}>
      <p className="qc-muted">{t('partners.warehouse.hint')}</p>
      <ProblemAlert problem={set.problem} onClose={set.clear} />
      <Loaded query={list}>
        {({ items }) => (
          <PlainTable
            rows={places}
            rowKey={({ id }) => id ?? 'all'}
            columns={[
              { key: 'place', title: t('partners.warehouse.for'), render: ({ label }) => label },
              {
                key: 'warehouse',
                title: t('partners.warehouse.from'),
                render: ({ id, label }) => {
                  const chosen = items.find(({ address }) => (address?.id ?? null) === id)?.warehouse;
                  if (!may) return chosen?.name ?? '–';
                  return (
                    <div style={{ minWidth: 200 }}>
                      <WarehouseField
                        aria-label={`${t('partners.warehouse.from')} ${label}`}
                        {...(chosen === undefined ? {} : { value: chosen.id })}
                        onChange={(warehouseId) =>
                          void set.attempt({ params, body: { addressId: id, warehouseId: warehouseId ?? null } })
                        }
                      />
                    </div>
                  );
                },
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
