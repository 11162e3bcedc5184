/** Carriers. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { CarrierForm } from './carrier-form.tsx';
import { CompanyList } from './company-list.tsx';

export type Carrier = Answer<'carrierList'>['items'][number];

export function Carriers(): ReactElement {
  const { t } = useTranslation();
  const query = useApiQuery('carrierList', { query: {} });
  return (
    <CompanyList<Carrier>
      title={t('admin.carriers')}
      addText={t('admin.addCarrier')}
      query={query}
      columns={[
        { key: 'code', title: t('admin.code'), render: ({ code }) => <span className="qc-num">{code}</span> },
        { key: 'name', title: t('admin.name'), render: ({ name }) => name },
        { key: 'nameEn', title: t('admin.nameEn'), render: ({ nameEn }) => nameEn },
        { key: 'phone', title: t('admin.phone'), render: ({ phone }) => <span className="qc-num">{phone}</span> },
      ]}
      form={(carrier, onClose) => <CarrierForm carrier={carrier} onClose={onClose} />}
    />
  );
}
