/** Pickings and shipments of the order. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { fileUrl } from '../../../api/client.ts';
import { useNameOf } from '../../../i18n/use-name.ts';
import { Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, DateTime } from '../../../ui/values.tsx';
import { useWarehouseName } from '../../shipping/names.ts';
import type { Order } from '../order-page.tsx';
import { Sideways } from '../../../ui/sideways.tsx';

export function ExecutionSection({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const warehouseName = useWarehouseName();
  return (
    <Section title={t('orders.execution')} extra={<StateTag of="delivery" state={order.deliveryStatus} />}>
      {order.pickings.length === 0 && order.shipments.length === 0 && (
        <p className="qc-muted">{t('orders.nothingPicked')}</p>
      )}
      <div className="qc-stack">
        {order.pickings.length > 0 && (
          <Sideways>
            <table className="qo-table">
              <thead>
                <tr>
                  <th scope="col">{t('states.document.picking')}</th>
                  <th scope="col">{t('orders.warehouse')}</th>
                  <th scope="col">{t('orders.state')}</th>
                  <th scope="col">{t('orders.readyBy')}</th>
                </tr>
              </thead>
              <tbody>
                {order.pickings.map((picking) => (
                  <tr key={picking.id}>
                    <td>
                      <PathLink to={`/pickings/${picking.id}`}>{picking.no}</PathLink>
                    </td>
                    <td>{warehouseName(picking.warehouseName)}</td>
                    <td>
                      <StateTag of="picking" state={picking.state} />
                    </td>
                    <td>
                      <BizDate value={picking.readyByOn} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Sideways>
        )}
        {order.shipments.length > 0 && <Shipments order={order} />}
      </div>
    </Section>
  );
}

function Shipments({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  return (
    <Sideways>
      <table className="qo-table">
        <thead>
          <tr>
            <th scope="col">{t('states.document.shipment')}</th>
            <th scope="col">{t('orders.state')}</th>
            <th scope="col">{t('orders.carrier')}</th>
            <th scope="col">{t('orders.waybillNo')}</th>
            <th scope="col">{t('orders.shippedAt')}</th>
            <th scope="col">{t('orders.expectedOn')}</th>
            <th scope="col">{t('orders.deliveredAt')}</th>
            <th scope="col">
              <span className="qc-visually-hidden">{t('orders.print')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {order.shipments.map((shipment) => (
            <tr key={shipment.id}>
              <td>
                <PathLink to={`/shipments/${shipment.id}`}>{shipment.no}</PathLink>
              </td>
              <td>
                <StateTag of="shipment" state={shipment.state} />
              </td>
              <td>
                {shipment.carrierName !== null &&
                  nameOf({ name: shipment.carrierName, nameEn: shipment.carrierNameEn })}
              </td>
              <td className="qc-num">{shipment.waybillNo}</td>
              <td>
                <DateTime value={shipment.shippedAt} />
              </td>
              <td>
                <BizDate value={shipment.expectedOn} />
              </td>
              <td>
                <DateTime value={shipment.deliveredAt} />
              </td>
              <td>
                <a
                  href={fileUrl('shippingNotePdf', { params: { shipmentId: shipment.id } })}
                  target="_blank"
                  rel="noreferrer"
                >
                  {t('orders.shippingNote')}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sideways>
  );
}
