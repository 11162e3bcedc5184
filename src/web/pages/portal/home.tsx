/** Home of the portal: what waits for an answer, ordering again, what is on its way, what is to be paid. */
import { FileTextOutlined, ShoppingCartOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan, useSession } from '../../session.tsx';
import { Page } from '../../ui/page.tsx';
import { useGo } from '../../ui/path-link.tsx';
import { DueSection } from './home/due.tsx';
import { OnTheWaySection } from './home/on-the-way.tsx';
import { OrderAgainSection } from './home/order-again.tsx';
import { WaitingSection } from './home/waiting.tsx';
import './portal.css';
import { useNameOf } from '../../i18n/use-name.ts';

export default function PortalHome(): ReactElement {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const { actor } = useSession();
  const can = useCan();
  const go = useGo();
  const buys = can('order.create');
  return (
    <Page
      title={t('portal.greeting', { name: nameOf(actor) })}
      actions={
        <div className="qp-actions">
          {buys && (
            <Button type="primary" icon={<ShoppingCartOutlined />} onClick={() => go('/portal/orders/new')}>
              {t('portal.newOrder')}
            </Button>
          )}
          {can('inquiry.create') && (
            <Button icon={<FileTextOutlined />} onClick={() => go('/portal/inquiries/new')}>
              {t('portal.newInquiry')}
            </Button>
          )}
        </div>
      }
    >
      <div className="qp-columns">
        <div className="qc-stack">
          <WaitingSection />
          {buys && <OrderAgainSection />}
        </div>
        <div className="qc-stack">
          <OnTheWaySection />
          {can('payment.read') && <DueSection />}
        </div>
      </div>
    </Page>
  );
}
