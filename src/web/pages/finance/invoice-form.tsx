/** Kind, quantities and number of a new invoice: all that is left, or a part of it. */
import { Alert, Form, Input, Select } from 'antd';
import { type ReactElement, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { INVOICE_KINDS } from '../../../contract/partners.ts';
import type { Answer } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { DecimalField } from '../../ui/fields.tsx';
import { parseDecimal } from '../../ui/line-editor-model.ts';
import { Section } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { Money, Qty, Rate } from '../../ui/values.tsx';
import { PageForm } from '../shipping/page-form.tsx';
import { LineName } from '../../ui/line-name.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';

type Invoiceable = Answer<'invoiceableGet'>;
type Kind = Invoiceable['kind'];
type Values = {
  kind: Kind;
  /** By line number. */
  qty: Record<string, string | undefined>;
  beforePaymentReason?: string;
  taxInvoiceNo?: string;
};

const filled = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

/** Lines of which something is invoiced; undefined when it is all that is left. */
function linesOf(order: Invoiceable, qty: Values['qty']): { lineNo: number; qty: string }[] | undefined {
  const wanted = order.lines.map(({ lineNo, openQty }) => {
    const text = qty[String(lineNo)];
    return { lineNo, openQty, qty: filled(text) ? (parseDecimal(text) ?? text) : '0' };
  });
  if (wanted.every((line) => line.qty === line.openQty)) return undefined;
  return wanted.filter((line) => line.qty !== '0').map((line) => ({ lineNo: line.lineNo, qty: line.qty }));
}

export function InvoiceForm({ order }: { order: Invoiceable }): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const issue = useApiAction('invoiceIssue', { onDone: ({ id }) => go(`/invoices/${id}`) });
  const sent = useRef<number[]>([]);
  const send = (values: Values) => {
    const lines = linesOf(order, values.qty);
    sent.current = (lines ?? order.lines).map(({ lineNo }) => lineNo);
    return issue.run({
      body: {
        orderId: order.orderId,
        kind: values.kind,
        ...(lines === undefined ? {} : { lines }),
        ...(filled(values.beforePaymentReason) ? { beforePaymentReason: values.beforePaymentReason } : {}),
        ...(filled(values.taxInvoiceNo) ? { taxInvoiceNo: values.taxInvoiceNo.trim() } : {}),
      },
    });
  };
  const labelOf = (field: string) => {
    const index = /^lines\.(\d+)/.exec(field)?.[1];
    const no = index === undefined ? undefined : sent.current[Number.parseInt(index, 10)];
    return no === undefined ? null : t('common.lineField', { no, field: t('finance.invoiceNow') });
  };
  return (
    <PageForm<Values>
      draftKey={`invoice.new.${order.orderId}.${order.invoicedAmount}`}
      initialValues={{
        kind: order.kind,
        qty: Object.fromEntries(order.lines.map(({ lineNo, openQty }) => [String(lineNo), openQty])),
      }}
      submitText={t('finance.issueInvoice')}
      onSubmit={send}
      labelOf={labelOf}
    >
      {({ kind }) => (
        <>
          <OpenLines order={order} />
          <Section title={t('finance.invoiceData')}>
            <BuyerProblem order={order} kind={kind} />
            <InvoiceFields needsReason={order.needsReason} />
          </Section>
        </>
      )}
    </PageForm>
  );
}

/** What is missing in the partner's file for this kind of invoice, and where it is put right. */
function BuyerProblem({ order, kind }: { order: Invoiceable; kind: Kind }): ReactElement | null {
  const { t } = useTranslation();
  const fields = order.buyerProblems.find((problem) => problem.kind === kind)?.fields ?? [];
  if (fields.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 16 }}
      title={t('finance.buyerIncomplete', {
        fields: fields.map((field) => t(`states.buyerField.${field}`)).join(t('common.listSeparator')),
      })}
      description={<PathLink to={`/partners/${order.partner.id}`}>{t('finance.toPartnerFile')}</PathLink>}
    />
  );
}

function OpenLines({ order }: { order: Invoiceable }): ReactElement {
  const { t } = useTranslation();
  return (
    <Section title={t('finance.lines')}>
      <PlainTable
        rows={order.lines}
        rowKey={({ lineNo }) => String(lineNo)}
        columns={[
          {
            key: 'product',
            title: t('finance.product'),
            render: ({ lineNo, name, sku }) => (
              <LineName no={lineNo}>
                {name}
                <div className="qc-muted qc-num">{sku}</div>
              </LineName>
            ),
          },
          { key: 'ordered', title: t('finance.ordered'), align: 'right', render: ({ qty }) => <Qty value={qty} /> },
          {
            key: 'shipped',
            title: t('finance.shipped'),
            align: 'right',
            render: ({ shippedQty }) => <Qty value={shippedQty} />,
          },
          {
            key: 'invoiced',
            title: t('finance.invoiced'),
            align: 'right',
            render: ({ invoicedQty }) => <Qty value={invoicedQty} />,
          },
          {
            key: 'rate',
            title: t('finance.taxRate'),
            align: 'right',
            render: ({ taxRate }) => <Rate value={taxRate} />,
          },
          {
            key: 'open',
            title: t('finance.openAmount'),
            align: 'right',
            render: ({ openAmount }) => <Money value={openAmount} currency={order.currency} />,
          },
          {
            key: 'now',
            title: t('finance.invoiceNow'),
            width: 160,
            render: ({ lineNo, sku, unit, openQty }) => (
              <Form.Item name={['qty', String(lineNo)]} style={{ marginBottom: 0 }}>
                <DecimalField
                  aria-label={t('finance.invoiceNowOf', { product: sku })}
                  suffix={unit}
                  disabled={openQty === '0'}
                />
              </Form.Item>
            ),
          },
        ]}
      />
    </Section>
  );
}

function InvoiceFields({ needsReason }: { needsReason: boolean }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="qo-form-grid">
      <Form.Item name="kind" label={t('finance.invoiceKind')}>
        <Select options={INVOICE_KINDS.map((value) => ({ value, label: t(`states.invoiceKind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="taxInvoiceNo" label={t('finance.taxInvoiceNo')} extra={t('finance.taxInvoiceNoHint')}>
        <Input maxLength={20} />
      </Form.Item>
      {needsReason && (
        <Form.Item
          name="beforePaymentReason"
          label={t('finance.beforePaymentReason')}
          extra={t('finance.beforePaymentHint')}
          className="is-wide"
        >
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      )}
    </div>
  );
}
