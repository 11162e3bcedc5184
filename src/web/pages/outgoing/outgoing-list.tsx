/** Mails and webhooks: on their way, sent, parked. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CHANNELS, OUTGOING_STATES } from '../../../contract/outgoing.ts';
import { Page } from '../../ui/page.tsx';
import { MessageTable } from './message-table.tsx';

export default function OutgoingList(): ReactElement {
  const { t } = useTranslation();
  return (
    <Page title={t('common.menu.outgoing')}>
      <MessageTable
        id="outgoing"
        pathOf={({ id }) => `/outgoing/${id}`}
        filters={[
          {
            key: 'state',
            kind: 'select',
            label: t('outgoing.state'),
            options: OUTGOING_STATES.map((value) => ({ value, label: t(`states.outgoing.${value}`) })),
          },
          {
            key: 'channel',
            kind: 'select',
            label: t('outgoing.channel'),
            options: CHANNELS.map((value) => ({ value, label: t(`states.outgoingChannel.${value}`) })),
          },
        ]}
      />
    </Page>
  );
}
