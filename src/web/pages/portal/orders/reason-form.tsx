/** Withdrawing an order before it takes effect, with the reason. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { FormDrawer } from '../../../ui/form-drawer.tsx';
import type { Order } from './order-page.tsx';

type Values = { reason: string };

export function ReasonForm({
  order,
  open,
  onClose,
}: {
  order: Order;
  open: boolean;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const withdraw = useApiAction('orderWithdraw');
  return (
    <FormDrawer<Values>
      open={open}
      title={t('states.action.order.withdraw')}
      draftKey={`portal-order.${order.id}.withdraw`}
      initialValues={{ reason: '' }}
      submitText={t('states.action.order.withdraw')}
      danger
      onClose={onClose}
      onSubmit={(body) => withdraw.run({ params: { orderId: order.id }, ifMatch: order.version, body })}
    >
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {t('portal.withdrawHint')}
      </p>
      <Form.Item
        name="reason"
        label={t('states.field.reason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  );
}
