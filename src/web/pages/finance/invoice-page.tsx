/** One invoice: buyer, lines, how it was sent and who has it; red and blue linked to each other. */
import { useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { ActionBar } from '../../ui/action-bar.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { BizDate, DateTime, Money, Qty, Rate } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { Conversation } from '../tasks/conversation.tsx';
import { type Invoice, ReceiveForm, SendForm, TaxNoForm, UnreceiveForm } from './forms/invoice-forms.tsx';
import { RedForm } from './forms/red-form.tsx';
import { InvoiceTags } from './invoice-list.tsx';
import { InvoiceLink, OrderLink } from './links.tsx';
import '../orders/orders.css';
import { PersonName } from '../../ui/person-names.tsx';
import { LineName } from '../../ui/line-name.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';

const LIVE_MS = 5_000;

export default function InvoicePage(): ReactElement {
  const { t } = useTranslation();
  const { invoiceId } = useParams({ strict: false });
  const query = useApiQuery('invoiceGet', { params: { invoiceId: invoiceId ?? '' } }, { refetchInterval: LIVE_MS });
  const crumbs = [{ title: t('common.menu.invoices'), to: '/invoices' }];
  const invoice = query.data;
  if (invoice === undefined)
    return (
      <Page title={t('states.document.invoice')} crumbs={crumbs}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  return (
    <Page title={t('finance.invoiceOf', { no: invoice.no })} crumbs={crumbs} extra={<InvoiceTags row={invoice} />}>
      <InvoiceActions key={invoice.id} invoice={invoice} />
      {invoice.warnings.map((warning) => (
        <Alert key={warning} type="warning" showIcon title={t(`states.invoiceWarning.${warning}`)} />
      ))}
      <InvoiceFacts invoice={invoice} />
      <InvoiceLines invoice={invoice} />
      <BuyerSection invoice={invoice} />
      <Conversation documentType="invoice" documentId={invoice.id} />
    </Page>
  );
}

function InvoiceActions({ invoice }: { invoice: Invoice }): ReactElement {
  const [open, setOpen] = useState<'send' | 'receive' | 'unreceive' | 'setTaxNo' | 'reverse' | null>(null);
  const form = { invoice, onClose: () => setOpen(null) };
  return (
    <>
      <ActionBar
        document="invoice"
        actions={invoice.allowedActions}
        run={{
          send: () => setOpen('send'),
          receive: () => setOpen('receive'),
          setTaxNo: () => setOpen('setTaxNo'),
          unreceive: { run: () => setOpen('unreceive'), danger: true },
          reverse: { run: () => setOpen('reverse'), danger: true },
        }}
      />
      {open === 'send' && <SendForm {...form} />}
      {open === 'receive' && <ReceiveForm {...form} />}
      {open === 'unreceive' && <UnreceiveForm {...form} />}
      {open === 'setTaxNo' && <TaxNoForm {...form} />}
      {open === 'reverse' && <RedForm {...form} />}
    </>
  );
}

function InvoiceLines({ invoice }: { invoice: Invoice }): ReactElement {
  const { t } = useTranslation();
  const money = (value: string) => <Money value={value} currency={invoice.currency} />;
  return (
    <Section title={t('finance.lines')}>
      <PlainTable
        rows={invoice.lines}
        rowKey={({ lineNo }) => String(lineNo)}
        columns={[
          {
            key: 'product',
            title: t('finance.product'),
            render: (line) => (
              <LineName no={line.lineNo}>
                <PathLink to={`/products/${line.productId}`}>{line.name}</PathLink>
                <div className="qc-muted">
                  <span className="qc-num">{line.sku}</span> {line.spec}
                </div>
              </LineName>
            ),
            total: t('finance.total'),
          },
          {
            key: 'qty',
            title: t('finance.qty'),
            align: 'right',
            render: ({ qty, unit }) => <Qty value={qty} unit={unit} />,
          },
          {
            key: 'net',
            title: t('finance.net'),
            align: 'right',
            render: ({ netAmount }) => money(netAmount),
            total: money(invoice.netAmount),
          },
          {
            key: 'rate',
            title: t('finance.taxRate'),
            align: 'right',
            render: ({ taxRate }) => <Rate value={taxRate} />,
          },
          {
            key: 'tax',
            title: t('finance.tax'),
            align: 'right',
            render: ({ taxAmount }) => money(taxAmount),
            total: money(invoice.taxAmount),
          },
          {
            key: 'gross',
            title: t('finance.gross'),
            align: 'right',
            render: ({ grossAmount }) => money(grossAmount),
            total: money(invoice.grossAmount),
          },
        ]}
      />
    </Section>
  );
}

function InvoiceFacts({ invoice }: { invoice: Invoice }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <section className="qc-card" aria-label={t('finance.summary')}>
      <Facts
        items={[
          [t('finance.taxInvoiceNo'), invoice.taxInvoiceNo],
          [t('finance.invoiceKind'), t(`states.invoiceKind.${invoice.kind}`)],
          [t('finance.order'), <OrderLink key="order" {...invoice.order} />],
          [
            t('finance.partner'),
            <PathLink key="partner" to={`/receivables/${invoice.partner.id}`}>
              {names.partner(invoice.partner)}
            </PathLink>,
          ],
          [t('finance.poNo'), invoice.order.poNo],
          [t('finance.issuedOn'), <BizDate key="issued" value={invoice.issuedOn} />],
          [t('finance.issuedBy'), <PersonName key="issuedBy" name={invoice.issuedBy?.name} />],
          [t('finance.sentAt'), <DateTime key="sent" value={invoice.sentAt} />],
          [
            t('finance.sentBy'),
            invoice.deliveryMethod === null
              ? null
              : [t(`states.invoiceWay.${invoice.deliveryMethod}`), invoice.deliveryRef].filter(Boolean).join(' '),
          ],
          [t('finance.receivedAt'), <DateTime key="received" value={invoice.receivedAt} />],
          [t('finance.receivedBy'), invoice.receivedBy],
          ...(invoice.reverses === null
            ? []
            : [[t('finance.reverses'), <InvoiceLink key="reverses" {...invoice.reverses} />] as const]),
          ...(invoice.reversedBy === null
            ? []
            : [[t('finance.reversedBy'), <InvoiceLink key="reversedBy" {...invoice.reversedBy} />] as const]),
          ...(invoice.redReason === null
            ? []
            : [[t('finance.redReason'), t(`states.redReason.${invoice.redReason}`)] as const]),
          ...(invoice.redFormNo === null ? [] : [[t('finance.redFormNo'), invoice.redFormNo] as const]),
          ...(invoice.reverseNote === null ? [] : [[t('finance.note'), invoice.reverseNote] as const]),
          ...(invoice.beforePaymentReason === null
            ? []
            : [[t('finance.beforePaymentReason'), invoice.beforePaymentReason] as const]),
        ]}
      />
    </section>
  );
}

function BuyerSection({ invoice }: { invoice: Invoice }): ReactElement {
  const { t } = useTranslation();
  const { buyer } = invoice;
  return (
    <Section title={t('finance.buyer')}>
      <Facts
        items={[
          [t('finance.buyerTitle'), buyer.title],
          [t('finance.buyerTaxNo'), buyer.taxNo],
          [t('finance.buyerAddress'), [buyer.address, buyer.phone].filter(Boolean).join(' ')],
          [t('finance.buyerBank'), [buyer.bankName, buyer.bankAccount].filter(Boolean).join(' ')],
        ]}
      />
    </Section>
  );
}
