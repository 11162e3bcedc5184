/** Signing in; in the demo, taking the place of a person with one press. */
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useRouter, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, api } from '../../api/client.ts';
import { ApiProblem, isProblem } from '../../api/problem.ts';
import { safeReturn } from '../../lib/search-params.ts';
import { type Session, startSession } from '../../session.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { DemoIdentities } from './demo-identities.tsx';
import { Door } from './door.tsx';

type Identity = Answer<'sessionDemoIdentities'>['items'][number];

/** Where there is no demo the server says 404: that is an answer, not a fault. */
const demoQuery = {
  queryKey: ['sessionDemoIdentities'],
  queryFn: (): Promise<readonly Identity[]> =>
    api('sessionDemoIdentities', {}).then(
      ({ items }) => items,
      (error: unknown) => {
        if (isProblem(error) && error.status > 0 && error.status < 500) return [];
        throw error;
      },
    ),
  staleTime: 60_000,
  retry: 1,
};

export default function SignIn(): ReactElement {
  const { t } = useTranslation();
  const router = useRouter();
  const search = useSearch({ from: '/sign-in' });
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const demo = useQuery(demoQuery);
  const setup = useQuery({ queryKey: ['setupGet'], queryFn: () => api('setupGet', {}), staleTime: 60_000, retry: 1 });

  const enter = async (who: string, call: () => Promise<Session>) => {
    setBusy(who);
    setProblem(null);
    try {
      await startSession(await call());
      await router.invalidate();
      router.history.push(safeReturn(search.return));
    } catch (error) {
      setProblem(
        isProblem(error)
          ? error
          : new ApiProblem({ status: 0, code: 'client.unexpected', title: t('errors.unexpected.title') }),
      );
      setBusy(null);
    }
  };
  if (setup.data?.needed === true) return <Navigate to="/first-run" />;
  const identities = demo.data ?? [];
  const beside =
    identities.length === 0 ? undefined : (
      <DemoIdentities
        identities={identities}
        busy={busy}
        onChoose={(userId) => void enter(userId, () => api('sessionDemoSignIn', { body: { userId } }))}
      />
    );
  return (
    <Door title={t('auth.signIn.title')} lead={t('auth.signIn.lead')} {...(beside === undefined ? {} : { beside })}>
      <div className="qc-stack">
        {search.ended === 'yes' && problem === null && <Alert type="info" showIcon title={t('auth.signIn.ended')} />}
        <ProblemAlert problem={problem} />
        <Form<{ login: string; password: string }>
          layout="vertical"
          requiredMark={false}
          disabled={busy !== null}
          onFinish={(body) => void enter('form', () => api('sessionSignIn', { body }))}
        >
          <Form.Item name="login" label={t('auth.login')} rules={[{ required: true, message: t('auth.loginMissing') }]}>
            <Input
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has this one purpose
              autoFocus
              size="large"
              maxLength={200}
            />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('auth.password')}
            rules={[{ required: true, message: t('auth.passwordMissing') }]}
          >
            <Input.Password autoComplete="current-password" size="large" maxLength={256} />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={busy === 'form'}>
            {t('auth.signIn.submit')}
          </Button>
        </Form>
        <p className="qc-muted">{t('auth.signIn.forgotten')}</p>
        <p>
          <Link to="/apply">{t('auth.signIn.apply')}</Link>
        </p>
      </div>
    </Door>
  );
}
