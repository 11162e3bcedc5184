/** The steps of an invoice: sent, received, not received after all, its number. */
import { Form, Input, Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { INVOICE_WAYS } from '../../../../contract/invoices.ts';
import type { Answer } from '../../../api/client.ts';
import { useApiAction } from '../../../api/hooks.ts';
import { nowInstant } from '../../shipping/company-time.ts';
import { DateTimeField } from '../../shipping/date-time-field.tsx';
import { FinanceForm } from './finance-form.tsx';
import { ReasonField } from './reason-field.tsx';

export type Invoice = Answer<'invoiceGet'>;
export type InvoiceFormProps = { invoice: Invoice; onClose: () => void };

export function SendForm({ invoice, onClose }: InvoiceFormProps): ReactElement {
  const { t } = useTranslation();
  const send = useApiAction('invoiceSend');
  return (
    <FinanceForm<{ method: (typeof INVOICE_WAYS)[number]; ref?: string }>
      kind="invoice"
      on={invoice}
      name="send"
      title={t('states.action.invoice.send')}
      initialValues={{ method: invoice.deliveryMethod ?? 'email' }}
      onClose={onClose}
      send={({ method, ref }, version) =>
        send.run({
          params: { invoiceId: invoice.id },
          body: { method, ...(ref === undefined || ref.trim() === '' ? {} : { ref }) },
          ifMatch: version,
        })
      }
    >
      <Form.Item name="method" label={t('finance.sentBy')}>
        <Select options={INVOICE_WAYS.map((value) => ({ value, label: t(`states.invoiceWay.${value}`) }))} />
      </Form.Item>
      <Form.Item name="ref" label={t('finance.sentRef')} extra={t('finance.sentRefHint')}>
        <Input maxLength={200} />
      </Form.Item>
    </FinanceForm>
  );
}

export function ReceiveForm({ invoice, onClose }: InvoiceFormProps): ReactElement {
  const { t } = useTranslation();
  const receive = useApiAction('invoiceReceive');
  const [now] = useState(nowInstant);
  return (
    <FinanceForm<{ receivedBy: string; receivedAt?: string }>
      kind="invoice"
      on={invoice}
      name="receive"
      title={t('states.action.invoice.receive')}
      initialValues={{ receivedBy: '', receivedAt: now }}
      onClose={onClose}
      send={({ receivedBy, receivedAt }, version) =>
        receive.run({
          params: { invoiceId: invoice.id },
          body: { receivedBy, ...(receivedAt === undefined ? {} : { receivedAt }) },
          ifMatch: version,
        })
      }
    >
      <Form.Item
        name="receivedBy"
        label={t('finance.receivedBy')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item name="receivedAt" label={t('finance.receivedAt')}>
        <DateTimeField />
      </Form.Item>
    </FinanceForm>
  );
}

export function UnreceiveForm({ invoice, onClose }: InvoiceFormProps): ReactElement {
  const { t } = useTranslation();
  const unreceive = useApiAction('invoiceUnreceive');
  return (
    <FinanceForm
      kind="invoice"
      on={invoice}
      name="unreceive"
      title={t('states.action.invoice.unreceive')}
      danger
      initialValues={{ reason: '' }}
      onClose={onClose}
      send={({ reason }, version) =>
        unreceive.run({ params: { invoiceId: invoice.id }, body: { reason }, ifMatch: version })
      }
    >
      <ReasonField hint={t('finance.unreceiveHint')} />
    </FinanceForm>
  );
}

export function TaxNoForm({ invoice, onClose }: InvoiceFormProps): ReactElement {
  const { t } = useTranslation();
  const set = useApiAction('invoiceSetTaxNo');
  return (
    <FinanceForm
      kind="invoice"
      on={invoice}
      name="setTaxNo"
      title={t('states.action.invoice.setTaxNo')}
      initialValues={{ taxInvoiceNo: invoice.taxInvoiceNo ?? '' }}
      onClose={onClose}
      send={({ taxInvoiceNo }, version) =>
        set.run({
          params: { invoiceId: invoice.id },
          body: { taxInvoiceNo: taxInvoiceNo.trim() },
          ifMatch: version,
        })
      }
    >
      <Form.Item
        name="taxInvoiceNo"
        label={t('finance.taxInvoiceNo')}
        extra={t('finance.taxInvoiceNoHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input autoFocus maxLength={20} />
      </Form.Item>
    </FinanceForm>
  );
}
