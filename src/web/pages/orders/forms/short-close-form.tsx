/** What is left of a line will not be delivered: closed with the partner's consent. */
import { Form, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { useNames } from '../names.ts';
import { OrderForm, type OrderFormProps } from './order-form.tsx';

type Values = { lineNo?: number; reason: string; consent: string };

export function ShortCloseForm({ order, onClose }: OrderFormProps): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const close = useApiAction('orderShortClose');
  const lines = order.lines.filter((line) => line.qty !== line.shippedQty && line.qty !== line.closedQty);
  return (
    <OrderForm<Values>
      order={order}
      name="shortClose"
      title={t('states.action.order.shortClose')}
      danger
      initialValues={{ reason: '', consent: '' }}
      onClose={onClose}
      send={({ lineNo, reason, consent }, version) =>
        close.run({
          params: { orderId: order.id },
          body: { lineNo: lineNo ?? 0, reason, ...(consent.trim() === '' ? {} : { consent }) },
          ifMatch: version,
        })
      }
    >
      <Form.Item name="lineNo" label={t('orders.line')} rules={[{ required: true, message: t('common.required') }]}>
        <Select
          options={lines.map((line) => ({
            value: line.lineNo,
            label: t('orders.lineOpen', {
              no: line.lineNo,
              product: `${line.sku} ${names.product(line)}`,
              qty: line.qty,
              shipped: line.shippedQty,
            }),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('orders.reason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item
        name="consent"
        label={t('orders.consent')}
        extra={t('orders.evidenceHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </OrderForm>
  );
}
