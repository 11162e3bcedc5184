/** On the page of an order: what was sent about it, to whom, and whether it arrived and was opened. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Loaded, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { DateTime } from '../../ui/values.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Reason, useKindName } from './outgoing-words.tsx';

const MOST = 30;

export function SentMessages({ documentId }: { documentId: string }): ReactElement | null {
  return useCan()('outgoing.read') ? <Messages documentId={documentId} /> : null;
}

function Messages({ documentId }: { documentId: string }): ReactElement {
  const { t } = useTranslation();
  const kindName = useKindName();
  const list = useApiQuery('outgoingList', { query: { documentId, limit: MOST } });
  return (
    <Section title={t('outgoing.ofOrder')}>
      <Loaded query={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="qc-muted">{t('outgoing.nothingSent')}</p>
          ) : (
            <PlainTable
              rows={items}
              rowKey={({ id }) => id}
              columns={[
                {
                  key: 'what',
                  title: t('outgoing.what'),
                  render: (message) => <PathLink to={`/outgoing/${message.id}`}>{kindName(message)}</PathLink>,
                },
                {
                  key: 'to',
                  title: t('outgoing.receiver'),
                  render: ({ receiver, address }) => (
                    <>
                      {receiver} <span className="qc-muted">{address}</span>
                    </>
                  ),
                },
                {
                  key: 'state',
                  title: t('outgoing.state'),
                  render: ({ state, reason }) => (
                    <>
                      <StateTag of="outgoing" state={state} /> <Reason reason={reason} />
                    </>
                  ),
                },
                {
                  key: 'at',
                  title: t('outgoing.createdAt'),
                  render: ({ createdAt }) => <DateTime value={createdAt} />,
                },
                {
                  key: 'opened',
                  title: t('outgoing.openedAt'),
                  render: ({ openedAt }) => <DateTime value={openedAt} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
