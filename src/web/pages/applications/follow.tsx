/** One's own application, by its link: what became of it, what is asked, the way to the account. */
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, api } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { Facts } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { DateTime } from '../../ui/values.tsx';
import { Door } from '../auth/door.tsx';
import { ContentForm } from './content-form.tsx';
import { useTell } from '../../ui/tell.tsx';

type Status = Answer<'applicationCheck'>;

export default function Follow(): ReactElement {
  const { t } = useTranslation();
  const { hash } = useLocation();
  const token = decodeURIComponent(hash.replace(/^#/, ''));
  const status = useQuery({
    queryKey: ['applicationCheck', token],
    queryFn: () => api('applicationCheck', { body: { token } }),
    enabled: token !== '',
    retry: false,
    refetchInterval: 30_000,
  });
  const title = t('applications.own');
  if (token === '' || status.error !== null)
    return (
      <Door title={title}>
        <div className="qc-stack">
          {token === '' ? <p>{t('applications.noToken')}</p> : <ProblemAlert problem={status.error} />}
          <Link to="/apply">{t('applications.apply')}</Link>
        </div>
      </Door>
    );
  if (status.data === undefined) return <Waiting />;
  return (
    <Door title={title} wide>
      <Shown token={token} status={status.data} />
    </Door>
  );
}

function Shown({ token, status }: { token: string; status: Status }): ReactElement {
  const { t } = useTranslation();
  const { message } = useTell();
  const [editing, setEditing] = useState(false);
  const amend = useApiAction('applicationAmend');
  const open = status.state === 'submitted' || status.state === 'needs_data';
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      void message.success(t('admin.copied'));
    } catch {
      // Clipboards are closed on plain http: the address stands in the browser.
      void message.info(t('admin.copyByHand'));
    }
  };
  return (
    <div className="qc-stack">
      <section className="qc-card" aria-label={t('applications.own')}>
        <Facts
          items={[
            [
              t('applications.no'),
              <span key="no" className="qc-num">
                {status.no}
              </span>,
            ],
            [t('partners.state'), <StateTag key="state" of="application" state={status.state} />],
            [t('applications.submittedAt'), <DateTime key="at" value={status.submittedAt} />],
            [t('applications.name'), status.content?.name ?? null],
          ]}
        />
      </section>
      <Told status={status} />
      {status.accountWaits && <ToAccount token={token} />}
      {open && (
        <Alert
          type="info"
          showIcon
          title={t('applications.keepLink')}
          action={
            <Button size="small" onClick={() => void copy()}>
              {t('admin.copy')}
            </Button>
          }
        />
      )}
      {open && status.content !== null && (editing || status.state === 'needs_data') ? (
        <ContentForm
          key={status.version}
          content={status.content}
          draftKey={`application.${status.no}.${status.version}`}
          submitText={t('applications.sendAgain')}
          send={async (content) => {
            await amend.run({ body: { token, content } });
            setEditing(false);
          }}
        />
      ) : null}
      {open && (
        <Ways token={token} editing={editing} onEdit={() => setEditing(true)} asked={status.state === 'needs_data'} />
      )}
      <Link to="/sign-in">{t('auth.toSignIn')}</Link>
    </div>
  );
}

function Told({ status }: { status: Status }): ReactElement | null {
  const { t } = useTranslation();
  switch (status.state) {
    case 'submitted':
      return <p>{t('applications.told.submitted')}</p>;
    case 'needs_data':
      return (
        <Alert type="warning" showIcon title={t('applications.told.needsData')} description={status.question ?? ''} />
      );
    case 'refused':
      return <Alert type="error" showIcon title={t('applications.told.refused')} description={status.reason ?? ''} />;
    case 'accepted':
      return <Alert type="success" showIcon title={t('applications.told.accepted')} />;
    case 'withdrawn':
      return <p>{t('applications.told.withdrawn')}</p>;
  }
}

function ToAccount({ token }: { token: string }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const fetchLink = useApiAction('applicationInvitation');
  const go = async () => {
    const made = await fetchLink.attempt({ body: { token } });
    if (made !== undefined) await navigate({ to: '/reset', hash: made.token });
  };
  return (
    <div className="qc-stack">
      <ProblemAlert problem={fetchLink.problem} />
      <Button type="primary" size="large" block loading={fetchLink.pending} onClick={() => void go()}>
        {t('applications.toAccount')}
      </Button>
    </div>
  );
}

function Ways({
  token,
  editing,
  asked,
  onEdit,
}: {
  token: string;
  editing: boolean;
  asked: boolean;
  onEdit: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const { modal } = useTell();
  const withdraw = useApiAction('applicationWithdraw');
  const ask = () =>
    void modal.confirm({
      title: t('applications.withdraw'),
      content: t('applications.withdrawSure'),
      okText: t('applications.withdraw'),
      cancelText: t('common.cancel'),
      okButtonProps: { danger: true },
      onOk: () => withdraw.attempt({ body: { token } }),
    });
  return (
    <div className="qc-row">
      <ProblemAlert problem={withdraw.problem} />
      {!editing && !asked && <Button onClick={onEdit}>{t('applications.amend')}</Button>}
      <Button danger onClick={ask} loading={withdraw.pending}>
        {t('applications.withdraw')}
      </Button>
    </div>
  );
}
