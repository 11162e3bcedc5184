/** Where the order deviates from the agreement, and how each deviation was settled. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../session.tsx';
import { Facts, Section } from '../../../ui/page.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { DateTime, Money, Price } from '../../../ui/values.tsx';
import { useOrderForms } from '../order-forms.tsx';
import type { Order } from '../order-page.tsx';
import { parseTerm, useTermText } from '../term-text.ts';

export type Discrepancy = Order['discrepancies'][number];

export function DiscrepanciesSection({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const can = useCan();
  const open = useOrderForms();
  if (order.discrepancies.length === 0) return null;
  const settleable = order.state === 'terms_review' && can('order.settle_discrepancy');
  return (
    <Section title={t('orders.discrepancies')}>
      <div className="qo-scroll">
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
                </td>
                <td>
                  <Term kind={found.kind} value={found.ordered} currency={order.currency} />
                </td>
                <td className="is-num">
                  <Money value={found.effectAmount} currency={order.currency} />
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
                  {found.settledAt !== null && (
                    <div className="qc-muted">
                      {found.settledBy} <DateTime value={found.settledAt} />
                    </div>
                  )}
                  {found.evidence !== null && <div className="qc-muted">{found.evidence}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Subject({ found }: { found: Discrepancy }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {t(`states.discrepancyKind.${found.kind}`)}{' '}
      <span className="qc-muted">
        {found.lineNo === null ? t('orders.wholeOrder') : t('common.lineNo', { no: found.lineNo })}
      </span>
    </>
  );
}

/** A value as its kind is read: a price, an amount, a payment term, a place. */
function Term({
  kind,
  value,
  currency,
}: {
  kind: Discrepancy['kind'];
  value: string | null;
  currency: string;
}): ReactElement {
  const termText = useTermText();
  if (value === null) return <span className="qc-muted">–</span>;
  switch (kind) {
    case 'price':
    case 'price_missing':
    case 'free_goods':
      return <Price value={value} currency={currency} />;
    case 'discount':
      return <Money value={value} currency={currency} />;
    case 'payment_term': {
      const term = parseTerm(value);
      return <>{term === null ? value : termText(term)}</>;
    }
    case 'delivery_place':
      return <>{value}</>;
  }
}

export function DiscrepancyFacts({ order, found }: { order: Order; found: Discrepancy }): ReactElement {
  const { t } = useTranslation();
  return (
    <Facts
      items={[
        [t('orders.subject'), <Subject key="subject" found={found} />],
        [t('orders.agreed'), <Term key="agreed" kind={found.kind} value={found.agreed} currency={order.currency} />],
        [t('orders.ordered'), <Term key="ordered" kind={found.kind} value={found.ordered} currency={order.currency} />],
        [t('orders.effect'), <Money key="effect" value={found.effectAmount} currency={order.currency} />],
      ]}
    />
  );
}
