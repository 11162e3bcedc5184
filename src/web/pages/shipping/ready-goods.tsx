/** Pickings that are ready and not shipped in full: each one press away from its dispatch. */
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { Empty } from '../../ui/empty.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { type Column, QueryTable } from '../../ui/query-table.tsx';
import { BizDate, DateTime, Qty } from '../../ui/values.tsx';
import { findPartners } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { usePlaceNames, useWarehouseOptions } from './names.ts';

type Row = Item<'pickingsList'>;

export function ReadyGoods(): ReactElement {
  const { t } = useTranslation();
  const warehouses = useWarehouseOptions();
  return (
    <QueryTable
      operation="pickingsList"
      id="readyGoods"
      rowKey={({ id }) => id}
      search={t('shipping.pickingSearch')}
      fixed={{ toShip: 'true' }}
      columns={useColumns()}
      filters={[
        { key: 'warehouseId', kind: 'select', label: t('shipping.warehouse'), options: warehouses },
        { key: 'partnerId', kind: 'remote', label: t('shipping.partner'), lookup: findPartners },
      ]}
      empty={<Empty text={t('shipping.nothingReady')} />}
      card={(row) => <ReadyCard row={row} />}
    />
  );
}

const DispatchLink = ({ row }: { row: Row }): ReactElement => {
  const { t } = useTranslation();
  return (
    <Link to="/shipments/new" search={{ orderId: row.order.id, warehouseId: row.warehouse.id }}>
      {t('shipping.dispatchOf', { no: row.order.no })}
    </Link>
  );
};

function useColumns(): Column<Row>[] {
  const { t } = useTranslation();
  const names = useNames();
  const places = usePlaceNames();
  return [
    { key: 'dispatch', title: t('shipping.dispatch'), always: true, render: (row) => <DispatchLink row={row} /> },
    {
      key: 'no',
      title: t('shipping.pickingNo'),
      render: (row) => (
        <PathLink to={`/pickings/${row.id}`} className="qc-num">
          {row.no}
        </PathLink>
      ),
    },
    { key: 'warehouse', title: t('shipping.warehouse'), render: ({ warehouse }) => places.place(warehouse) },
    { key: 'partner', title: t('shipping.partner'), render: ({ order }) => names.partner(order.partner) },
    {
      key: 'requested',
      title: t('shipping.requestedOn'),
      render: ({ order }) => <BizDate value={order.requestedOn} />,
    },
    { key: 'ready', title: t('shipping.readyAt'), render: ({ readyAt }) => <DateTime value={readyAt} /> },
    { key: 'picked', title: t('shipping.picked'), align: 'right', render: (row) => <Qty value={row.pickedQty} /> },
    {
      key: 'shipped',
      title: t('shipping.shippedQty'),
      align: 'right',
      render: (row) => <Qty value={row.shippedQty} />,
    },
  ];
}

function ReadyCard({ row }: { row: Row }): ReactElement {
  const names = useNames();
  const places = usePlaceNames();
  return (
    <div className="qc-card">
      <strong>
        <DispatchLink row={row} />
      </strong>
      <div>{names.partner(row.order.partner)}</div>
      <div className="qc-row qc-muted">
        <span className="qc-grow">{places.place(row.warehouse)}</span>
        <Qty value={row.pickedQty} />
      </div>
    </div>
  );
}
