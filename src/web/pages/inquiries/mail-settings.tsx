/** How mail comes in: the built-in SMTP listener and a mailbox over IMAP, with a trial before it is saved. */
import { Alert, Button, Form, Input, InputNumber, Select, Switch, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { Loaded, Page, Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import '../orders/orders.css';
import { useTell } from '../../ui/tell.tsx';

type Settings = Answer<'intakeSettingsGet'>;
type Values = Omit<Settings, 'version' | 'hasImapPassword' | 'channels' | 'imapHost' | 'imapUser'> & {
  imapHost?: string;
  imapUser?: string;
  imapPassword?: string;
};
const LIVE_MS = 5000;

export default function MailSettings(): ReactElement {
  const { t } = useTranslation();
  const settings = useApiQuery('intakeSettingsGet', {}, { refetchInterval: LIVE_MS });
  return (
    <Page title={t('common.menu.mailSettings')}>
      <Loaded query={settings}>{(loaded) => <SettingsForm key={loaded.version} settings={loaded} />}</Loaded>
    </Page>
  );
}

function ChannelState({ settings, source }: { settings: Settings; source: 'smtp' | 'imap' }): ReactElement {
  const { t } = useTranslation();
  const channel = settings.channels.find((each) => each.source === source);
  const state = channel?.state ?? 'off';
  return (
    <span>
      <Tag color={state === 'running' ? 'success' : state === 'failed' ? 'error' : 'default'}>
        {t(`states.intakeChannel.${state}`)}
      </Tag>
      <span className="qc-muted">{channel?.detail}</span>
    </span>
  );
}

function SettingsForm({ settings }: { settings: Settings }): ReactElement {
  const { t } = useTranslation();
  const { message } = useTell();
  const [form] = Form.useForm<Values>();
  const save = useApiAction('intakeSettingsSet', { onDone: () => void message.success(t('admin.saved')) });
  const test = useApiAction('intakeTest');
  const [tried, setTried] = useState<Answer<'intakeTest'> | null>(null);
  const { version, hasImapPassword, channels: _channels, imapHost, imapUser, ...rest } = settings;
  const initial: Values = { ...rest, imapHost: imapHost ?? '', imapUser: imapUser ?? '' };
  const orNull = (text: string | undefined) => (text === undefined || text.trim() === '' ? null : text.trim());
  const submit = ({ imapPassword, imapHost: host, imapUser: user, ...values }: Values) =>
    void save.attempt({
      ifMatch: version,
      body: {
        ...values,
        imapHost: orNull(host),
        imapUser: orNull(user),
        ...(imapPassword === undefined || imapPassword === '' ? {} : { imapPassword }),
      },
    });
  const tryOut = async () => {
    const values = form.getFieldsValue(true) as Values;
    setTried(null);
    const result = await test.attempt({
      body: {
        imapHost: values.imapHost ?? '',
        imapPort: values.imapPort,
        imapSecure: values.imapSecure,
        imapUser: values.imapUser ?? '',
        imapFolder: values.imapFolder,
        ...(values.imapPassword === undefined || values.imapPassword === ''
          ? {}
          : { imapPassword: values.imapPassword }),
      },
    });
    setTried(result ?? null);
  };
  const port = <InputNumber min={1} max={65_535} precision={0} style={{ width: '100%' }} />;
  return (
    <Form<Values> form={form} layout="vertical" initialValues={initial} onFinish={submit} className="qc-stack">
      <ProblemAlert problem={save.problem} onClose={save.clear} />
      <Section title={t('inquiries.mail.imap')} extra={<ChannelState settings={settings} source="imap" />}>
        <div className="qo-form-grid">
          <Form.Item name="imapEnabled" label={t('inquiries.mail.on')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="imapHost" label={t('inquiries.mail.server')}>
            <Input maxLength={255} autoComplete="off" />
          </Form.Item>
          <Form.Item name="imapPort" label={t('inquiries.mail.port')}>
            {port}
          </Form.Item>
          <Form.Item name="imapSecure" label="TLS" valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="imapUser" label={t('inquiries.mail.user')}>
            <Input maxLength={255} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="imapPassword"
            label={t('inquiries.mail.password')}
            extra={hasImapPassword ? t('inquiries.mail.passwordKept') : undefined}
          >
            <Input.Password maxLength={255} autoComplete="new-password" />
          </Form.Item>
          <Form.Item name="imapFolder" label={t('inquiries.mail.folder')}>
            <Input maxLength={255} />
          </Form.Item>
        </div>
        <Button loading={test.pending} onClick={() => void tryOut()}>
          {t('inquiries.mail.test')}
        </Button>
        <div style={{ marginTop: 8 }} aria-live="polite">
          <ProblemAlert problem={test.problem} onClose={test.clear} />
          {tried !== null && (
            <Alert
              type={tried.ok ? 'success' : 'error'}
              showIcon
              title={
                tried.ok
                  ? t('inquiries.mail.testOk', { count: tried.messages ?? 0 })
                  : t('inquiries.mail.testBad', { detail: tried.detail ?? '' })
              }
            />
          )}
        </div>
      </Section>
      <Section title={t('inquiries.mail.smtp')} extra={<ChannelState settings={settings} source="smtp" />}>
        <p className="qc-muted" style={{ marginBottom: 12 }}>
          {t('inquiries.mail.smtpHint')}
        </p>
        <div className="qo-form-grid">
          <Form.Item name="smtpEnabled" label={t('inquiries.mail.on')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="smtpHost" label={t('inquiries.mail.listenOn')}>
            <Input maxLength={255} />
          </Form.Item>
          <Form.Item name="smtpPort" label={t('inquiries.mail.port')}>
            {port}
          </Form.Item>
          <Form.Item
            name="smtpRecipients"
            label={t('inquiries.mail.recipients')}
            extra={t('inquiries.mail.recipientsHint')}
          >
            <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ']} />
          </Form.Item>
        </div>
      </Section>
      <Section title={t('inquiries.mail.trust')}>
        <Form.Item name="trustedRelays" label={t('inquiries.mail.relays')} extra={t('inquiries.mail.relaysHint')}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ']} />
        </Form.Item>
      </Section>
      <div>
        <Button type="primary" htmlType="submit" loading={save.pending}>
          {t('common.save')}
        </Button>
      </div>
    </Form>
  );
}
