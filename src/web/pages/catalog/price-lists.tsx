/** Price lists 價目表. */
import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PRICE_LIST_KINDS } from '../../../contract/prices.ts';
import { fileUrl } from '../../api/client.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { ListSearch } from '../../lib/search-params.ts';
import { useCan } from '../../session.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { inUseColumn, inUseFilter } from './in-use.tsx';
import { PriceListForm } from './price-list-form.tsx';

export default function PriceLists(): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const go = useGo();
  const [adding, setAdding] = useState(false);
  const { cursor: _place, ...filters }: ListSearch = useSearch({ strict: false });
  return (
    <Page
      title={t('common.menu.priceLists')}
      actions={
        can('price.write') && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('catalog.newPriceList')}
          </Button>
        )
      }
    >
      <QueryTable
        operation="priceListList"
        id="price-lists"
        empty={<Empty begin={can('price.write') && t('catalog.newPriceList')} />}
        rowKey={({ id }) => id}
        search={t('catalog.priceListSearch')}
        columns={[
          { key: 'code', title: t('catalog.code'), render: ({ code }) => <span className="qc-num">{code}</span> },
          {
            key: 'name',
            title: t('catalog.listName'),
            always: true,
            render: ({ id, name }) => <PathLink to={`/price-lists/${id}`}>{name}</PathLink>,
          },
          { key: 'kind', title: t('catalog.listKind'), render: ({ kind }) => t(`states.priceListKind.${kind}`) },
          { key: 'level', title: t('catalog.level'), render: ({ level }) => level },
          { key: 'currency', title: t('catalog.currency'), render: ({ currency }) => currency },
          {
            key: 'tax',
            title: t('catalog.tax'),
            render: ({ taxInclusive }) => (taxInclusive ? t('catalog.taxInclusive') : t('catalog.taxExclusive')),
          },
          {
            key: 'entries',
            title: t('catalog.entries'),
            align: 'right',
            render: ({ entryCount }) => format.count(entryCount),
          },
          {
            key: 'partners',
            title: t('catalog.partners'),
            align: 'right',
            render: ({ partnerCount }) => format.count(partnerCount),
          },
          inUseColumn(t),
        ]}
        filters={[
          {
            key: 'kind',
            kind: 'select',
            label: t('catalog.listKind'),
            options: PRICE_LIST_KINDS.map((value) => ({ value, label: t(`states.priceListKind.${value}`) })),
          },
          inUseFilter(t),
        ]}
        toolbar={
          <Button
            icon={<DownloadOutlined />}
            href={fileUrl('exportList', { params: { list: 'priceLists' }, query: filters })}
            download
          >
            {t('common.exportExcel')}
          </Button>
        }
      />
      {adding && (
        <PriceListForm list={null} onClose={() => setAdding(false)} onSaved={({ id }) => go(`/price-lists/${id}`)} />
      )}
    </Page>
  );
}
