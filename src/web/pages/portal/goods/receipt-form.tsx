/** Confirming receipt: who received, when, and which quantities, where another one than was sent arrived. */
import { DatePicker, Form, Input } from 'antd';
import dayjs from '../../../lib/dayjs.ts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { useSession } from '../../../session.tsx';
import { DecimalField } from '../../../ui/fields.tsx';
import { FormDrawer } from '../../../ui/form-drawer.tsx';
import { parseDecimal } from '../../../ui/line-editor-model.ts';
import { productName } from '../../../ui/line-server.ts';
import { Qty } from '../../../ui/values.tsx';
import type { Shipment } from './shipment-page.tsx';

type Values = { receivedBy: string; at: string | null; note?: string; lines: Record<string, string | undefined> };

export function ReceiptForm({
  shipment,
  open,
  onClose,
}: {
  shipment: Shipment;
  open: boolean;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const { actor } = useSession();
  const deliver = useApiAction('shipmentDeliver');
  const submit = ({ receivedBy, at, note, lines }: Values) =>
    deliver.run({
      params: { shipmentId: shipment.id },
      ifMatch: shipment.version,
      body: {
        receivedBy: receivedBy.trim(),
        at: at ?? new Date().toISOString(),
        ...(note === undefined || note.trim() === '' ? {} : { note }),
        lines: shipment.lines.map(({ lineNo, qty }) => {
          const typed = lines[String(lineNo)] ?? qty;
          return { lineNo, receivedQty: parseDecimal(typed) ?? typed };
        }),
      },
    });
  return (
    <FormDrawer<Values>
      open={open}
      title={t('portal.receipt.confirm')}
      draftKey={`portal-shipment.${shipment.id}.receipt`}
      initialValues={{
        receivedBy: actor.name,
        at: null,
        lines: Object.fromEntries(shipment.lines.map(({ lineNo, qty }) => [String(lineNo), qty])),
      }}
      submitText={t('portal.receipt.send')}
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {t('portal.receipt.hint')}
      </p>
      {shipment.lines.map((line) => (
        <Form.Item
          key={line.lineNo}
          name={['lines', String(line.lineNo)]}
          label={
            <span>
              {productName(line.product)}{' '}
              <span className="qc-muted">
                {t('portal.receipt.sent')} <Qty value={line.qty} unit={line.unit} />
              </span>
            </span>
          }
          rules={[
            {
              validator: (_, value: unknown) =>
                typeof value === 'string' && parseDecimal(value) !== null
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('common.lines.badQty'))),
            },
          ]}
        >
          <DecimalField suffix={line.unit} />
        </Form.Item>
      ))}
      <Form.Item
        name="receivedBy"
        label={t('portal.receipt.by')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="at"
        label={t('portal.receipt.at')}
        extra={t('portal.receipt.atHint')}
        getValueProps={(value: unknown) => ({ value: typeof value === 'string' ? dayjs(value) : null })}
        normalize={(value: dayjs.Dayjs | null) => value?.toISOString() ?? null}
      >
        <DatePicker
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          maxDate={dayjs()}
          style={{ width: '100%' }}
        />
      </Form.Item>
      <Form.Item name="note" label={t('portal.receipt.note')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  );
}
