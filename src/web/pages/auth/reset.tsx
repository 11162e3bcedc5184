/** Setting a password with a one-time link: an invitation, or a reset. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Result } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { isProblem } from '../../api/problem.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { markFields } from '../../ui/form-drawer.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Door } from './door.tsx';
import { NewPasswordFields } from './password-fields.tsx';

export default function Reset(): ReactElement {
  const { t } = useTranslation();
  const [token] = useState(() => decodeURIComponent(window.location.hash.replace(/^#/, '')));
  const [done, setDone] = useState(false);
  const [form] = Form.useForm<{ newPassword: string }>();
  const check = useQuery({
    queryKey: ['passwordResetCheck'],
    queryFn: () => api('passwordResetCheck', { body: { token } }),
    enabled: token !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const reset = useApiAction('passwordReset');
  const submit = async ({ newPassword }: { newPassword: string }) => {
    try {
      await reset.run({ body: { token, newPassword } });
      // The token is spent: it need not stay in the address.
      window.history.replaceState(null, '', '/reset');
      setDone(true);
    } catch (error) {
      if (isProblem(error)) markFields(form, error);
    }
  };
  const invited = check.data?.purpose === 'invite';
  const title = invited ? t('auth.reset.inviteTitle') : t('auth.reset.title');
  if (done)
    return (
      <Door title={title}>
        <Result
          status="success"
          title={t('auth.reset.done')}
          extra={<Link to="/sign-in">{t('auth.signIn.submit')}</Link>}
        />
      </Door>
    );
  if (token === '' || check.error !== null)
    return (
      <Door title={title}>
        <div className="qc-stack">
          {token === '' ? (
            <p>{t('auth.reset.noToken')}</p>
          ) : (
            <ProblemAlert problem={check.error} onRetry={() => void check.refetch()} />
          )}
          <p className="qc-muted">{t('auth.reset.askAgain')}</p>
          <Link to="/sign-in">{t('auth.toSignIn')}</Link>
        </div>
      </Door>
    );
  if (check.data === undefined) return <Waiting />;
  return (
    <Door title={title} lead={t('auth.reset.lead', { name: check.data.name, login: check.data.login })}>
      <div className="qc-stack">
        <ProblemAlert problem={reset.problem} />
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
          {/* So that password managers know whose password this is. */}
          <input type="text" name="username" autoComplete="username" value={check.data.login} readOnly hidden />
          <NewPasswordFields name="newPassword" confirmName="repeat" />
          <Button type="primary" htmlType="submit" size="large" block loading={reset.pending}>
            {t('auth.reset.submit')}
          </Button>
        </Form>
      </div>
    </Door>
  );
}
