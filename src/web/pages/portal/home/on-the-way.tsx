/** What has left the warehouse and has not been received: expected arrival, carrier, waybill. */
import { Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../../api/hooks.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Loaded, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { BizDate } from '../../../ui/values.tsx';
import { useNameOf } from '../../../i18n/use-name.ts';

const LIVE_MS = 60_000;

export function OnTheWaySection(): ReactElement {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const shipments = useApiQuery(
    'shipmentsList',
    { query: { state: 'shipped', limit: 10 } },
    { refetchInterval: LIVE_MS },
  );
  return (
    <Section title={t('portal.onTheWay')} extra={<PathLink to="/portal/shipments">{t('portal.all')}</PathLink>}>
      <Loaded query={shipments}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('portal.nothingOnTheWay')} />
          ) : (
            <ul className="qp-list">
              {items.map((shipment) => (
                <li key={shipment.id}>
                  <span className="qp-what">
                    <PathLink to={`/portal/shipments/${shipment.id}`}>
                      <span className="qc-num">{shipment.no}</span>
                    </PathLink>{' '}
                    {shipment.isLate && <Tag color="error">{t('portal.late')}</Tag>}
                    {shipment.hasException && <Tag color="warning">{t('portal.exception')}</Tag>}
                    <br />
                    <span className="qc-muted">
                      {[shipment.order.no, shipment.order.poNo].filter(Boolean).join(' · ')}
                      {shipment.carrier !== null && ` · ${nameOf(shipment.carrier)}`}
                      {shipment.waybillNo !== null && ` ${shipment.waybillNo}`}
                    </span>
                  </span>
                  <span>
                    <span className="qc-muted">{t('portal.arrives')}</span> <BizDate value={shipment.expectedOn} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
