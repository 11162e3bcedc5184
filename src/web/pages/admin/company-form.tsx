/** Data of the company, as its papers show it. */
import { Form, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DeliveryMethodField } from '../../ui/delivery-method.tsx';
import { DocumentForm } from '../orders/document-form.tsx';
import { changedOnly, orNull } from '../partners/form-values.ts';
import type { Company } from './company-page.tsx';

const NULLABLE = ['nameEn', 'taxNo', 'address', 'phone', 'logoSvg', 'deliveryMethod'] as const;
type Values = { [K in (typeof NULLABLE)[number]]?: string | undefined } & {
  name: string;
  currency: string;
  timeZone: string;
};

function valuesOf(company: Company): Values {
  const { name, currency, timeZone } = company;
  const values: Values = { name, currency, timeZone };
  for (const field of NULLABLE) values[field] = company[field] ?? undefined;
  return values;
}

function bodyOf(values: Values) {
  const texts: { [K in (typeof NULLABLE)[number]]?: string | null } = {};
  for (const field of NULLABLE) texts[field] = orNull(values[field]);
  return {
    ...texts,
    name: values.name.trim(),
    currency: values.currency.trim().toUpperCase(),
    timeZone: values.timeZone.trim(),
  };
}

export function CompanyForm({ company, onClose }: { company: Company; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const update = useApiAction('companyUpdate');
  const [first] = useState(() => valuesOf(company));
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const text = (name: keyof Values, label: string, maxLength: number) => (
    <Form.Item name={name} label={label}>
      <Input maxLength={maxLength} autoComplete="off" />
    </Form.Item>
  );
  return (
    <DocumentForm<Values, Company>
      draftKey="company"
      no={company.name}
      version={company.version}
      stateNow={company.name}
      title={t('admin.editCompany')}
      submitText={t('common.save')}
      initialValues={first}
      send={(values, version) => update.run({ body: changedOnly(bodyOf(first), bodyOf(values)), ifMatch: version })}
      doneText={() => t('admin.saved')}
      onClose={onClose}
    >
      <Form.Item name="name" label={t('admin.companyName')} rules={must}>
        <Input maxLength={200} autoFocus />
      </Form.Item>
      {text('nameEn', t('admin.nameEn'), 200)}
      {text('taxNo', t('admin.taxNo'), 30)}
      {text('address', t('admin.address'), 300)}
      {text('phone', t('admin.phone'), 60)}
      <Form.Item name="currency" label={t('admin.currency')} extra={t('admin.currencyHint')} rules={must}>
        <Input maxLength={3} />
      </Form.Item>
      <Form.Item name="timeZone" label={t('admin.timeZone')} extra={t('admin.timeZoneHint')} rules={must}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="deliveryMethod" label={t('admin.deliveryMethod')} extra={t('admin.deliveryMethodHint')}>
        <DeliveryMethodField />
      </Form.Item>
      <Form.Item name="logoSvg" label={t('admin.logo')} extra={t('admin.logoHint')}>
        <Input.TextArea rows={4} maxLength={65536} style={{ fontFamily: 'monospace' }} />
      </Form.Item>
    </DocumentForm>
  );
}
