/** The payment term in a form: `paymentTerm.kind`, `.days`, `.depositRate`, `.parts`. */
import { Form, InputNumber, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PAYMENT_TERM_KINDS } from '../../../contract/orders.ts';
import type { PaymentTerm } from '../orders/term-text.ts';
import { PercentField } from './percent-field.tsx';

export type TermValues = {
  kind: PaymentTerm['kind'];
  days?: number | null | undefined;
  depositRate?: string | undefined;
  parts?: number | null | undefined;
};

export const FIRST_TERM: TermValues = { kind: 'prepaid' };

/** Only what belongs to the kind goes over the wire. */
export function termOf({ kind, days, depositRate, parts }: TermValues): PaymentTerm {
  const inDays = { days: days ?? 0 };
  switch (kind) {
    case 'prepaid':
      return { kind };
    case 'deposit_balance':
      return { kind, ...inDays, depositRate: depositRate ?? '0' };
    case 'net_days':
    case 'month_end_days':
      return { kind, ...inDays };
    case 'instalments':
      return { kind, ...inDays, parts: parts ?? 2 };
  }
}

export function PaymentTermFields(): ReactElement {
  const { t } = useTranslation();
  const kind: unknown = Form.useWatch(['paymentTerm', 'kind']);
  return (
    <>
      <Form.Item name={['paymentTerm', 'kind']} label={t('partners.paymentTerm')} rules={[{ required: true }]}>
        <Select options={PAYMENT_TERM_KINDS.map((value) => ({ value, label: t(`states.paymentTerm.${value}`) }))} />
      </Form.Item>
      {kind === 'deposit_balance' && (
        <Form.Item name={['paymentTerm', 'depositRate']} label={t('partners.depositPercent')}>
          <PercentField />
        </Form.Item>
      )}
      {kind !== undefined && kind !== 'prepaid' && (
        <Form.Item name={['paymentTerm', 'days']} label={t('partners.termDays')}>
          <InputNumber min={0} max={365} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      )}
      {kind === 'instalments' && (
        <Form.Item name={['paymentTerm', 'parts']} label={t('partners.termParts')}>
          <InputNumber min={2} max={36} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      )}
    </>
  );
}
