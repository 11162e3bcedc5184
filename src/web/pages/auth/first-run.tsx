/** The first set-up of an installation: company, and two people who look after it (nobody holds both roles). */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Result, Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Body } from '../../api/client.ts';
import { queryClient, useApiAction } from '../../api/hooks.ts';
import { isProblem } from '../../api/problem.ts';
import { useLocaleState } from '../../i18n/index.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { markFields } from '../../ui/form-drawer.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Door } from './door.tsx';
import { NewPasswordFields } from './password-fields.tsx';

type Person = Body<'setupCreate'>['systemAdmin'];
type Values = Pick<Body<'setupCreate'>, 'code' | 'company'> & {
  systemAdmin: Person & { repeat?: string };
  securityAdmin: Person & { repeat?: string };
};

const CURRENCIES = ['CNY', 'HKD', 'TWD', 'USD', 'EUR', 'JPY', 'SGD', 'MOP'];
const ZONES = [
  'Asia/Shanghai',
  'Asia/Hong_Kong',
  'Asia/Taipei',
  'Asia/Macau',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Europe/London',
  'America/New_York',
];
const person = ({ login, name, nameEn, password }: Person): Person => ({
  login,
  name,
  password,
  ...(nameEn === undefined || nameEn === null || nameEn === '' ? {} : { nameEn }),
});

export default function FirstRun(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { locale } = useLocaleState();
  const [form] = Form.useForm<Values>();
  const [done, setDone] = useState(false);
  const setup = useQuery({ queryKey: ['setupGet'], queryFn: () => api('setupGet', {}), retry: 1 });
  const create = useApiAction('setupCreate');
  const submit = async ({ code, company, systemAdmin, securityAdmin }: Values) => {
    const { nameEn, ...named } = company;
    try {
      await create.run({
        body: {
          code: code.trim(),
          locale,
          company: { ...named, ...(nameEn === undefined || nameEn === null || nameEn === '' ? {} : { nameEn }) },
          systemAdmin: person(systemAdmin),
          securityAdmin: person(securityAdmin),
        },
      });
      queryClient.clear();
      setDone(true);
    } catch (error) {
      if (isProblem(error)) markFields(form, error);
    }
  };
  if (done)
    return (
      <Door title={t('auth.setup.title')}>
        <Result
          status="success"
          title={t('auth.setup.done')}
          extra={
            <Button type="primary" onClick={() => void navigate({ to: '/sign-in' })}>
              {t('auth.signIn.submit')}
            </Button>
          }
        />
      </Door>
    );
  if (setup.isPending) return <Waiting />;
  if (setup.data?.needed === false)
    return (
      <Door title={t('auth.setup.title')}>
        <p>{t('auth.setup.alreadyDone')}</p>
        <Link to="/sign-in">{t('auth.toSignIn')}</Link>
      </Door>
    );
  const required = [{ required: true, message: t('common.required') }];
  const people: ['systemAdmin' | 'securityAdmin', string, string][] = [
    ['systemAdmin', t('states.role.system_admin'), t('auth.setup.systemAdminHint')],
    ['securityAdmin', t('states.role.security_admin'), t('auth.setup.securityAdminHint')],
  ];
  return (
    <Door title={t('auth.setup.title')} lead={t('auth.setup.lead')} wide>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ company: { currency: 'CNY', timeZone: 'Asia/Shanghai' } }}
        onFinish={(values) => void submit(values)}
        className="qc-stack"
      >
        <ProblemAlert problem={setup.error ?? create.problem} />
        <section className="qc-card" aria-label={t('auth.setup.company')}>
          <Form.Item name="code" label={t('auth.setup.code')} extra={t('auth.setup.codeHint')} rules={required}>
            <Input autoComplete="one-time-code" spellCheck={false} maxLength={60} />
          </Form.Item>
          <Form.Item name={['company', 'name']} label={t('auth.setup.companyName')} rules={required}>
            <Input maxLength={200} autoComplete="organization" />
          </Form.Item>
          <Form.Item name={['company', 'nameEn']} label={t('auth.setup.companyNameEn')}>
            <Input maxLength={200} />
          </Form.Item>
          <div className="qc-row" style={{ alignItems: 'flex-start', gap: 16 }}>
            <Form.Item
              name={['company', 'currency']}
              label={t('auth.setup.currency')}
              rules={required}
              className="qc-grow"
            >
              <Select options={CURRENCIES.map((value) => ({ value, label: value }))} showSearch />
            </Form.Item>
            <Form.Item
              name={['company', 'timeZone']}
              label={t('auth.setup.timeZone')}
              rules={required}
              className="qc-grow"
            >
              <Select options={ZONES.map((value) => ({ value, label: value }))} showSearch />
            </Form.Item>
          </div>
        </section>
        {people.map(([key, title, hint]) => (
          <section key={key} className="qc-card" aria-label={title}>
            <h2 style={{ fontSize: 16 }}>{title}</h2>
            <p className="qc-muted" style={{ marginBottom: 16 }}>
              {hint}
            </p>
            <div className="qc-row" style={{ alignItems: 'flex-start', gap: 16 }}>
              <Form.Item name={[key, 'name']} label={t('auth.setup.personName')} rules={required} className="qc-grow">
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name={[key, 'login']} label={t('auth.login')} rules={required} className="qc-grow">
                <Input autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={200} />
              </Form.Item>
            </div>
            <NewPasswordFields name={[key, 'password']} confirmName={[key, 'repeat']} />
          </section>
        ))}
        <Button type="primary" htmlType="submit" size="large" loading={create.pending}>
          {t('auth.setup.submit')}
        </Button>
      </Form>
    </Door>
  );
}
