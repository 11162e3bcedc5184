/** One invoice: its lines, and whether it has arrived. */
import { useParams } from '@tanstack/react-router';
import { Form, Input, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/client.ts';
import { useApiAction, useApiQuery } from '../../../api/hooks.ts';
import { useSession } from '../../../session.tsx';
import { ActionBar } from '../../../ui/action-bar.tsx';
import { FormDrawer } from '../../../ui/form-drawer.tsx';
import { Facts, Loaded, Page, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, DateTime, Money, Qty, Rate } from '../../../ui/values.tsx';
import { Conversation } from '../../tasks/conversation.tsx';
import { known } from '../known.ts';
import '../portal.css';

type Invoice = Answer<'invoiceGet'>;

export default function InvoicePage(): ReactElement {
  const { t } = useTranslation();
  const { invoiceId = '' } = useParams({ strict: false });
  const query = useApiQuery('invoiceGet', { params: { invoiceId } });
  if (query.data === undefined)
    return (
      <Page title={t('portal.invoices')} crumbs={[{ title: t('portal.invoices'), to: '/portal/invoices' }]}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  return <InvoiceShown invoice={query.data} />;
}

function InvoiceShown({ invoice }: { invoice: Invoice }): ReactElement {
  const { t } = useTranslation();
  const { actor } = useSession();
  const [undoing, setUndoing] = useState(false);
  const receive = useApiAction('invoiceReceive');
  const unreceive = useApiAction('invoiceUnreceive');
  const at = { params: { invoiceId: invoice.id }, ifMatch: invoice.version };
  return (
    <Page
      title={t('portal.invoiceOf', { no: invoice.taxInvoiceNo ?? invoice.no })}
      extra={
        <>
          <StateTag of="invoice" state={invoice.state} />
          {invoice.isRed && <Tag color="error">{t('portal.red')}</Tag>}
        </>
      }
      crumbs={[{ title: t('portal.invoices'), to: '/portal/invoices' }]}
      actions={
        <ActionBar
          document="invoice"
          actions={invoice.allowedActions}
          run={{
            receive: () => receive.attempt({ ...at, body: { receivedBy: actor.name } }),
            unreceive: () => setUndoing(true),
          }}
        />
      }
    >
      <ProblemAlert problem={receive.problem} onClose={receive.clear} />
      <Section title={t('portal.about')}>
        <Facts
          items={known([
            [
              t('portal.order'),
              <PathLink key="order" to={`/portal/orders/${invoice.order.id}`}>
                {invoice.order.no}
              </PathLink>,
            ],
            [t('portal.poNo'), invoice.order.poNo],
            [t('portal.invoiceKind'), t(`states.invoiceKind.${invoice.kind}`)],
            [t('portal.issuedOn'), <BizDate key="on" value={invoice.issuedOn} />],
            [t('portal.amount'), <Money key="gross" value={invoice.grossAmount} currency={invoice.currency} />],
            [t('portal.sum.tax'), <Money key="tax" value={invoice.taxAmount} currency={invoice.currency} />],
            [t('portal.buyer'), invoice.buyer.title],
            [t('portal.taxNo'), invoice.buyer.taxNo],
            [t('portal.sentAt'), invoice.sentAt === null ? null : <DateTime value={invoice.sentAt} />],
            [
              t('portal.deliveryWay'),
              invoice.deliveryMethod === null
                ? null
                : [t(`states.invoiceWay.${invoice.deliveryMethod}`), invoice.deliveryRef].filter(Boolean).join(' '),
            ],
            [t('portal.receivedAt'), invoice.receivedAt === null ? null : <DateTime value={invoice.receivedAt} />],
            [t('portal.receipt.by'), invoice.receivedBy],
          ])}
        />
      </Section>
      <Section title={t('portal.content')}>
        <ul className="qp-list">
          {invoice.lines.map((line) => (
            <li key={line.lineNo}>
              <span className="qp-what">
                <strong>{line.name}</strong>
                <br />
                <span className="qc-muted">
                  {line.sku} · <Rate value={line.taxRate} />
                </span>
              </span>
              <Qty value={line.qty} unit={line.unit} />
              <Money value={line.grossAmount} currency={invoice.currency} />
            </li>
          ))}
        </ul>
      </Section>
      <Conversation documentType="invoice" documentId={invoice.id} />
      <FormDrawer<{ reason: string }>
        open={undoing}
        title={t('states.action.invoice.unreceive')}
        draftKey={`portal-invoice.${invoice.id}.unreceive`}
        initialValues={{ reason: '' }}
        onClose={() => setUndoing(false)}
        onSubmit={(body) => unreceive.run({ ...at, body })}
      >
        <Form.Item
          name="reason"
          label={t('states.field.reason')}
          rules={[{ required: true, whitespace: true, message: t('common.required') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </FormDrawer>
    </Page>
  );
}
