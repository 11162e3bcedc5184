/** What is to be paid when, what was paid, and the invoices of an order. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../session.tsx';
import { Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, Money } from '../../../ui/values.tsx';
import type { Order } from './order-page.tsx';

export function MoneySections({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const can = useCan();
  if (order.effectiveAt === null) return null;
  return (
    <>
      {can('payment.read') && (
        <Section title={t('portal.payment')} extra={<StateTag of="paymentStatus" state={order.paymentStatus} />}>
          <ul className="qp-list">
            {order.paymentPlan.map((item) => (
              <li key={item.itemNo}>
                <span className="qp-what">
                  {t(`states.planKind.${item.kind}`)}
                  <br />
                  <span className="qc-muted">
                    {item.dueOn === null ? (
                      t('portal.dueLater')
                    ) : (
                      <>
                        {t('portal.dueOn')} <BizDate value={item.dueOn} />
                      </>
                    )}
                  </span>
                </span>
                <span style={{ textAlign: 'right' }}>
                  <Money value={item.amount} currency={order.currency} />
                  <br />
                  <span className="qc-muted">
                    {t('portal.paid')} <Money value={item.paidAmount} currency={order.currency} />
                  </span>
                </span>
              </li>
            ))}
            {order.payments.map((payment) => (
              <li key={payment.id}>
                <span className="qp-what">
                  <PathLink to={`/portal/payments/${payment.id}`}>
                    <span className="qc-num">{payment.no}</span>
                  </PathLink>{' '}
                  <span className="qc-muted">
                    <BizDate value={payment.receivedOn} />
                  </span>
                </span>
                <Money value={payment.amount} currency={order.currency} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {can('invoice.read') && (
        <Section title={t('portal.invoices')} extra={<StateTag of="invoiceStatus" state={order.invoiceStatus} />}>
          {order.invoices.length === 0 ? (
            <p className="qc-muted">{t('portal.noInvoices')}</p>
          ) : (
            <ul className="qp-list">
              {order.invoices.map((invoice) => (
                <li key={invoice.id}>
                  <span className="qp-what">
                    <PathLink to={`/portal/invoices/${invoice.id}`}>
                      <span className="qc-num">{invoice.taxInvoiceNo ?? invoice.no}</span>
                    </PathLink>{' '}
                    <StateTag of="invoice" state={invoice.state} />
                    <br />
                    <span className="qc-muted">
                      <BizDate value={invoice.issuedOn} />
                    </span>
                  </span>
                  <Money value={invoice.grossAmount} currency={order.currency} />
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
    </>
  );
}
