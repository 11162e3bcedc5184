/** The partner's orders: cards on a telephone, a table on a laptop. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DELIVERY_STATUSES, ORDER_STATES, PAYMENT_STATUSES } from '../../../../contract/machines/order.ts';
import type { Item } from '../../../api/client.ts';
import { useCan } from '../../../session.tsx';
import { Page } from '../../../ui/page.tsx';
import { PathLink, useGo } from '../../../ui/path-link.tsx';
import { QueryTable } from '../../../ui/query-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, DateTime, Money } from '../../../ui/values.tsx';
import '../portal.css';

export default function OrderList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  const options = (family: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`states.${family}.${value}`) }));
  return (
    <Page
      title={t('common.menu.myOrders')}
      actions={
        can('order.create') && (
          <div className="qp-actions">
            <Button onClick={() => go('/portal/orders/templates')}>{t('orders.templates')}</Button>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => go('/portal/orders/new')}>
              {t('portal.newOrder')}
            </Button>
          </div>
        )
      }
    >
      <QueryTable
        operation="orderList"
        id="portal-orders"
        rowKey={({ id }) => id}
        search={t('portal.searchOrders')}
        filters={[
          { key: 'state', kind: 'select', label: t('portal.state'), options: options('order', ORDER_STATES) },
          {
            key: 'deliveryStatus',
            kind: 'select',
            label: t('portal.delivery'),
            options: options('delivery', DELIVERY_STATUSES),
          },
          {
            key: 'paymentStatus',
            kind: 'select',
            label: t('portal.payment'),
            options: options('paymentStatus', PAYMENT_STATUSES),
          },
        ]}
        columns={[
          {
            key: 'no',
            title: t('portal.no'),
            always: true,
            render: (row) => <PathLink to={`/portal/orders/${row.id}`}>{row.no}</PathLink>,
          },
          { key: 'state', title: t('portal.state'), render: (row) => <States order={row} /> },
          { key: 'po', title: t('portal.poNo'), render: (row) => row.poNo ?? '' },
          { key: 'customer', title: t('portal.customer'), render: (row) => row.customerName ?? '' },
          {
            key: 'gross',
            title: t('portal.amount'),
            align: 'right',
            sort: 'gross',
            render: (row) => <Money value={row.grossAmount} currency={row.currency} />,
          },
          {
            key: 'requested',
            title: t('portal.requestedOn'),
            sort: 'requested',
            render: (row) => <BizDate value={row.requestedOn} />,
          },
          {
            key: 'created',
            title: t('portal.createdAt'),
            sort: 'created',
            render: (row) => <DateTime value={row.createdAt} />,
          },
        ]}
        card={(row) => (
          <PathLink to={`/portal/orders/${row.id}`}>
            <div className="qc-card qp-card">
              <div className="qp-card-head">
                <strong className="qc-num">{row.no}</strong>
                <Money value={row.grossAmount} currency={row.currency} />
              </div>
              <div>{[row.poNo, row.customerName].filter(Boolean).join(' · ')}</div>
              <div className="qp-card-head">
                <States order={row} />
                <span className="qc-muted">
                  <DateTime value={row.createdAt} />
                </span>
              </div>
            </div>
          </PathLink>
        )}
      />
    </Page>
  );
}

/** Where it stands in one look: before effect its state, afterwards goods and money. */
function States({ order }: { order: Item<'orderList'> }): ReactElement {
  const { t } = useTranslation();
  const running = order.state === 'in_effect' || order.state === 'completed';
  return (
    <span>
      <StateTag of="order" state={order.state} />
      {running && order.state !== 'completed' && <StateTag of="delivery" state={order.deliveryStatus} />}
      {running && (order.paymentStatus === 'overdue' || order.paymentStatus === 'due') && (
        <StateTag of="paymentStatus" state={order.paymentStatus} />
      )}
      {order.onHold && <Tag color="error">{t('portal.onHold')}</Tag>}
    </span>
  );
}
