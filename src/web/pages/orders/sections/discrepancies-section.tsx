/** Where the order deviates from the agreement, and how each deviation was settled. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../session.tsx';
import { Section } from '../../../ui/page.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { DateTime, Deadline } from '../../../ui/values.tsx';
import { useOrderForms } from '../order-forms.tsx';
import type { Order } from '../order-page.tsx';
import { type Discrepancy, Effect, Subject, Term } from './discrepancy-facts.tsx';
import { PersonName } from '../../../ui/person-names.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';

export function DiscrepanciesSection({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const can = useCan();
  const open = useOrderForms();
  if (order.discrepancies.length === 0) return null;
  const settleable = order.state === 'terms_review' && can('order.settle_discrepancy');
  return (
    <Section title={t('orders.discrepancies')}>
      <PlainTable
        rows={order.discrepancies}
        rowKey={({ id }) => id}
        columns={[
          { key: 'subject', title: t('orders.subject'), render: (found) => <Subject found={found} /> },
          {
            key: 'agreed',
            title: t('orders.agreed'),
            render: (found) => (
              <>
                <Term kind={found.kind} value={found.agreed} currency={order.currency} />
                {found.agreementNo !== null && (
                  <div className="qc-muted">
                    {t('orders.agreementVersion', { no: found.agreementNo, version: found.agreementVersion })}
                  </div>
                )}
              </>
            ),
          },
          {
            key: 'ordered',
            title: t('orders.ordered'),
            render: (found) => <Term kind={found.kind} value={found.ordered} currency={order.currency} />,
          },
          {
            key: 'effect',
            title: t('orders.effect'),
            align: 'right',
            render: (found) => <Effect found={found} currency={order.currency} />,
          },
          {
            key: 'settlement',
            title: t('orders.settlement'),
            render: (found) => (
              <Settlement
                found={found}
                onSettle={settleable ? () => open({ form: 'discrepancy', id: found.id }) : null}
              />
            ),
          },
        ]}
      />
    </Section>
  );
}

/** How it was settled; `onSettle`: settles it, where that is this person's to do. */
function Settlement({ found, onSettle }: { found: Discrepancy; onSettle: (() => void) | null }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <div className="qc-row">
        <StateTag of="discrepancy" state={found.state} />
        {found.state === 'open' && onSettle !== null && (
          <Button size="small" onClick={onSettle}>
            {t('orders.settle')}
          </Button>
        )}
      </div>
      {found.state === 'open' && found.needsApproval && <div className="qc-muted">{t('orders.needsApproval')}</div>}
      <PartnerAnswer found={found} />
      {found.settledAt !== null && (
        <div className="qc-muted">
          <PersonName name={found.settledBy} /> <DateTime value={found.settledAt} />
        </div>
      )}
      {found.evidence !== null && <div className="qc-muted">{found.evidence}</div>}
    </>
  );
}

/** What the partner has said to it, or until when it is asked. */
function PartnerAnswer({ found }: { found: Discrepancy }): ReactElement | null {
  const { t } = useTranslation();
  if (found.partnerAnsweredAt !== null && found.partnerAnswer !== null)
    return (
      <div className="qc-muted">
        {t(found.partnerAnswer === 'agreed' ? 'orders.partnerAnswer.agreed' : 'orders.partnerAnswer.refused')}{' '}
        <DateTime value={found.partnerAnsweredAt} /> {found.partnerNote}
      </div>
    );
  if (found.state !== 'open') return null;
  return (
    <div className="qc-muted">
      {t('orders.partnerAsked')} <Deadline value={found.replyDueAt} />
    </div>
  );
}
