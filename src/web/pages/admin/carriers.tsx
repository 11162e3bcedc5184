/** Carriers. */
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Loaded, Section } from '../../ui/page.tsx';
import { PlainTable } from '../partners/plain-table.tsx';
import { CarrierForm } from './carrier-form.tsx';

export type Carrier = Answer<'carrierList'>['items'][number];

export function Carriers(): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('company.manage');
  const list = useApiQuery('carrierList', { query: {} });
  const [form, open] = useState<{ carrier: Carrier | null } | null>(null);
  return (
    <Section
      title={t('admin.carriers')}
      extra={may && <Button onClick={() => open({ carrier: null })}>{t('admin.addCarrier')}</Button>}
    >
      <Loaded query={list}>
        {({ items }) => (
          <PlainTable
            rows={items}
            rowKey={({ id }) => id}
            columns={[
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
              { key: 'phone', title: t('admin.phone'), render: ({ phone }) => <span className="qc-num">{phone}</span> },
              ...(may
                ? [
                    {
                      key: 'edit',
                      title: t('common.actions'),
                      render: (carrier: Carrier) => (
                        <Button size="small" onClick={() => open({ carrier })}>
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
      {form !== null && <CarrierForm carrier={form.carrier} onClose={() => open(null)} />}
    </Section>
  );
}
