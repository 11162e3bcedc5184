/** The reasons of an objection, on the lines or on the whole order: as the partner writes them, or sales for it. */
import { Form, Input } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order } from '../order-page.tsx';

export type Objection = { whole?: string; lines?: Record<string, string | undefined> };

export const reasonsOf = (order: Order, { whole = '', lines }: Objection) => [
  ...(whole.trim() === '' ? [] : [{ reason: whole.trim() }]),
  ...order.lines.flatMap(({ lineNo }) => {
    const reason = lines?.[String(lineNo)]?.trim() ?? '';
    return reason === '' ? [] : [{ lineNo, reason }];
  }),
];

type ObjectionFieldsProps = {
  order: Order;
  hint: string;
  label: (line: Order['lines'][number]) => ReactNode;
  placeholder?: string;
};

export function ObjectionFields({ order, hint, label, placeholder }: ObjectionFieldsProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {hint}
      </p>
      {order.lines.map((line) => (
        <Form.Item key={line.lineNo} name={['lines', String(line.lineNo)]} label={label(line)}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={2000} placeholder={placeholder} />
        </Form.Item>
      ))}
      <Form.Item
        name="whole"
        label={t('orders.wholeOrder')}
        dependencies={['lines']}
        rules={[
          ({ getFieldsValue }) => ({
            validator: () =>
              reasonsOf(order, getFieldsValue(true) as Objection).length > 0
                ? Promise.resolve()
                : Promise.reject(new Error(t('orders.objectNone'))),
          }),
        ]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </>
  );
}
