/** The account of one partner in a period: opening balance, each movement, closing balance. */
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Alert, Button, DatePicker } from 'antd';
import dayjs from '../../lib/dayjs.ts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, fileUrl } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { asOne, type ListSearch, stringifySearch } from '../../lib/search-params.ts';
import { useCan } from '../../session.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { BizDate, Money } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { useCompanyDay } from '../shipping/company-time.ts';
import { PrintMenu } from '../shipping/print-menu.tsx';
import { InvoiceLink, OrderLink, PaymentLink } from './links.tsx';
import '../orders/orders.css';
import { isZero } from '../../ui/is-zero.ts';
import { PlainTable } from '../../ui/plain-table.tsx';

type Ledger = Answer<'partnerLedger'>;
type Line = Ledger['lines'][number];
/** What was owed before the first movement, as a row above it. */
type Opening = { id: 'opening' } & Pick<Line, 'postedOn' | 'balanceAmount'>;
type Period = { from: string; to: string };

export default function LedgerPage(): ReactElement {
  const { t } = useTranslation();
  const { partnerId = '' } = useParams({ strict: false });
  const search: ListSearch = useSearch({ strict: false });
  const day = useCompanyDay();
  const today = day();
  const period: Period = {
    from: asOne(search['from']) ?? `${today.slice(0, 4)}-01-01`,
    to: asOne(search['to']) ?? today,
  };
  const query = useApiQuery('partnerLedger', { params: { partnerId }, query: period }, { keepPrevious: true });
  const crumbs = [{ title: t('common.menu.receivables'), to: '/receivables' }];
  if (query.data === undefined)
    return (
      <Page title={t('finance.ledger')} crumbs={crumbs}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  return <LedgerShown ledger={query.data} period={period} />;
}

function LedgerShown({ ledger, period }: { ledger: Ledger; period: Period }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const { partner } = ledger;
  return (
    <Page
      title={t('finance.ledgerOf', { partner: names.partner(partner) })}
      crumbs={[{ title: t('common.menu.receivables'), to: '/receivables' }]}
      actions={
        <div className="qc-row">
          {can('payment.record') && (
            <Link to="/payments/new" search={{ partnerId: partner.id }}>
              <Button tabIndex={-1}>{t('finance.recordPayment')}</Button>
            </Link>
          )}
          <PrintMenu
            label={t('finance.printStatement')}
            urlOf={(language) =>
              fileUrl('partnerStatementPdf', { params: { partnerId: partner.id }, query: { ...period, language } })
            }
          />
        </div>
      }
    >
      <PeriodField partnerId={partner.id} period={period} />
      <Sums ledger={ledger} />
      {!ledger.complete && <Alert type="info" showIcon title={t('finance.notComplete')} />}
      <Lines ledger={ledger} />
    </Page>
  );
}

function PeriodField({ partnerId, period }: { partnerId: string; period: Period }): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <div className="qc-row">
      <span>{t('finance.period')}</span>
      <DatePicker.RangePicker
        aria-label={t('finance.period')}
        allowClear={false}
        value={[dayjs(period.from), dayjs(period.to)]}
        onChange={(range) => {
          const [from, to] = [range?.[0]?.format('YYYY-MM-DD'), range?.[1]?.format('YYYY-MM-DD')];
          if (from !== undefined && to !== undefined) go(`/receivables/${partnerId}${stringifySearch({ from, to })}`);
        }}
      />
    </div>
  );
}

function Sums({ ledger }: { ledger: Ledger }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const money = (value: string) => <Money value={value} currency={ledger.currency} />;
  return (
    <section className="qc-card" aria-label={t('finance.summary')}>
      <Facts
        items={[
          [
            t('finance.partner'),
            <PathLink key="partner" to={`/partners/${ledger.partner.id}`}>
              {names.partner(ledger.partner)}
            </PathLink>,
          ],
          [t('finance.openingAmount'), money(ledger.openingAmount)],
          [t('finance.debitSum'), money(ledger.debitAmount)],
          [t('finance.creditSum'), money(ledger.creditAmount)],
          [t('finance.closingAmount'), <strong key="closing">{money(ledger.closingAmount)}</strong>],
        ]}
      />
    </section>
  );
}

function Lines({ ledger }: { ledger: Ledger }): ReactElement {
  const { t } = useTranslation();
  const money = (value: string) => <Money value={value} currency={ledger.currency} />;
  const someMoney = (value: string) => (isZero(value) ? null : money(value));
  return (
    <Section title={t('finance.movements')}>
      <PlainTable<Opening | Line>
        rows={[{ id: 'opening', postedOn: ledger.from, balanceAmount: ledger.openingAmount }, ...ledger.lines]}
        rowKey={({ id }) => id}
        columns={[
          { key: 'on', title: t('finance.postedOn'), render: ({ postedOn }) => <BizDate value={postedOn} /> },
          {
            key: 'voucher',
            title: t('finance.voucherNo'),
            render: (line) => 'kind' in line && <span className="qc-num">{line.voucherNo}</span>,
          },
          {
            key: 'movement',
            title: t('finance.movement'),
            render: (line) =>
              'kind' in line ? (
                <>
                  {t(`states.ledgerKind.${line.kind}`)}
                  <div className="qc-muted">{line.memo}</div>
                </>
              ) : (
                t('finance.openingAmount')
              ),
          },
          {
            key: 'document',
            title: t('finance.document'),
            render: (line) => 'kind' in line && <DocumentOf line={line} />,
          },
          { key: 'order', title: t('finance.order'), render: (line) => 'kind' in line && <OrderOf line={line} /> },
          {
            key: 'debit',
            title: t('finance.owesMore'),
            align: 'right',
            render: (line) => 'kind' in line && someMoney(line.debitAmount),
          },
          {
            key: 'credit',
            title: t('finance.owesLess'),
            align: 'right',
            render: (line) => 'kind' in line && someMoney(line.creditAmount),
          },
          {
            key: 'balance',
            title: t('finance.balance'),
            align: 'right',
            render: ({ balanceAmount }) => money(balanceAmount),
          },
        ]}
      />
    </Section>
  );
}

function OrderOf({ line }: { line: Line }): ReactElement | null {
  if (line.orderId === null || line.orderNo === null) return null;
  return (
    <>
      <OrderLink id={line.orderId} no={line.orderNo} />
      <div className="qc-muted qc-num">{line.poNo}</div>
    </>
  );
}

function DocumentOf({ line }: { line: Line }): ReactElement | null {
  const no = line.documentNo ?? line.voucherNo;
  switch (line.documentType) {
    case 'invoice':
      return <InvoiceLink id={line.documentId} no={no} />;
    case 'payment':
      return <PaymentLink id={line.documentId} no={no} />;
    case 'opening':
      return line.documentNo === null ? null : <span className="qc-num">{line.documentNo}</span>;
  }
}
