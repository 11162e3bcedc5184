/** Take an invoice back in full by a red-letter invoice. */
import { Form, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { RED_REASONS } from '../../../../contract/invoices.ts';
import { useApiAction } from '../../../api/hooks.ts';
import { useGo } from '../../../ui/path-link.tsx';
import { FinanceForm } from './finance-form.tsx';
import type { InvoiceFormProps } from './invoice-forms.tsx';

type Values = { redReason?: (typeof RED_REASONS)[number]; note?: string; redFormNo?: string };

const filled = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

export function RedForm({ invoice, onClose }: InvoiceFormProps): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const reverse = useApiAction('invoiceReverse', { onDone: ({ id }) => go(`/invoices/${id}`) });
  return (
    <FinanceForm<Values>
      kind="invoice"
      on={invoice}
      name="reverse"
      title={t('states.action.invoice.reverse')}
      danger
      initialValues={{}}
      onClose={onClose}
      send={({ redReason, note, redFormNo }, version) =>
        reverse.run({
          params: { invoiceId: invoice.id },
          body: {
            redReason: redReason ?? 'wrong_invoice',
            ...(filled(note) ? { note } : {}),
            ...(filled(redFormNo) ? { redFormNo: redFormNo.trim() } : {}),
          },
          ifMatch: version,
        })
      }
    >
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {t('finance.redHint')}
      </p>
      <Form.Item
        name="redReason"
        label={t('finance.redReason')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <Select options={RED_REASONS.map((value) => ({ value, label: t(`states.redReason.${value}`) }))} />
      </Form.Item>
      <Form.Item name="redFormNo" label={t('finance.redFormNo')}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="note" label={t('finance.note')}>
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FinanceForm>
  );
}
