/** Production answers for a line that its plan does not hold: by which day it can be there, or why it cannot. */
import { Form, Input, Radio } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { DateField } from '../../../ui/fields.tsx';
import { productName } from '../../../ui/line-server.ts';
import { Facts } from '../../../ui/page.tsx';
import { BizDate, Qty } from '../../../ui/values.tsx';
import { OrderForm, type OrderFormProps } from './order-form.tsx';
import { WarehouseField } from './warehouse-field.tsx';

type Values = { can: boolean; on?: string; warehouseId?: string; reason: string };

export function ProductionForm({ order, lineNo, onClose }: OrderFormProps & { lineNo: number }): ReactElement {
  const { t } = useTranslation();
  const answer = useApiAction('orderAnswerProduction');
  const asked = order.productionQuestions.find((question) => question.lineNo === lineNo && question.answer === null);
  const line = order.lines.find((row) => row.lineNo === lineNo);
  const required = [{ required: true, whitespace: true, message: t('common.required') }];
  return (
    <OrderForm<Values>
      order={order}
      name={`production.${lineNo}`}
      title={t('states.action.order.answerProduction')}
      initialValues={{ can: true, reason: '' }}
      onClose={onClose}
      send={({ can, on, warehouseId, reason }, version) =>
        answer.run({
          params: { orderId: order.id },
          body: {
            lineNo,
            ...(can && on !== undefined ? { on } : {}),
            ...(can && warehouseId !== undefined ? { warehouseId } : {}),
            ...(reason.trim() === '' ? {} : { reason }),
          },
          ifMatch: version,
        })
      }
    >
      <div style={{ marginBottom: 16 }}>
        <Facts
          items={[
            [t('orders.product'), line === undefined ? null : `${line.sku} ${productName(line)}`],
            [t('common.lines.qty'), <Qty key="qty" value={asked?.qty ?? '0'} unit={line?.unit ?? ''} />],
            [t('orders.requestedOn'), <BizDate key="on" value={asked?.wantedOn ?? null} />],
          ]}
        />
      </div>
      <Form.Item name="can" label={t('orders.production.answer')}>
        <Radio.Group
          options={[
            { value: true, label: t('orders.production.can') },
            { value: false, label: t('orders.production.cannot') },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['can']}>
        {({ getFieldValue }) =>
          getFieldValue('can') === true ? (
            <>
              <Form.Item name="on" label={t('orders.production.on')} rules={required}>
                <DateField />
              </Form.Item>
              <Form.Item name="warehouseId" label={t('orders.production.warehouse')}>
                <WarehouseField />
              </Form.Item>
              <Form.Item name="reason" label={t('orders.production.note')}>
                <Input.TextArea rows={2} maxLength={2000} />
              </Form.Item>
            </>
          ) : (
            <Form.Item name="reason" label={t('orders.reason')} rules={required}>
              <Input.TextArea rows={3} maxLength={2000} />
            </Form.Item>
          )
        }
      </Form.Item>
    </OrderForm>
  );
}
