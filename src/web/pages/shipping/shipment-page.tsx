/** One shipment: what is in it, where it is, whether it arrived in full, and the ways back. */
import { useParams } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, fileUrl } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { OrderRef } from '../../ui/order-ref.tsx';
import { ActionBar } from '../../ui/action-bar.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BizDate, DateTime, Qty } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { Conversation } from '../tasks/conversation.tsx';
import { DeliverForm } from './forms/deliver-form.tsx';
import { type ShipmentReason, ShipmentReasonForm } from './forms/reason-form.tsx';
import { TrackForm } from './forms/track-form.tsx';
import { usePlaceNames } from './names.ts';
import { PrintMenu } from './print-menu.tsx';
import { ExecutionProgress } from './progress.tsx';
import { ShipmentTags } from './shipment-list.tsx';
import { TrackingSection } from './tracking-section.tsx';
import '../orders/orders.css';
import { useNameOf } from '../../i18n/use-name.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LineProduct } from './line-product.tsx';

type Shipment = Answer<'shipmentGet'>;
type Line = Shipment['lines'][number];

const LIVE_MS = 5_000;
const STAGES = ['shipped', 'delivered'] as const;

export default function ShipmentPage(): ReactElement {
  const { t } = useTranslation();
  const { shipmentId } = useParams({ strict: false });
  const query = useApiQuery('shipmentGet', { params: { shipmentId: shipmentId ?? '' } }, { refetchInterval: LIVE_MS });
  const crumbs = [{ title: t('common.menu.shipments'), to: '/shipments' }];
  const shipment = query.data;
  if (shipment === undefined)
    return (
      <Page title={t('states.document.shipment')} crumbs={crumbs}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  return (
    <Page
      title={t('shipping.shipmentOf', { no: shipment.no })}
      crumbs={crumbs}
      extra={<ShipmentTags row={shipment} />}
      actions={
        <PrintMenu
          label={t('shipping.printShippingNote')}
          urlOf={(language) => fileUrl('shippingNotePdf', { params: { shipmentId: shipment.id }, query: { language } })}
        />
      }
    >
      <ExecutionProgress
        kind="shipment"
        stages={STAGES}
        state={shipment.state}
        holder={shipment.holder}
        trouble={shipment.isLate || shipment.hasException || shipment.hasDifference}
      />
      <ShipmentActions key={shipment.id} shipment={shipment} />
      <div className="qo-columns">
        <div className="qc-stack">
          <ShipmentLines shipment={shipment} />
          <TrackingSection tracking={shipment.tracking} />
        </div>
        <div className="qc-stack">
          <ShipmentFacts shipment={shipment} />
          <Conversation documentType="shipment" documentId={shipment.id} />
        </div>
      </div>
    </Page>
  );
}

function ShipmentActions({ shipment }: { shipment: Shipment }): ReactElement {
  const [open, setOpen] = useState<'track' | 'deliver' | ShipmentReason | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <ActionBar
        document="shipment"
        actions={shipment.allowedActions}
        run={{
          track: () => setOpen('track'),
          deliver: () => setOpen('deliver'),
          settleDifference: () => setOpen('settleDifference'),
          undeliver: { run: () => setOpen('undeliver'), danger: true },
          reverse: { run: () => setOpen('reverse'), danger: true },
        }}
      />
      {open === 'track' && <TrackForm shipment={shipment} onClose={close} />}
      {open === 'deliver' && <DeliverForm shipment={shipment} onClose={close} />}
      {(open === 'undeliver' || open === 'settleDifference' || open === 'reverse') && (
        <ShipmentReasonForm shipment={shipment} action={open} onClose={close} />
      )}
    </>
  );
}

function ShipmentLines({ shipment }: { shipment: Shipment }): ReactElement {
  const { t } = useTranslation();
  const places = usePlaceNames();
  const withLoss = shipment.lines.some(({ lostQty }) => lostQty !== '0');
  return (
    <Section title={t('shipping.lines')}>
      <PlainTable
        rows={shipment.lines}
        rowKey={({ lineNo }) => String(lineNo)}
        columns={[
          {
            key: 'product',
            title: t('shipping.product'),
            render: (line) => <LineProduct line={line} />,
          },
          {
            key: 'shipped',
            title: t('shipping.shippedQty'),
            align: 'right',
            render: (line) => <Qty value={line.qty} unit={places.unit(line)} />,
          },
          {
            key: 'received',
            title: t('shipping.receivedQty'),
            align: 'right',
            render: ({ qty, receivedQty }) => (
              <span className={receivedQty !== null && receivedQty !== qty ? 'qc-overdue' : undefined}>
                <Qty value={receivedQty} />
              </span>
            ),
          },
          ...(withLoss
            ? [
                {
                  key: 'lost',
                  title: t('shipping.lostQty'),
                  align: 'right' as const,
                  render: ({ lostQty }: Line) => <Qty value={lostQty} />,
                },
              ]
            : []),
        ]}
      />
      {shipment.receiptNote !== null && (
        <p className="qo-quote" style={{ marginTop: 12 }}>
          {shipment.receiptNote}
        </p>
      )}
    </Section>
  );
}

function ShipmentFacts({ shipment }: { shipment: Shipment }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const places = usePlaceNames();
  const nameOf = useNameOf();
  const { order } = shipment;
  return (
    <section className="qc-card" aria-label={t('shipping.summary')}>
      <Facts
        items={[
          [t('shipping.order'), <OrderRef key="order" order={order} />],
          [t('shipping.deliveryStatus'), <StateTag key="delivery" of="delivery" state={order.deliveryStatus} />],
          [
            t('shipping.partner'),
            <PathLink key="partner" to={`/partners/${order.partner.id}`}>
              {names.partner(order.partner)}
            </PathLink>,
          ],
          [t('shipping.customer'), order.customerName],
          [t('shipping.warehouse'), places.place(shipment.warehouse)],
          [t('shipping.carrier'), shipment.carrier && nameOf(shipment.carrier)],
          [t('shipping.waybillNo'), shipment.waybillNo],
          [t('shipping.shippedAt'), <DateTime key="shipped" value={shipment.shippedAt} />],
          [t('shipping.expectedOn'), <BizDate key="expected" value={shipment.expectedOn} />],
          [t('shipping.deliveredAt'), <DateTime key="delivered" value={shipment.deliveredAt} />],
          [t('shipping.receivedBy'), shipment.receivedBy],
          ...(shipment.missingDataReason === null
            ? []
            : [[t('shipping.missingDataReason'), shipment.missingDataReason] as const]),
          [t('shipping.deliveryAddress'), shipment.deliveryAddress],
          [t('shipping.receiver'), [shipment.receiver, shipment.receiverPhone].filter(Boolean).join(' ')],
          ...(shipment.note === null ? [] : [[t('shipping.note'), shipment.note] as const]),
        ]}
      />
    </section>
  );
}
