/** Decline an inquiry, with the reason that the partner reads. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { InquiryForm, type InquiryFormProps } from './inquiry-form.tsx';

export function DeclineForm({ inquiry, onClose }: InquiryFormProps): ReactElement {
  const { t } = useTranslation();
  const decline = useApiAction('inquiryDecline');
  return (
    <InquiryForm
      inquiry={inquiry}
      name="decline"
      title={t('states.action.inquiry.decline')}
      danger
      initialValues={{ reason: '' }}
      onClose={onClose}
      send={({ reason }, version) =>
        decline.run({ params: { inquiryId: inquiry.id }, body: { reason }, ifMatch: version })
      }
    >
      <Form.Item
        name="reason"
        label={t('orders.reason')}
        extra={t('inquiries.declineHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea autoFocus rows={4} maxLength={2000} showCount />
      </Form.Item>
    </InquiryForm>
  );
}
