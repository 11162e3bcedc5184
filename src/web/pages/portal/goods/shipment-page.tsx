/** One shipment: what is in it, where it is, and the receipt of it. */
import { PrinterOutlined } from '@ant-design/icons';
import { useParams } from '@tanstack/react-router';
import { Alert, Button, Tag, Timeline } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, fileUrl } from '../../../api/client.ts';
import { useApiQuery } from '../../../api/hooks.ts';
import { useIsPhone } from '../../../lib/use-media.ts';
import { OrderRef } from '../../../ui/order-ref.tsx';
import { ActionBar } from '../../../ui/action-bar.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { productName } from '../../../ui/line-server.ts';
import { Facts, Loaded, Page, Section } from '../../../ui/page.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, DateTime, Qty } from '../../../ui/values.tsx';
import { Conversation } from '../../tasks/conversation.tsx';
import { ReceiptForm } from './receipt-form.tsx';
import { known } from '../known.ts';
import '../portal.css';
import { useNameOf } from '../../../i18n/use-name.ts';

export type Shipment = Answer<'shipmentGet'>;
const LIVE_MS = 30_000;

export default function ShipmentPage(): ReactElement {
  const { t } = useTranslation();
  const { shipmentId = '' } = useParams({ strict: false });
  const query = useApiQuery('shipmentGet', { params: { shipmentId } }, { refetchInterval: LIVE_MS });
  if (query.data === undefined)
    return (
      <Page
        title={t('common.menu.myShipments')}
        crumbs={[{ title: t('common.menu.myShipments'), to: '/portal/shipments' }]}
      >
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  return <ShipmentShown shipment={query.data} />;
}

function ShipmentShown({ shipment }: { shipment: Shipment }): ReactElement {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const phone = useIsPhone();
  const [receiving, setReceiving] = useState(false);
  const bar = (
    <ActionBar
      document="shipment"
      actions={shipment.allowedActions}
      run={{ deliver: { run: () => setReceiving(true), label: t('portal.receipt.confirm') } }}
    />
  );
  const open = shipment.allowedActions.some(({ action, refusals }) => action === 'deliver' && refusals.length === 0);
  return (
    <Page
      title={t('portal.shipmentOf', { no: shipment.no })}
      extra={<StateTag of="shipment" state={shipment.state} />}
      crumbs={[{ title: t('common.menu.myShipments'), to: '/portal/shipments' }]}
      actions={
        <div className="qp-actions">
          {!(phone && open) && bar}
          <Button
            icon={<PrinterOutlined />}
            href={fileUrl('shippingNotePdf', { params: { shipmentId: shipment.id } })}
            target="_blank"
          >
            {t('portal.shippingNote')}
          </Button>
        </div>
      }
      {...(phone && open ? { footer: bar } : {})}
    >
      {shipment.isLate && <Alert type="warning" showIcon title={t('portal.lateTitle')} />}
      {shipment.hasDifference && <Alert type="warning" showIcon title={t('portal.receipt.differenceTitle')} />}
      <div className="qp-columns">
        <div className="qc-stack">
          <Section title={t('portal.shipmentContent')}>
            <ul className="qp-list">
              {shipment.lines.map((line) => (
                <li key={line.lineNo}>
                  <span className="qp-what">
                    <strong>{productName(line.product)}</strong>
                    <br />
                    <span className="qc-muted">{line.product.sku}</span>
                  </span>
                  <span style={{ textAlign: 'right' }}>
                    <Qty value={line.qty} unit={line.unit} />
                    {line.receivedQty !== null && (
                      <>
                        <br />
                        <span className="qc-muted">
                          {t('portal.receipt.received')} <Qty value={line.receivedQty} />
                        </span>
                      </>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          </Section>
          <Section title={t('portal.tracking')}>
            <Tracking shipment={shipment} />
          </Section>
          <Conversation documentType="shipment" documentId={shipment.id} />
        </div>
        <Section title={t('portal.about')}>
          <Facts
            items={known([
              [t('portal.order'), <OrderRef key="order" order={shipment.order} portal />],
              [t('portal.carrier'), shipment.carrier && nameOf(shipment.carrier)],
              [t('portal.waybillNo'), shipment.waybillNo],
              [t('portal.shippedAt'), <DateTime key="at" value={shipment.shippedAt} />],
              [t('portal.arrives'), <BizDate key="on" value={shipment.expectedOn} />],
              [t('portal.address'), shipment.deliveryAddress],
              [t('portal.receiver'), [shipment.receiver, shipment.receiverPhone].filter(Boolean).join(' ')],
              [
                t('portal.receivedAt'),
                shipment.deliveredAt === null ? null : <DateTime value={shipment.deliveredAt} />,
              ],
              [t('portal.receipt.by'), shipment.receivedBy],
              [t('portal.receipt.note'), shipment.receiptNote],
            ])}
          />
        </Section>
      </div>
      <ReceiptForm shipment={shipment} open={receiving} onClose={() => setReceiving(false)} />
    </Page>
  );
}

function Tracking({ shipment }: { shipment: Shipment }): ReactElement {
  const { t } = useTranslation();
  if (shipment.tracking.length === 0) return <Empty text={t('portal.noTracking')} />;
  return (
    <Timeline
      items={shipment.tracking.map((event) => ({
        key: event.id,
        color: event.kind === 'exception' ? 'red' : 'green',
        content: (
          <div>
            {event.exceptionKind !== null && (
              <Tag color="error">{t(`states.exceptionKind.${event.exceptionKind}`)}</Tag>
            )}
            {event.place !== null && <strong>{event.place} </strong>}
            {event.note}
            <div className="qc-muted">
              <DateTime value={event.at} />
              {event.newExpectedOn !== null && (
                <>
                  {' · '}
                  {t('portal.arrives')} <BizDate value={event.newExpectedOn} />
                </>
              )}
            </div>
          </div>
        ),
      }))}
    />
  );
}
