/** One deviation from the agreement is settled: taken back, agreed by the partner on record, or approved. */
import { Form, Input, Radio } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { useCan } from '../../../session.tsx';
import { DiscrepancyFacts } from '../sections/discrepancy-facts.tsx';
import { OrderForm, type OrderFormProps } from './order-form.tsx';

type How = 'take_back' | 'agreed_by_partner' | 'approve';

export function DiscrepancyForm({
  order,
  discrepancyId,
  onClose,
}: OrderFormProps & { discrepancyId: string }): ReactElement | null {
  const { t } = useTranslation();
  const can = useCan();
  const settle = useApiAction('orderSettleDiscrepancy');
  const found = order.discrepancies.find(({ id }) => id === discrepancyId);
  if (found === undefined) return null;
  const options: { value: How; label: string; hint: string }[] = [
    ...(found.kind === 'price_missing'
      ? []
      : [{ value: 'take_back' as const, label: t('orders.takeBack'), hint: t('orders.takeBackHint') }]),
    ...(found.needsApproval
      ? []
      : [
          {
            value: 'agreed_by_partner' as const,
            label: t('orders.agreedByPartner'),
            hint: t('orders.agreedByPartnerHint'),
          },
        ]),
    ...(can('order.approve_discrepancy')
      ? [{ value: 'approve' as const, label: t('orders.approve'), hint: t('orders.approveHint') }]
      : []),
  ];
  const first: How = can('order.approve_discrepancy') ? 'approve' : (options[0]?.value ?? 'agreed_by_partner');
  return (
    <OrderForm<{ how: How; evidence?: string }>
      order={order}
      name={`discrepancy.${discrepancyId}`}
      title={t('orders.settleDiscrepancy')}
      initialValues={{ how: first }}
      onClose={onClose}
      send={({ how, evidence }, version) =>
        settle.run({
          params: { orderId: order.id },
          body: { discrepancyId, how, ...((evidence ?? '').trim() === '' ? {} : { evidence }) },
          ifMatch: version,
        })
      }
    >
      <div style={{ marginBottom: 16 }}>
        <DiscrepancyFacts order={order} found={found} />
      </div>
      <Form.Item name="how" label={t('orders.how')}>
        <Radio.Group>
          <div className="qc-stack" style={{ gap: 8 }}>
            {options.map(({ value, label, hint }) => (
              <Radio key={value} value={value}>
                <strong>{label}</strong>
                <span className="qc-block qc-muted">{hint}</span>
              </Radio>
            ))}
          </div>
        </Radio.Group>
      </Form.Item>
      <Form.Item<{ how: How; evidence?: string }> noStyle shouldUpdate={(a, b) => a.how !== b.how}>
        {({ getFieldValue }) =>
          getFieldValue('how') === 'take_back' ? null : (
            <Form.Item
              name="evidence"
              label={t(getFieldValue('how') === 'approve' ? 'orders.remark' : 'orders.evidence')}
              extra={getFieldValue('how') === 'approve' ? undefined : t('orders.evidenceHint')}
              rules={
                getFieldValue('how') === 'agreed_by_partner'
                  ? [{ required: true, whitespace: true, message: t('common.required') }]
                  : []
              }
            >
              <Input.TextArea rows={3} maxLength={2000} />
            </Form.Item>
          )
        }
      </Form.Item>
    </OrderForm>
  );
}
