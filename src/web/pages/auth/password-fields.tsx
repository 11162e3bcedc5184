/** A new password, twice. How good it has to be is the server's rule; the hint says it beforehand. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

export function NewPasswordFields({
  name,
  confirmName,
}: {
  name: string | string[];
  confirmName: string | string[];
}): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name={name}
        label={t('auth.newPassword')}
        extra={t('auth.passwordRule')}
        rules={[{ required: true, message: t('auth.passwordMissing') }]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
      <Form.Item
        name={confirmName}
        label={t('auth.repeatPassword')}
        dependencies={[name]}
        rules={[
          { required: true, message: t('auth.passwordMissing') },
          ({ getFieldValue }) => ({
            validator: (_, value: unknown) =>
              value === undefined || value === getFieldValue(name)
                ? Promise.resolve()
                : Promise.reject(new Error(t('auth.passwordsDiffer'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={256} />
      </Form.Item>
    </>
  );
}
