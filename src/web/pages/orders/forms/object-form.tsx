/** The partner objected by letter: sales records the reasons, by line, with the letter. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { productName } from '../../../ui/line-server.ts';
import { OrderForm, type OrderFormProps } from './order-form.tsx';
import { ProofFields, proofOf, type ProofValues } from './proof-fields.tsx';

type Values = ProofValues & { whole?: string; lines?: Record<string, string | undefined> };

export function ObjectForm({ order, onClose }: OrderFormProps): ReactElement {
  const { t } = useTranslation();
  const object = useApiAction('orderObject');
  const reasonsOf = ({ whole = '', lines }: Values) => [
    ...(whole.trim() === '' ? [] : [{ reason: whole.trim() }]),
    ...order.lines.flatMap(({ lineNo }) => {
      const reason = lines?.[String(lineNo)]?.trim() ?? '';
      return reason === '' ? [] : [{ lineNo, reason }];
    }),
  ];
  return (
    <OrderForm<Values>
      order={order}
      name={`object.${order.round}`}
      title={t('orders.objectForPartner')}
      initialValues={{ evidence: '' }}
      onClose={onClose}
      send={(values, version) =>
        object.run({
          params: { orderId: order.id },
          body: {
            contentHash: order.rounds.at(-1)?.contentHash ?? '',
            reasons: reasonsOf(values),
            ...proofOf(values),
          },
          ifMatch: version,
        })
      }
    >
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {t('orders.objectHint')}
      </p>
      {order.lines.map((line) => (
        <Form.Item
          key={line.lineNo}
          name={['lines', String(line.lineNo)]}
          label={`${line.lineNo}. ${productName(line)}`}
        >
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={2000} />
        </Form.Item>
      ))}
      <Form.Item
        name="whole"
        label={t('orders.wholeOrder')}
        dependencies={['lines']}
        rules={[
          ({ getFieldsValue }) => ({
            validator: () =>
              reasonsOf(getFieldsValue(true) as Values).length > 0
                ? Promise.resolve()
                : Promise.reject(new Error(t('orders.objectNone'))),
          }),
        ]}
      >
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <ProofFields order={order} />
    </OrderForm>
  );
}
