/** What a price says: from which quantity, in which period, how much. */
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { OPEN_END } from '../../../contract/prices.ts';
import type { Item } from '../../api/client.ts';
import { BizDate, Price, Qty } from '../../ui/values.tsx';
import { UnitName } from '../../ui/unit-names.tsx';
import type { PlainColumn } from '../../ui/plain-table.tsx';

export type PriceEntry = Item<'priceEntryList'>;

export function usePriceColumns(currency: string | undefined): PlainColumn<PriceEntry>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'minQty',
      title: t('catalog.fromQty'),
      align: 'right',
      render: ({ minQty, unit }) => <Qty value={minQty} unit={unit} />,
    },
    { key: 'from', title: t('catalog.validFrom'), render: ({ validFrom }) => <BizDate value={validFrom} /> },
    {
      key: 'to',
      title: t('catalog.validTo'),
      render: ({ validTo }) =>
        validTo === OPEN_END ? <Tag>{t('catalog.untilFurtherNotice')}</Tag> : <BizDate value={validTo} />,
    },
    {
      key: 'price',
      title: t('catalog.unitPrice'),
      align: 'right',
      render: ({ unitPrice, unit }) => (
        <>
          <Price value={unitPrice} currency={currency} />{' '}
          <span className="qc-muted">/ {unit !== null && <UnitName unit={unit} />}</span>
        </>
      ),
    },
  ];
}
