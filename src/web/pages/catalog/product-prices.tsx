/** Prices of one product, price list by price list. */
import { Button, Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Loaded, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { usePriceColumns } from './price-columns.tsx';
import { PriceEntryForm } from './price-entry-form.tsx';
import type { Product } from './product-values.ts';

export function ProductPrices({ product }: { product: Product }): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const [chosen, choose] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const lists = useApiQuery('priceListList', { query: { limit: 200, active: 'true' } });
  const items = lists.data?.items ?? [];
  const list = items.find(({ id }) => id === chosen) ?? items.find(({ kind }) => kind === 'base') ?? items[0];
  const entries = useApiQuery(
    'priceEntryList',
    { params: { priceListId: list?.id ?? '' }, query: { productId: product.id, limit: 200 } },
    { enabled: list !== undefined, keepPrevious: true },
  );
  const columns = usePriceColumns(list?.currency);
  return (
    <Section
      title={t('catalog.prices')}
      extra={
        <div className="qc-row">
          <Select
            aria-label={t('catalog.priceList')}
            style={{ width: 260 }}
            value={list?.id ?? null}
            options={items.map(({ id, code, name }) => ({ value: id, label: `${name} (${code})` }))}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(id: string) => choose(id)}
          />
          {list !== undefined && <PathLink to={`/price-lists/${list.id}`}>{t('catalog.openList')}</PathLink>}
          {list !== undefined && can('price.write') && (
            <Button onClick={() => setAdding(true)}>{t('catalog.addPrice')}</Button>
          )}
        </div>
      }
    >
      {list !== undefined && (
        <>
          <Loaded query={entries}>
            {(page) => (
              <PlainTable rows={page.items} rowKey={({ id }) => id} columns={columns} empty={t('catalog.noPrice')} />
            )}
          </Loaded>
          {adding && <PriceEntryForm list={list} product={product} onClose={() => setAdding(false)} />}
        </>
      )}
    </Section>
  );
}
