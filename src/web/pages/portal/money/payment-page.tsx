/** One payment of the partner, and the orders that it was taken for. */
import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../../api/hooks.ts';
import { Facts, Loaded, Page, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, Money } from '../../../ui/values.tsx';
import { Conversation } from '../../tasks/conversation.tsx';
import { known } from '../known.ts';
import '../portal.css';

export default function PaymentPage(): ReactElement {
  const { t } = useTranslation();
  const { paymentId = '' } = useParams({ strict: false });
  const query = useApiQuery('paymentGet', { params: { paymentId } });
  return (
    <Loaded query={query}>
      {(payment) => (
        <Page
          title={t('portal.paymentOf', { no: payment.no })}
          extra={<StateTag of="payment" state={payment.state} />}
          crumbs={[{ title: t('common.menu.statement'), to: '/portal/statement' }]}
        >
          <Section title={t('portal.about')}>
            <Facts
              items={known([
                [t('portal.amount'), <Money key="amount" value={payment.amount} currency={payment.currency} />],
                [t('portal.date'), <BizDate key="on" value={payment.receivedOn} />],
                [t('portal.method'), t(`states.paymentMethod.${payment.method}`)],
                [t('portal.bankRef'), payment.bankRef],
                [t('portal.payer'), payment.payerName],
                [
                  t('portal.age.unallocated'),
                  <Money key="free" value={payment.unallocatedAmount} currency={payment.currency} />,
                ],
              ])}
            />
          </Section>
          <Section title={t('portal.paidFor')}>
            {payment.allocations.length === 0 ? (
              <p className="qc-muted">{t('portal.notAllocated')}</p>
            ) : (
              <ul className="qp-list">
                {payment.allocations
                  .filter(({ reversedAt }) => reversedAt === null)
                  .map((item) => (
                    <li key={item.id}>
                      <span className="qp-what">
                        <PathLink to={`/portal/orders/${item.orderId}`}>{item.orderNo}</PathLink>{' '}
                        <span className="qc-muted">
                          {t(`states.planKind.${item.kind}`)} {item.poNo}
                        </span>
                      </span>
                      <Money value={item.amount} currency={payment.currency} />
                    </li>
                  ))}
              </ul>
            )}
          </Section>
          <Conversation documentType="payment" documentId={payment.id} />
        </Page>
      )}
    </Loaded>
  );
}
