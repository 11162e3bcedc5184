/** The last orders, each to be ordered again with one press: a new draft with the same lines at today's prices. */
import { RedoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../../api/hooks.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Loaded, Section } from '../../../ui/page.tsx';
import { PathLink, useGo } from '../../../ui/path-link.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { DateTime, Money } from '../../../ui/values.tsx';

export function OrderAgainSection(): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const [copying, setCopying] = useState<string | null>(null);
  const copy = useApiAction('orderCopy');
  const orders = useApiQuery('orderList', {
    query: { state: ['in_effect', 'completed'], sort: '-created', limit: 6 },
  });
  const again = async (orderId: string) => {
    setCopying(orderId);
    const made = await copy.attempt({ params: { orderId } });
    setCopying(null);
    if (made !== undefined) go(`/portal/orders/${made.id}/edit`);
  };
  return (
    <Section title={t('portal.orderAgain')} extra={<PathLink to="/portal/orders">{t('portal.allOrders')}</PathLink>}>
      <ProblemAlert problem={copy.problem} onClose={copy.clear} />
      <Loaded query={orders}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('portal.noOrdersYet')}>
              <Button onClick={() => go('/portal/orders/new')}>{t('portal.newOrder')}</Button>
            </Empty>
          ) : (
            <ul className="qp-list">
              {items.map((order) => (
                <li key={order.id}>
                  <span className="qp-what">
                    <PathLink to={`/portal/orders/${order.id}`}>
                      <span className="qc-num">{order.no}</span>
                    </PathLink>
                    {order.customerName !== null && ` ${order.customerName}`}
                    <br />
                    <span className="qc-muted">
                      <DateTime value={order.createdAt} />
                      {order.poNo !== null && ` · ${order.poNo}`}
                    </span>
                  </span>
                  <Money value={order.grossAmount} currency={order.currency} />
                  <Button
                    icon={<RedoOutlined />}
                    loading={copying === order.id}
                    disabled={copying !== null && copying !== order.id}
                    aria-label={t('portal.againOf', { no: order.no })}
                    onClick={() => void again(order.id)}
                  >
                    {t('portal.again')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
