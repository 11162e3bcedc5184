/** Takes goods into stock without a plan, or enters what was there at the start. */
import { Form, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DecimalField } from '../../ui/fields.tsx';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { orLeftOut } from '../partners/form-values.ts';
import { type FixedProduct, PlaceFields, type PlaceValues, placeOf } from './place-fields.tsx';
import { useTell } from '../../ui/tell.tsx';

type Values = PlaceValues & { qty?: string | undefined; kind: 'receipt' | 'opening'; note?: string | undefined };

export function ReceiveForm({ product, onClose }: { product: FixedProduct | null; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = useTell();
  const receive = useApiAction('stockReceive', {
    onDone: ({ onHandQty }) => void message.success(t('stock.nowOnHand', { qty: format.qty(onHandQty) })),
  });
  return (
    <FormDrawer<Values>
      open
      title={t('stock.receive')}
      draftKey={`goods.receive.${product?.id ?? ''}`}
      initialValues={{ productId: product?.id, kind: 'receipt' }}
      onSubmit={(values) => {
        const note = orLeftOut(values.note);
        return receive.run({
          body: {
            ...placeOf(values),
            qty: values.qty ?? '',
            kind: values.kind,
            ...(note === undefined ? {} : { note }),
          },
        });
      }}
      onClose={onClose}
      submitText={t('stock.receive')}
    >
      <PlaceFields product={product} />
      <Form.Item name="qty" label={t('stock.qty')} rules={[{ required: true, message: t('common.required') }]}>
        <DecimalField />
      </Form.Item>
      <Form.Item name="kind" label={t('stock.moveKind')} extra={t('stock.receiveHint')}>
        <Select
          options={(['receipt', 'opening'] as const).map((value) => ({ value, label: t(`states.moveKind.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="note" label={t('stock.note')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
