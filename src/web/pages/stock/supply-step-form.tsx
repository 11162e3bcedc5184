/** Steps on incoming goods: another day, arrival of all or a part, giving up the rest. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DateField, DecimalField } from '../../ui/fields.tsx';
import { DocumentForm } from '../orders/document-form.tsx';
import { orLeftOut } from '../partners/form-values.ts';
import type { Supply } from './supply-form.tsx';

export type SupplyStep = 'reschedule' | 'receive' | 'cancel';
type Values = {
  expectedOn?: string | undefined;
  cause?: string | undefined;
  qty?: string | undefined;
  note?: string | undefined;
  reason?: string | undefined;
};

export function SupplyStepForm({
  supply,
  step,
  onClose,
}: {
  supply: Supply;
  step: SupplyStep;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const reschedule = useApiAction('supplyUpdate');
  const receive = useApiAction('supplyReceive');
  const cancel = useApiAction('supplyCancel');
  const params = { supplyId: supply.id };
  const send = (values: Values, ifMatch: number): Promise<Supply> => {
    const note = orLeftOut(values.note);
    switch (step) {
      case 'reschedule':
        return reschedule.run({
          params,
          body: { expectedOn: values.expectedOn ?? '', cause: values.cause ?? '' },
          ifMatch,
        });
      case 'receive':
        return receive.run({
          params,
          body: { qty: values.qty ?? '', ...(note === undefined ? {} : { note }) },
          ifMatch,
        });
      case 'cancel':
        return cancel.run({ params, body: { reason: values.reason ?? '' }, ifMatch });
    }
  };
  return (
    <DocumentForm<Values, Supply>
      draftKey={`supply.${supply.id}.${step}`}
      no={supply.no}
      version={supply.version}
      stateNow={t(`states.supply.${supply.state}`)}
      title={t(`states.action.supply.${step}`)}
      danger={step === 'cancel'}
      initialValues={step === 'receive' ? { qty: supply.openQty } : {}}
      send={send}
      doneText={({ state }) => t('stock.supplyNow', { state: t(`states.supply.${state}`) })}
      onClose={onClose}
    >
      <StepFields step={step} unit={supply.product.unit} />
    </DocumentForm>
  );
}

function StepFields({ step, unit }: { step: SupplyStep; unit: string }): ReactElement {
  const { t } = useTranslation();
  const must = [{ required: true, message: t('common.required') }];
  const told = [{ required: true, whitespace: true, message: t('common.required') }];
  switch (step) {
    case 'reschedule':
      return (
        <>
          <Form.Item name="expectedOn" label={t('stock.newDate')} extra={t('stock.rescheduleHint')} rules={must}>
            <DateField />
          </Form.Item>
          <Form.Item name="cause" label={t('stock.cause')} rules={told}>
            <Input.TextArea rows={3} maxLength={2000} showCount />
          </Form.Item>
        </>
      );
    case 'receive':
      return (
        <>
          <Form.Item name="qty" label={t('stock.arrived')} extra={t('stock.arrivedHint')} rules={must}>
            <DecimalField suffix={unit} />
          </Form.Item>
          <Form.Item name="note" label={t('stock.note')}>
            <Input.TextArea rows={3} maxLength={500} />
          </Form.Item>
        </>
      );
    case 'cancel':
      return (
        <Form.Item name="reason" label={t('stock.reason')} extra={t('stock.cancelHint')} rules={told}>
          <Input.TextArea rows={3} maxLength={2000} showCount />
        </Form.Item>
      );
  }
}
