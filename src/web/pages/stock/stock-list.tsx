/** Stock by product and warehouse: on hand, reserved, available, on its way. */
import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { useSearch } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileUrl } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import type { ListSearch } from '../../lib/search-params.ts';
import { useCan } from '../../session.tsx';
import { Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { BizDate, Qty } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { ReceiveForm } from './receive-form.tsx';
import { type StockRow, useWarehouseName, useWarehouseOptions } from './warehouses.ts';

export default function StockList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const names = useNames();
  const warehouseName = useWarehouseName();
  const warehouses = useWarehouseOptions();
  const categories = useApiQuery('productCategoryList', {}, { staleTime: 60_000 });
  const [receiving, setReceiving] = useState(false);
  const { cursor: _place, ...filters }: ListSearch = useSearch({ strict: false });
  const link = ({ product }: StockRow) => (
    <PathLink to={`/stock/${product.id}`} className="qc-num">
      {product.sku}
    </PathLink>
  );
  const available = ({ availableQty, isLow, product }: StockRow) => (
    <>
      {isLow && <Tag color="error">{t('stock.low')}</Tag>} <Qty value={availableQty} unit={product.unit} />
    </>
  );
  return (
    <Page
      title={t('common.menu.stock')}
      actions={
        <div className="qc-row">
          <PathLink to="/stock/moves">{t('stock.moves')}</PathLink>
          {can('stock.receive') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setReceiving(true)}>
              {t('stock.receive')}
            </Button>
          )}
        </div>
      }
    >
      <QueryTable
        operation="stockList"
        id="stock"
        rowKey={({ product, warehouse }) => `${product.id} ${warehouse.id}`}
        search={t('stock.searchHint')}
        columns={[
          { key: 'sku', title: t('stock.sku'), always: true, render: link },
          { key: 'name', title: t('stock.product'), render: ({ product }) => names.product(product) },
          { key: 'spec', title: t('stock.spec'), hiddenAtFirst: true, render: ({ product }) => product.spec },
          { key: 'warehouse', title: t('stock.warehouse'), render: ({ warehouse }) => warehouseName(warehouse) },
          {
            key: 'onHand',
            title: t('stock.onHand'),
            align: 'right',
            render: ({ onHandQty }) => <Qty value={onHandQty} />,
          },
          {
            key: 'reserved',
            title: t('stock.reserved'),
            align: 'right',
            render: ({ reservedQty }) => <Qty value={reservedQty} />,
          },
          { key: 'available', title: t('stock.available'), align: 'right', render: available },
          {
            key: 'incoming',
            title: t('stock.incoming'),
            align: 'right',
            render: ({ incomingQty }) => <Qty value={incomingQty} />,
          },
          {
            key: 'next',
            title: t('stock.nextIncoming'),
            render: ({ nextIncomingOn }) => <BizDate value={nextIncomingOn} />,
          },
          {
            key: 'minimum',
            title: t('stock.minimum'),
            align: 'right',
            render: ({ minimumQty }) => <Qty value={minimumQty} />,
          },
        ]}
        filters={[
          { key: 'warehouseId', kind: 'select', label: t('stock.warehouse'), options: warehouses },
          {
            key: 'category',
            kind: 'select',
            label: t('stock.category'),
            options: (categories.data?.items ?? []).map(({ category }) => ({ value: category, label: category })),
          },
          {
            key: 'low',
            kind: 'select',
            label: t('stock.level'),
            options: [{ value: 'true', label: t('stock.lowOnly') }],
            width: 130,
          },
          {
            key: 'sort',
            kind: 'select',
            label: t('stock.sort'),
            options: [
              { value: 'sku', label: t('stock.sortSku') },
              { value: 'available', label: t('stock.sortAvailable') },
            ],
            width: 150,
          },
        ]}
        toolbar={
          <Button
            icon={<DownloadOutlined />}
            href={fileUrl('exportList', { params: { list: 'stock' }, query: filters })}
            download
          >
            {t('common.exportExcel')}
          </Button>
        }
        card={(row) => (
          <div className="qc-card">
            <div className="qc-row">
              <strong className="qc-grow">{link(row)}</strong>
              {available(row)}
            </div>
            <div className="qc-row">
              <span className="qc-grow">{names.product(row.product)}</span>
              <span className="qc-muted">{warehouseName(row.warehouse)}</span>
            </div>
          </div>
        )}
      />
      {receiving && <ReceiveForm product={null} onClose={() => setReceiving(false)} />}
    </Page>
  );
}
