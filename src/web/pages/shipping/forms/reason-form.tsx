/** The ways back, and settling a difference: a reason and nothing else. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { type ExecutionDocument, ExecutionForm } from './execution-form.tsx';

export type PickingReason = 'putBack' | 'cancel';
export type ShipmentReason = 'undeliver' | 'settleDifference' | 'reverse';

export function PickingReasonForm({
  picking,
  action,
  onClose,
}: {
  picking: ExecutionDocument;
  action: PickingReason;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const steps = { putBack: useApiAction('pickingPutBack'), cancel: useApiAction('pickingCancel') };
  const hints: Record<PickingReason, string> = {
    putBack: t('shipping.putBackHint'),
    cancel: t('shipping.cancelHint'),
  };
  return (
    <ExecutionForm
      kind="picking"
      on={picking}
      name={action}
      title={t(`states.action.picking.${action}`)}
      danger={action === 'cancel'}
      initialValues={{ reason: '' }}
      onClose={onClose}
      send={({ reason }, version) =>
        steps[action].run({ params: { pickingId: picking.id }, body: { reason }, ifMatch: version })
      }
    >
      <ReasonField hint={hints[action]} />
    </ExecutionForm>
  );
}

export function ShipmentReasonForm({
  shipment,
  action,
  onClose,
}: {
  shipment: ExecutionDocument;
  action: ShipmentReason;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const steps = {
    undeliver: useApiAction('shipmentUndeliver'),
    settleDifference: useApiAction('shipmentSettleDifference'),
    reverse: useApiAction('shipmentReverse'),
  };
  const hints: Record<ShipmentReason, string> = {
    undeliver: t('shipping.undeliverHint'),
    settleDifference: t('shipping.settleDifferenceHint'),
    reverse: t('shipping.reverseHint'),
  };
  return (
    <ExecutionForm
      kind="shipment"
      on={shipment}
      name={action}
      title={t(`states.action.shipment.${action}`)}
      danger={action !== 'settleDifference'}
      initialValues={{ reason: '' }}
      onClose={onClose}
      send={({ reason }, version) =>
        steps[action].run({ params: { shipmentId: shipment.id }, body: { reason }, ifMatch: version })
      }
    >
      <ReasonField hint={hints[action]} />
    </ExecutionForm>
  );
}

/** A reason, and what the step does. */
export function ReasonField({ hint }: { hint: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {hint}
      </p>
      <Form.Item
        name="reason"
        label={t('shipping.reason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea autoFocus rows={4} maxLength={2000} showCount />
      </Form.Item>
    </>
  );
}
