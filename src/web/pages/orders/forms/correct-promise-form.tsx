/** Order processing lays down another day, warehouse or receipt for a line than the system proposes, and says why. */
import { Form, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useClearable } from '../../../ui/clearable.tsx';
import { useApiAction, useApiQuery } from '../../../api/hooks.ts';
import { DateField } from '../../../ui/fields.tsx';
import { productName } from '../../../ui/line-server.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { withoutEmpty } from '../../partners/form-values.ts';
import { OrderForm, type OrderFormProps } from './order-form.tsx';
import { WarehouseField } from './warehouse-field.tsx';
import { useUnitName } from '../../../ui/unit-names.tsx';

type Values = { lineNo: number; warehouseId?: string; supplyId?: string; notBefore?: string; reason: string };

export function CorrectPromiseForm({ order, onClose }: OrderFormProps): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const unitName = useUnitName();
  const correct = useApiAction('orderCorrectPromise');
  const goods = order.lines.filter(({ kind }) => kind === 'stock' || kind === 'made');
  return (
    <OrderForm<Values>
      order={order}
      name="correct"
      title={t('states.action.order.correctPromise')}
      initialValues={{ lineNo: goods[0]?.lineNo ?? 1, reason: '' }}
      onClose={onClose}
      send={({ lineNo, warehouseId, supplyId, notBefore, reason }, version) =>
        correct.run({
          params: { orderId: order.id },
          body: { lines: [{ lineNo, reason, ...withoutEmpty({ warehouseId, supplyId, notBefore }) }] },
          ifMatch: version,
        })
      }
    >
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {t('orders.correct.hint')}
      </p>
      <Form.Item name="lineNo" label={t('orders.line')}>
        <Select
          options={goods.map((line) => ({
            value: line.lineNo,
            label: `${line.lineNo}. ${line.sku} ${productName(line)} × ${format.qty(line.qty)} ${unitName(line.unit)}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="notBefore" label={t('orders.correct.notBefore')}>
        <DateField />
      </Form.Item>
      <Form.Item name="warehouseId" label={t('orders.correct.warehouse')}>
        <WarehouseField />
      </Form.Item>
      <Form.Item noStyle dependencies={['lineNo']}>
        {({ getFieldValue }) => (
          <Form.Item name="supplyId" label={t('orders.correct.supply')}>
            <SupplyField productId={goods.find(({ lineNo }) => lineNo === getFieldValue('lineNo'))?.productId} />
          </Form.Item>
        )}
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('orders.reason')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </OrderForm>
  );
}

/** Open receipts and production runs of a product. */
function SupplyField({
  productId,
  value,
  onChange,
  id,
}: {
  productId: string | undefined;
  id?: string;
  value?: string;
  onChange?: (value: string | undefined) => void;
}): ReactElement {
  const clearable = useClearable();
  const format = useFormat();
  const { data } = useApiQuery(
    'suppliesList',
    { query: { limit: 50, state: 'open', ...(productId === undefined ? {} : { productId }) } },
    { enabled: productId !== undefined },
  );
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear={clearable}
      value={value ?? null}
      onChange={(next: string | null | undefined) => onChange?.(next ?? undefined)}
      options={(data?.items ?? []).map((supply) => ({
        value: supply.id,
        label: `${supply.no} · ${format.date(supply.expectedOn)}`,
      }))}
      style={{ width: '100%' }}
    />
  );
}
