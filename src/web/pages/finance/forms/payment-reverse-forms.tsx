/** The ways back of a receipt: one allocation, or the receipt itself. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/client.ts';
import { useApiAction } from '../../../api/hooks.ts';
import { FinanceForm } from './finance-form.tsx';
import { ReasonField } from './reason-field.tsx';

type Payment = Answer<'paymentGet'>;
type FormProps = { payment: Payment; onClose: () => void };

export function ReversePaymentForm({ payment, onClose }: FormProps): ReactElement {
  const { t } = useTranslation();
  const reverse = useApiAction('paymentReverse');
  return (
    <FinanceForm
      kind="payment"
      on={payment}
      name="reverse"
      title={t('states.action.payment.reverse')}
      danger
      initialValues={{ reason: '' }}
      onClose={onClose}
      send={({ reason }, version) =>
        reverse.run({ params: { paymentId: payment.id }, body: { reason }, ifMatch: version })
      }
    >
      <ReasonField hint={t('finance.reversePaymentHint')} />
    </FinanceForm>
  );
}

export function ReverseAllocationForm({
  payment,
  allocationId,
  onClose,
}: FormProps & { allocationId: string }): ReactElement {
  const { t } = useTranslation();
  const reverse = useApiAction('paymentUnallocate');
  return (
    <FinanceForm
      kind="payment"
      on={payment}
      name={`unallocate.${allocationId}`}
      title={t('states.action.payment.unallocate')}
      danger
      initialValues={{ reason: '' }}
      onClose={onClose}
      send={({ reason }, version) =>
        reverse.run({ params: { paymentId: payment.id, allocationId }, body: { reason }, ifMatch: version })
      }
    >
      <ReasonField hint={t('finance.unallocateHint')} />
    </FinanceForm>
  );
}
