/** Asking for a change of company or of bank and invoicing data; it counts once it has been looked at. */
import { Alert, Form, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { INVOICE_KINDS } from '../../../../contract/partner-fields.ts';
import { useApiAction } from '../../../api/hooks.ts';
import { RegionField } from '../../../ui/region-field.tsx';
import { orNull } from '../../partners/form-values.ts';
import type { Partner } from '../../partners/partner-file-values.ts';
import { PartnerForm, type PartnerFormProps } from '../../partners/partner-form.tsx';

const COMPANY = ['nameEn', 'shortName', 'uscc', 'usccOverrideReason', 'regionCode'] as const;
const INVOICING = ['invoiceTitle', 'taxNo', 'bankName', 'bankAccount', 'invoiceAddress', 'invoicePhone'] as const;
type TextName = (typeof COMPANY)[number] | (typeof INVOICING)[number];
type Values = { [K in TextName]?: string | undefined } & {
  name: string;
  invoiceKind: Partner['invoiceKind'];
  note?: string | undefined;
};

export function FileProposal({
  partner,
  part,
  onClose,
}: PartnerFormProps & { part: 'company' | 'invoicing' }): ReactElement {
  const { t } = useTranslation();
  const propose = useApiAction('partnerChangePropose');
  const names: readonly TextName[] = part === 'company' ? COMPANY : INVOICING;
  const first: { [K in TextName]?: string | undefined } = {};
  for (const name of names) first[name] = partner[name] ?? undefined;
  return (
    <PartnerForm<Values>
      partner={partner}
      name={`propose.${part}`}
      title={t('portal.companyPropose')}
      initialValues={{ ...first, name: partner.name, invoiceKind: partner.invoiceKind }}
      onClose={onClose}
      send={(values, version) => {
        const texts: { [K in TextName]?: string | null } = {};
        for (const name of names) texts[name] = orNull(values[name]);
        const rest = part === 'company' ? { name: values.name.trim() } : { invoiceKind: values.invoiceKind };
        return propose.run({
          params: { partnerId: partner.id },
          body: { fields: { ...texts, ...rest }, note: orNull(values.note) },
          ifMatch: version,
        });
      }}
    >
      <Alert
        type="info"
        showIcon
        style={{ marginBottom: 16 }}
        title={part === 'company' ? t('portal.companyReviewedBySales') : t('portal.companyReviewedByFinance')}
      />
      {part === 'company' ? (
        <CompanyFields badCode={propose.problem?.code === 'partner.uscc_invalid'} />
      ) : (
        <InvoicingFields />
      )}
      <Form.Item name="note" label={t('partners.note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </PartnerForm>
  );
}

function CompanyFields({ badCode }: { badCode: boolean }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="name"
        label={t('partners.name')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('partners.nameEn')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="shortName" label={t('partners.shortName')}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="uscc" label={t('partners.uscc')}>
        <Input maxLength={18} />
      </Form.Item>
      {badCode && (
        <Form.Item
          name="usccOverrideReason"
          label={t('partners.usccOverrideReason')}
          extra={t('partners.usccOverrideHint')}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      )}
      <Form.Item name="regionCode" label={t('partners.region')}>
        <RegionField />
      </Form.Item>
    </>
  );
}

function InvoicingFields(): ReactElement {
  const { t } = useTranslation();
  const field = (name: TextName, label: string, maxLength: number) => (
    <Form.Item name={name} label={label}>
      <Input maxLength={maxLength} autoComplete="off" />
    </Form.Item>
  );
  return (
    <>
      <Form.Item name="invoiceKind" label={t('partners.invoiceKind')}>
        <Select options={INVOICE_KINDS.map((value) => ({ value, label: t(`states.invoiceKind.${value}`) }))} />
      </Form.Item>
      {field('invoiceTitle', t('partners.invoiceTitle'), 200)}
      {field('taxNo', t('partners.taxNo'), 30)}
      {field('bankName', t('partners.bankName'), 200)}
      {field('bankAccount', t('partners.bankAccount'), 60)}
      {field('invoiceAddress', t('partners.invoiceAddress'), 300)}
      {field('invoicePhone', t('partners.invoicePhone'), 60)}
    </>
  );
}
