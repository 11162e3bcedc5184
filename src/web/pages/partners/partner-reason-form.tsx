/** Suspends or ends the cooperation, with the reason. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';

export function PartnerReasonForm({
  partner,
  action,
  onClose,
}: PartnerFormProps & { action: 'suspend' | 'terminate' }): ReactElement {
  const { t } = useTranslation();
  const steps = { suspend: useApiAction('partnerSuspend'), terminate: useApiAction('partnerTerminate') };
  const hints = { suspend: t('partners.suspendHint'), terminate: t('partners.terminateHint') };
  return (
    <PartnerForm
      partner={partner}
      name={action}
      title={t(`states.action.partner.${action}`)}
      danger
      initialValues={{ reason: '' }}
      onClose={onClose}
      send={({ reason }, version) =>
        steps[action].run({ params: { partnerId: partner.id }, body: { reason }, ifMatch: version })
      }
    >
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {hints[action]}
      </p>
      <Form.Item
        name="reason"
        label={t('partners.reason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea autoFocus rows={4} maxLength={2000} showCount />
      </Form.Item>
    </PartnerForm>
  );
}
