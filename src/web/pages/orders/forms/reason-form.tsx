/** Steps that need a reason and nothing else: send back, recall, withdraw, hold, undo a cut-over. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { OrderForm, type OrderFormProps } from './order-form.tsx';

export type ReasonAction = 'sendBack' | 'recall' | 'withdraw' | 'hold' | 'undoCutOver';

export function ReasonForm({ order, action, onClose }: OrderFormProps & { action: ReasonAction }): ReactElement {
  const { t } = useTranslation();
  const steps = {
    sendBack: useApiAction('orderSendBack'),
    recall: useApiAction('orderRecall'),
    withdraw: useApiAction('orderWithdraw'),
    hold: useApiAction('holdPlace'),
    undoCutOver: useApiAction('orderUndoCutOver'),
  };
  const hints: Record<ReasonAction, string> = {
    sendBack: t('orders.sendBackHint'),
    recall: t('orders.recallHint'),
    withdraw: t('orders.withdrawHint'),
    hold: t('orders.holdHint'),
    undoCutOver: t('orders.undoCutOverHint'),
  };
  return (
    <OrderForm
      order={order}
      name={action}
      title={action === 'hold' ? t('orders.placeHold') : t(`states.action.order.${action}`)}
      danger={action === 'withdraw' || action === 'undoCutOver'}
      initialValues={{ reason: '' }}
      onClose={onClose}
      send={({ reason }, version) =>
        steps[action].run({ params: { orderId: order.id }, body: { reason }, ifMatch: version })
      }
    >
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {hints[action]}
      </p>
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
