/** Promotions 促銷. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PROMOTION_KINDS } from '../../../contract/promotions.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useCan } from '../../session.tsx';
import { Empty } from '../../ui/empty.tsx';
import { isZero } from '../../ui/is-zero.ts';
import { Page } from '../../ui/page.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { BizDate, Qty } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { inUseColumn, inUseFilter } from './in-use.tsx';
import { type Promotion, PromotionForm } from './promotion-form.tsx';

export default function Promotions(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const names = useNames();
  const [form, setForm] = useState<'new' | Promotion | null>(null);
  const may = can('price.write');
  return (
    <Page
      title={t('common.menu.promotions')}
      actions={
        may && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setForm('new')}>
            {t('catalog.newPromotion')}
          </Button>
        )
      }
    >
      <QueryTable
        operation="promotionList"
        id="promotions"
        empty={<Empty begin={may && t('catalog.newPromotion')} />}
        rowKey={({ id }) => id}
        search={t('catalog.priceListSearch')}
        columns={[
          { key: 'code', title: t('catalog.code'), render: ({ code }) => <span className="qc-num">{code}</span> },
          {
            key: 'name',
            title: t('catalog.promotionName'),
            always: true,
            render: (promotion) =>
              may ? (
                <Button type="link" style={{ padding: 0 }} onClick={() => setForm(promotion)}>
                  {names.product(promotion)}
                </Button>
              ) : (
                names.product(promotion)
              ),
          },
          { key: 'what', title: t('catalog.kind'), render: (promotion) => <What promotion={promotion} /> },
          { key: 'from', title: t('catalog.validFrom'), render: ({ validFrom }) => <BizDate value={validFrom} /> },
          { key: 'to', title: t('catalog.validTo'), render: ({ validTo }) => <BizDate value={validTo} /> },
          { key: 'range', title: t('catalog.range'), render: (promotion) => <Range promotion={promotion} /> },
          {
            key: 'priority',
            title: t('catalog.priority'),
            align: 'right',
            render: ({ priority, stacks }) => (
              <>
                {priority} {stacks && <Tag>{t('catalog.stacks')}</Tag>}
              </>
            ),
          },
          {
            key: 'quota',
            title: t('catalog.quotaQty'),
            align: 'right',
            render: ({ quotaQty, usedQty }) =>
              quotaQty === null ? (
                <span className="qc-muted">–</span>
              ) : (
                <>
                  <Qty value={usedQty} /> / <Qty value={quotaQty} />
                </>
              ),
          },
          inUseColumn(t),
        ]}
        filters={[
          {
            key: 'kind',
            kind: 'select',
            label: t('catalog.kind'),
            options: PROMOTION_KINDS.map((value) => ({ value, label: t(`states.promotionKind.${value}`) })),
          },
          inUseFilter(t),
        ]}
      />
      {form !== null && <PromotionForm promotion={form === 'new' ? null : form} onClose={() => setForm(null)} />}
    </Page>
  );
}

function What({ promotion }: { promotion: Promotion }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, rate, offPrice, offAmount, minAmount, currency, buyQty, getQty, gift } = promotion;
  const from = minAmount === null || isZero(minAmount) ? null : format.money(minAmount, currency ?? undefined);
  const onOrder = (what: string) => <>{from === null ? what : t('catalog.fromAmount', { amount: from, what })}</>;
  switch (kind) {
    case 'percentage':
      return <>{t('catalog.takesRate', { rate: format.rate(rate ?? '0') })}</>;
    case 'amount':
      return <>{t('catalog.takesAmount', { price: format.price(offPrice ?? '0', currency ?? undefined) })}</>;
    case 'order_percentage':
      return onOrder(t('catalog.takesRate', { rate: format.rate(rate ?? '0') }));
    case 'order_amount':
      return onOrder(t('catalog.takesAmount', { price: format.money(offAmount ?? '0', currency ?? undefined) }));
    case 'free_goods':
      return (
        <>
          {t('catalog.gives', { buy: format.qty(buyQty ?? '0'), get: format.qty(getQty ?? '0') })} {gift?.sku}
        </>
      );
  }
}

function Range({ promotion }: { promotion: Promotion }): ReactElement {
  const { t } = useTranslation();
  const { products, categories, levels, partners } = promotion;
  const parts = [
    ...products.slice(0, 3).map(({ sku }) => sku),
    ...(products.length > 3 ? ['…'] : []),
    ...categories,
    ...levels.map((level) => `${t('catalog.level')} ${level}`),
    ...partners.slice(0, 3).map(({ name }) => name),
    ...(partners.length > 3 ? ['…'] : []),
  ];
  return <>{parts.length === 0 ? t('catalog.everything') : parts.join(', ')}</>;
}
