/** Incoming goods: production plan, purchases, transfers. */
import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { useSearch } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SUPPLY_KINDS, SUPPLY_STATES } from '../../../contract/stock.ts';
import { fileUrl, type Item } from '../../api/client.ts';
import type { ListSearch } from '../../lib/search-params.ts';
import { useCan } from '../../session.tsx';
import { Page } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BizDate, Qty } from '../../ui/values.tsx';
import { findProductChoices } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { SupplyForm } from './supply-form.tsx';
import { useWarehouseName, useWarehouseOptions } from './warehouses.ts';

type Row = Item<'suppliesList'>;

export default function SupplyList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  const names = useNames();
  const warehouseName = useWarehouseName();
  const warehouses = useWarehouseOptions();
  const [planning, setPlanning] = useState(false);
  const { cursor: _place, ...filters }: ListSearch = useSearch({ strict: false });
  const link = ({ id, no }: Row) => (
    <PathLink to={`/stock/supplies/${id}`} className="qc-num">
      {no}
    </PathLink>
  );
  const expected = ({ expectedOn, isLate }: Row) => (
    <>
      <BizDate value={expectedOn} /> {isLate && <Tag color="error">{t('stock.late')}</Tag>}
    </>
  );
  const qty = (key: 'qty' | 'receivedQty' | 'openQty' | 'reservedQty', title: string) => ({
    key,
    title,
    align: 'right' as const,
    render: (row: Row) => <Qty value={row[key]} unit={key === 'qty' ? row.product.unit : null} />,
  });
  return (
    <Page
      title={t('common.menu.supplies')}
      actions={
        can('stock.plan') && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setPlanning(true)}>
            {t('stock.plan')}
          </Button>
        )
      }
    >
      <QueryTable
        operation="suppliesList"
        id="supplies"
        rowKey={({ id }) => id}
        search={t('stock.supplySearch')}
        columns={[
          { key: 'no', title: t('stock.supplyNo'), always: true, render: link },
          { key: 'kind', title: t('stock.supplyKind'), render: ({ kind }) => t(`states.supplyKind.${kind}`) },
          { key: 'state', title: t('stock.state'), render: ({ state }) => <StateTag of="supply" state={state} /> },
          {
            key: 'product',
            title: t('stock.product'),
            render: ({ product }) => (
              <PathLink to={`/stock/${product.id}`}>
                {product.sku} {names.product(product)}
              </PathLink>
            ),
          },
          { key: 'warehouse', title: t('stock.warehouse'), render: ({ warehouse }) => warehouseName(warehouse) },
          { key: 'expected', title: t('stock.expectedOn'), render: expected },
          qty('qty', t('stock.planned')),
          qty('receivedQty', t('stock.received')),
          qty('openQty', t('stock.open')),
          qty('reservedQty', t('stock.promised')),
        ]}
        filters={[
          {
            key: 'state',
            kind: 'select',
            label: t('stock.state'),
            options: SUPPLY_STATES.map((value) => ({ value, label: t(`states.supply.${value}`) })),
            width: 120,
          },
          {
            key: 'kind',
            kind: 'select',
            label: t('stock.supplyKind'),
            options: SUPPLY_KINDS.map((value) => ({ value, label: t(`states.supplyKind.${value}`) })),
            width: 120,
          },
          { key: 'warehouseId', kind: 'select', label: t('stock.warehouse'), options: warehouses },
          { key: 'productId', kind: 'remote', label: t('stock.product'), lookup: findProductChoices },
          {
            key: 'late',
            kind: 'select',
            label: t('stock.expectedOn'),
            options: [{ value: 'true', label: t('stock.late') }],
            width: 120,
          },
        ]}
        toolbar={
          <Button
            icon={<DownloadOutlined />}
            href={fileUrl('exportList', { params: { list: 'supplies' }, query: filters })}
            download
          >
            {t('common.exportExcel')}
          </Button>
        }
        card={(row) => (
          <div className="qc-card">
            <div className="qc-row">
              <strong className="qc-grow">{link(row)}</strong>
              <StateTag of="supply" state={row.state} />
            </div>
            <div className="qc-row">
              <span className="qc-grow">{names.product(row.product)}</span>
              {expected(row)}
            </div>
          </div>
        )}
      />
      {planning && (
        <SupplyForm
          product={null}
          onClose={() => setPlanning(false)}
          onSaved={({ id }) => go(`/stock/supplies/${id}`)}
        />
      )}
    </Page>
  );
}
