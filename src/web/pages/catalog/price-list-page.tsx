/** A price list and its prices, by product, quantity break and period. */
import { useParams, useSearch } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import { DownloadOutlined } from '@ant-design/icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OPEN_END } from '../../../contract/prices.ts';
import { fileUrl } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import type { ListSearch } from '../../lib/search-params.ts';
import { useCan } from '../../session.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { findProductChoices } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { PriceCloseForm } from './price-close-form.tsx';
import { type PriceEntry, usePriceColumns } from './price-columns.tsx';
import { InUse } from './in-use.tsx';
import { PriceEntryForm } from './price-entry-form.tsx';
import { type PriceList, PriceListForm } from './price-list-form.tsx';

export default function PriceListPage(): ReactElement {
  const { priceListId } = useParams({ from: '/inside/workbench/price-lists/$priceListId' });
  const list = useApiQuery('priceListGet', { params: { priceListId } });
  return <Loaded query={list}>{(data) => <PriceListDocument list={data} />}</Loaded>;
}

function PriceListDocument({ list }: { list: PriceList }): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('price.write');
  const names = useNames();
  const [form, setForm] = useState<'edit' | 'add' | PriceEntry | null>(null);
  const save = useApiAction('priceEntrySave');
  const columns = usePriceColumns(list.currency);
  const params = { priceListId: list.id };
  const { cursor: _place, ...filters }: ListSearch = useSearch({ strict: false });
  const close = () => setForm(null);
  const remove = ({ id }: PriceEntry) => save.attempt({ params, body: { remove: [id] }, ifMatch: list.version });
  const actions = (entry: PriceEntry) => (
    <div className="qc-row">
      <Button size="small" onClick={() => setForm(entry)}>
        {entry.validTo === OPEN_END ? t('catalog.endPrice') : t('catalog.changeEnd')}
      </Button>
      <Popconfirm
        title={t('catalog.removePriceHint')}
        okText={t('catalog.removePrice')}
        okButtonProps={{ danger: true }}
        cancelText={t('common.cancel')}
        onConfirm={() => remove(entry)}
      >
        <Button size="small">{t('catalog.removePrice')}</Button>
      </Popconfirm>
    </div>
  );
  return (
    <Page
      title={list.name}
      crumbs={[{ title: t('common.menu.priceLists'), to: '/price-lists' }]}
      extra={
        <>
          <span className="qc-muted qc-num">{list.code}</span>
          <InUse isActive={list.isActive} />
        </>
      }
      actions={
        may && (
          <div className="qc-row">
            <Button onClick={() => setForm('edit')}>{t('catalog.editPriceList')}</Button>
            <Button type="primary" onClick={() => setForm('add')}>
              {t('catalog.addPrice')}
            </Button>
          </div>
        )
      }
    >
      <ProblemAlert problem={save.problem} onClose={save.clear} />
      <Section title={t('catalog.data')}>
        <Facts
          items={[
            [t('catalog.listKind'), t(`states.priceListKind.${list.kind}`)],
            [t('catalog.level'), list.level],
            [t('catalog.currency'), list.currency],
            [t('catalog.tax'), list.taxInclusive ? t('catalog.taxInclusive') : t('catalog.taxExclusive')],
            [t('catalog.priceScale'), list.priceScale],
            [t('catalog.partners'), list.partnerCount],
          ]}
        />
      </Section>
      <QueryTable
        operation="priceEntryList"
        id="price-entries"
        params={params}
        rowKey={({ id }) => id}
        search={t('catalog.searchHint')}
        columns={[
          {
            key: 'product',
            title: t('catalog.product'),
            always: true,
            render: ({ product }) => (
              <PathLink to={`/products/${product.id}`}>
                {product.sku} {names.product(product)}
              </PathLink>
            ),
          },
          ...columns,
          ...(may ? [{ key: 'actions', title: t('common.actions'), render: actions }] : []),
        ]}
        filters={[
          { key: 'productId', kind: 'remote', label: t('catalog.product'), lookup: findProductChoices, width: 200 },
        ]}
        toolbar={
          <Button
            icon={<DownloadOutlined />}
            href={fileUrl('exportList', {
              params: { list: 'prices' },
              query: { ...filters, priceListId: list.id },
            })}
            download
          >
            {t('common.exportExcel')}
          </Button>
        }
      />
      {form === 'edit' && <PriceListForm list={list} onClose={close} />}
      {form === 'add' && <PriceEntryForm list={list} product={null} onClose={close} />}
      {form !== null && typeof form === 'object' && <PriceCloseForm list={list} entry={form} onClose={close} />}
    </Page>
  );
}
