/** Proof of delivery: who took the goods, when, and how much of each line arrived. */
import { Form, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/client.ts';
import { useApiAction } from '../../../api/hooks.ts';
import { nowInstant } from '../company-time.ts';
import { DateTimeField } from '../date-time-field.tsx';
import { CountedLines, typed } from './counted-lines.tsx';
import { ExecutionForm } from './execution-form.tsx';

type Shipment = Answer<'shipmentGet'>;
type Values = { at?: string; receivedBy: string; note?: string; lines: { receivedQty?: string }[] };

export function DeliverForm({ shipment, onClose }: { shipment: Shipment; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const deliver = useApiAction('shipmentDeliver');
  const [now] = useState(nowInstant);
  return (
    <ExecutionForm<Values>
      kind="shipment"
      on={shipment}
      name="deliver"
      title={t('states.action.shipment.deliver')}
      width={720}
      initialValues={{
        at: now,
        receivedBy: shipment.receiver ?? '',
        lines: shipment.lines.map(({ qty }) => ({ receivedQty: qty })),
      }}
      onClose={onClose}
      send={(values, version) =>
        deliver.run({
          params: { shipmentId: shipment.id },
          body: {
            at: values.at ?? '',
            receivedBy: values.receivedBy,
            ...((values.note ?? '').trim() === '' ? {} : { note: values.note }),
            lines: shipment.lines.map(({ lineNo }, index) => ({
              lineNo,
              receivedQty: typed(values.lines[index]?.receivedQty),
            })),
          },
          ifMatch: version,
        })
      }
    >
      <div className="qo-form-grid">
        <Form.Item
          name="at"
          label={t('shipping.deliveredAt')}
          rules={[{ required: true, message: t('common.required') }]}
        >
          <DateTimeField />
        </Form.Item>
        <Form.Item
          name="receivedBy"
          label={t('shipping.receivedBy')}
          rules={[{ required: true, whitespace: true, message: t('common.required') }]}
        >
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <p className="qc-muted" style={{ marginBottom: 8 }}>
        {t('shipping.deliverHint')}
      </p>
      <CountedLines
        lines={shipment.lines}
        titles={[t('shipping.shippedQty'), t('shipping.receivedQty')]}
        field="receivedQty"
        labelOf={(product) => t('shipping.receivedOf', { product })}
      />
      <Form.Item name="note" label={t('shipping.receiptNote')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </ExecutionForm>
  );
}
