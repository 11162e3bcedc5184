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
import { Sideways } from '../../../ui/sideways.tsx';

export function DiscrepanciesSection({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const can = useCan();
  const open = useOrderForms();
  if (order.discrepancies.length === 0) return null;
  const settleable = order.state === 'terms_review' && can('order.settle_discrepancy');
  return (
    <Section title={t('orders.discrepancies')}>
      <Sideways>
        <table className="qo-table">
          <thead>
            <tr>
              <th scope="col">{t('orders.subject')}</th>
              <th scope="col">{t('orders.agreed')}</th>
              <th scope="col">{t('orders.ordered')}</th>
              <th scope="col" className="is-num">
                {t('orders.effect')}
              </th>
              <th scope="col">{t('orders.settlement')}</th>
            </tr>
          </thead>
          <tbody>
            {order.discrepancies.map((found) => (
              <tr key={found.id}>
                <td>
                  <Subject found={found} />
                </td>
                <td>
                  <Term kind={found.kind} value={found.agreed} currency={order.currency} />
                  {found.agreementNo !== null && (
                    <div className="qc-muted">
                      {t('orders.agreementVersion', { no: found.agreementNo, version: found.agreementVersion })}
                    </div>
                  )}
                </td>
                <td>
                  <Term kind={found.kind} value={found.ordered} currency={order.currency} />
                </td>
                <td className="is-num">
                  <Effect found={found} currency={order.currency} />
                </td>
                <td>
                  <div className="qc-row">
                    <StateTag of="discrepancy" state={found.state} />
                    {found.state === 'open' && settleable && (
                      <Button size="small" onClick={() => open({ form: 'discrepancy', id: found.id })}>
                        {t('orders.settle')}
                      </Button>
                    )}
                  </div>
                  {found.state === 'open' && found.needsApproval && (
                    <div className="qc-muted">{t('orders.needsApproval')}</div>
                  )}
                  <PartnerAnswer found={found} />
                  {found.settledAt !== null && (
                    <div className="qc-muted">
                      <PersonName name={found.settledBy} /> <DateTime value={found.settledAt} />
                    </div>
                  )}
                  {found.evidence !== null && <div className="qc-muted">{found.evidence}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    </Section>
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
