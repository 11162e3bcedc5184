/** What a message says, and why it did not get through. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';

export type Outgoing = Item<'outgoingList'>;

/** Mails carry notices, webhooks events. */
export function useKindName(): (message: Pick<Outgoing, 'channel' | 'kind'>) => string {
  const { t } = useTranslation();
  return ({ channel, kind }) => t(channel === 'mail' ? `states.notice.${kind}` : `states.event.${kind}`);
}

/** The reason of the last failure, in words. */
export function Reason({ reason }: { reason: string | null }): ReactElement | null {
  const { t } = useTranslation();
  return reason === null ? null : <span className="qc-muted">{t(`states.outgoingReason.${reason}`)}</span>;
}

/** Send again, put aside: what the message allows now. */
export function MessageActions({
  message,
  action,
  size,
}: {
  message: Pick<Outgoing, 'id' | 'version' | 'allowedActions' | 'state'>;
  action: MessageAction;
  size?: 'small';
}): ReactElement {
  const { t } = useTranslation();
  const on = { params: { outgoingId: message.id }, ifMatch: message.version };
  const look = size === undefined ? {} : { size };
  return (
    <div className="qc-row">
      {message.allowedActions.includes('sendAgain') && (
        <Button
          {...look}
          type={size === undefined && message.state === 'parked' ? 'primary' : 'default'}
          loading={action.again.pending}
          onClick={() => void action.again.attempt(on)}
        >
          {t(message.state === 'waiting' ? 'outgoing.sendNow' : 'outgoing.sendAgain')}
        </Button>
      )}
      {message.allowedActions.includes('park') && (
        <Button {...look} loading={action.park.pending} onClick={() => void action.park.attempt(on)}>
          {t('outgoing.park')}
        </Button>
      )}
    </div>
  );
}

export type MessageAction = ReturnType<typeof useMessageAction>;
export function useMessageAction() {
  const again = useApiAction('outgoingSendAgain');
  const park = useApiAction('outgoingPark');
  const problem = again.problem ?? park.problem;
  return { again, park, problem, clear: again.problem === null ? park.clear : again.clear };
}
