/** Orders that wait for the partner's answer, and inquiries in which something is missing. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../../api/client.ts';
import { useApiQuery } from '../../../api/hooks.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Loaded, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Deadline, Money } from '../../../ui/values.tsx';

const LIVE_MS = 30_000;

export function WaitingSection(): ReactElement {
  const { t } = useTranslation();
  const orders = useApiQuery(
    'orderList',
    { query: { state: ['awaiting_partner', 'shortage', 'draft'], sort: '-created', limit: 20 } },
    { refetchInterval: LIVE_MS },
  );
  const inquiries = useApiQuery(
    'inquiryList',
    { query: { state: 'needs_data', limit: 10 } },
    { refetchInterval: LIVE_MS },
  );
  return (
    <Section title={t('portal.waiting')}>
      <Loaded query={orders}>
        {({ items }) => (
          <Loaded query={inquiries}>
            {(asked) =>
              items.length + asked.items.length === 0 ? (
                <Empty text={t('portal.nothingWaits')} />
              ) : (
                <ul className="qp-list">
                  {items
                    .filter(({ state }) => state !== 'draft')
                    .map((order) => (
                      <WaitingOrder key={order.id} order={order} />
                    ))}
                  {asked.items.map((inquiry) => (
                    <WaitingInquiry key={inquiry.id} inquiry={inquiry} />
                  ))}
                  {items
                    .filter(({ state }) => state === 'draft')
                    .map((order) => (
                      <WaitingOrder key={order.id} order={order} />
                    ))}
                </ul>
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Section>
  );
}

const ASK: Partial<Record<Item<'orderList'>['state'], string>> = {
  awaiting_partner: 'portal.ask.confirm',
  shortage: 'portal.ask.shortage',
  draft: 'portal.ask.draft',
};

function WaitingOrder({ order }: { order: Item<'orderList'> }): ReactElement {
  const { t } = useTranslation();
  const ask = ASK[order.state];
  return (
    <li>
      <span className="qp-what">
        <PathLink to={`/portal/orders/${order.id}`}>{ask === undefined ? order.no : t(ask)}</PathLink>
        <br />
        <span className="qc-muted">
          <span className="qc-num">{order.no}</span>
          {order.poNo !== null && ` · ${order.poNo}`}
          {order.customerName !== null && ` · ${order.customerName}`}
        </span>
      </span>
      <Money value={order.grossAmount} currency={order.currency} />
      {order.state === 'draft' ? (
        <StateTag of="order" state={order.state} />
      ) : (
        order.dueAt !== null && <Deadline value={order.dueAt} />
      )}
    </li>
  );
}

function WaitingInquiry({ inquiry }: { inquiry: Item<'inquiryList'> }): ReactElement {
  const { t } = useTranslation();
  return (
    <li>
      <span className="qp-what">
        <PathLink to={`/portal/inquiries/${inquiry.id}`}>{t('portal.ask.gaps', { count: inquiry.gapCount })}</PathLink>
        <br />
        <span className="qc-muted">
          <span className="qc-num">{inquiry.no}</span>
          {inquiry.customerName !== null && ` · ${inquiry.customerName}`}
        </span>
      </span>
      {inquiry.dueAt !== null && <Deadline value={inquiry.dueAt} />}
    </li>
  );
}
