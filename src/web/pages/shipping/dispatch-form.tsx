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
import { LineName } from '../../ui/line-name.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';

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
      <PlainTable
        rows={from.lines}
        rowKey={({ lineNo }) => String(lineNo)}
        columns={[
          {
            key: 'product',
            title: t('shipping.product'),
            render: ({ lineNo, product }) => (
              <LineName no={lineNo}>
                {names.product(product)}
                <div className="qc-muted qc-num">{product.sku}</div>
              </LineName>
            ),
          },
          {
            key: 'ordered',
            title: t('shipping.ordered'),
            align: 'right',
            render: ({ orderedQty }) => <Qty value={orderedQty} />,
          },
          {
            key: 'shipped',
            title: t('shipping.shippedQty'),
            align: 'right',
            render: ({ shippedQty }) => <Qty value={shippedQty} />,
          },
          {
            key: 'picking',
            title: t('shipping.stillPicking'),
            align: 'right',
            render: ({ pickingQty }) => <Qty value={pickingQty} />,
          },
          {
            key: 'ready',
            title: t('shipping.ready'),
            align: 'right',
            render: ({ readyQty }) => <Qty value={readyQty} />,
          },
          {
            key: 'now',
            title: t('shipping.shipNow'),
            width: 160,
            render: (line) => (
              <Form.Item name={['qty', String(line.lineNo)]} style={{ marginBottom: 0 }}>
                <DecimalField
                  aria-label={t('shipping.shipNowOf', { product: line.product.sku })}
                  suffix={places.unit(line)}
                  disabled={line.readyQty === '0'}
                />
              </Form.Item>
            ),
          },
        ]}
      />
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
