/** A cooperation agreement: its period, payment term, reply period and whether silence accepts. */
import { Form, Input, InputNumber, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DateField } from '../../ui/fields.tsx';
import { orNull } from './form-values.ts';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';
import { PaymentTermFields, type TermValues, termOf } from './payment-term-fields.tsx';

type Values = {
  no?: string | undefined;
  validFrom?: string | undefined;
  validTo?: string | undefined;
  silenceAccepts: boolean;
  paymentTerm: TermValues;
  replyDays?: number | null | undefined;
  note?: string | undefined;
};

export function AgreementForm({ partner, onClose }: PartnerFormProps): ReactElement {
  const { t } = useTranslation();
  const create = useApiAction('agreementCreate');
  const must = [{ required: true, message: t('common.required') }];
  return (
    <PartnerForm<Values>
      partner={partner}
      name="agreement"
      title={t('partners.addAgreement')}
      submitText={t('common.save')}
      initialValues={{ silenceAccepts: false, paymentTerm: partner.paymentTerm, replyDays: partner.replyDays }}
      onClose={onClose}
      send={(values, version) => {
        const no = orNull(values.no);
        const note = orNull(values.note);
        return create.run({
          params: { partnerId: partner.id },
          body: {
            ...(no === null ? {} : { no }),
            validFrom: values.validFrom ?? '',
            validTo: values.validTo ?? '',
            silenceAccepts: values.silenceAccepts,
            paymentTerm: termOf(values.paymentTerm),
            replyDays: values.replyDays ?? null,
            note,
          },
          ifMatch: version,
        });
      }}
    >
      <Form.Item name="no" label={t('partners.agreementNo')} extra={t('partners.noHint')}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="validFrom" label={t('partners.validFrom')} rules={must}>
        <DateField />
      </Form.Item>
      <Form.Item name="validTo" label={t('partners.validTo')} rules={must}>
        <DateField />
      </Form.Item>
      <PaymentTermFields />
      <Form.Item name="replyDays" label={t('partners.replyDays')} extra={t('partners.replyDaysHint')}>
        <InputNumber min={1} max={60} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item
        name="silenceAccepts"
        label={t('partners.silenceAccepts')}
        extra={t('partners.silenceHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item name="note" label={t('partners.note')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </PartnerForm>
  );
}
