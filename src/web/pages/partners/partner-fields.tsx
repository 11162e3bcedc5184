/** The fields of a partner file. */
import { Form, Input, InputNumber, Select } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { INVOICE_KINDS, PAYMENT_METHODS } from '../../../contract/partner-fields.ts';
import { DateField, RemoteSelect } from '../../ui/fields.tsx';
import { RegionField } from '../../ui/region-field.tsx';
import { findSales } from '../orders/lookups.ts';
import { findPriceLists } from './lookups.ts';
import type { FileValues, Partner } from './partner-file-values.ts';
import { LanguageField } from './language-field.tsx';
import { PaymentTermFields } from './payment-term-fields.tsx';

type Name = keyof FileValues;

const GRID = { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))', columnGap: 16 };

export function PartnerFields({
  partner,
  twinNotice,
  overrideReason,
}: {
  partner: Partner | null;
  /** Beside the name: who may be the same company. */
  twinNotice: ReactNode;
  overrideReason: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  const text = (name: Name, label: string, maxLength: number, extra?: string) => (
    <Form.Item name={name} label={label} {...(extra === undefined ? {} : { extra })}>
      <Input maxLength={maxLength} autoComplete="off" />
    </Form.Item>
  );
  const chosen = (one: { id: string; name: string } | null | undefined) =>
    one === null || one === undefined ? {} : { initial: { value: one.id, label: one.name } };
  return (
    <>
      <Group title={t('partners.basics')}>
        <Form.Item
          name="name"
          label={t('partners.name')}
          rules={[{ required: true, whitespace: true, message: t('common.required') }]}
        >
          <Input maxLength={200} autoFocus autoComplete="off" />
        </Form.Item>
        {twinNotice}
        {partner === null && text('no', t('partners.no'), 20, t('partners.noHint'))}
        {text('nameEn', t('partners.nameEn'), 200)}
        {text('shortName', t('partners.shortName'), 60)}
        {text('uscc', t('partners.uscc'), 18)}
        {overrideReason}
        {text('country', t('partners.country'), 2, t('partners.countryHint'))}
        <Form.Item name="regionCode" label={t('partners.region')}>
          <RegionField />
        </Form.Item>
        {text('territory', t('partners.territory'), 60)}
        <LanguageField label={t('partners.mailLanguage')} hint={t('partners.partnerLanguageHint')} />
        {text('level', t('partners.level'), 20)}
        <Form.Item name="salesOwnerId" label={t('partners.salesOwner')}>
          <RemoteSelect search={findSales} {...chosen(partner?.salesOwner)} />
        </Form.Item>
        <Form.Item name="deputyOwnerId" label={t('partners.deputyOwner')}>
          <RemoteSelect search={findSales} {...chosen(partner?.deputyOwner)} />
        </Form.Item>
        {text('sourceRef', t('partners.sourceRef'), 100)}
        <Form.Item name="obtainedOn" label={t('partners.obtainedOn')} extra={t('partners.obtainedHint')}>
          <DateField />
        </Form.Item>
      </Group>
      <Group title={t('partners.trade')}>
        {text('currency', t('partners.currency'), 3)}
        <Form.Item name="priceListId" label={t('partners.priceList')} extra={t('partners.priceListHint')}>
          <RemoteSelect search={findPriceLists} {...chosen(partner?.priceList)} />
        </Form.Item>
        <Form.Item name="paymentMethod" label={t('partners.paymentMethod')}>
          <Select options={PAYMENT_METHODS.map((value) => ({ value, label: t(`states.paymentMethod.${value}`) }))} />
        </Form.Item>
        <PaymentTermFields />
        <Form.Item name="replyDays" label={t('partners.replyDays')} extra={t('partners.replyDaysHint')}>
          <InputNumber min={1} max={60} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </Group>
      <Group title={t('partners.invoicing')}>
        <Form.Item name="invoiceKind" label={t('partners.invoiceKind')}>
          <Select options={INVOICE_KINDS.map((value) => ({ value, label: t(`states.invoiceKind.${value}`) }))} />
        </Form.Item>
        {text('invoiceTitle', t('partners.invoiceTitle'), 200)}
        {text('taxNo', t('partners.taxNo'), 30)}
        {text('bankName', t('partners.bankName'), 200)}
        {text('bankAccount', t('partners.bankAccount'), 60)}
        {text('invoiceAddress', t('partners.invoiceAddress'), 300)}
        {text('invoicePhone', t('partners.invoicePhone'), 60)}
      </Group>
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <fieldset style={{ border: 0, padding: 0, margin: '0 0 8px' }}>
      <legend style={{ fontWeight: 600, marginBottom: 8 }}>{title}</legend>
      <div style={GRID}>{children}</div>
    </fieldset>
  );
}
