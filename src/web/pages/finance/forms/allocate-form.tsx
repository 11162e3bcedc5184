/** Confirm a receipt, or allocate what is left of it, to open orders of the partner. */
import { Form } from 'antd';
import { type ReactElement, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/client.ts';
import { useApiAction, useApiQuery } from '../../../api/hooks.ts';
import { Loaded } from '../../../ui/page.tsx';
import { Money } from '../../../ui/values.tsx';
import { type Allocated, AllocationField, allocationLabel, allocationsOf } from '../allocation-field.tsx';
import { FinanceForm } from './finance-form.tsx';

type Payment = Answer<'paymentGet'>;
type Values = { allocations?: Allocated };

export function AllocateForm({
  payment,
  action,
  onClose,
}: {
  payment: Payment;
  action: 'confirm' | 'allocate';
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const confirm = useApiAction('paymentConfirm');
  const allocate = useApiAction('paymentAllocate');
  const proposals = useApiQuery('paymentProposals', { params: { paymentId: payment.id } });
  const sent = useRef<Allocated>({});
  const send = (values: Values, version: number) => {
    sent.current = values.allocations ?? {};
    const allocations = allocationsOf(values.allocations);
    const at = { params: { paymentId: payment.id }, ifMatch: version };
    return action === 'allocate'
      ? allocate.run({ ...at, body: { allocations } })
      : confirm.run({ ...at, body: allocations.length === 0 ? {} : { allocations } });
  };
  return (
    <FinanceForm<Values>
      kind="payment"
      on={payment}
      name={action}
      title={t(`states.action.payment.${action}`)}
      width={820}
      initialValues={{ allocations: {} }}
      onClose={onClose}
      send={send}
      labelOf={(field) => allocationLabel(field, sent.current, proposals.data?.items ?? [])}
    >
      <p style={{ marginBottom: 12 }}>
        {t('finance.leftOfIt')}{' '}
        <strong>
          <Money value={payment.unallocatedAmount} currency={payment.currency} />
        </strong>
      </p>
      <Loaded query={proposals}>
        {({ items }) => (
          <Form.Item name="allocations">
            <AllocationField items={items} currency={payment.currency} />
          </Form.Item>
        )}
      </Loaded>
    </FinanceForm>
  );
}
