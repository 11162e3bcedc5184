/** News from the road: place, new arrival, an exception or its end; missing shipping data may be added. */
import { Form, Input, Radio, Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClearable } from '../../../ui/clearable.tsx';
import { EXCEPTION_KINDS, TRACKING_KINDS } from '../../../../contract/shipments.ts';
import type { Answer } from '../../../api/client.ts';
import { useApiAction } from '../../../api/hooks.ts';
import { DateField } from '../../../ui/fields.tsx';
import { nowInstant } from '../company-time.ts';
import { DateTimeField } from '../date-time-field.tsx';
import { useCarrierOptions } from '../names.ts';
import { ExecutionForm } from './execution-form.tsx';

type Shipment = Answer<'shipmentGet'>;
type Values = {
  at?: string;
  kind: (typeof TRACKING_KINDS)[number];
  exceptionKind?: (typeof EXCEPTION_KINDS)[number];
  place?: string;
  note: string;
  newExpectedOn?: string;
  carrierId?: string;
  waybillNo?: string;
};

const filled = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

export function TrackForm({ shipment, onClose }: { shipment: Shipment; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const clearable = useClearable();
  const track = useApiAction('shipmentTrack');
  const carriers = useCarrierOptions(true);
  const [now] = useState(nowInstant);
  const kinds = TRACKING_KINDS.filter((kind) => kind !== 'settled' || shipment.hasException);
  return (
    <ExecutionForm<Values>
      kind="shipment"
      on={shipment}
      name="track"
      title={t('states.action.shipment.track')}
      initialValues={{ at: now, kind: 'progress', note: '' }}
      onClose={onClose}
      send={(values) =>
        track.run({
          params: { shipmentId: shipment.id },
          body: {
            at: values.at ?? '',
            kind: values.kind,
            ...(values.kind === 'exception' && values.exceptionKind !== undefined
              ? { exceptionKind: values.exceptionKind }
              : {}),
            ...(filled(values.place) ? { place: values.place } : {}),
            note: values.note,
            ...(filled(values.newExpectedOn) ? { newExpectedOn: values.newExpectedOn } : {}),
            ...(filled(values.carrierId) ? { carrierId: values.carrierId } : {}),
            ...(filled(values.waybillNo) ? { waybillNo: values.waybillNo } : {}),
          },
        })
      }
    >
      <Form.Item name="kind" label={t('shipping.newsKind')}>
        <Radio.Group options={kinds.map((value) => ({ value, label: t(`states.trackingKind.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.kind !== after.kind}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'exception' ? (
            <Form.Item
              name="exceptionKind"
              label={t('shipping.exceptionKind')}
              rules={[{ required: true, message: t('common.required') }]}
            >
              <Select
                options={EXCEPTION_KINDS.map((value) => ({ value, label: t(`states.exceptionKind.${value}`) }))}
              />
            </Form.Item>
          ) : null
        }
      </Form.Item>
      <div className="qo-form-grid">
        <Form.Item name="at" label={t('shipping.at')} rules={[{ required: true, message: t('common.required') }]}>
          <DateTimeField />
        </Form.Item>
        <Form.Item name="place" label={t('shipping.place')}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <Form.Item
        name="note"
        label={t('shipping.news')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea autoFocus rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="newExpectedOn" label={t('shipping.newExpectedOn')} extra={t('shipping.newExpectedOnHint')}>
        <DateField />
      </Form.Item>
      <div className="qo-form-grid">
        {shipment.carrier === null && (
          <Form.Item name="carrierId" label={t('shipping.carrier')}>
            <Select allowClear={clearable} options={carriers} />
          </Form.Item>
        )}
        {shipment.waybillNo === null && (
          <Form.Item name="waybillNo" label={t('shipping.waybillNo')}>
            <Input maxLength={60} />
          </Form.Item>
        )}
      </div>
    </ExecutionForm>
  );
}
