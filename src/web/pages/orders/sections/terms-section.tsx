/** Terms and delivery as they stand in the order. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMethodText } from '../../../ui/delivery-method.tsx';
import { Facts, Section } from '../../../ui/page.tsx';
import { BizDate, DateTime, Deadline } from '../../../ui/values.tsx';
import type { Order } from '../order-page.tsx';
import { useTermText } from '../term-text.ts';
import { PersonName } from '../../../ui/person-names.tsx';
import { useFormat } from '../../../i18n/use-format.ts';

/** The review of price and terms: when, by whom, against which version of the agreement. */
function Review({ order: { termsReview } }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  if (termsReview === null) return null;
  const { at, by, agreementNo, agreementVersion } = termsReview;
  return (
    <>
      <DateTime value={at} /> {by ?? t('orders.byProduct')}
      <div className="qc-muted">
        {agreementNo === null
          ? t('orders.noAgreement')
          : t('orders.agreementVersion', { no: agreementNo, version: agreementVersion })}
      </div>
    </>
  );
}

export function TermsSection({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const methodText = useMethodText();
  const termText = useTermText();
  const format = useFormat();
  const reserved = order.reservedUntil !== null && order.effectiveAt === null;
  return (
    <Section title={t('orders.terms')}>
      <Facts
        items={[
          [t('orders.paymentTerm'), termText(order.paymentTerm)],
          [t('orders.paymentMethod'), t(`states.paymentMethod.${order.paymentMethod}`)],
          [t('orders.requestedOn'), <BizDate key="on" value={order.requestedOn} />],
          [t('orders.deliveryMethod'), methodText(order.deliveryMethod ?? '')],
          [t('orders.address'), order.deliveryAddress],
          [t('orders.receiver'), [order.receiver, order.receiverPhone].filter(Boolean).join(' ')],
          [t('orders.pricingOn'), <BizDate key="priced" value={order.pricingOn} />],
          ...(order.termsReview === null
            ? []
            : [[t('orders.termsReview'), <Review key="review" order={order} />] as const]),
          ...(reserved
            ? [[t('orders.reservedUntil'), <Deadline key="until" value={order.reservedUntil} />] as const]
            : []),
          ...(order.cutOver === null
            ? []
            : [
                [
                  t('orders.cutOverFrom'),
                  t('orders.cutOverOn', {
                    reference: order.cutOver.reference,
                    on: format.date(order.cutOver.agreedOn),
                  }),
                ] as const,
              ]),
          [t('orders.createdAt'), <DateTime key="created" value={order.createdAt} />],
          [t('orders.createdBy'), <PersonName key="by" name={order.createdBy} />],
          ...(order.effectiveAt === null
            ? []
            : [[t('orders.effectiveAt'), <DateTime key="effective" value={order.effectiveAt} />] as const]),
        ]}
      />
      {order.note !== null && (
        <p className="qo-quote" style={{ marginTop: 12 }}>
          {order.note}
        </p>
      )}
    </Section>
  );
}
