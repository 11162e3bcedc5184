/** Host, sender and password of the company's mail. The password is typed here and never kept on the device. */
import { Form, Input, InputNumber, Select, Switch } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAIL_SECURITY } from '../../../contract/outgoing.ts';
import { useApiAction } from '../../api/hooks.ts';
import { DocumentForm } from '../orders/document-form.tsx';
import { orNull } from '../partners/form-values.ts';
import type { MailServer } from './mail-server-page.tsx';

type Values = Pick<MailServer, 'isOn' | 'host' | 'port' | 'security' | 'fromName' | 'fromAddress' | 'publicUrl'> & {
  username?: string | undefined;
  replyTo?: string | undefined;
};

export function MailServerForm({ server, onClose }: { server: MailServer; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const save = useApiAction('mailServerSet');
  const [password, setPassword] = useState('');
  const [first] = useState<Values>(() => {
    const { isOn, host, port, security, fromName, fromAddress } = server;
    const publicUrl = server.publicUrl === '' ? window.location.origin : server.publicUrl;
    return {
      isOn,
      host,
      port,
      security,
      fromName,
      fromAddress,
      publicUrl,
      username: server.username ?? undefined,
      replyTo: server.replyTo ?? undefined,
    };
  });
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const send = (values: Values, version: number): Promise<MailServer> => {
    const username = orNull(values.username);
    const secret = username === null ? { password: null } : password === '' ? {} : { password };
    return save.run({ body: { ...values, username, replyTo: orNull(values.replyTo), ...secret }, ifMatch: version });
  };
  return (
    <DocumentForm<Values, MailServer>
      draftKey="mail-server"
      no=""
      version={server.version}
      stateNow={t(server.isOn ? 'outgoing.on' : 'outgoing.off')}
      title={t('common.menu.mailServer')}
      submitText={t('common.save')}
      initialValues={first}
      send={send}
      doneText={() => t('outgoing.saved')}
      onClose={onClose}
    >
      <Form.Item name="isOn" label={t('outgoing.isOn')} extra={t('outgoing.isOnHint')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="host" label={t('outgoing.host')} rules={must}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="security" label={t('outgoing.security')} rules={[{ required: true }]}>
        <Select options={MAIL_SECURITY.map((value) => ({ value, label: t(`states.mailSecurity.${value}`) }))} />
      </Form.Item>
      <Form.Item name="port" label={t('outgoing.port')} rules={[{ required: true, message: t('common.required') }]}>
        <InputNumber min={1} max={65_535} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="username" label={t('outgoing.username')} extra={t('outgoing.usernameHint')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item
        label={t('outgoing.password')}
        extra={t(server.hasPassword ? 'outgoing.passwordStays' : 'outgoing.passwordHint')}
      >
        <Input.Password
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          maxLength={500}
          autoComplete="new-password"
          aria-label={t('outgoing.password')}
        />
      </Form.Item>
      <Form.Item name="fromName" label={t('outgoing.fromName')} rules={must}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="fromAddress" label={t('outgoing.fromAddress')} rules={must}>
        <Input maxLength={200} type="email" />
      </Form.Item>
      <Form.Item name="replyTo" label={t('outgoing.replyTo')} extra={t('outgoing.replyToHint')}>
        <Input maxLength={200} type="email" />
      </Form.Item>
      <Form.Item name="publicUrl" label={t('outgoing.publicUrl')} extra={t('outgoing.publicUrlHint')} rules={must}>
        <Input maxLength={200} />
      </Form.Item>
    </DocumentForm>
  );
}
