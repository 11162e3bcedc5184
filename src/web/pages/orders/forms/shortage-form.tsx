/** The partner's answer to a shortage, line by line: later, in parts, another product, or less. */
import { Form, Input, Radio } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { useNames } from '../names.ts';
import { choiceOf, optionKey, ShortageWords } from '../shortage-option.tsx';
import { OrderForm, type OrderFormProps } from './order-form.tsx';
import { useUnitName } from '../../../ui/unit-names.tsx';
import { useFormat } from '../../../i18n/use-format.ts';

type Values = { choices: Record<string, string | undefined>; evidence: string };

export function ShortageForm({ order, onClose }: OrderFormProps): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const format = useFormat();
  const unitName = useUnitName();
  const settle = useApiAction('orderSettleShortage');
  const lineNos = [...new Set(order.shortages.map(({ lineNo }) => lineNo))].sort((a, b) => a - b);
  return (
    <OrderForm<Values>
      order={order}
      name={`shortage.${order.version}`}
      title={t('states.action.order.settleShortage')}
      initialValues={{ choices: {}, evidence: '' }}
      width={680}
      onClose={onClose}
      send={({ choices, evidence }, version) =>
        settle.run({
          params: { orderId: order.id },
          body: {
            lines: lineNos.flatMap((lineNo) => choiceOf(order.shortages, lineNo, choices[String(lineNo)])),
            evidence,
          },
          ifMatch: version,
        })
      }
    >
      {lineNos.map((lineNo) => {
        const line = order.lines.find((row) => row.lineNo === lineNo);
        return (
          <Form.Item
            key={lineNo}
            name={['choices', String(lineNo)]}
            label={`${t('common.lineNo', { no: lineNo })} · ${line === undefined ? '' : `${line.sku} ${names.product(line)} × ${format.qty(line.qty)} ${unitName(line.unit)}`}`}
            rules={[{ required: true, message: t('orders.chooseOption') }]}
          >
            <Radio.Group style={{ width: '100%' }}>
              <div className="qo-choice">
                {order.shortages
                  .filter((option) => option.lineNo === lineNo)
                  .map((option) => (
                    <Radio key={optionKey(option)} value={optionKey(option)}>
                      <ShortageWords option={option} unit={line?.unit ?? ''} currency={order.currency} />
                    </Radio>
                  ))}
              </div>
            </Radio.Group>
          </Form.Item>
        );
      })}
      <Form.Item
        name="evidence"
        label={t('orders.evidence')}
        extra={t('orders.evidenceHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </OrderForm>
  );
}
