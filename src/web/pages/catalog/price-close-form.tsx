/** The last day of a price. */
import { Form } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { OPEN_END } from '../../../contract/prices.ts';
import { useApiAction } from '../../api/hooks.ts';
import { DateField } from '../../ui/fields.tsx';
import { DocumentForm } from '../orders/document-form.tsx';
import { useNames } from '../orders/names.ts';
import type { PriceEntry } from './price-columns.tsx';
import type { PriceList } from './price-list-form.tsx';

type Values = { close: { validTo?: string | undefined }[] };

export function PriceCloseForm({
  list,
  entry,
  onClose,
}: {
  list: PriceList;
  entry: PriceEntry;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const save = useApiAction('priceEntrySave');
  return (
    <DocumentForm<Values, PriceList>
      draftKey={`price-list.${list.id}.close.${entry.id}`}
      no={entry.product.sku}
      version={list.version}
      stateNow={list.isActive ? t('catalog.inUse') : t('catalog.retired')}
      title={entry.validTo === OPEN_END ? t('catalog.endPrice') : t('catalog.changeEnd')}
      submitText={t('common.save')}
      initialValues={{ close: [{ validTo: entry.validTo === OPEN_END ? undefined : entry.validTo }] }}
      send={({ close: [change] }, version) =>
        save.run({
          params: { priceListId: list.id },
          body: { close: [{ id: entry.id, validTo: change?.validTo ?? OPEN_END }] },
          ifMatch: version,
        })
      }
      doneText={({ name }) => t('catalog.saved', { name })}
      onClose={onClose}
    >
      <p style={{ marginBottom: 16 }}>{names.product(entry.product)}</p>
      <Form.Item name={['close', 0, 'validTo']} label={t('catalog.lastDay')} extra={t('catalog.validToHint')}>
        <DateField min={entry.validFrom} />
      </Form.Item>
    </DocumentForm>
  );
}
