/** All products and services: found by code, name, pinyin initials. */
import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { useSearch } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PRODUCT_KINDS } from '../../../contract/catalog.ts';
import { fileUrl, type Item } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import type { ListSearch } from '../../lib/search-params.ts';
import { useCan } from '../../session.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { Qty, Rate } from '../../ui/values.tsx';
import { UnitName } from '../../ui/unit-names.tsx';
import { useNames } from '../orders/names.ts';
import { ProductForm } from './product-form.tsx';

type Row = Item<'productList'>;

export default function ProductList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  const names = useNames();
  const [adding, setAdding] = useState(false);
  const categories = useApiQuery('productCategoryList', {}, { staleTime: 60_000 });
  const { cursor: _place, ...filters }: ListSearch = useSearch({ strict: false });
  const link = ({ id, sku }: Row) => (
    <PathLink to={`/products/${id}`} className="qc-num">
      {sku}
    </PathLink>
  );
  const sellable = ({ isSellable }: Row) =>
    isSellable ? <Tag color="success">{t('catalog.onSale')}</Tag> : <Tag>{t('catalog.notOnSale')}</Tag>;
  return (
    <Page
      title={t('common.menu.products')}
      actions={
        can('product.write') && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('catalog.newProduct')}
          </Button>
        )
      }
    >
      <QueryTable
        operation="productList"
        id="products"
        empty={<Empty begin={can('product.write') && t('catalog.newProduct')} />}
        rowKey={({ id }) => id}
        search={t('catalog.searchHint')}
        columns={[
          { key: 'sku', title: t('catalog.sku'), always: true, sort: 'sku', render: link },
          { key: 'name', title: t('catalog.name'), sort: 'name', render: (row) => names.product(row) },
          { key: 'spec', title: t('catalog.spec'), render: ({ spec }) => spec },
          { key: 'category', title: t('catalog.category'), render: ({ category }) => category },
          { key: 'kind', title: t('catalog.kind'), render: ({ kind }) => t(`states.productKind.${kind}`) },
          { key: 'unit', title: t('catalog.unit'), render: ({ unit }) => <UnitName unit={unit} /> },
          {
            key: 'min',
            title: t('catalog.minQty'),
            align: 'right',
            hiddenAtFirst: true,
            render: ({ minQty }) => <Qty value={minQty} />,
          },
          {
            key: 'multiple',
            title: t('catalog.multipleQty'),
            align: 'right',
            hiddenAtFirst: true,
            render: ({ multipleQty }) => <Qty value={multipleQty} />,
          },
          {
            key: 'tax',
            title: t('catalog.taxRate'),
            align: 'right',
            render: ({ taxRate }) => <Rate value={taxRate} />,
          },
          {
            key: 'lead',
            title: t('catalog.leadDays'),
            align: 'right',
            render: ({ leadDays }) => t('catalog.days', { count: leadDays }),
          },
          { key: 'sellable', title: t('catalog.state'), render: sellable },
        ]}
        filters={[
          {
            key: 'category',
            kind: 'select',
            label: t('catalog.category'),
            options: (categories.data?.items ?? []).map(({ category, count }) => ({
              value: category,
              label: `${category} (${count})`,
            })),
          },
          {
            key: 'kind',
            kind: 'select',
            label: t('catalog.kind'),
            options: PRODUCT_KINDS.map((value) => ({ value, label: t(`states.productKind.${value}`) })),
            width: 130,
          },
          {
            key: 'sellable',
            kind: 'select',
            label: t('catalog.state'),
            options: [
              { value: 'true', label: t('catalog.onSale') },
              { value: 'false', label: t('catalog.notOnSale') },
            ],
            width: 120,
          },
        ]}
        toolbar={
          <Button
            icon={<DownloadOutlined />}
            href={fileUrl('exportList', { params: { list: 'products' }, query: filters })}
            download
          >
            {t('common.exportExcel')}
          </Button>
        }
        card={(row) => (
          <div className="qc-card">
            <div className="qc-row">
              <strong className="qc-grow">{link(row)}</strong>
              {sellable(row)}
            </div>
            {names.product(row)}
          </div>
        )}
      />
      {adding && (
        <ProductForm product={null} onClose={() => setAdding(false)} onSaved={({ id }) => go(`/products/${id}`)} />
      )}
    </Page>
  );
}
