/** What of a product can be promised, from which day on and from where. */
import { Alert, Form } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { DecimalField } from '../../ui/fields.tsx';
import { parseDecimal } from '../../ui/line-editor-model.ts';
import { Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { BizDate, Qty } from '../../ui/values.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { useWarehouseName } from './warehouses.ts';

export function Availability({ product }: { product: Answer<'productGet'> }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const warehouseName = useWarehouseName();
  const [typed, setTyped] = useState('');
  const [qty, setQty] = useState<string | null>(null);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      const parsed = parseDecimal(typed);
      setQty(parsed === '0' ? null : parsed);
    }, 300);
    return () => window.clearTimeout(timer);
  }, [typed]);
  const answer = useApiQuery(
    'availabilityGet',
    { query: { productId: product.id, ...(qty === null ? {} : { qty }) } },
    { keepPrevious: true },
  );
  const promise = answer.data?.promise;
  return (
    <Section title={t('stock.availability')}>
      <Form layout="vertical" component="div" style={{ maxWidth: 240 }}>
        <Form.Item label={t('stock.askQty')} htmlFor="stock-ask-qty">
          <DecimalField
            id="stock-ask-qty"
            suffix={product.unit}
            value={typed}
            onChange={(value) => setTyped(value ?? '')}
          />
        </Form.Item>
      </Form>
      <ProblemAlert problem={answer.error} />
      {promise !== undefined && qty !== null && (
        <Alert
          type={promise.on === null ? 'warning' : 'success'}
          showIcon
          style={{ marginBottom: 12 }}
          title={
            promise.on === null
              ? t('stock.notCovered', { qty: format.qty(promise.qty) })
              : t('stock.promise', { qty: format.qty(promise.qty), on: format.date(promise.on) })
          }
          {...(promise.onInOneWarehouse === null
            ? {}
            : { description: t('stock.promiseOneWarehouse', { on: format.date(promise.onInOneWarehouse) }) })}
        />
      )}
      <PlainTable
        rows={answer.data?.rows ?? []}
        rowKey={({ warehouse, on, supplyId }) => `${warehouse.id} ${on} ${supplyId ?? ''}`}
        empty={t('stock.nothingToPromise')}
        columns={[
          { key: 'on', title: t('stock.fromDay'), render: ({ on }) => <BizDate value={on} /> },
          { key: 'warehouse', title: t('stock.warehouse'), render: ({ warehouse }) => warehouseName(warehouse) },
          {
            key: 'source',
            title: t('stock.source'),
            render: ({ source, supplyId }) =>
              supplyId === null ? (
                t(`states.availabilitySource.${source}`)
              ) : (
                <PathLink to={`/stock/supplies/${supplyId}`}>{t(`states.availabilitySource.${source}`)}</PathLink>
              ),
          },
          { key: 'free', title: t('stock.free'), align: 'right', render: ({ freeQty }) => <Qty value={freeQty} /> },
          {
            key: 'sum',
            title: t('stock.cumulative'),
            align: 'right',
            render: ({ cumulativeQty }) => <Qty value={cumulativeQty} unit={product.unit} />,
          },
        ]}
      />
    </Section>
  );
}
