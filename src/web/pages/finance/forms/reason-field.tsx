/** What a step does, and why it is taken. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

export function ReasonField({ hint }: { hint: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {hint}
      </p>
      <Form.Item
        name="reason"
        label={t('finance.reason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea autoFocus rows={4} maxLength={2000} showCount />
      </Form.Item>
    </>
  );
}
