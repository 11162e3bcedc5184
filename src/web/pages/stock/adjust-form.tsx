/** Corrects stock after a count; never below what is reserved. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { type FixedProduct, PlaceFields, type PlaceValues, placeOf } from './place-fields.tsx';
import { useTell } from '../../ui/tell.tsx';

type Values = PlaceValues & { qty?: string | undefined; reason: string };

export function AdjustForm({
  product,
  warehouseId,
  onClose,
}: {
  product: FixedProduct;
  warehouseId: string | undefined;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = useTell();
  const adjust = useApiAction('stockAdjust', {
    onDone: ({ onHandQty }) => void message.success(t('stock.nowOnHand', { qty: format.qty(onHandQty) })),
  });
  return (
    <FormDrawer<Values>
      open
      title={t('stock.adjust')}
      draftKey={`goods.adjust.${product.id}`}
      initialValues={{ productId: product.id, warehouseId, reason: '' }}
      onSubmit={(values) =>
        adjust.run({
          body: {
            ...placeOf(values),
            qty: (values.qty ?? '').trim().replace(/^\+/, '').replace(/^−/, '-'),
            reason: values.reason,
          },
        })
      }
      onClose={onClose}
      submitText={t('stock.adjust')}
    >
      <PlaceFields product={product} />
      <Form.Item
        name="qty"
        label={t('stock.difference')}
        extra={t('stock.differenceHint')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <Input inputMode="text" autoComplete="off" maxLength={20} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('stock.reason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} showCount />
      </Form.Item>
    </FormDrawer>
  );
}
