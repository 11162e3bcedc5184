/** All orders: filtered, sorted, exported, several sent at once. */
import { DownloadOutlined, PauseCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Link, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DELIVERY_STATUSES,
  INVOICE_STATUSES,
  ORDER_STATES,
  PAYMENT_STATUSES,
} from '../../../contract/machines/order.ts';
import { api, fileUrl, type Item } from '../../api/client.ts';
import type { ListSearch } from '../../lib/search-params.ts';
import { useCan } from '../../session.tsx';
import { Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { type Column, QueryTable } from '../../ui/query-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import type { BulkAction } from '../../ui/table-bulk.tsx';
import type { Filter } from '../../ui/table-filters.tsx';
import { BizDate, DateTime, Deadline, Money } from '../../ui/values.tsx';
import { findPartners, findProductChoices, findSales, namePartner, nameProduct, nameSales } from './lookups.ts';
import { type Names, useNames } from './names.ts';
import { PersonName } from '../../ui/person-names.tsx';
import { Hint } from '../../ui/hint.tsx';

type Row = Item<'orderList'>;
/** What the file is made with: the filters and the order of the list, not the place in it. */
const EXPORTED: readonly string[] = [
  'state',
  'deliveryStatus',
  'paymentStatus',
  'invoiceStatus',
  'partnerId',
  'salesOwnerId',
  'productId',
  'onHold',
  'q',
  'createdFrom',
  'createdTo',
  'sort',
];
type Translate = (key: string) => string;
const idOf = ({ id }: Row): string => id;

export default function OrderList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const names = useNames();
  const columns = useMemo(() => columnsOf(t, names), [t, names]);
  const filters = useMemo(() => filtersOf(t), [t]);
  const search: ListSearch = useSearch({ strict: false });
  const shown = Object.fromEntries(Object.entries(search).filter(([name]) => EXPORTED.includes(name)));
  const bulk: BulkAction<Row>[] = can('order.send_confirmation')
    ? [
        {
          key: 'send',
          label: t('states.action.order.sendConfirmation'),
          confirm: t('orders.sendSelected'),
          nameOf: ({ no }) => no,
          run: ({ id, version }) => api('orderSendConfirmation', { params: { orderId: id }, ifMatch: version }),
        },
      ]
    : [];
  return (
    <Page
      title={t('orders.title')}
      actions={
        can('order.create') && (
          <>
            <Link to="/orders/templates">
              <Button tabIndex={-1}>{t('orders.templates')}</Button>
            </Link>
            <Link to="/orders/new">
              <Button type="primary" icon={<PlusOutlined aria-hidden />} tabIndex={-1}>
                {t('orders.new')}
              </Button>
            </Link>
          </>
        )
      }
    >
      <QueryTable
        operation="orderList"
        id="orders"
        rowKey={idOf}
        search={t('orders.searchHint')}
        columns={columns}
        filters={filters}
        bulk={bulk}
        toolbar={
          <Button
            icon={<DownloadOutlined aria-hidden />}
            href={fileUrl('exportList', { params: { list: 'orders' }, query: shown })}
            download
          >
            {t('common.exportExcel')}
          </Button>
        }
        card={(row) => <OrderCard row={row} names={names} />}
      />
    </Page>
  );
}

export const OrderLink = ({ id, no }: { id: string; no: string }): ReactElement => (
  <PathLink to={`/orders/${encodeURIComponent(id)}`} className="qc-num">
    {no}
  </PathLink>
);

function columnsOf(t: Translate, names: Names): Column<Row>[] {
  return [
    {
      key: 'no',
      title: t('orders.no'),
      always: true,
      sort: 'created',
      render: (row) => (
        <>
          <OrderLink id={row.id} no={row.no} />{' '}
          {row.onHold && (
            <Hint title={t('orders.onHold')}>
              <PauseCircleOutlined role="img" aria-label={t('orders.onHold')} className="qc-overdue" />
            </Hint>
          )}
        </>
      ),
    },
    { key: 'partner', title: t('orders.partner'), render: ({ partner }) => names.partner(partner) },
    { key: 'poNo', title: t('orders.poNo'), render: ({ poNo }) => <span className="qc-num">{poNo}</span> },
    { key: 'customer', title: t('orders.customer'), hiddenAtFirst: true, render: ({ customerName }) => customerName },
    { key: 'state', title: t('orders.state'), render: ({ state }) => <StateTag of="order" state={state} /> },
    {
      key: 'due',
      title: t('orders.due'),
      render: ({ dueAt }) => <Deadline value={dueAt} />,
    },
    {
      key: 'gross',
      title: t('orders.amount'),
      align: 'right',
      sort: 'gross',
      render: (row) => <Money value={row.grossAmount} currency={row.currency} />,
    },
    {
      key: 'paid',
      title: t('orders.paid'),
      align: 'right',
      hiddenAtFirst: true,
      render: (row) => <Money value={row.paidAmount} currency={row.currency} />,
    },
    {
      key: 'delivery',
      title: t('orders.deliveryStatus'),
      render: ({ deliveryStatus }) => <StateTag of="delivery" state={deliveryStatus} />,
    },
    {
      key: 'payment',
      title: t('orders.paymentStatus'),
      render: ({ paymentStatus }) => <StateTag of="paymentStatus" state={paymentStatus} />,
    },
    {
      key: 'invoice',
      title: t('orders.invoiceStatus'),
      render: ({ invoiceStatus }) => <StateTag of="invoiceStatus" state={invoiceStatus} />,
    },
    {
      key: 'requested',
      title: t('orders.requestedOn'),
      sort: 'requested',
      render: ({ requestedOn }) => <BizDate value={requestedOn} />,
    },
    {
      key: 'owner',
      title: t('orders.salesOwner'),
      hiddenAtFirst: true,
      render: ({ salesOwner }) => <PersonName name={salesOwner?.name} />,
    },
    { key: 'created', title: t('orders.createdAt'), render: ({ createdAt }) => <DateTime value={createdAt} /> },
    {
      key: 'since',
      title: t('orders.stateSince'),
      hiddenAtFirst: true,
      render: ({ stateSince }) => <DateTime value={stateSince} />,
    },
  ];
}

function filtersOf(t: Translate): Filter[] {
  const options = (family: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`states.${family}.${value}`) }));
  return [
    { key: 'state', kind: 'many', label: t('orders.state'), options: options('order', ORDER_STATES) },
    { key: 'partnerId', kind: 'remote', label: t('orders.partner'), lookup: findPartners, nameOf: namePartner },
    {
      key: 'deliveryStatus',
      kind: 'many',
      label: t('orders.deliveryStatus'),
      options: options('delivery', DELIVERY_STATUSES),
      width: 130,
    },
    {
      key: 'paymentStatus',
      kind: 'select',
      label: t('orders.paymentStatus'),
      options: options('paymentStatus', PAYMENT_STATUSES),
      width: 130,
    },
    {
      key: 'invoiceStatus',
      kind: 'select',
      label: t('orders.invoiceStatus'),
      options: options('invoiceStatus', INVOICE_STATUSES),
      width: 130,
    },
    { key: 'productId', kind: 'remote', label: t('orders.product'), lookup: findProductChoices, nameOf: nameProduct },
    {
      key: 'salesOwnerId',
      kind: 'remote',
      label: t('orders.salesOwner'),
      lookup: findSales,
      nameOf: nameSales,
      width: 130,
    },
    {
      key: 'onHold',
      kind: 'select',
      label: t('orders.holds'),
      options: [{ value: 'true', label: t('orders.onHold') }],
      width: 110,
    },
    { key: 'created', kind: 'dates', label: t('orders.createdAt'), keys: ['createdFrom', 'createdTo'] },
  ];
}

function OrderCard({ row, names }: { row: Row; names: Names }): ReactElement {
  return (
    <div className="qc-card">
      <div className="qc-row">
        <strong className="qc-grow">
          <OrderLink id={row.id} no={row.no} />
        </strong>
        <StateTag of="order" state={row.state} />
      </div>
      <div className="qc-row">
        <span className="qc-grow">{names.partner(row.partner)}</span>
        <Money value={row.grossAmount} currency={row.currency} />
      </div>
      <div className="qc-row qc-muted">
        <span className="qc-grow qc-num">{row.poNo}</span>
        <Deadline value={row.dueAt} />
      </div>
    </div>
  );
}
