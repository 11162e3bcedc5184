/** A deviation in words: what is agreed, what is ordered, what it means in money. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isZero } from '../../../ui/is-zero.ts';
import { Facts } from '../../../ui/page.tsx';
import { Money, Price } from '../../../ui/values.tsx';
import type { Order } from '../order-page.tsx';
import { parseTerm, useTermText } from '../term-text.ts';

export type Discrepancy = Order['discrepancies'][number];

export function Subject({ found }: { found: Discrepancy }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {t(`states.discrepancyKind.${found.kind}`)}{' '}
      <span className="qc-muted">
        {found.lineNo === null ? t('orders.wholeOrder') : t('common.lineNo', { no: found.lineNo })}
      </span>
    </>
  );
}

/** A value as its kind is read: a price, an amount, a payment term, a place. */
export function Term({
  kind,
  value,
  currency,
}: {
  kind: Discrepancy['kind'];
  value: string | null;
  currency: string;
}): ReactElement {
  const { t } = useTranslation();
  const termText = useTermText();
  if (value === null) return <span className="qc-muted">–</span>;
  switch (kind) {
    case 'price':
    case 'price_missing':
    case 'free_goods':
      return <Price value={value} currency={currency} />;
    case 'discount':
      return <Money value={value} currency={currency} />;
    case 'payment_method':
      return <>{t(`states.paymentMethod.${value}`)}</>;
    case 'payment_term': {
      const term = parseTerm(value);
      return <>{term === null ? value : termText(term)}</>;
    }
    case 'delivery_place':
      return <>{value}</>;
  }
}

/** What a deviation means in money: a difference of amounts, the cost of money, or nothing. */
export function Effect({ found, currency }: { found: Discrepancy; currency: string }): ReactElement {
  const { t } = useTranslation();
  const { effectAmount, yearlyPercent } = found;
  if (isZero(effectAmount)) return <span className="qc-muted">{t('orders.noEffect')}</span>;
  return (
    <>
      <Money value={effectAmount} currency={currency} />
      {yearlyPercent !== null && (
        <span className="qc-block qc-muted">{t('orders.costOfMoney', { percent: yearlyPercent })}</span>
      )}
    </>
  );
}

export function DiscrepancyFacts({ order, found }: { order: Order; found: Discrepancy }): ReactElement {
  const { t } = useTranslation();
  return (
    <Facts
      items={[
        [t('orders.subject'), <Subject key="subject" found={found} />],
        [t('orders.agreed'), <Term key="agreed" kind={found.kind} value={found.agreed} currency={order.currency} />],
        [t('orders.ordered'), <Term key="ordered" kind={found.kind} value={found.ordered} currency={order.currency} />],
        [t('orders.effect'), <Effect key="effect" found={found} currency={order.currency} />],
      ]}
    />
  );
}
