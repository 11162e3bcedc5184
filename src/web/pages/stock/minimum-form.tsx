/** The quantity at which stock counts as low. */
import { Form } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DecimalField } from '../../ui/fields.tsx';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import type { StockRow } from './warehouses.ts';

type Values = { minimumQty?: string | undefined };

export function MinimumForm({ row, onClose }: { row: StockRow; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const set = useApiAction('stockMinimumSet');
  const { product, warehouse } = row;
  return (
    <FormDrawer<Values>
      open
      title={`${t('stock.setMinimum')} · ${product.sku} · ${warehouse.code}`}
      draftKey={`goods.minimum.${product.id}.${warehouse.id}`}
      initialValues={{ minimumQty: row.minimumQty }}
      onSubmit={({ minimumQty }) =>
        set.run({ body: { productId: product.id, warehouseId: warehouse.id, minimumQty: minimumQty ?? '0' } })
      }
      onClose={onClose}
    >
      <Form.Item name="minimumQty" label={t('stock.minimum')} extra={t('stock.minimumHint')}>
        <DecimalField suffix={product.unit} />
      </Form.Item>
    </FormDrawer>
  );
}
