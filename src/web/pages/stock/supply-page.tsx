/** One supply: how much comes when, and which orders wait for it. */
import { useParams } from '@tanstack/react-router';
import { Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { ActionBar } from '../../ui/action-bar.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BizDate, DateTime, Qty } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import type { Supply } from './supply-form.tsx';
import { type SupplyStep, SupplyStepForm } from './supply-step-form.tsx';
import { useWarehouseName } from './warehouses.ts';

export default function SupplyPage(): ReactElement {
  const { supplyId } = useParams({ from: '/inside/workbench/stock/supplies/$supplyId' });
  const supply = useApiQuery('supplyGet', { params: { supplyId } });
  return <Loaded query={supply}>{(data) => <SupplyDocument supply={data} />}</Loaded>;
}

function SupplyDocument({ supply }: { supply: Supply }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const warehouseName = useWarehouseName();
  const [step, open] = useState<SupplyStep | null>(null);
  const { product } = supply;
  const qty = (value: string) => <Qty value={value} unit={product.unit} />;
  return (
    <Page
      title={supply.no}
      crumbs={[{ title: t('common.menu.supplies'), to: '/stock/supplies' }]}
      extra={
        <>
          <StateTag of="supply" state={supply.state} />
          {supply.isLate && <Tag color="error">{t('stock.late')}</Tag>}
        </>
      }
      actions={
        <ActionBar
          document="supply"
          actions={supply.allowedActions}
          run={{
            receive: () => open('receive'),
            reschedule: () => open('reschedule'),
            cancel: { run: () => open('cancel'), danger: true },
          }}
        />
      }
    >
      <Section title={t('stock.data')}>
        <Facts
          items={[
            [t('stock.supplyKind'), t(`states.supplyKind.${supply.kind}`)],
            [
              t('stock.product'),
              <PathLink key="product" to={`/stock/${product.id}`}>
                {product.sku} {names.product(product)}
              </PathLink>,
            ],
            [t('stock.warehouse'), warehouseName(supply.warehouse)],
            [t('stock.expectedOn'), <BizDate key="on" value={supply.expectedOn} />],
            [t('stock.planned'), qty(supply.qty)],
            [t('stock.received'), qty(supply.receivedQty)],
            [t('stock.open'), qty(supply.openQty)],
            [t('stock.promised'), qty(supply.reservedQty)],
            [t('stock.createdAt'), <DateTime key="at" value={supply.createdAt} />],
            [t('stock.note'), supply.note],
          ]}
        />
      </Section>
      <Section title={t('stock.waiting')}>
        <PlainTable
          rows={supply.waiting}
          rowKey={({ orderId, lineNo }) => `${orderId} ${lineNo}`}
          empty={t('stock.nobodyWaits')}
          columns={[
            {
              key: 'order',
              title: t('stock.order'),
              render: ({ orderId, orderNo }) => (
                <PathLink to={`/orders/${orderId}`} className="qc-num">
                  {orderNo}
                </PathLink>
              ),
            },
            { key: 'line', title: t('common.lines.no'), align: 'right', render: ({ lineNo }) => lineNo },
            {
              key: 'partner',
              title: t('stock.partner'),
              render: ({ partner }) => <PathLink to={`/partners/${partner.id}`}>{names.partner(partner)}</PathLink>,
            },
            { key: 'qty', title: t('stock.qty'), align: 'right', render: (row) => qty(row.qty) },
            {
              key: 'promised',
              title: t('stock.promisedOn'),
              render: ({ promisedOn }) => <BizDate value={promisedOn} />,
            },
          ]}
        />
      </Section>
      {step !== null && <SupplyStepForm supply={supply} step={step} onClose={() => open(null)} />}
    </Page>
  );
}
