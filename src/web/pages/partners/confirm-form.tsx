/** The partner has said that its file is right: staff write down how it told them. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';

export function ConfirmForm({ partner, onClose }: PartnerFormProps): ReactElement {
  const { t } = useTranslation();
  const confirm = useApiAction('partnerConfirm');
  return (
    <PartnerForm
      partner={partner}
      name="confirm"
      title={t('partners.confirmFile')}
      initialValues={{ note: '' }}
      onClose={onClose}
      send={({ note }, version) => confirm.run({ params: { partnerId: partner.id }, body: { note }, ifMatch: version })}
    >
      <Form.Item
        name="note"
        label={t('partners.confirmHow')}
        extra={t('partners.confirmHowHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea autoFocus rows={3} maxLength={2000} />
      </Form.Item>
    </PartnerForm>
  );
}
