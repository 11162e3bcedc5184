/** For whom, where to, on which terms. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMethodText } from '../../../ui/delivery-method.tsx';
import { Facts, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { BizDate, DateTime } from '../../../ui/values.tsx';
import type { Order } from './order-page.tsx';
import { useTermText } from '../../orders/term-text.ts';
import { known } from '../known.ts';

export function AboutOrder({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const termText = useTermText();
  const methodText = useMethodText();
  return (
    <Section title={t('portal.about')}>
      <Facts
        items={known([
          [t('portal.poNo'), order.poNo],
          [t('portal.customer'), order.ownStock ? t('portal.ownStock') : order.customerName],
          [t('portal.requestedOn'), order.requestedOn === null ? null : <BizDate value={order.requestedOn} />],
          [t('portal.address'), order.deliveryAddress],
          [t('portal.receiver'), [order.receiver, order.receiverPhone].filter(Boolean).join(' ')],
          [t('portal.deliveryMethod'), order.deliveryMethod === null ? null : methodText(order.deliveryMethod)],
          [t('portal.term'), termText(order.paymentTerm)],
          [t('portal.contact'), order.salesOwner?.name],
          [
            t('portal.fromInquiry'),
            order.inquiry === null ? null : (
              <PathLink to={`/portal/inquiries/${order.inquiry.id}`}>{order.inquiry.no}</PathLink>
            ),
          ],
          [t('portal.createdAt'), <DateTime key="at" value={order.createdAt} />],
          [t('portal.note'), order.note],
        ])}
      />
    </Section>
  );
}
