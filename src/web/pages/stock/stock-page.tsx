/** Stock of one product: by warehouse, what can be promised when, and its movements. */
import { useParams } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { Qty } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import { SearchTabs } from '../partners/search-tabs.tsx';
import { AdjustForm } from './adjust-form.tsx';
import { Availability } from './availability.tsx';
import { MinimumForm } from './minimum-form.tsx';
import { MoveTable } from './move-table.tsx';
import { ReceiveForm } from './receive-form.tsx';
import { SupplyForm } from './supply-form.tsx';
import { type StockRow, useWarehouseName } from './warehouses.ts';

type Product = Answer<'productGet'>;
type Step =
  | { form: 'receive' | 'plan' }
  | { form: 'adjust'; warehouseId?: string }
  | { form: 'minimum'; row: StockRow };

export default function StockPage(): ReactElement {
  const { productId } = useParams({ from: '/inside/workbench/stock/$productId' });
  const product = useApiQuery('productGet', { params: { productId } });
  return <Loaded query={product}>{(data) => <ProductStock product={data} />}</Loaded>;
}

function ProductStock({ product }: { product: Product }): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const names = useNames();
  const [step, open] = useState<Step | null>(null);
  const close = () => open(null);
  return (
    <Page
      title={names.product(product)}
      crumbs={[{ title: t('common.menu.stock'), to: '/stock' }]}
      extra={
        <PathLink to={`/products/${product.id}`} className="qc-num">
          {product.sku}
        </PathLink>
      }
      actions={
        <div className="qc-row">
          {can('stock.plan') && <Button onClick={() => open({ form: 'plan' })}>{t('stock.plan')}</Button>}
          {can('stock.adjust') && <Button onClick={() => open({ form: 'adjust' })}>{t('stock.adjust')}</Button>}
          {can('stock.receive') && (
            <Button type="primary" onClick={() => open({ form: 'receive' })}>
              {t('stock.receive')}
            </Button>
          )}
        </div>
      }
    >
      <ByWarehouse product={product} open={open} />
      <SearchTabs
        tabs={[
          { key: 'availability', label: t('stock.availability'), children: <Availability product={product} /> },
          { key: 'moves', label: t('stock.moves'), children: <MoveTable productId={product.id} /> },
        ]}
      />
      {step?.form === 'receive' && <ReceiveForm product={product} onClose={close} />}
      {step?.form === 'plan' && <SupplyForm product={product} onClose={close} />}
      {step?.form === 'adjust' && <AdjustForm product={product} warehouseId={step.warehouseId} onClose={close} />}
      {step?.form === 'minimum' && <MinimumForm row={step.row} onClose={close} />}
    </Page>
  );
}

function ByWarehouse({ product, open }: { product: Product; open: (step: Step) => void }): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const warehouseName = useWarehouseName();
  const stock = useApiQuery('stockList', { query: { productId: product.id, limit: 200 } });
  const qty = (key: 'onHandQty' | 'reservedQty' | 'incomingQty' | 'minimumQty', title: string) => ({
    key,
    title,
    align: 'right' as const,
    render: (row: StockRow) => <Qty value={row[key]} />,
  });
  return (
    <Section title={t('stock.byWarehouse')}>
      <Loaded query={stock}>
        {({ items }) => (
          <PlainTable
            rows={items}
            rowKey={({ warehouse }) => warehouse.id}
            empty={t('stock.noStock')}
            columns={[
              { key: 'warehouse', title: t('stock.warehouse'), render: ({ warehouse }) => warehouseName(warehouse) },
              qty('onHandQty', t('stock.onHand')),
              qty('reservedQty', t('stock.reserved')),
              {
                key: 'available',
                title: t('stock.available'),
                align: 'right',
                render: ({ availableQty, isLow }) => (
                  <>
                    {isLow && <Tag color="error">{t('stock.low')}</Tag>}{' '}
                    <Qty value={availableQty} unit={product.unit} />
                  </>
                ),
              },
              qty('incomingQty', t('stock.incoming')),
              qty('minimumQty', t('stock.minimum')),
              ...(can('stock.plan') || can('stock.adjust')
                ? [
                    {
                      key: 'actions',
                      title: t('common.actions'),
                      render: (row: StockRow) => (
                        <div className="qc-row">
                          {can('stock.adjust') && (
                            <Button
                              size="small"
                              onClick={() => open({ form: 'adjust', warehouseId: row.warehouse.id })}
                            >
                              {t('stock.adjust')}
                            </Button>
                          )}
                          {can('stock.plan') && (
                            <Button size="small" onClick={() => open({ form: 'minimum', row })}>
                              {t('stock.setMinimum')}
                            </Button>
                          )}
                        </div>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
