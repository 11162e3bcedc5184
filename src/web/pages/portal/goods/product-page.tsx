/** A product as partners see it, one press away from an order. */
import { ShoppingCartOutlined } from '@ant-design/icons';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../../api/hooks.ts';
import { useCan } from '../../../session.tsx';
import { productName } from '../../../ui/line-server.ts';
import { Facts, Loaded, Page, Section } from '../../../ui/page.tsx';
import { useGo } from '../../../ui/path-link.tsx';
import { Qty, Rate } from '../../../ui/values.tsx';
import { known } from '../known.ts';

export default function ProductPage(): ReactElement {
  const { t } = useTranslation();
  const { productId = '' } = useParams({ strict: false });
  const can = useCan();
  const go = useGo();
  const query = useApiQuery('productGet', { params: { productId } });
  return (
    <Loaded query={query}>
      {(product) => (
        <Page
          title={productName(product)}
          actions={
            product.isSellable &&
            can('order.create') && (
              <Button
                type="primary"
                icon={<ShoppingCartOutlined />}
                onClick={() => go(`/portal/orders/new?product=${product.id}`)}
              >
                {t('portal.orderThis')}
              </Button>
            )
          }
        >
          <Section title={t('portal.about')}>
            <Facts
              items={known([
                [t('portal.sku'), product.sku],
                [t('portal.ownCode'), product.partnerCode],
                [t('portal.line.spec'), product.spec],
                [t('portal.line.unit'), product.unit],
                [t('portal.minQty'), <Qty key="min" value={product.minQty} unit={product.unit} />],
                [t('portal.multipleQty'), <Qty key="multiple" value={product.multipleQty} unit={product.unit} />],
                [t('portal.taxRate'), <Rate key="tax" value={product.taxRate} />],
              ])}
            />
          </Section>
        </Page>
      )}
    </Loaded>
  );
}
