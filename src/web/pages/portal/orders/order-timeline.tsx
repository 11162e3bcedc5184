/** What happened to the order, in the words of the one who ordered. */
import { Button, Timeline } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../../api/hooks.ts';
import { documentPath } from '../../../lib/documents.ts';
import { Loaded, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { DateTime } from '../../../ui/values.tsx';
import type { Order } from './order-page.tsx';

/** Where the company's own words would not be the partner's. */
const WORDS: Record<string, string> = {
  'inquiry.received': 'portal.happened.inquired',
  'inquiry.asked_back': 'portal.happened.askedBack',
  'inquiry.answered': 'portal.happened.answered',
  'inquiry.converted': 'portal.happened.converted',
  'order.submitted': 'portal.happened.submitted',
  'order.terms_passed': 'portal.happened.termsPassed',
  'order.availability_passed': 'portal.happened.available',
  'order.shortage_reported': 'portal.happened.shortage',
  'order.confirmation_sent': 'portal.happened.confirmationSent',
  'order.took_effect': 'portal.happened.tookEffect',
  'order.objected': 'portal.happened.objected',
  'order.revised': 'portal.happened.revised',
  'picking.opened': 'portal.happened.preparing',
  'picking.ready': 'portal.happened.ready',
  'shipment.shipped': 'portal.happened.shipped',
  'shipment.delivered': 'portal.happened.received',
  'payment.confirmed': 'portal.happened.paid',
  'invoice.issued': 'portal.happened.invoiced',
};
/** Told already by the shipment, payment or invoice itself, or of no use to the partner. */
const DOUBLED: readonly string[] = [
  'order.picking_started',
  'order.picking_put_back',
  'order.goods_ready',
  'order.shipped',
  'order.delivered',
  'order.invoiced',
  'picking.started',
  'picking.put_back',
  'picking.shipped',
  'picking.extended',
  'payment.recorded',
  'payment.allocated',
  'order.payment_allocated',
];
/** Steps that the product takes by itself after somebody else's. */
const BY_ITSELF: readonly string[] = ['order.terms_passed', 'order.availability_passed', 'picking.opened'];

export function OrderTimeline({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(30);
  const timeline = useApiQuery(
    'orderTimeline',
    { params: { orderId: order.id }, query: { limit } },
    { keepPrevious: true },
  );
  return (
    <Section title={t('portal.timeline')}>
      <Loaded query={timeline}>
        {({ items, nextCursor }) => (
          <>
            <Timeline
              items={items
                .filter(({ type }) => !DOUBLED.includes(type))
                .map((item) => {
                  const path =
                    item.documentId === order.id ? null : documentPath('partner', item.documentType, item.documentId);
                  return {
                    key: item.id,
                    content: (
                      <div>
                        {t(WORDS[item.type] ?? `states.event.${item.type}`, item.payload)}{' '}
                        {path !== null && <PathLink to={path}>{item.documentNo ?? t('common.open')}</PathLink>}
                        <div className="qc-muted">
                          <DateTime value={item.at} />
                          {item.actorName !== null && !BY_ITSELF.includes(item.type) && ` · ${item.actorName}`}
                        </div>
                      </div>
                    ),
                  };
                })}
            />
            {nextCursor !== null && limit < 200 && (
              <Button type="link" onClick={() => setLimit(200)}>
                {t('portal.earlier')}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
