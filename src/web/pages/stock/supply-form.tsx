/** Plans incoming goods, so that promises may rest on them. */
import { Form, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { SUPPLY_KINDS } from '../../../contract/stock.ts';
import type { Answer } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { DateField, DecimalField } from '../../ui/fields.tsx';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { orLeftOut } from '../partners/form-values.ts';
import { type FixedProduct, PlaceFields, type PlaceValues, placeOf } from './place-fields.tsx';
import { useTell } from '../../ui/tell.tsx';

export type Supply = Answer<'supplyGet'>;
type Values = PlaceValues & {
  kind: Supply['kind'];
  qty?: string | undefined;
  expectedOn?: string | undefined;
  note?: string | undefined;
};

export function SupplyForm({
  product,
  onClose,
  onSaved,
}: {
  product: FixedProduct | null;
  onClose: () => void;
  onSaved?: (supply: Supply) => void;
}): ReactElement {
  const { t } = useTranslation();
  const { message } = useTell();
  const create = useApiAction('supplyCreate', {
    onDone: (supply) => {
      void message.success(t('stock.plannedAs', { no: supply.no }));
      onSaved?.(supply);
    },
  });
  const must = [{ required: true, message: t('common.required') }];
  return (
    <FormDrawer<Values>
      open
      title={t('stock.plan')}
      draftKey={`supply.new.${product?.id ?? ''}`}
      initialValues={{ productId: product?.id, kind: 'production' }}
      onSubmit={(values) => {
        const note = orLeftOut(values.note);
        return create.run({
          body: {
            ...placeOf(values),
            kind: values.kind,
            qty: values.qty ?? '',
            expectedOn: values.expectedOn ?? '',
            ...(note === undefined ? {} : { note }),
          },
        });
      }}
      onClose={onClose}
      submitText={t('stock.plan')}
    >
      <Form.Item name="kind" label={t('stock.supplyKind')}>
        <Select options={SUPPLY_KINDS.map((value) => ({ value, label: t(`states.supplyKind.${value}`) }))} />
      </Form.Item>
      <PlaceFields product={product} />
      <Form.Item name="qty" label={t('stock.qty')} rules={must}>
        <DecimalField />
      </Form.Item>
      <Form.Item name="expectedOn" label={t('stock.expectedOn')} rules={must}>
        <DateField />
      </Form.Item>
      <Form.Item name="note" label={t('stock.note')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
