/** The partner accepted by other means: sales records it for exactly what was sent, with the evidence. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { Facts } from '../../../ui/page.tsx';
import { DateTime, Money } from '../../../ui/values.tsx';
import { OrderForm, type OrderFormProps } from './order-form.tsx';
import { ProofFields, proofOf, type ProofValues } from './proof-fields.tsx';

export function AcceptForm({ order, onClose }: OrderFormProps): ReactElement {
  const { t } = useTranslation();
  const accept = useApiAction('orderAccept');
  const round = order.rounds.at(-1);
  return (
    <OrderForm<ProofValues>
      order={order}
      name={`accept.${order.round}`}
      title={t('orders.acceptForPartner')}
      initialValues={{ evidence: '' }}
      onClose={onClose}
      send={(values, version) =>
        accept.run({
          params: { orderId: order.id },
          body: { contentHash: round?.contentHash ?? '', ...proofOf(values) },
          ifMatch: version,
        })
      }
    >
      {round !== undefined && (
        <div style={{ marginBottom: 16 }}>
          <Facts
            items={[
              [t('orders.round'), String(round.round)],
              [t('orders.sentAt'), <DateTime key="at" value={round.sentAt} />],
              [t('orders.amount'), <Money key="amount" value={order.grossAmount} currency={order.currency} />],
              [t('orders.contentHash'), <code key="hash">{round.contentHash.slice(0, 12)}</code>],
            ]}
          />
        </div>
      )}
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {t('orders.acceptHint')}
      </p>
      <ProofFields order={order} />
    </OrderForm>
  );
}
