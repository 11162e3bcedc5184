/** Quantities, carrier, waybill, time and expected arrival of what leaves one warehouse. What is not known yet needs a reason. */
import { Form, Input, Select } from 'antd';
import { type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClearable } from '../../ui/clearable.tsx';
import type { Answer } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { DateField, DecimalField } from '../../ui/fields.tsx';
import { parseDecimal } from '../../ui/line-editor-model.ts';
import { Section } from '../../ui/page.tsx';
import { useGo } from '../../ui/path-link.tsx';
import { Qty } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { nowInstant } from './company-time.ts';
import { DateTimeField } from './date-time-field.tsx';
import { useCarrierOptions, usePlaceNames } from './names.ts';
import { PageForm } from './page-form.tsx';
import { Sideways } from '../../ui/sideways.tsx';

type Dispatch = Answer<'dispatchGet'>;
type From = Dispatch['warehouses'][number];
type Values = {
  /** By line number. */
  qty: Record<string, string | undefined>;
  carrierId?: string;
  waybillNo?: string;
  shippedAt?: string;
  expectedOn?: string;
  missingDataReason?: string;
  note?: string;
};

const filled = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
const isKnown = ({ carrierId, waybillNo, expectedOn }: Values): boolean =>
  filled(carrierId) && filled(waybillNo) && filled(expectedOn);

/** Lines of which something leaves. */
const linesOf = (from: From, qty: Values['qty']) =>
  from.lines.flatMap(({ lineNo }) => {
    const text = qty[String(lineNo)];
    const parsed = filled(text) ? (parseDecimal(text) ?? text) : '0';
    return parsed === '0' ? [] : [{ lineNo, qty: parsed }];
  });

export function DispatchForm({ dispatch, from }: { dispatch: Dispatch; from: From }): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const create = useApiAction('shipmentCreate', { onDone: ({ id }) => go(`/shipments/${id}`) });
  const [now] = useState(nowInstant);
  const sent = useRef<number[]>([]);
  const send = (values: Values) => {
    const lines = linesOf(from, values.qty);
    sent.current = lines.map(({ lineNo }) => lineNo);
    return create.run({
      body: {
        orderId: dispatch.order.id,
        warehouseId: from.warehouse.id,
        lines,
        ...(filled(values.carrierId) ? { carrierId: values.carrierId } : {}),
        ...(filled(values.waybillNo) ? { waybillNo: values.waybillNo.trim() } : {}),
        shippedAt: values.shippedAt ?? '',
        ...(filled(values.expectedOn) ? { expectedOn: values.expectedOn } : {}),
        ...(!isKnown(values) && filled(values.missingDataReason)
          ? { missingDataReason: values.missingDataReason }
          : {}),
        ...(filled(values.note) ? { note: values.note } : {}),
      },
    });
  };
  const labelOf = (field: string) => {
    const index = /^lines\.(\d+)/.exec(field)?.[1];
    const no = index === undefined ? undefined : sent.current[Number.parseInt(index, 10)];
    return no === undefined ? null : t('common.lineField', { no, field: t('shipping.shipNow') });
  };
  return (
    <PageForm<Values>
      draftKey={`dispatch.${dispatch.order.id}.${from.warehouse.id}.${dispatch.version}`}
      initialValues={{
        qty: Object.fromEntries(from.lines.map(({ lineNo, readyQty }) => [String(lineNo), readyQty])),
        shippedAt: now,
      }}
      submitText={t('shipping.dispatchNow')}
      onSubmit={send}
      labelOf={labelOf}
    >
      {(values) => (
        <>
          <ReadyLines from={from} />
          <Section title={t('shipping.transport')}>
            <TransportFields known={isKnown(values)} />
          </Section>
        </>
      )}
    </PageForm>
  );
}

function ReadyLines({ from }: { from: From }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const places = usePlaceNames();
  return (
    <Section title={t('shipping.linesFrom', { warehouse: places.place(from.warehouse) })}>
      <Sideways>
        <table className="qo-table">
          <thead>
            <tr>
              <th scope="col">{t('shipping.lineNo')}</th>
              <th scope="col">{t('shipping.product')}</th>
              <th scope="col" className="is-num">
                {t('shipping.ordered')}
              </th>
              <th scope="col" className="is-num">
                {t('shipping.shippedQty')}
              </th>
              <th scope="col" className="is-num">
                {t('shipping.stillPicking')}
              </th>
              <th scope="col" className="is-num">
                {t('shipping.ready')}
              </th>
              <th scope="col" style={{ width: 160 }}>
                {t('shipping.shipNow')}
              </th>
            </tr>
          </thead>
          <tbody>
            {from.lines.map((line) => (
              <tr key={line.lineNo}>
                <td className="qc-num">{line.lineNo}</td>
                <td>
                  {names.product(line.product)}
                  <div className="qc-muted qc-num">{line.product.sku}</div>
                </td>
                <td className="is-num">
                  <Qty value={line.orderedQty} />
                </td>
                <td className="is-num">
                  <Qty value={line.shippedQty} />
                </td>
                <td className="is-num">
                  <Qty value={line.pickingQty} />
                </td>
                <td className="is-num">
                  <Qty value={line.readyQty} />
                </td>
                <td>
                  <Form.Item name={['qty', String(line.lineNo)]} style={{ marginBottom: 0 }}>
                    <DecimalField
                      aria-label={t('shipping.shipNowOf', { product: line.product.sku })}
                      suffix={places.unit(line)}
                      disabled={line.readyQty === '0'}
                    />
                  </Form.Item>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    </Section>
  );
}

function TransportFields({ known }: { known: boolean }): ReactElement {
  const { t } = useTranslation();
  const clearable = useClearable();
  const carriers = useCarrierOptions(true);
  return (
    <div className="qo-form-grid">
      <Form.Item name="carrierId" label={t('shipping.carrier')}>
        <Select allowClear={clearable} showSearch={{ optionFilterProp: 'label' }} options={carriers} />
      </Form.Item>
      <Form.Item name="waybillNo" label={t('shipping.waybillNo')}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        name="shippedAt"
        label={t('shipping.shippedAt')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <DateTimeField />
      </Form.Item>
      <Form.Item name="expectedOn" label={t('shipping.expectedOn')}>
        <DateField />
      </Form.Item>
      {!known && (
        <Form.Item
          name="missingDataReason"
          label={t('shipping.missingDataReason')}
          extra={t('shipping.missingDataHint')}
          className="is-wide"
        >
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      )}
      <Form.Item name="note" label={t('shipping.note')} className="is-wide">
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </div>
  );
}
