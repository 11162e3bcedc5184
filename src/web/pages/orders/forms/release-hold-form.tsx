/** Release a hold of the order, with the reason on record. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { OrderForm, type OrderFormProps } from './order-form.tsx';

export function ReleaseHoldForm({ order, holdId, onClose }: OrderFormProps & { holdId: string }): ReactElement {
  const { t } = useTranslation();
  const release = useApiAction('holdRelease');
  const hold = order.holds.find(({ id }) => id === holdId);
  return (
    <OrderForm
      order={order}
      name={`release.${holdId}`}
      title={t('orders.releaseHold')}
      initialValues={{ reason: '' }}
      onClose={onClose}
      send={({ reason }, version) =>
        release.run({ params: { orderId: order.id, holdId }, body: { reason }, ifMatch: version })
      }
    >
      {hold !== undefined && (
        <p className="qo-quote" style={{ marginBottom: 16 }}>
          {t(`states.hold.${hold.kind}`)} · {hold.reason}
        </p>
      )}
      <Form.Item
        name="reason"
        label={t('orders.reason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea autoFocus rows={4} maxLength={2000} showCount />
      </Form.Item>
    </OrderForm>
  );
}
