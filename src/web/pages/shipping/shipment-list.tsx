/** Shipments: what is on the road, late or in trouble, and what has arrived. */
import { SendOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { SHIPMENT_STATES } from '../../../contract/machines/others.ts';
import type { Item } from '../../api/client.ts';
import { useCan } from '../../session.tsx';
import { OrderRef } from '../../ui/order-ref.tsx';
import { Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { type Column, QueryTable } from '../../ui/query-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import type { Filter } from '../../ui/table-filters.tsx';
import { BizDate, DateTime, Qty } from '../../ui/values.tsx';
import { findPartners } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { ExportButton } from './export-button.tsx';
import { useCarrierOptions, usePlaceNames, useWarehouseOptions } from './names.ts';
import { useNameOf } from '../../i18n/use-name.ts';

type Row = Item<'shipmentsList'>;

export default function ShipmentList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <Page
      title={t('common.menu.shipments')}
      actions={
        can('shipment.dispatch') && (
          <Link to="/shipments/new" search={{}}>
            <Button type="primary" icon={<SendOutlined />} tabIndex={-1}>
              {t('shipping.dispatch')}
            </Button>
          </Link>
        )
      }
    >
      <QueryTable
        operation="shipmentsList"
        id="shipments"
        rowKey={({ id }) => id}
        search={t('shipping.shipmentSearch')}
        columns={useColumns()}
        filters={useFilters()}
        toolbar={<ExportButton list="shipments" />}
        card={(row) => <ShipmentCard row={row} />}
      />
    </Page>
  );
}

type Marked = { state: string; isLate: boolean; hasException: boolean; hasDifference: boolean };

/** State, and what is wrong with it. */
export function ShipmentTags({ row }: { row: Marked }): ReactElement {
  const { t } = useTranslation();
  return (
    <span>
      <StateTag of="shipment" state={row.state} />
      {row.isLate && <Tag color="error">{t('shipping.late')}</Tag>}
      {row.hasException && <Tag color="error">{t('shipping.exception')}</Tag>}
      {row.hasDifference && <Tag color="warning">{t('shipping.difference')}</Tag>}
    </span>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation();
  const names = useNames();
  const nameOf = useNameOf();
  const places = usePlaceNames();
  return [
    {
      key: 'no',
      title: t('shipping.shipmentNo'),
      always: true,
      render: (row) => (
        <PathLink to={`/shipments/${row.id}`} className="qc-num">
          {row.no}
        </PathLink>
      ),
    },
    { key: 'state', title: t('shipping.state'), render: (row) => <ShipmentTags row={row} /> },
    {
      key: 'order',
      title: t('shipping.order'),
      render: ({ order }) => <OrderRef order={order} />,
    },
    { key: 'partner', title: t('shipping.partner'), render: ({ order }) => names.partner(order.partner) },
    { key: 'customer', title: t('shipping.customer'), hiddenAtFirst: true, render: ({ order }) => order.customerName },
    { key: 'carrier', title: t('shipping.carrier'), render: ({ carrier }) => carrier && nameOf(carrier) },
    {
      key: 'waybill',
      title: t('shipping.waybillNo'),
      render: ({ waybillNo }) => <span className="qc-num">{waybillNo}</span>,
    },
    { key: 'shipped', title: t('shipping.shippedAt'), render: ({ shippedAt }) => <DateTime value={shippedAt} /> },
    { key: 'expected', title: t('shipping.expectedOn'), render: ({ expectedOn }) => <BizDate value={expectedOn} /> },
    {
      key: 'delivered',
      title: t('shipping.deliveredAt'),
      render: ({ deliveredAt }) => <DateTime value={deliveredAt} />,
    },
    {
      key: 'news',
      title: t('shipping.lastNewsAt'),
      hiddenAtFirst: true,
      render: ({ lastNewsAt }) => <DateTime value={lastNewsAt} />,
    },
    {
      key: 'warehouse',
      title: t('shipping.warehouse'),
      hiddenAtFirst: true,
      render: ({ warehouse }) => places.place(warehouse),
    },
    { key: 'qty', title: t('shipping.qty'), align: 'right', render: ({ qty }) => <Qty value={qty} /> },
  ];
}

function useFilters(): Filter[] {
  const { t } = useTranslation();
  const warehouses = useWarehouseOptions();
  const carriers = useCarrierOptions();
  const yes = (label: string) => [{ value: 'true', label }];
  return [
    {
      key: 'state',
      kind: 'select',
      label: t('shipping.state'),
      width: 120,
      options: SHIPMENT_STATES.map((value) => ({ value, label: t(`states.shipment.${value}`) })),
    },
    { key: 'partnerId', kind: 'remote', label: t('shipping.partner'), lookup: findPartners },
    { key: 'carrierId', kind: 'select', label: t('shipping.carrier'), options: carriers, width: 130 },
    { key: 'warehouseId', kind: 'select', label: t('shipping.warehouse'), options: warehouses, width: 130 },
    { key: 'late', kind: 'select', label: t('shipping.onTime'), options: yes(t('shipping.late')), width: 110 },
    {
      key: 'exception',
      kind: 'select',
      label: t('shipping.trouble'),
      options: yes(t('shipping.exception')),
      width: 110,
    },
    { key: 'shipped', kind: 'dates', label: t('shipping.shippedAt'), keys: ['from', 'to'] },
  ];
}

function ShipmentCard({ row }: { row: Row }): ReactElement {
  const names = useNames();
  const nameOf = useNameOf();
  return (
    <div className="qc-card">
      <div className="qc-row">
        <strong className="qc-grow">
          <PathLink to={`/shipments/${row.id}`}>{row.no}</PathLink>
        </strong>
        <ShipmentTags row={row} />
      </div>
      <div className="qc-row">
        <span className="qc-grow">{names.partner(row.order.partner)}</span>
        <span className="qc-num">{row.waybillNo}</span>
      </div>
      <div className="qc-row qc-muted">
        <span className="qc-grow">{row.carrier && nameOf(row.carrier)}</span>
        <BizDate value={row.expectedOn} />
      </div>
    </div>
  );
}
