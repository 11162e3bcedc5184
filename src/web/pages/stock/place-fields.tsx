/** Which product, in which warehouse: `productId`, `warehouseId`. */
import { Form, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { RemoteSelect } from '../../ui/fields.tsx';
import { findProductChoices } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { useWarehouseOptions } from './warehouses.ts';

export type PlaceValues = { productId?: string | undefined; warehouseId?: string | undefined };
export type FixedProduct = {
  id: string;
  sku: string;
  name: string;
  nameHans?: string | null;
  nameEn?: string | null;
};

export const placeOf = ({ productId, warehouseId }: PlaceValues): { productId: string; warehouseId: string } => ({
  productId: productId ?? '',
  warehouseId: warehouseId ?? '',
});

export function PlaceFields({ product }: { product: FixedProduct | null }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const warehouses = useWarehouseOptions();
  const must = [{ required: true, message: t('common.required') }];
  return (
    <>
      <Form.Item name="productId" label={t('stock.product')} rules={must}>
        <RemoteSelect
          search={findProductChoices}
          disabled={product !== null}
          {...(product === null
            ? {}
            : { initial: { value: product.id, label: `${product.sku} ${names.product(product)}` } })}
        />
      </Form.Item>
      <Form.Item name="warehouseId" label={t('stock.warehouse')} rules={must}>
        <Select options={warehouses} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
    </>
  );
}
