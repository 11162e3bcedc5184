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
import { PlainTable } from '../../../ui/plain-table.tsx';

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
          <PlainTable
            rows={order.pickings}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'no',
                title: t('states.document.picking'),
                render: ({ id, no }) => <PathLink to={`/pickings/${id}`}>{no}</PathLink>,
              },
              { key: 'warehouse', title: t('orders.warehouse'), render: (row) => warehouseName(row.warehouseName) },
              {
                key: 'state',
                title: t('orders.state'),
                render: ({ state }) => <StateTag of="picking" state={state} />,
              },
              { key: 'ready', title: t('orders.readyBy'), render: ({ readyByOn }) => <BizDate value={readyByOn} /> },
            ]}
          />
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
    <PlainTable
      rows={order.shipments}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'no',
          title: t('states.document.shipment'),
          render: ({ id, no }) => (
            <>
              <PathLink to={`/shipments/${id}`}>{no}</PathLink>
              <div>
                <a href={fileUrl('shippingNotePdf', { params: { shipmentId: id } })} target="_blank" rel="noreferrer">
                  {t('orders.shippingNote')}
                </a>
              </div>
            </>
          ),
        },
        { key: 'state', title: t('orders.state'), render: ({ state }) => <StateTag of="shipment" state={state} /> },
        {
          key: 'carrier',
          title: `${t('orders.carrier')} · ${t('orders.waybillNo')}`,
          render: ({ carrierName, carrierNameEn, waybillNo }) => (
            <>
              {carrierName !== null && nameOf({ name: carrierName, nameEn: carrierNameEn })}
              <div className="qc-muted qc-num">{waybillNo}</div>
            </>
          ),
        },
        { key: 'shipped', title: t('orders.shippedAt'), render: ({ shippedAt }) => <DateTime value={shippedAt} /> },
        { key: 'expected', title: t('orders.expectedOn'), render: ({ expectedOn }) => <BizDate value={expectedOn} /> },
        {
          key: 'delivered',
          title: t('orders.deliveredAt'),
          render: ({ deliveredAt }) => <DateTime value={deliveredAt} />,
        },
      ]}
    />
  );
}
