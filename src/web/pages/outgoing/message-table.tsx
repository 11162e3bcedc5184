/** A list of messages: to whom, about what, how it went. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../api/client.ts';
import { useCan } from '../../session.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import type { Filter } from '../../ui/table-filters.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { DateTime } from '../../ui/values.tsx';
import { MessageActions, type Outgoing, Reason, useKindName, useMessageAction } from './outgoing-words.tsx';

export type MessageTableProps = {
  id: string;
  filters: readonly Filter[];
  fixed?: Partial<Query<'outgoingList'>>;
  /** null: there is no page of its own. */
  pathOf: ((message: Outgoing) => string) | null;
};

export function MessageTable({ id, filters, fixed, pathOf }: MessageTableProps): ReactElement {
  const { t } = useTranslation();
  const kindName = useKindName();
  const action = useMessageAction();
  const may = useCan()('outgoing.manage');
  const what = (message: Outgoing) => (
    <>
      {pathOf === null ? kindName(message) : <PathLink to={pathOf(message)}>{kindName(message)}</PathLink>}{' '}
      <span className="qc-num">{message.documentNo}</span>
    </>
  );
  const state = (message: Outgoing) => (
    <>
      <StateTag of="outgoing" state={message.state} /> <Reason reason={message.reason} />
    </>
  );
  return (
    <div className="qc-stack">
      <ProblemAlert problem={action.problem} onClose={action.clear} />
      <QueryTable
        operation="outgoingList"
        id={id}
        rowKey={(message) => message.id}
        filters={filters}
        bulk={
          may
            ? [
                {
                  key: 'sendAgain',
                  label: t('outgoing.sendAgain'),
                  nameOf: (message) => `${kindName(message)} ${message.documentNo ?? ''}`.trim(),
                  run: ({ id: outgoingId, version }) => action.again.run({ params: { outgoingId }, ifMatch: version }),
                },
              ]
            : []
        }
        {...(fixed === undefined ? {} : { fixed })}
        columns={[
          { key: 'what', title: t('outgoing.what'), always: true, render: what },
          {
            key: 'channel',
            title: t('outgoing.channel'),
            render: ({ channel }) => t(`states.outgoingChannel.${channel}`),
          },
          { key: 'receiver', title: t('outgoing.receiver'), render: ({ receiver }) => receiver },
          {
            key: 'address',
            title: t('outgoing.address'),
            render: ({ address }) => <span className="qc-num">{address}</span>,
          },
          { key: 'partner', title: t('outgoing.partner'), render: ({ partnerName }) => partnerName },
          { key: 'state', title: t('outgoing.state'), render: state },
          {
            key: 'attempts',
            title: t('outgoing.attempts'),
            align: 'right',
            render: ({ attempts }) => <span className="qc-num">{attempts}</span>,
          },
          { key: 'next', title: t('outgoing.nextAt'), render: ({ nextAt }) => <DateTime value={nextAt} /> },
          { key: 'created', title: t('outgoing.createdAt'), render: ({ createdAt }) => <DateTime value={createdAt} /> },
          {
            key: 'actions',
            title: t('common.actions'),
            render: (message) => <MessageActions message={message} action={action} size="small" />,
          },
        ]}
        card={(message) => (
          <div className="qc-stack" style={{ gap: 4 }}>
            <strong>{what(message)}</strong>
            <span>{state(message)}</span>
            <span className="qc-muted">
              {message.address} · <DateTime value={message.createdAt} />
            </span>
            <MessageActions message={message} action={action} size="small" />
          </div>
        )}
      />
    </div>
  );
}
