/** The partner's invoices. */
import { Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { INVOICE_STATES } from '../../../../contract/machines/others.ts';
import { OrderRef } from '../../../ui/order-ref.tsx';
import { Page } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { QueryTable } from '../../../ui/query-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, Money } from '../../../ui/values.tsx';
import '../portal.css';

export default function InvoiceList(): ReactElement {
  const { t } = useTranslation();
  return (
    <Page title={t('portal.invoices')} crumbs={[{ title: t('common.menu.statement'), to: '/portal/statement' }]}>
      <QueryTable
        operation="invoicesList"
        id="portal-invoices"
        rowKey={({ id }) => id}
        search={t('portal.searchInvoices')}
        filters={[
          {
            key: 'state',
            kind: 'select',
            label: t('portal.state'),
            options: INVOICE_STATES.map((value) => ({ value, label: t(`states.invoice.${value}`) })),
          },
        ]}
        columns={[
          {
            key: 'no',
            title: t('portal.no'),
            always: true,
            render: (row) => <PathLink to={`/portal/invoices/${row.id}`}>{row.taxInvoiceNo ?? row.no}</PathLink>,
          },
          {
            key: 'state',
            title: t('portal.state'),
            render: (row) => (
              <>
                <StateTag of="invoice" state={row.state} />
                {row.isRed && <Tag color="error">{t('portal.red')}</Tag>}
              </>
            ),
          },
          {
            key: 'order',
            title: t('portal.order'),
            render: (row) => <OrderRef order={row.order} portal />,
          },
          { key: 'kind', title: t('portal.invoiceKind'), render: (row) => t(`states.invoiceKind.${row.kind}`) },
          {
            key: 'gross',
            title: t('portal.amount'),
            align: 'right',
            sort: 'gross',
            render: (row) => <Money value={row.grossAmount} currency={row.currency} />,
          },
          {
            key: 'issued',
            title: t('portal.issuedOn'),
            sort: 'issued',
            render: (row) => <BizDate value={row.issuedOn} />,
          },
        ]}
        card={(row) => (
          <PathLink to={`/portal/invoices/${row.id}`}>
            <div className="qc-card qp-card">
              <div className="qp-card-head">
                <strong className="qc-num">{row.taxInvoiceNo ?? row.no}</strong>
                <Money value={row.grossAmount} currency={row.currency} />
              </div>
              <div className="qp-card-head">
                <StateTag of="invoice" state={row.state} />
                <span className="qc-muted">
                  {[row.order.no, row.order.poNo].filter(Boolean).join(' · ')} · <BizDate value={row.issuedOn} />
                </span>
              </div>
            </div>
          </PathLink>
        )}
      />
    </Page>
  );
}
