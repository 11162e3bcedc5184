/** Payment method and term, order discount and note. Anything but what is agreed is a deviation that has to be settled. */
import { Input, InputNumber, Select, Space } from 'antd';
import { memo, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PAYMENT_METHODS, PAYMENT_TERM_KINDS } from '../../../../contract/orders.ts';
import { useApiQuery } from '../../../api/hooks.ts';
import { FieldFrame } from '../../../ui/field.tsx';
import { DecimalField } from '../../../ui/fields.tsx';
import { type PaymentTerm, useTermText } from '../term-text.ts';
import type { DiscountIn } from '../order-editor-model.ts';
import { type HeadProps, sameHead } from './head.ts';
import { percentOfRate, rateOfPercent } from './percent.ts';

const AGREED = 'agreed';
const WITH_DAYS: readonly string[] = ['deposit_balance', 'net_days', 'month_end_days', 'instalments'];

export const TermFields = memo(function TermFields({ typed, change }: HeadProps): ReactElement {
  const { t } = useTranslation();
  const termText = useTermText();
  const partner = useApiQuery(
    'partnerGet',
    { params: { partnerId: typed.partner?.value ?? '' } },
    { enabled: typed.partner !== null, staleTime: 60_000 },
  );
  // The agreement in force says more than the file.
  const agreed = partner.data?.agreements.find(({ inForce }) => inForce)?.paymentTerm ?? partner.data?.paymentTerm;
  const method = partner.data?.paymentMethod;
  const { term } = typed;
  const set = (patch: Partial<PaymentTerm>) => term !== null && change({ term: { ...term, ...patch } });
  return (
    <div className="qo-form-grid">
      <FieldFrame
        label={t('orders.paymentMethod')}
        htmlFor="order-payment-method"
        hint={typed.method === null ? undefined : t('orders.termHint')}
      >
        <Select
          id="order-payment-method"
          value={typed.method ?? AGREED}
          options={[
            {
              value: AGREED,
              label:
                method === undefined
                  ? t('orders.termAgreed')
                  : t('orders.termAgreedAs', { term: t(`states.paymentMethod.${method}`) }),
            },
            ...PAYMENT_METHODS.map((value) => ({ value, label: t(`states.paymentMethod.${value}`) })),
          ]}
          onChange={(value: string) => change({ method: PAYMENT_METHODS.find((known) => known === value) ?? null })}
        />
      </FieldFrame>
      <FieldFrame
        label={t('orders.paymentTerm')}
        htmlFor="order-term"
        hint={term === null ? undefined : t('orders.termHint')}
      >
        <Select
          id="order-term"
          value={term?.kind ?? AGREED}
          options={[
            {
              value: AGREED,
              label:
                agreed === undefined ? t('orders.termAgreed') : t('orders.termAgreedAs', { term: termText(agreed) }),
            },
            ...PAYMENT_TERM_KINDS.map((value) => ({ value, label: t(`states.paymentTerm.${value}`) })),
          ]}
          onChange={(value: string) => {
            const kind = PAYMENT_TERM_KINDS.find((known) => known === value);
            change({ term: kind === undefined ? null : firstTerm(kind) });
          }}
        />
      </FieldFrame>
      {term?.kind === 'deposit_balance' && (
        <FieldFrame label={t('orders.depositPercent')} htmlFor="order-deposit">
          <DecimalField
            id="order-deposit"
            suffix="%"
            value={percentOfRate(term.depositRate ?? '0')}
            onChange={(percent) =>
              set({ depositRate: /^\d{1,3}(\.\d{1,4})?$/.test(percent ?? '') ? rateOfPercent(percent ?? '0') : '0' })
            }
          />
        </FieldFrame>
      )}
      {term !== null && WITH_DAYS.includes(term.kind) && (
        <FieldFrame label={t('orders.days')} htmlFor="order-days">
          <InputNumber
            id="order-days"
            min={0}
            max={365}
            precision={0}
            value={term.days ?? 0}
            onChange={(days) => set({ days: days ?? 0 })}
            style={{ width: '100%' }}
          />
        </FieldFrame>
      )}
      {term?.kind === 'instalments' && (
        <FieldFrame label={t('orders.parts')} htmlFor="order-parts">
          <InputNumber
            id="order-parts"
            min={2}
            max={36}
            precision={0}
            value={term.parts ?? 2}
            onChange={(parts) => set({ parts: parts ?? 2 })}
            style={{ width: '100%' }}
          />
        </FieldFrame>
      )}
      <FieldFrame label={t('orders.orderDiscount')} htmlFor="order-discount" hint={t('orders.discountHint')}>
        <Space.Compact block>
          <DecimalField
            id="order-discount"
            value={typed.orderDiscount}
            onChange={(orderDiscount) => change({ orderDiscount: orderDiscount ?? '' })}
          />
          <Select<DiscountIn>
            aria-label={t('orders.discountIn')}
            style={{ width: 110 }}
            // A draft of earlier days has an amount.
            value={typed.discountIn === 'percent' ? 'percent' : 'amount'}
            options={[
              { value: 'amount', label: t('orders.discountAsAmount') },
              { value: 'percent', label: '%' },
            ]}
            onChange={(discountIn) => change({ discountIn })}
          />
        </Space.Compact>
      </FieldFrame>
      <FieldFrame label={t('orders.remark')} wide htmlFor="order-note">
        <Input.TextArea
          id="order-note"
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
          value={typed.note}
          onChange={(event) => change({ note: event.target.value })}
        />
      </FieldFrame>
    </div>
  );
}, sameHead);

function firstTerm(kind: PaymentTerm['kind']): PaymentTerm {
  switch (kind) {
    case 'prepaid':
      return { kind };
    case 'deposit_balance':
      return { kind, depositRate: '0.3', days: 30 };
    case 'net_days':
    case 'month_end_days':
      return { kind, days: 30 };
    case 'instalments':
      return { kind, parts: 3, days: 30 };
  }
}
