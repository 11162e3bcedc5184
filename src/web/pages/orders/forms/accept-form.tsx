/** The partner accepted by other means: sales records it for exactly what was sent, with the evidence. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { Facts } from '../../../ui/page.tsx';
import { DateTime, Money } from '../../../ui/values.tsx';
import { OrderForm, type OrderFormProps } from './order-form.tsx';

export function AcceptForm({ order, onClose }: OrderFormProps): ReactElement {
  const { t } = useTranslation();
  const accept = useApiAction('orderAccept');
  const round = order.rounds.at(-1);
  return (
    <OrderForm
      order={order}
      name={`accept.${order.round}`}
      title={t('orders.acceptForPartner')}
      initialValues={{ evidence: '' }}
      onClose={onClose}
      send={({ evidence }, version) =>
        accept.run({
          params: { orderId: order.id },
          body: { contentHash: round?.contentHash ?? '', evidence },
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
      <Form.Item
        name="evidence"
        label={t('orders.evidence')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
        extra={t('orders.evidenceHint')}
      >
        <Input.TextArea autoFocus rows={4} maxLength={2000} showCount />
      </Form.Item>
    </OrderForm>
  );
}
