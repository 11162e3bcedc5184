/** Invoices: issued, on their way, received; red-letter invoices among them. */
import { PlusOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { INVOICE_STATES } from '../../../contract/machines/others.ts';
import { INVOICE_KINDS } from '../../../contract/partners.ts';
import type { Item } from '../../api/client.ts';
import { useCan } from '../../session.tsx';
import { OrderRef } from '../../ui/order-ref.tsx';
import { Page } from '../../ui/page.tsx';
import { type Column, QueryTable } from '../../ui/query-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import type { Filter } from '../../ui/table-filters.tsx';
import { BizDate, DateTime, Money } from '../../ui/values.tsx';
import { findPartners } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { ExportButton } from '../shipping/export-button.tsx';
import { InvoiceLink } from './links.tsx';

type Row = Item<'invoicesList'>;

export default function InvoiceList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <Page
      title={t('common.menu.invoices')}
      actions={
        can('invoice.issue') && (
          <Link to="/invoices/new" search={{}}>
            <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
              {t('finance.issueInvoice')}
            </Button>
          </Link>
        )
      }
    >
      <QueryTable
        operation="invoicesList"
        id="invoices"
        rowKey={({ id }) => id}
        search={t('finance.invoiceSearch')}
        columns={useColumns()}
        filters={useFilters()}
        toolbar={<ExportButton list="invoices" />}
        card={(row) => <InvoiceCard row={row} />}
      />
    </Page>
  );
}

/** State of an invoice, and whether it is a red-letter one. */
export function InvoiceTags({ row }: { row: { state: string; isRed: boolean } }): ReactElement {
  const { t } = useTranslation();
  return (
    <span>
      <StateTag of="invoice" state={row.state} />
      {row.isRed && <Tag color="error">{t('finance.red')}</Tag>}
    </span>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation();
  const names = useNames();
  return [
    {
      key: 'no',
      title: t('finance.invoiceNo'),
      always: true,
      render: (row) => <InvoiceLink id={row.id} no={row.no} />,
    },
    { key: 'state', title: t('finance.state'), render: (row) => <InvoiceTags row={row} /> },
    { key: 'partner', title: t('finance.partner'), render: ({ partner }) => names.partner(partner) },
    { key: 'order', title: t('finance.order'), render: ({ order }) => <OrderRef order={order} /> },
    {
      key: 'kind',
      title: t('finance.invoiceKind'),
      render: ({ kind }) => t(`states.invoiceKind.${kind}`),
    },
    {
      key: 'taxNo',
      title: t('finance.taxInvoiceNo'),
      render: ({ taxInvoiceNo }) => <span className="qc-num">{taxInvoiceNo}</span>,
    },
    {
      key: 'gross',
      title: t('finance.gross'),
      align: 'right',
      sort: 'gross',
      render: (row) => <Money value={row.grossAmount} currency={row.currency} />,
    },
    {
      key: 'tax',
      title: t('finance.tax'),
      align: 'right',
      hiddenAtFirst: true,
      render: (row) => <Money value={row.taxAmount} currency={row.currency} />,
    },
    {
      key: 'issued',
      title: t('finance.issuedOn'),
      sort: 'issued',
      render: ({ issuedOn }) => <BizDate value={issuedOn} />,
    },
    { key: 'sent', title: t('finance.sentAt'), render: ({ sentAt }) => <DateTime value={sentAt} /> },
    { key: 'receivedAt', title: t('finance.receivedAt'), render: ({ receivedAt }) => <DateTime value={receivedAt} /> },
  ];
}

function useFilters(): Filter[] {
  const { t } = useTranslation();
  const yes = (label: string) => [{ value: 'true', label }];
  return [
    {
      key: 'state',
      kind: 'select',
      label: t('finance.state'),
      width: 120,
      options: INVOICE_STATES.map((value) => ({ value, label: t(`states.invoice.${value}`) })),
    },
    { key: 'partnerId', kind: 'remote', label: t('finance.partner'), lookup: findPartners },
    {
      key: 'kind',
      kind: 'select',
      label: t('finance.invoiceKind'),
      options: INVOICE_KINDS.map((value) => ({ value, label: t(`states.invoiceKind.${value}`) })),
    },
    {
      key: 'notReceived',
      kind: 'select',
      label: t('finance.receiptState'),
      width: 130,
      options: yes(t('finance.notReceived')),
    },
    {
      key: 'withoutTaxNo',
      kind: 'select',
      label: t('finance.taxInvoiceNo'),
      width: 170,
      options: yes(t('finance.withoutTaxNo')),
    },
    {
      key: 'isRed',
      kind: 'select',
      label: t('finance.colour'),
      width: 130,
      options: [
        { value: 'false', label: t('finance.blue') },
        { value: 'true', label: t('finance.red') },
      ],
    },
    { key: 'issued', kind: 'dates', label: t('finance.issuedOn'), keys: ['from', 'to'] },
  ];
}

function InvoiceCard({ row }: { row: Row }): ReactElement {
  const names = useNames();
  return (
    <div className="qc-card">
      <div className="qc-row">
        <strong className="qc-grow">
          <InvoiceLink id={row.id} no={row.no} />
        </strong>
        <InvoiceTags row={row} />
      </div>
      <div className="qc-row">
        <span className="qc-grow">{names.partner(row.partner)}</span>
        <Money value={row.grossAmount} currency={row.currency} />
      </div>
      <div className="qc-row qc-muted">
        <span className="qc-grow qc-num">{row.taxInvoiceNo}</span>
        <BizDate value={row.issuedOn} />
      </div>
    </div>
  );
}
