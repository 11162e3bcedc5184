/** Proof of delivery: who took the goods, when, and how much of each line arrived. */
import { Form, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/client.ts';
import { useApiAction } from '../../../api/hooks.ts';
import { DecimalField } from '../../../ui/fields.tsx';
import { parseDecimal } from '../../../ui/line-editor-model.ts';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { Qty } from '../../../ui/values.tsx';
import { useNames } from '../../orders/names.ts';
import { nowInstant } from '../company-time.ts';
import { DateTimeField } from '../date-time-field.tsx';
import { usePlaceNames } from '../names.ts';
import { ExecutionForm } from './execution-form.tsx';

type Shipment = Answer<'shipmentGet'>;
type Values = { at?: string; receivedBy: string; note?: string; lines: { receivedQty?: string }[] };

const typed = (text: string | undefined): string => (text === undefined ? '' : (parseDecimal(text) ?? text));

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
      <ReceivedLines shipment={shipment} />
      <Form.Item name="note" label={t('shipping.receiptNote')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </ExecutionForm>
  );
}

function ReceivedLines({ shipment }: { shipment: Shipment }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const places = usePlaceNames();
  return (
    <div style={{ marginBottom: 16 }}>
      <PlainTable
        rows={shipment.lines.map((line, index) => ({ ...line, index }))}
        rowKey={({ lineNo }) => String(lineNo)}
        columns={[
          {
            key: 'product',
            title: t('shipping.product'),
            render: ({ product }) => (
              <>
                {names.product(product)}
                <div className="qc-muted qc-num">{product.sku}</div>
              </>
            ),
          },
          {
            key: 'of',
            title: t('shipping.shippedQty'),
            align: 'right',
            render: (line) => <Qty value={line.qty} unit={places.unit(line)} />,
          },
          {
            key: 'now',
            title: t('shipping.receivedQty'),
            width: 160,
            render: (line) => (
              <Form.Item
                name={['lines', line.index, 'receivedQty']}
                style={{ marginBottom: 0 }}
                rules={[{ required: true, message: t('common.required') }]}
              >
                <DecimalField
                  aria-label={t('shipping.receivedOf', { product: line.product.sku })}
                  suffix={places.unit(line)}
                />
              </Form.Item>
            ),
          },
        ]}
      />
    </div>
  );
}
