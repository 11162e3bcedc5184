/** Holds: why the order may not go on, what they block, and who may release them. */
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../session.tsx';
import { Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { DateTime, Money } from '../../../ui/values.tsx';
import { useOrderForms } from '../order-forms.tsx';
import type { Order } from '../order-page.tsx';

export function HoldsSection({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const can = useCan();
  const open = useOrderForms();
  if (order.holds.length === 0) return null;
  return (
    <Section title={t('orders.holds')}>
      <ul className="qc-plain qc-stack" style={{ gap: 14 }}>
        {order.holds.map((hold) => (
          <li key={hold.id}>
            <div className="qc-row">
              <Tag color="error">{t(`states.hold.${hold.kind}`)}</Tag>
              <strong className="qc-grow">{hold.reason}</strong>
              {hold.amount !== null && <Money value={hold.amount} currency={order.currency} />}
              {hold.wholePartner ? (
                <PathLink to={`/partners/${order.partner.id}`}>{t('orders.holdOnPartner')}</PathLink>
              ) : (
                can('hold.release') && (
                  <Button size="small" onClick={() => open({ form: 'releaseHold', id: hold.id })}>
                    {t('orders.releaseHold')}
                  </Button>
                )
              )}
            </div>
            <div className="qc-muted">
              {hold.placedBy ?? t('common.system')} <DateTime value={hold.placedAt} /> · {t('orders.blocks')}{' '}
              {hold.blocks.map((action) => t(`states.holdBlock.${action}`)).join(t('common.listSeparator'))}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
