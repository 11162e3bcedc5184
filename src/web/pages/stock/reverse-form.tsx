/** Takes a movement of stock back, with the reason. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { Qty } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';

export function ReverseForm({ move, onClose }: { move: Item<'stockMovesList'>; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const reverse = useApiAction('stockMoveReverse');
  return (
    <FormDrawer<{ reason: string }>
      open
      title={t('stock.reverse')}
      draftKey={`goods.reverse.${move.id}`}
      initialValues={{ reason: '' }}
      onSubmit={({ reason }) => reverse.run({ params: { moveId: move.id }, body: { reason } })}
      onClose={onClose}
      submitText={t('stock.reverse')}
      danger
    >
      <p style={{ marginBottom: 16 }}>
        {names.product(move.product)} · {t(`states.moveKind.${move.kind}`)}{' '}
        <Qty value={move.qty} unit={move.product.unit} />
      </p>
      <Form.Item
        name="reason"
        label={t('stock.reason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea autoFocus rows={3} maxLength={2000} showCount />
      </Form.Item>
    </FormDrawer>
  );
}
