/** Issue an invoice for an order. Without an order in the address, one is chosen. */
import { useSearch } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, api } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { asOne, type ListSearch } from '../../lib/search-params.ts';
import { type Choice, RemoteSelect } from '../../ui/fields.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { Money } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { InvoiceForm } from './invoice-form.tsx';
import { OrderLink } from './links.tsx';
import '../orders/orders.css';

type Invoiceable = Answer<'invoiceableGet'>;

/** Orders in effect that are not invoiced in full. */
async function findOrders(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await api(
    'orderList',
    { query: { limit: 20, state: ['in_effect'], ...(text === '' ? {} : { q: text }) } },
    { signal },
  );
  return items
    .filter(({ invoiceStatus }) => invoiceStatus !== 'invoiced' && invoiceStatus !== 'received')
    .map(({ id, no, partner, poNo }) => ({
      value: id,
      label: no,
      hint: [partner.name, poNo].filter(Boolean).join(' '),
    }));
}

export default function InvoiceNew(): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const search: ListSearch = useSearch({ strict: false });
  const orderId = asOne(search['orderId']);
  return (
    <Page title={t('finance.issueInvoice')} crumbs={[{ title: t('common.menu.invoices'), to: '/invoices' }]}>
      {orderId === undefined ? (
        <Section title={t('finance.chooseOrder')}>
          <div style={{ maxWidth: 480 }}>
            <RemoteSelect
              aria-label={t('finance.chooseOrder')}
              placeholder={t('finance.orderSearch')}
              search={findOrders}
              onChange={(id) => id !== undefined && go(`/invoices/new?orderId=${encodeURIComponent(id)}`)}
            />
          </div>
        </Section>
      ) : (
        <ForOrder key={orderId} orderId={orderId} />
      )}
    </Page>
  );
}

function ForOrder({ orderId }: { orderId: string }): ReactElement {
  const query = useApiQuery('invoiceableGet', { params: { orderId } });
  return (
    <Loaded query={query}>
      {(order) => (
        <>
          <OrderFacts order={order} />
          <Warnings order={order} />
          <InvoiceForm order={order} />
        </>
      )}
    </Loaded>
  );
}

function OrderFacts({ order }: { order: Invoiceable }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const money = (value: string) => <Money value={value} currency={order.currency} />;
  const { buyer } = order;
  return (
    <section className="qc-card" aria-label={t('finance.summary')}>
      <Facts
        items={[
          [t('finance.order'), <OrderLink key="order" id={order.orderId} no={order.orderNo} />],
          [
            t('finance.partner'),
            <PathLink key="partner" to={`/partners/${order.partner.id}`}>
              {names.partner(order.partner)}
            </PathLink>,
          ],
          [t('finance.orderAmount'), money(order.grossAmount)],
          [t('finance.paid'), money(order.paidAmount)],
          [t('finance.invoiced'), money(order.invoicedAmount)],
          [t('finance.toInvoice'), <strong key="open">{money(order.openAmount)}</strong>],
          [
            t('finance.orderState'),
            <span key="states">
              <StateTag of="delivery" state={order.deliveryStatus} />
              <StateTag of="paymentStatus" state={order.paymentStatus} />
              <StateTag of="invoiceStatus" state={order.invoiceStatus} />
            </span>,
          ],
          [t('finance.buyer'), [buyer.title, buyer.taxNo].filter(Boolean).join(' ')],
          [t('finance.buyerAddress'), [buyer.address, buyer.phone].filter(Boolean).join(' ')],
          [t('finance.buyerBank'), [buyer.bankName, buyer.bankAccount].filter(Boolean).join(' ')],
        ]}
      />
    </section>
  );
}

function Warnings({ order }: { order: Invoiceable }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {order.refusals.map(({ code, title }) => (
        <Alert key={code} type="error" showIcon title={title} />
      ))}
      {order.warnings.map((warning) => (
        <Alert key={warning} type="warning" showIcon title={t(`states.invoiceWarning.${warning}`)} />
      ))}
    </>
  );
}
