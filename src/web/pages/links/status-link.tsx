/** How the goods of an order travel: for the customer of a partner, and nothing else. */
import { Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useNameOf } from '../../i18n/use-name.ts';
import { Facts, Section } from '../../ui/page.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BizDate, DateTime } from '../../ui/values.tsx';
import { Door } from '../auth/door.tsx';

type Status = Extract<Answer<'linkOpen'>, { kind: 'status' }>;

export function StatusLink({ view }: { view: Status }): ReactElement {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const company = nameOf(view.company);
  return (
    <Door title={t('links.status', { no: view.orderNo })} lead={t('links.statusLead', { company })} wide>
      <div className="qc-stack">
        {view.shipments.length === 0 && <p>{t('links.nothingYet')}</p>}
        {view.shipments.map((shipment) => (
          <Section
            key={shipment.no}
            title={shipment.no}
            extra={
              <>
                <StateTag of="shipment" state={shipment.state} />
                {shipment.hasException && <Tag color="warning">{t('links.exception')}</Tag>}
              </>
            }
          >
            <Facts
              items={[
                [t('links.carrier'), shipment.carrier === null ? null : nameOf(shipment.carrier)],
                [t('links.waybill'), shipment.waybillNo],
                [t('links.shippedAt'), <DateTime key="shipped" value={shipment.shippedAt} />],
                [t('links.expectedOn'), <BizDate key="expected" value={shipment.expectedOn} />],
                [t('links.deliveredAt'), <DateTime key="delivered" value={shipment.deliveredAt} />],
              ]}
            />
            <ul className="qc-plain qc-stack" style={{ gap: 4 }}>
              {shipment.news.map((news) => (
                <li key={`${news.at} ${news.place ?? ''}`}>
                  <DateTime value={news.at} /> {t(`states.trackingKind.${news.kind}`)} {news.place}
                </li>
              ))}
            </ul>
          </Section>
        ))}
      </div>
    </Door>
  );
}
