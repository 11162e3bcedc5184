/** Ends an agreement before its last day. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DateField } from '../../ui/fields.tsx';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';

type Values = { validTo?: string | undefined; reason: string };

export function AgreementEndForm({
  partner,
  agreementId,
  onClose,
}: PartnerFormProps & { agreementId: string }): ReactElement {
  const { t } = useTranslation();
  const end = useApiAction('agreementEnd');
  return (
    <PartnerForm<Values>
      partner={partner}
      name={`agreement.${agreementId}.end`}
      title={t('partners.endAgreement')}
      danger
      initialValues={{ reason: '' }}
      onClose={onClose}
      send={({ validTo, reason }, version) =>
        end.run({
          params: { partnerId: partner.id, agreementId },
          body: { validTo: validTo ?? '', reason },
          ifMatch: version,
        })
      }
    >
      <Form.Item
        name="validTo"
        label={t('partners.lastDay')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <DateField />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('partners.reason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea rows={4} maxLength={2000} showCount />
      </Form.Item>
    </PartnerForm>
  );
}
