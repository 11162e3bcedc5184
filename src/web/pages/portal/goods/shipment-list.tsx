/** What was sent to the partner, newest first. */
import { Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { SHIPMENT_STATES } from '../../../../contract/machines/others.ts';
import type { Item } from '../../../api/client.ts';
import { OrderRef } from '../../../ui/order-ref.tsx';
import { Page } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { QueryTable } from '../../../ui/query-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, DateTime } from '../../../ui/values.tsx';
import '../portal.css';
import { useNameOf } from '../../../i18n/use-name.ts';

type Shipment = Item<'shipmentsList'>;

export default function ShipmentList(): ReactElement {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  return (
    <Page title={t('common.menu.myShipments')}>
      <QueryTable
        operation="shipmentsList"
        id="portal-shipments"
        rowKey={({ id }) => id}
        search={t('portal.searchShipments')}
        filters={[
          {
            key: 'state',
            kind: 'select',
            label: t('portal.state'),
            options: SHIPMENT_STATES.map((value) => ({ value, label: t(`states.shipment.${value}`) })),
          },
          {
            key: 'late',
            kind: 'select',
            label: t('portal.arrival'),
            options: [{ value: 'true', label: t('portal.late') }],
          },
        ]}
        columns={[
          {
            key: 'no',
            title: t('portal.no'),
            always: true,
            render: (row) => <PathLink to={`/portal/shipments/${row.id}`}>{row.no}</PathLink>,
          },
          { key: 'state', title: t('portal.state'), render: (row) => <States shipment={row} /> },
          {
            key: 'order',
            title: t('portal.order'),
            render: (row) => <OrderRef order={row.order} portal />,
          },
          {
            key: 'carrier',
            title: t('portal.carrier'),
            render: (row) => (row.carrier === null ? '' : nameOf(row.carrier)),
          },
          { key: 'waybill', title: t('portal.waybillNo'), render: (row) => row.waybillNo ?? '' },
          { key: 'shipped', title: t('portal.shippedAt'), render: (row) => <DateTime value={row.shippedAt} /> },
          { key: 'expected', title: t('portal.arrives'), render: (row) => <BizDate value={row.expectedOn} /> },
        ]}
        card={(row) => (
          <PathLink to={`/portal/shipments/${row.id}`}>
            <div className="qc-card qp-card">
              <div className="qp-card-head">
                <strong className="qc-num">{row.no}</strong>
                <States shipment={row} />
              </div>
              <div>{[row.carrier && nameOf(row.carrier), row.waybillNo].filter(Boolean).join(' ')}</div>
              <div className="qp-card-head qc-muted">
                <span className="qc-num">{[row.order.no, row.order.poNo].filter(Boolean).join(' · ')}</span>
                <span>
                  {t('portal.arrives')} <BizDate value={row.expectedOn} />
                </span>
              </div>
            </div>
          </PathLink>
        )}
      />
    </Page>
  );
}

function States({ shipment }: { shipment: Shipment }): ReactElement {
  const { t } = useTranslation();
  return (
    <span>
      <StateTag of="shipment" state={shipment.state} />
      {shipment.isLate && <Tag color="error">{t('portal.late')}</Tag>}
      {shipment.hasException && <Tag color="warning">{t('portal.exception')}</Tag>}
      {shipment.hasDifference && <Tag color="warning">{t('portal.difference')}</Tag>}
    </span>
  );
}
