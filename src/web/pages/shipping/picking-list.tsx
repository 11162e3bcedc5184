/** Picking lists of the warehouses, by state and date. */
import { WarningOutlined } from '@ant-design/icons';
import { useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PICKING_STATES } from '../../../contract/machines/others.ts';
import { api, type Item } from '../../api/client.ts';
import { asOne, type ListSearch } from '../../lib/search-params.ts';
import { useCan } from '../../session.tsx';
import { OrderRef } from '../../ui/order-ref.tsx';
import { Page } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { type Column, QueryTable } from '../../ui/query-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import type { BulkAction } from '../../ui/table-bulk.tsx';
import type { Filter } from '../../ui/table-filters.tsx';
import { BizDate, DateTime, Qty } from '../../ui/values.tsx';
import { findPartners } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { useCompanyDay } from './company-time.ts';
import { ExportButton } from './export-button.tsx';
import { usePlaceNames, useWarehouseOptions } from './names.ts';
import { PersonName } from '../../ui/person-names.tsx';
import { Hint } from '../../ui/hint.tsx';

type Row = Item<'pickingsList'>;

export default function PickingList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const columns = useColumns();
  const filters = useFilters();
  const bulk: BulkAction<Row>[] = can('pick.work')
    ? [
        {
          key: 'start',
          label: t('states.action.picking.start'),
          nameOf: ({ no }) => no,
          run: ({ id, version }) => api('pickingStart', { params: { pickingId: id }, ifMatch: version }),
        },
        {
          key: 'allPicked',
          label: t('shipping.allPicked'),
          nameOf: ({ no }) => no,
          run: ({ id, version }) =>
            api('pickingFinish', { params: { pickingId: id }, body: { begin: true }, ifMatch: version }),
        },
      ]
    : [];
  return (
    <Page title={t('common.menu.pickings')}>
      <Views />
      <QueryTable
        operation="pickingsList"
        id="pickings"
        rowKey={({ id }) => id}
        search={t('shipping.pickingSearch')}
        columns={columns}
        filters={filters}
        bulk={bulk}
        toolbar={<ExportButton list="pickings" />}
        card={(row) => <PickingCard row={row} />}
      />
    </Page>
  );
}

/** What people open the list for, one press away. */
function Views(): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const search: ListSearch = useSearch({ strict: false });
  const state = asOne(search['state']);
  const shown = asOne(search['toShip']) === 'true' ? 'toShip' : (state ?? 'all');
  const views: Record<string, string> = {
    open: '?state=open',
    picking: '?state=picking',
    toShip: '?toShip=true',
    all: '',
  };
  return (
    <Segmented
      aria-label={t('common.views')}
      value={shown}
      onChange={(view) => go(`/pickings${views[view] ?? ''}`)}
      options={[
        { value: 'open', label: t('states.picking.open') },
        { value: 'picking', label: t('states.picking.picking') },
        { value: 'toShip', label: t('shipping.toShip') },
        { value: 'all', label: t('shipping.all') },
      ]}
    />
  );
}

/** The day by which goods have to be ready; marked when it is past. */
export function ReadyBy({ row }: { row: { readyByOn: string | null; isLate: boolean } }): ReactElement {
  const { t } = useTranslation();
  return row.isLate ? (
    <Hint title={t('shipping.late')}>
      <span className="qc-overdue">
        <WarningOutlined role="img" aria-label={t('shipping.late')} /> <BizDate value={row.readyByOn} />
      </span>
    </Hint>
  ) : (
    <BizDate value={row.readyByOn} />
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation();
  const names = useNames();
  const places = usePlaceNames();
  return [
    {
      key: 'no',
      title: t('shipping.pickingNo'),
      always: true,
      render: (row) => (
        <PathLink to={`/pickings/${row.id}`} className="qc-num">
          {row.no}
        </PathLink>
      ),
    },
    { key: 'warehouse', title: t('shipping.warehouse'), render: ({ warehouse }) => places.place(warehouse) },
    { key: 'state', title: t('shipping.state'), render: ({ state }) => <StateTag of="picking" state={state} /> },
    { key: 'due', title: t('shipping.readyBy'), render: (row) => <ReadyBy row={row} /> },
    {
      key: 'order',
      title: t('shipping.order'),
      render: ({ order }) => <OrderRef order={order} />,
    },
    { key: 'partner', title: t('shipping.partner'), render: ({ order }) => names.partner(order.partner) },
    { key: 'customer', title: t('shipping.customer'), hiddenAtFirst: true, render: ({ order }) => order.customerName },
    { key: 'lines', title: t('shipping.lineCount'), align: 'right', render: ({ lineCount }) => lineCount },
    { key: 'qty', title: t('shipping.toPick'), align: 'right', render: ({ qty }) => <Qty value={qty} /> },
    { key: 'picked', title: t('shipping.picked'), align: 'right', render: (row) => <Qty value={row.pickedQty} /> },
    {
      key: 'shipped',
      title: t('shipping.shippedQty'),
      align: 'right',
      render: (row) => <Qty value={row.shippedQty} />,
    },
    { key: 'by', title: t('shipping.startedBy'), render: ({ startedBy }) => <PersonName name={startedBy?.name} /> },
    {
      key: 'created',
      title: t('shipping.createdAt'),
      hiddenAtFirst: true,
      render: ({ createdAt }) => <DateTime value={createdAt} />,
    },
  ];
}

function useFilters(): Filter[] {
  const { t } = useTranslation();
  const warehouses = useWarehouseOptions();
  const day = useCompanyDay();
  return [
    { key: 'warehouseId', kind: 'select', label: t('shipping.warehouse'), options: warehouses },
    {
      key: 'state',
      kind: 'select',
      label: t('shipping.state'),
      width: 130,
      options: PICKING_STATES.map((value) => ({ value, label: t(`states.picking.${value}`) })),
    },
    {
      key: 'readyByTo',
      kind: 'select',
      label: t('shipping.readyBy'),
      options: [
        { value: day(-1), label: t('shipping.dueBefore') },
        { value: day(), label: t('shipping.dueToday') },
        { value: day(7), label: t('shipping.dueWeek') },
      ],
    },
    { key: 'partnerId', kind: 'remote', label: t('shipping.partner'), lookup: findPartners },
    {
      key: 'toShip',
      kind: 'select',
      label: t('shipping.dispatchState'),
      options: [{ value: 'true', label: t('shipping.toShip') }],
    },
    {
      key: 'mine',
      kind: 'select',
      label: t('shipping.startedBy'),
      width: 130,
      options: [{ value: 'true', label: t('shipping.mine') }],
    },
  ];
}

function PickingCard({ row }: { row: Row }): ReactElement {
  const names = useNames();
  const places = usePlaceNames();
  return (
    <div className="qc-card">
      <div className="qc-row">
        <strong className="qc-grow">
          <PathLink to={`/pickings/${row.id}`}>{row.no}</PathLink>
        </strong>
        <StateTag of="picking" state={row.state} />
      </div>
      <div className="qc-row">
        <span className="qc-grow">{names.partner(row.order.partner)}</span>
        <Qty value={row.qty} />
      </div>
      <div className="qc-row qc-muted">
        <span className="qc-grow">{places.place(row.warehouse)}</span>
        <ReadyBy row={row} />
      </div>
    </div>
  );
}
