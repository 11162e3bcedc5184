/** What is to be paid when, what was paid, and what was invoiced. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, Money } from '../../../ui/values.tsx';
import type { Order } from '../order-page.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';

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
        {order.paymentPlan.length > 0 && <PaymentPlan order={order} />}
        {order.payments.length > 0 && <Payments order={order} />}
        {order.invoices.length > 0 && <Invoices order={order} />}
      </div>
    </Section>
  );
}

function PaymentPlan({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const money = (value: string) => <Money value={value} currency={order.currency} />;
  return (
    <PlainTable
      rows={order.paymentPlan}
      rowKey={({ itemNo }) => String(itemNo)}
      columns={[
        {
          key: 'item',
          title: t('orders.plan'),
          render: ({ itemNo, kind }) => `${itemNo}. ${t(`states.planKind.${kind}`)}`,
        },
        { key: 'due', title: t('orders.dueOn'), render: ({ dueOn }) => <BizDate value={dueOn} /> },
        { key: 'amount', title: t('orders.amount'), align: 'right', render: ({ amount }) => money(amount) },
        { key: 'paid', title: t('orders.paid'), align: 'right', render: ({ paidAmount }) => money(paidAmount) },
      ]}
    />
  );
}

function Payments({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  return (
    <PlainTable
      rows={order.payments}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'no',
          title: t('states.document.payment'),
          render: ({ id, no }) => <PathLink to={`/payments/${id}`}>{no}</PathLink>,
        },
        { key: 'on', title: t('orders.receivedOn'), render: ({ receivedOn }) => <BizDate value={receivedOn} /> },
        {
          key: 'amount',
          title: t('orders.allocated'),
          align: 'right',
          render: ({ amount }) => <Money value={amount} currency={order.currency} />,
        },
      ]}
    />
  );
}

function Invoices({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  return (
    <PlainTable
      rows={order.invoices}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'no',
          title: t('states.document.invoice'),
          render: ({ id, no }) => <PathLink to={`/invoices/${id}`}>{no}</PathLink>,
        },
        { key: 'state', title: t('orders.state'), render: ({ state }) => <StateTag of="invoice" state={state} /> },
        { key: 'on', title: t('orders.issuedOn'), render: ({ issuedOn }) => <BizDate value={issuedOn} /> },
        {
          key: 'taxNo',
          title: t('orders.taxInvoiceNo'),
          render: ({ taxInvoiceNo }) => <span className="qc-num">{taxInvoiceNo}</span>,
        },
        {
          key: 'amount',
          title: t('orders.amount'),
          align: 'right',
          render: ({ grossAmount }) => <Money value={grossAmount} currency={order.currency} />,
        },
      ]}
    />
  );
}
