/** All that happened to the order and its documents, newest first. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../../api/hooks.ts';
import { Loaded, Section } from '../../../ui/page.tsx';
import { Timeline } from '../../../ui/timeline.tsx';
import type { Order } from '../order-page.tsx';

const FIRST = 20;
const ALL = 200;

export function TimelineSection({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(FIRST);
  const timeline = useApiQuery(
    'orderTimeline',
    { params: { orderId: order.id }, query: { limit } },
    { keepPrevious: true, refetchInterval: 15_000 },
  );
  return (
    <Section title={t('orders.timeline')}>
      <Loaded query={timeline}>
        {({ items, nextCursor }) => (
          <>
            <Timeline items={items} here={order.id} />
            {nextCursor !== null && limit === FIRST && (
              <Button type="link" onClick={() => setLimit(ALL)}>
                {t('orders.showAll')}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
