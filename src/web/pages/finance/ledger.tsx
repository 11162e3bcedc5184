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
import { InvoiceLink, OrderLink, PaymentLink, SomeMoney } from './links.tsx';
import '../orders/orders.css';
import { Sideways } from '../../ui/sideways.tsx';

type Ledger = Answer<'partnerLedger'>;
type Line = Ledger['lines'][number];
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
  return (
    <Section title={t('finance.movements')}>
      <Sideways>
        <table className="qo-table">
          <thead>
            <tr>
              <th scope="col">{t('finance.postedOn')}</th>
              <th scope="col">{t('finance.voucherNo')}</th>
              <th scope="col">{t('finance.movement')}</th>
              <th scope="col">{t('finance.document')}</th>
              <th scope="col">{t('finance.order')}</th>
              <th scope="col" className="is-num">
                {t('finance.owesMore')}
              </th>
              <th scope="col" className="is-num">
                {t('finance.owesLess')}
              </th>
              <th scope="col" className="is-num">
                {t('finance.balance')}
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>
                <BizDate value={ledger.from} />
              </td>
              <td colSpan={6}>{t('finance.openingAmount')}</td>
              <td className="is-num">{money(ledger.openingAmount)}</td>
            </tr>
            {ledger.lines.map((line) => (
              <tr key={line.id}>
                <td>
                  <BizDate value={line.postedOn} />
                </td>
                <td className="qc-num">{line.voucherNo}</td>
                <td>
                  {t(`states.ledgerKind.${line.kind}`)}
                  {line.memo !== null && <div className="qc-muted">{line.memo}</div>}
                </td>
                <td>
                  <DocumentOf line={line} />
                </td>
                <td>
                  {line.orderId !== null && line.orderNo !== null && <OrderLink id={line.orderId} no={line.orderNo} />}
                  <div className="qc-muted qc-num">{line.poNo}</div>
                </td>
                <td className="is-num">
                  <SomeMoney value={line.debitAmount} currency={ledger.currency} />
                </td>
                <td className="is-num">
                  <SomeMoney value={line.creditAmount} currency={ledger.currency} />
                </td>
                <td className="is-num">{money(line.balanceAmount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    </Section>
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
