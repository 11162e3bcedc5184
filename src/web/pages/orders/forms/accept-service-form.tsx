/** Services and freight are accepted instead of shipped. */
import { Checkbox, Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { useNames } from '../names.ts';
import { OrderForm, type OrderFormProps } from './order-form.tsx';

type Values = { lineNos: number[]; note: string };
const SERVICES: readonly string[] = ['service', 'freight'];

export function AcceptServiceForm({ order, onClose }: OrderFormProps): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const accept = useApiAction('orderAcceptService');
  const lines = order.lines.filter((line) => SERVICES.includes(line.kind) && line.deliveredQty !== line.qty);
  return (
    <OrderForm<Values>
      order={order}
      name="acceptService"
      title={t('states.action.order.acceptService')}
      initialValues={{ lineNos: lines.map(({ lineNo }) => lineNo), note: '' }}
      onClose={onClose}
      send={({ lineNos, note }, version) =>
        accept.run({
          params: { orderId: order.id },
          body: { lineNos, ...(note.trim() === '' ? {} : { note }) },
          ifMatch: version,
        })
      }
    >
      <Form.Item
        name="lineNos"
        label={t('orders.servicesDone')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <Checkbox.Group>
          <div className="qc-stack" style={{ gap: 8 }}>
            {lines.map((line) => (
              <Checkbox key={line.lineNo} value={line.lineNo}>
                {t('common.lineNo', { no: line.lineNo })} · {line.sku} {names.product(line)}
              </Checkbox>
            ))}
          </div>
        </Checkbox.Group>
      </Form.Item>
      <Form.Item name="note" label={t('orders.remark')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </OrderForm>
  );
}
