/** Receipts: what came in, from whom, and what of it no order has taken up. */
import { PlusOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PAYMENT_STATES } from '../../../contract/machines/others.ts';
import { RECEIPT_METHODS } from '../../../contract/payments.ts';
import { api, type Item } from '../../api/client.ts';
import { useCan } from '../../session.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, QueryTable } from '../../ui/query-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import type { BulkAction } from '../../ui/table-bulk.tsx';
import type { Filter } from '../../ui/table-filters.tsx';
import { BizDate, Money } from '../../ui/values.tsx';
import { findPartners } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { ExportButton } from '../shipping/export-button.tsx';
import { PaymentLink } from './links.tsx';

type Row = Item<'paymentsList'>;

export default function PaymentList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const bulk: BulkAction<Row>[] = can('payment.record')
    ? [
        {
          key: 'confirm',
          label: t('states.action.payment.confirm'),
          nameOf: ({ no }) => no,
          run: ({ id, version }) => api('paymentConfirm', { params: { paymentId: id }, body: {}, ifMatch: version }),
        },
      ]
    : [];
  return (
    <Page
      title={t('common.menu.payments')}
      actions={
        can('payment.record') && (
          <Link to="/payments/new" search={{}}>
            <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
              {t('finance.recordPayment')}
            </Button>
          </Link>
        )
      }
    >
      <QueryTable
        operation="paymentsList"
        id="payments"
        rowKey={({ id }) => id}
        search={t('finance.paymentSearch')}
        columns={useColumns()}
        filters={useFilters()}
        bulk={bulk}
        toolbar={<ExportButton list="payments" />}
        card={(row) => <PaymentCard row={row} />}
      />
    </Page>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation();
  const names = useNames();
  return [
    {
      key: 'no',
      title: t('finance.paymentNo'),
      always: true,
      render: (row) => <PaymentLink id={row.id} no={row.no} />,
    },
    { key: 'partner', title: t('finance.partner'), render: ({ partner }) => names.partner(partner) },
    { key: 'state', title: t('finance.state'), render: ({ state }) => <StateTag of="payment" state={state} /> },
    {
      key: 'received',
      title: t('finance.receivedOn'),
      sort: 'received',
      render: ({ receivedOn }) => <BizDate value={receivedOn} />,
    },
    {
      key: 'amount',
      title: t('finance.amount'),
      align: 'right',
      sort: 'amount',
      render: (row) => <Money value={row.amount} currency={row.currency} />,
    },
    {
      key: 'unallocated',
      title: t('finance.unallocated'),
      align: 'right',
      render: (row) => <Money value={row.unallocatedAmount} currency={row.currency} />,
    },
    {
      key: 'method',
      title: t('finance.method'),
      render: (row) => (
        <>
          {t(`states.paymentMethod.${row.method}`)}{' '}
          {row.methodDiffers && <Tag color="warning">{t('finance.methodDiffers')}</Tag>}
        </>
      ),
    },
    {
      key: 'payer',
      title: t('finance.payer'),
      render: (row) => (
        <>
          {row.payerName} {row.payerDiffers && <Tag color="warning">{t('finance.payerDiffers')}</Tag>}
        </>
      ),
    },
    { key: 'bankRef', title: t('finance.bankRef'), render: ({ bankRef }) => <span className="qc-num">{bankRef}</span> },
  ];
}

function useFilters(): Filter[] {
  const { t } = useTranslation();
  return [
    {
      key: 'state',
      kind: 'select',
      label: t('finance.state'),
      width: 120,
      options: PAYMENT_STATES.map((value) => ({ value, label: t(`states.payment.${value}`) })),
    },
    { key: 'partnerId', kind: 'remote', label: t('finance.partner'), lookup: findPartners },
    {
      key: 'method',
      kind: 'select',
      label: t('finance.method'),
      width: 130,
      options: RECEIPT_METHODS.map((value) => ({ value, label: t(`states.paymentMethod.${value}`) })),
    },
    {
      key: 'unallocated',
      kind: 'select',
      label: t('finance.allocation'),
      width: 175,
      options: [{ value: 'true', label: t('finance.notAllocated') }],
    },
    {
      key: 'payerDiffers',
      kind: 'select',
      label: t('finance.payer'),
      width: 120,
      options: [{ value: 'true', label: t('finance.payerDiffers') }],
    },
    { key: 'received', kind: 'dates', label: t('finance.receivedOn'), keys: ['from', 'to'] },
  ];
}

function PaymentCard({ row }: { row: Row }): ReactElement {
  const names = useNames();
  return (
    <div className="qc-card">
      <div className="qc-row">
        <strong className="qc-grow">
          <PaymentLink id={row.id} no={row.no} />
        </strong>
        <StateTag of="payment" state={row.state} />
      </div>
      <div className="qc-row">
        <span className="qc-grow">{names.partner(row.partner)}</span>
        <Money value={row.amount} currency={row.currency} />
      </div>
      <div className="qc-row qc-muted">
        <span className="qc-grow qc-num">{row.bankRef}</span>
        <BizDate value={row.receivedOn} />
      </div>
    </div>
  );
}
