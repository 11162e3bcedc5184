/** One message: to whom, about what, and every try with what the other side said. */
import { useParams } from '@tanstack/react-router';
import { Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { documentPath } from '../../lib/documents.ts';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { DateTime } from '../../ui/values.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { MessageActions, Reason, useKindName, useMessageAction } from './outgoing-words.tsx';

type Message = Answer<'outgoingGet'>;

export default function OutgoingPage(): ReactElement {
  const { outgoingId } = useParams({ from: '/inside/workbench/outgoing/$outgoingId' });
  const message = useApiQuery('outgoingGet', { params: { outgoingId } }, { refetchInterval: 5000 });
  return <Loaded query={message}>{(data) => <OneMessage message={data} />}</Loaded>;
}

function OneMessage({ message }: { message: Message }): ReactElement {
  const { t } = useTranslation();
  const kindName = useKindName();
  const action = useMessageAction();
  const path = documentPath('staff', message.documentType, message.documentId);
  const name = message.documentNo ?? '';
  return (
    <Page
      title={`${kindName(message)} ${name}`.trim()}
      crumbs={[{ title: t('common.menu.outgoing'), to: '/outgoing' }]}
      extra={<StateTag of="outgoing" state={message.state} />}
      actions={<MessageActions message={message} action={action} />}
    >
      <ProblemAlert problem={action.problem} onClose={action.clear} />
      <Section title={t('outgoing.message')}>
        <Facts
          items={[
            [t('outgoing.channel'), t(`states.outgoingChannel.${message.channel}`)],
            [t('outgoing.receiver'), message.receiver],
            [t('outgoing.address'), message.address],
            [t('outgoing.partner'), message.partnerName],
            [t('outgoing.about'), path === null || name === '' ? name : <PathLink to={path}>{name}</PathLink>],
            [t('outgoing.createdAt'), <DateTime key="created" value={message.createdAt} />],
            [t('outgoing.openedAt'), <DateTime key="opened" value={message.openedAt} />],
            [t('outgoing.why'), <Reason key="why" reason={message.reason} />],
            ...(message.nextAt === null
              ? []
              : [[t('outgoing.nextAt'), <DateTime key="next" value={message.nextAt} />] as const]),
          ]}
        />
      </Section>
      <Section title={t('outgoing.tries')}>
        <Tries tries={message.tries} />
      </Section>
    </Page>
  );
}

const TONES = { sent: 'success', failed: 'error', dropped: 'default' } as const;

export function Tries({ tries }: { tries: Message['tries'] }): ReactElement {
  const { t } = useTranslation();
  if (tries.length === 0) return <p className="qc-muted">{t('outgoing.noTries')}</p>;
  return (
    <PlainTable
      rows={tries}
      rowKey={({ no }) => String(no)}
      columns={[
        { key: 'no', title: t('outgoing.tryNo'), render: ({ no }) => <span className="qc-num">{no}</span> },
        { key: 'at', title: t('outgoing.startedAt'), render: ({ startedAt }) => <DateTime value={startedAt} /> },
        {
          key: 'outcome',
          title: t('outgoing.outcome'),
          render: ({ outcome }) => (
            <Tag color={outcome === null ? 'warning' : TONES[outcome]}>
              {t(outcome === null ? 'outgoing.unknown' : `states.tryOutcome.${outcome}`)}
            </Tag>
          ),
        },
        { key: 'why', title: t('outgoing.why'), render: ({ reason }) => <Reason reason={reason} /> },
        {
          key: 'status',
          title: t('outgoing.status'),
          render: ({ status }) => <span className="qc-num">{status}</span>,
        },
        {
          key: 'detail',
          title: t('outgoing.detail'),
          render: ({ detail }) => <span className="qc-muted">{detail}</span>,
        },
      ]}
    />
  );
}
