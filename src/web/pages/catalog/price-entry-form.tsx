/** A new price of a product in a list, from a day and a quantity on. */
import { Checkbox, Form, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useClearable } from '../../ui/clearable.tsx';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { DateField, DecimalField, RemoteSelect } from '../../ui/fields.tsx';
import { DocumentForm } from '../orders/document-form.tsx';
import { findProductChoices } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { orLeftOut, withoutEmpty } from '../partners/form-values.ts';
import type { PriceList } from './price-list-form.tsx';

type Values = {
  set: {
    productId?: string | undefined;
    unit?: string | undefined;
    minQty?: string | undefined;
    validFrom?: string | undefined;
    validTo?: string | undefined;
    unitPrice?: string | undefined;
  }[];
  closeRunning: boolean;
};
type PriceEntryFormProps = {
  list: PriceList;
  product: Pick<Answer<'productGet'>, 'id' | 'sku' | 'name' | 'nameHans' | 'nameEn'> | null;
  onClose: () => void;
};

export function PriceEntryForm({ list, product, onClose }: PriceEntryFormProps): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const save = useApiAction('priceEntrySave');
  const must = [{ required: true, message: t('common.required') }];
  return (
    <DocumentForm<Values, PriceList>
      draftKey={`price-list.${list.id}.add.${product?.id ?? ''}`}
      no={list.name}
      version={list.version}
      stateNow={list.isActive ? t('catalog.inUse') : t('catalog.retired')}
      title={t('catalog.addPrice')}
      submitText={t('common.save')}
      initialValues={{ set: [{ productId: product?.id }], closeRunning: true }}
      send={({ set: [entry], closeRunning }, version) =>
        save.run({
          params: { priceListId: list.id },
          body: {
            set: [
              {
                ...withoutEmpty({
                  unit: orLeftOut(entry?.unit),
                  minQty: orLeftOut(entry?.minQty),
                  validTo: orLeftOut(entry?.validTo),
                }),
                productId: entry?.productId ?? '',
                validFrom: entry?.validFrom ?? '',
                unitPrice: entry?.unitPrice ?? '',
              },
            ],
            closeRunning,
          },
          ifMatch: version,
        })
      }
      doneText={({ name }) => t('catalog.saved', { name })}
      onClose={onClose}
    >
      <Form.Item name={['set', 0, 'productId']} label={t('catalog.product')} rules={must}>
        <RemoteSelect
          search={findProductChoices}
          disabled={product !== null}
          {...(product === null
            ? {}
            : { initial: { value: product.id, label: `${product.sku} ${names.product(product)}` } })}
        />
      </Form.Item>
      <Form.Item name={['set', 0, 'unitPrice']} label={t('catalog.unitPrice')} rules={must}>
        <DecimalField suffix={list.currency} />
      </Form.Item>
      <UnitChoice />
      <Form.Item name={['set', 0, 'minQty']} label={t('catalog.fromQty')} extra={t('catalog.fromQtyHint')}>
        <DecimalField />
      </Form.Item>
      <Form.Item name={['set', 0, 'validFrom']} label={t('catalog.validFrom')} rules={must}>
        <DateField />
      </Form.Item>
      <Form.Item name={['set', 0, 'validTo']} label={t('catalog.validTo')} extra={t('catalog.validToHint')}>
        <DateField />
      </Form.Item>
      <Form.Item name="closeRunning" valuePropName="checked">
        <Checkbox>{t('catalog.closeRunning')}</Checkbox>
      </Form.Item>
    </DocumentForm>
  );
}

/** The unit that price and quantity are of, where the product has several. */
function UnitChoice(): ReactElement | null {
  const { t } = useTranslation();
  const clearable = useClearable();
  const productId = Form.useWatch<string | undefined>(['set', 0, 'productId']);
  const product = useApiQuery(
    'productGet',
    { params: { productId: productId ?? '' } },
    { enabled: productId !== undefined },
  );
  const units = product.data === undefined ? [] : [product.data.unit, ...product.data.units.map(({ unit }) => unit)];
  if (units.length < 2) return null;
  return (
    <Form.Item name={['set', 0, 'unit']} label={t('catalog.unit')} extra={t('catalog.priceUnitHint')}>
      <Select
        allowClear={clearable}
        placeholder={units[0]}
        options={units.map((unit) => ({ value: unit, label: unit }))}
      />
    </Form.Item>
  );
}
