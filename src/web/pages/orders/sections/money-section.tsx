/** What is to be paid when, what was paid, and what was invoiced. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, Money } from '../../../ui/values.tsx';
import type { Order } from '../order-page.tsx';
import { Sideways } from '../../../ui/sideways.tsx';

export function MoneySection({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const { currency } = order;
  return (
    <Section
      title={t('orders.money')}
      extra={
        <span>
          <StateTag of="paymentStatus" state={order.paymentStatus} />
          <StateTag of="invoiceStatus" state={order.invoiceStatus} />
        </span>
      }
    >
      <div className="qc-stack">
        <Facts
          items={[
            [t('orders.amount'), <Money key="gross" value={order.grossAmount} currency={currency} />],
            [t('orders.paid'), <Money key="paid" value={order.paidAmount} currency={currency} />],
            [t('orders.invoiced'), <Money key="invoiced" value={order.invoicedAmount} currency={currency} />],
          ]}
        />
        {order.paymentPlan.length > 0 && (
          <Sideways>
            <table className="qo-table">
              <thead>
                <tr>
                  <th scope="col">{t('orders.plan')}</th>
                  <th scope="col">{t('orders.dueOn')}</th>
                  <th scope="col" className="is-num">
                    {t('orders.amount')}
                  </th>
                  <th scope="col" className="is-num">
                    {t('orders.paid')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {order.paymentPlan.map((item) => (
                  <tr key={item.itemNo}>
                    <td>
                      {item.itemNo}. {t(`states.planKind.${item.kind}`)}
                    </td>
                    <td>
                      <BizDate value={item.dueOn} />
                    </td>
                    <td className="is-num">
                      <Money value={item.amount} currency={currency} />
                    </td>
                    <td className="is-num">
                      <Money value={item.paidAmount} currency={currency} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Sideways>
        )}
        {order.payments.length > 0 && <Payments order={order} />}
        {order.invoices.length > 0 && <Invoices order={order} />}
      </div>
    </Section>
  );
}

function Payments({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  return (
    <table className="qo-table">
      <thead>
        <tr>
          <th scope="col">{t('states.document.payment')}</th>
          <th scope="col">{t('orders.receivedOn')}</th>
          <th scope="col" className="is-num">
            {t('orders.allocated')}
          </th>
        </tr>
      </thead>
      <tbody>
        {order.payments.map((payment) => (
          <tr key={payment.id}>
            <td>
              <PathLink to={`/payments/${payment.id}`}>{payment.no}</PathLink>
            </td>
            <td>
              <BizDate value={payment.receivedOn} />
            </td>
            <td className="is-num">
              <Money value={payment.amount} currency={order.currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Invoices({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  return (
    <Sideways>
      <table className="qo-table">
        <thead>
          <tr>
            <th scope="col">{t('states.document.invoice')}</th>
            <th scope="col">{t('orders.state')}</th>
            <th scope="col">{t('orders.issuedOn')}</th>
            <th scope="col">{t('orders.taxInvoiceNo')}</th>
            <th scope="col" className="is-num">
              {t('orders.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.invoices.map((invoice) => (
            <tr key={invoice.id}>
              <td>
                <PathLink to={`/invoices/${invoice.id}`}>{invoice.no}</PathLink>
              </td>
              <td>
                <StateTag of="invoice" state={invoice.state} />
              </td>
              <td>
                <BizDate value={invoice.issuedOn} />
              </td>
              <td className="qc-num">{invoice.taxInvoiceNo}</td>
              <td className="is-num">
                <Money value={invoice.grossAmount} currency={order.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sideways>
  );
}
