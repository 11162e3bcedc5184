/** Shipments of an order: on the way, arrived, received. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNameOf } from '../../../i18n/use-name.ts';
import { useCan } from '../../../session.tsx';
import { Section } from '../../../ui/page.tsx';
import { PathLink, useGo } from '../../../ui/path-link.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, DateTime } from '../../../ui/values.tsx';
import type { Order } from './order-page.tsx';

export function GoodsSection({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  const nameOf = useNameOf();
  if (order.effectiveAt === null) return null;
  return (
    <Section title={t('portal.goods')} extra={<StateTag of="delivery" state={order.deliveryStatus} />}>
      {order.shipments.length === 0 ? (
        <p className="qc-muted">{t('portal.nothingShipped')}</p>
      ) : (
        <ul className="qp-list">
          {order.shipments.map((shipment) => (
            <li key={shipment.id}>
              <span className="qp-what">
                <PathLink to={`/portal/shipments/${shipment.id}`}>
                  <span className="qc-num">{shipment.no}</span>
                </PathLink>{' '}
                <StateTag of="shipment" state={shipment.state} />
                <br />
                <span className="qc-muted">
                  {[
                    shipment.carrierName !== null &&
                      nameOf({ name: shipment.carrierName, nameEn: shipment.carrierNameEn }),
                    shipment.waybillNo,
                  ]
                    .filter(Boolean)
                    .join(' ')}{' '}
                  {shipment.deliveredAt === null ? (
                    <>
                      {t('portal.arrives')} <BizDate value={shipment.expectedOn} />
                    </>
                  ) : (
                    <>
                      {t('portal.receivedAt')} <DateTime value={shipment.deliveredAt} />
                    </>
                  )}
                </span>
              </span>
              {shipment.state === 'shipped' && can('shipment.deliver') && (
                <Button onClick={() => go(`/portal/shipments/${shipment.id}`)}>{t('portal.receipt.confirm')}</Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
