/** A product: its data, its prices by list, the way to its stock. */
import { useParams } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { DateTime, Price, Qty, Rate } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { ProductForm } from './product-form.tsx';
import { ProductPrices } from './product-prices.tsx';
import type { Product } from './product-values.ts';

export default function ProductPage(): ReactElement {
  const { productId } = useParams({ from: '/inside/workbench/products/$productId' });
  const product = useApiQuery('productGet', { params: { productId } });
  return <Loaded query={product}>{(data) => <ProductDocument product={data} />}</Loaded>;
}

function ProductDocument({ product }: { product: Product }): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const names = useNames();
  const [editing, setEditing] = useState(false);
  const isGoods = product.kind === 'stock' || product.kind === 'made';
  return (
    <Page
      title={names.product(product)}
      crumbs={[{ title: t('common.menu.products'), to: '/products' }]}
      extra={
        <>
          <span className="qc-muted qc-num">{product.sku}</span>
          {product.isSellable ? <Tag color="success">{t('catalog.onSale')}</Tag> : <Tag>{t('catalog.notOnSale')}</Tag>}
        </>
      }
      actions={
        <div className="qc-row">
          {isGoods && can('stock.read') && <PathLink to={`/stock/${product.id}`}>{t('catalog.toStock')}</PathLink>}
          {can('order.read') && <PathLink to={`/orders?productId=${product.id}`}>{t('catalog.toOrders')}</PathLink>}
          {can('product.write') && (
            <Button type="primary" onClick={() => setEditing(true)}>
              {t('catalog.editProduct')}
            </Button>
          )}
        </div>
      }
    >
      <Section title={t('catalog.data')}>
        <Facts
          items={[
            [t('catalog.name'), product.name],
            [t('catalog.nameHans'), product.nameHans],
            [t('catalog.nameEn'), product.nameEn],
            [t('catalog.spec'), product.spec],
            [t('catalog.category'), product.category],
            [t('catalog.kind'), t(`states.productKind.${product.kind}`)],
            [t('catalog.unit'), [product.unit, product.unitEn].filter(Boolean).join(' / ')],
            ...(product.units.length === 0
              ? []
              : [
                  [
                    t('catalog.units'),
                    <ul key="units" className="qc-plain">
                      {product.units.map(({ unit, unitEn, factor }) => (
                        <li key={unit}>
                          {[unit, unitEn].filter(Boolean).join(' / ')} = <Qty value={factor} unit={product.unit} />
                        </li>
                      ))}
                    </ul>,
                  ] as const,
                ]),
            [t('catalog.wholeUnits'), product.wholeUnits ? t('catalog.yes') : t('catalog.notSo')],
            [t('catalog.minQty'), <Qty key="min" value={product.minQty} unit={product.unit} />],
            [t('catalog.multipleQty'), <Qty key="multiple" value={product.multipleQty} unit={product.unit} />],
            [t('catalog.taxRate'), <Rate key="tax" value={product.taxRate} />],
            [t('catalog.taxCode'), product.taxCode],
            ...(can('cost.read')
              ? [[t('catalog.standardCost'), <Price key="cost" value={product.standardCostPrice} />] as const]
              : []),
            [t('catalog.leadDays'), t('catalog.days', { count: product.leadDays })],
            [
              t('catalog.substitutes'),
              product.substitutes.length > 0 && (
                <ol key="substitutes" className="qc-plain">
                  {product.substitutes.map((substitute) => (
                    <li key={substitute.id}>
                      <PathLink to={`/products/${substitute.id}`}>
                        {substitute.sku} {names.product(substitute)}
                      </PathLink>
                    </li>
                  ))}
                </ol>
              ),
            ],
            [t('catalog.sourceRef'), product.sourceRef],
            [t('catalog.updatedAt'), <DateTime key="at" value={product.updatedAt} />],
          ]}
        />
      </Section>
      {can('price.read') && <ProductPrices product={product} />}
      {editing && <ProductForm product={product} onClose={() => setEditing(false)} />}
    </Page>
  );
}
