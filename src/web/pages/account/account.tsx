/** My account: who I am, language, password, where I am signed in. */
import { Button, Form, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { isProblem } from '../../api/problem.ts';
import { useLocaleState } from '../../i18n/index.ts';
import { LOCALE_NAMES, LOCALES } from '../../i18n/locale.ts';
import { useSession } from '../../session.tsx';
import { useChooseLocale } from '../../shell/choices.tsx';
import { setThemeChoice, THEME_CHOICES, useThemeChoice } from '../../theme/theme.ts';
import { markFields } from '../../ui/form-drawer.tsx';
import { Facts, Page, Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { NewPasswordFields } from '../auth/password-fields.tsx';
import { MailChoice } from '../outgoing/mail-choice.tsx';
import { OpenSessions } from './open-sessions.tsx';
import { useNameOf } from '../../i18n/use-name.ts';
import { useTell } from '../../ui/tell.tsx';

export default function Account(): ReactElement {
  const { t } = useTranslation();
  const { actor } = useSession();
  const { locale } = useLocaleState();
  const nameOf = useNameOf();
  const choose = useChooseLocale();
  const theme = useThemeChoice();
  return (
    <Page title={t('auth.account.title')}>
      <Section title={t('auth.account.me')}>
        <Facts
          items={[
            [t('auth.account.name'), nameOf(actor)],
            [t('auth.login'), actor.login],
            [
              t('auth.account.roles'),
              actor.roles.map((role) => t(`states.role.${role}`)).join(t('common.listSeparator')),
            ],
            ...(actor.partnerName === null
              ? []
              : [
                  [
                    t('auth.account.partner'),
                    nameOf({ name: actor.partnerName, nameEn: actor.partnerNameEn }),
                  ] as const,
                ]),
          ]}
        />
      </Section>
      <Section title={t('auth.account.display')}>
        <div className="qc-row" style={{ gap: 24 }}>
          <label className="qc-row">
            {t('common.language')}
            <Select
              value={locale}
              onChange={choose}
              style={{ width: 180 }}
              options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
              aria-label={t('common.language')}
            />
          </label>
          <label className="qc-row">
            {t('common.theme.title')}
            <Select
              value={theme}
              onChange={setThemeChoice}
              style={{ width: 180 }}
              options={THEME_CHOICES.map((value) => ({ value, label: t(`common.theme.${value}`) }))}
              aria-label={t('common.theme.title')}
            />
          </label>
        </div>
      </Section>
      <Section title={t('outgoing.choice')}>
        <MailChoice />
      </Section>
      <Section title={t('auth.account.password')}>
        <PasswordForm />
      </Section>
      <Section title={t('auth.account.sessions')}>
        <OpenSessions />
      </Section>
    </Page>
  );
}

function PasswordForm(): ReactElement {
  const { t } = useTranslation();
  const { actor } = useSession();
  const { message } = useTell();
  const [form] = Form.useForm<{ oldPassword: string; newPassword: string }>();
  const change = useApiAction('passwordChange');
  const submit = async ({ oldPassword, newPassword }: { oldPassword: string; newPassword: string }) => {
    try {
      await change.run({ body: { oldPassword, newPassword } });
      form.resetFields();
      void message.success(t('auth.account.passwordChanged'));
    } catch (error) {
      if (isProblem(error)) markFields(form, error);
    }
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      style={{ maxWidth: 420 }}
      onFinish={(values) => void submit(values)}
    >
      {change.problem !== null && (
        <div style={{ marginBottom: 16 }}>
          <ProblemAlert problem={change.problem} />
        </div>
      )}
      <input type="text" name="username" autoComplete="username" value={actor.login} readOnly hidden />
      <Form.Item
        name="oldPassword"
        label={t('auth.oldPassword')}
        rules={[{ required: true, message: t('auth.passwordMissing') }]}
      >
        <Input.Password autoComplete="current-password" maxLength={256} />
      </Form.Item>
      <NewPasswordFields name="newPassword" confirmName="repeat" />
      <Button type="primary" htmlType="submit" loading={change.pending}>
        {t('auth.account.changePassword')}
      </Button>
    </Form>
  );
}
