/** How the company sends mail; nothing leaves unless it is switched on here. */
import { Alert, Button, Input, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { MailServerForm } from './mail-server-form.tsx';
import { Reason } from './outgoing-words.tsx';

export type MailServer = Answer<'mailServerGet'>;

export default function MailServerPage(): ReactElement {
  const { t } = useTranslation();
  const server = useApiQuery('mailServerGet', {});
  return (
    <Page title={t('common.menu.mailServer')}>
      <Loaded query={server}>{(data) => <Server server={data} />}</Loaded>
    </Page>
  );
}

function Server({ server }: { server: MailServer }): ReactElement {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const isNew = server.version === 0;
  return (
    <>
      {!server.isOn && (
        <Alert type="info" showIcon title={t('outgoing.mailIsOff')} description={t('outgoing.mailIsOffHint')} />
      )}
      <Section
        title={t('common.menu.mailServer')}
        extra={<Button onClick={() => setEditing(true)}>{t(isNew ? 'outgoing.setUp' : 'outgoing.change')}</Button>}
      >
        {isNew ? (
          <p className="qc-muted">{t('outgoing.notSetUp')}</p>
        ) : (
          <Facts
            items={[
              [
                t('outgoing.state'),
                <Tag key="on" color={server.isOn ? 'success' : 'default'}>
                  {t(server.isOn ? 'outgoing.on' : 'outgoing.off')}
                </Tag>,
              ],
              [t('outgoing.host'), `${server.host}:${server.port}`],
              [t('outgoing.security'), t(`states.mailSecurity.${server.security}`)],
              [t('outgoing.username'), server.username],
              [t('outgoing.password'), t(server.hasPassword ? 'outgoing.passwordKept' : 'outgoing.passwordNone')],
              [t('outgoing.from'), `${server.fromName} <${server.fromAddress}>`],
              [t('outgoing.replyTo'), server.replyTo],
              [t('outgoing.publicUrl'), server.publicUrl],
            ]}
          />
        )}
      </Section>
      {!isNew && <TestMail />}
      {editing && <MailServerForm server={server} onClose={() => setEditing(false)} />}
    </>
  );
}

/** Sends a mail, and shows what became of it. */
function TestMail(): ReactElement {
  const { t } = useTranslation();
  const [to, setTo] = useState('');
  const [sentId, setSentId] = useState<string | null>(null);
  const test = useApiAction('mailServerTest', { onDone: ({ outgoingId }) => setSentId(outgoingId) });
  return (
    <Section title={t('outgoing.test')}>
      <div className="qc-stack">
        <ProblemAlert problem={test.problem} onClose={test.clear} />
        <div className="qc-row">
          <Input
            type="email"
            value={to}
            onChange={({ target }) => setTo(target.value)}
            placeholder={t('outgoing.testTo')}
            aria-label={t('outgoing.testTo')}
            style={{ width: 280 }}
            maxLength={200}
          />
          <Button
            loading={test.pending}
            disabled={to.trim() === ''}
            onClick={() => void test.attempt({ body: { to: to.trim() } })}
          >
            {t('outgoing.sendTest')}
          </Button>
        </div>
        {sentId !== null && <Fate key={sentId} outgoingId={sentId} />}
      </div>
    </Section>
  );
}

function Fate({ outgoingId }: { outgoingId: string }): ReactElement {
  const { t } = useTranslation();
  const message = useApiQuery('outgoingGet', { params: { outgoingId } }, { refetchInterval: 1500 });
  return (
    <Loaded query={message}>
      {({ state, reason, tries }) => (
        <div className="qc-row" role="status">
          <StateTag of="outgoing" state={state} />
          <Reason reason={reason} />
          <span className="qc-muted">{tries[0]?.detail}</span>
          <PathLink to={`/outgoing/${outgoingId}`}>{t('outgoing.details')}</PathLink>
        </div>
      )}
    </Loaded>
  );
}
