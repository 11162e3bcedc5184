/** The company: its data and its lists. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { useMethodText } from '../../ui/delivery-method.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { SearchTabs } from '../partners/search-tabs.tsx';
import { BankAccounts } from './bank-accounts.tsx';
import { Carriers } from './carriers.tsx';
import { CompanyForm } from './company-form.tsx';
import { TaxRates } from './tax-rates.tsx';
import { Units } from './units.tsx';
import { Warehouses } from './warehouses.tsx';

export type Company = Answer<'companyGet'>;

export default function CompanyPage(): ReactElement {
  const { t } = useTranslation();
  const company = useApiQuery('companyGet', {});
  return (
    <Page title={t('common.menu.company')}>
      <SearchTabs
        tabs={[
          {
            key: 'data',
            label: t('admin.companyData'),
            children: <Loaded query={company}>{(data) => <CompanyData company={data} />}</Loaded>,
          },
          {
            key: 'accounts',
            label: t('admin.bankAccounts'),
            children: <BankAccounts currency={company.data?.currency ?? ''} />,
          },
          { key: 'taxRates', label: t('admin.taxRates'), children: <TaxRates /> },
          { key: 'units', label: t('admin.units'), children: <Units /> },
          { key: 'warehouses', label: t('admin.warehouses'), children: <Warehouses /> },
          { key: 'carriers', label: t('admin.carriers'), children: <Carriers /> },
        ]}
      />
    </Page>
  );
}

function CompanyData({ company }: { company: Company }): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('company.manage');
  const [editing, setEditing] = useState(false);
  const methodText = useMethodText();
  return (
    <Section
      title={t('admin.companyData')}
      extra={may && <Button onClick={() => setEditing(true)}>{t('admin.change')}</Button>}
    >
      <Facts
        items={[
          [t('admin.companyName'), company.name],
          [t('admin.nameEn'), company.nameEn],
          [t('admin.taxNo'), company.taxNo],
          [t('admin.address'), company.address],
          [t('admin.phone'), company.phone],
          [t('admin.currency'), company.currency],
          [t('admin.timeZone'), company.timeZone],
          [t('admin.deliveryMethod'), methodText(company.deliveryMethod ?? '')],
          [t('admin.logo'), company.logoSvg === null ? t('admin.noLogo') : t('admin.hasLogo')],
        ]}
      />
      {editing && <CompanyForm company={company} onClose={() => setEditing(false)} />}
    </Section>
  );
}
