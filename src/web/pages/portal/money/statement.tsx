/** The partner's account with the company: what is open by age, and every movement of a period, also as a paper. */
import { PrinterOutlined } from '@ant-design/icons';
import { useSearch } from '@tanstack/react-router';
import { Button, DatePicker, Typography } from 'antd';
import dayjs from '../../../lib/dayjs.ts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, fileUrl } from '../../../api/client.ts';
import { useApiQuery } from '../../../api/hooks.ts';
import { asOne, type ListSearch } from '../../../lib/search-params.ts';
import { useIsPhone } from '../../../lib/use-media.ts';
import { useCan, useSession } from '../../../session.tsx';
import { documentPath } from '../../../lib/documents.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Loaded, Page, Section } from '../../../ui/page.tsx';
import { PathLink, useGo } from '../../../ui/path-link.tsx';
import { BizDate, Money } from '../../../ui/values.tsx';
import { DueSection } from '../home/due.tsx';
import { monthStart, today } from '../today.ts';
import '../portal.css';
import { Sideways } from '../../../ui/sideways.tsx';

type Ledger = Answer<'partnerLedger'>;

export default function Statement(): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const can = useCan();
  const { actor, company } = useSession();
  const search: ListSearch = useSearch({ strict: false });
  const now = today(company.timeZone);
  const to = asOne(search['to']) ?? now;
  const from = asOne(search['from']) ?? monthStart(now, 2);
  const params = { partnerId: actor.partnerId ?? '' };
  const ledger = useApiQuery(
    'partnerLedger',
    { params, query: { from, to } },
    { enabled: actor.partnerId !== null, keepPrevious: true },
  );
  return (
    <Page
      title={t('common.menu.statement')}
      actions={
        <div className="qp-actions">
          {can('invoice.read') && <Button onClick={() => go('/portal/invoices')}>{t('portal.invoices')}</Button>}
          <Button
            icon={<PrinterOutlined />}
            href={fileUrl('partnerStatementPdf', { params, query: { from, to } })}
            target="_blank"
          >
            {t('portal.statementPdf')}
          </Button>
        </div>
      }
    >
      <OpenItems />
      <DueSection whole={false} />
      <PayTo />
      <Section
        title={t('portal.movements')}
        extra={
          <DatePicker.RangePicker
            aria-label={t('portal.period')}
            value={[dayjs(from), dayjs(to)]}
            allowClear={false}
            onChange={(range) => {
              const [first, last] = range ?? [];
              if (first && last)
                go(`/portal/statement?from=${first.format('YYYY-MM-DD')}&to=${last.format('YYYY-MM-DD')}`);
            }}
          />
        }
      >
        <Loaded query={ledger}>{(found) => <Movements ledger={found} />}</Loaded>
      </Section>
    </Page>
  );
}

function OpenItems(): ReactElement {
  const { t } = useTranslation();
  const items = useApiQuery('openItems', { query: { limit: 1 } });
  return (
    <Section title={t('portal.open')}>
      <Loaded query={items}>
        {({ items: [own] }) =>
          own === undefined ? (
            <Empty text={t('portal.nothingDue')} />
          ) : (
            <dl className="qp-tiles">
              {(
                [
                  ['portal.age.balance', own.balanceAmount, false],
                  ['portal.age.open', own.openAmount, false],
                  ['portal.age.notDue', own.notDueAmount, false],
                  ['portal.age.to30', own.days1To30Amount, true],
                  ['portal.age.to60', own.days31To60Amount, true],
                  ['portal.age.to90', own.days61To90Amount, true],
                  ['portal.age.over90', own.over90Amount, true],
                  ['portal.age.unallocated', own.unallocatedAmount, false],
                ] as const
              ).map(([label, amount, late]) => (
                <div key={label} className={late && !/^0(\.0*)?$/.test(amount) ? 'is-late' : undefined}>
                  <dt>{t(label)}</dt>
                  <dd>
                    <Money value={amount} currency={own.currency} />
                  </dd>
                </div>
              ))}
            </dl>
          )
        }
      </Loaded>
    </Section>
  );
}

/** Where to pay. */
function PayTo(): ReactElement | null {
  const { t } = useTranslation();
  const accounts = useApiQuery('bankAccountList', { query: { active: 'true' } }, { staleTime: 300_000 });
  if (accounts.data?.items.length === 0) return null;
  return (
    <Section title={t('portal.payTo')}>
      <Loaded query={accounts}>
        {({ items }) => (
          <ul className="qp-list">
            {items.map(({ id, bankName, accountNo, currency }) => (
              <li key={id}>
                <span className="qp-what">
                  {bankName} <span className="qc-muted">{currency}</span>
                </span>
                <Typography.Text className="qc-num" copyable>
                  {accountNo}
                </Typography.Text>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

function Movements({ ledger }: { ledger: Ledger }): ReactElement {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const money = (amount: string) => <Money value={amount} currency={ledger.currency} />;
  const link = (line: Ledger['lines'][number]) => {
    const path = documentPath('partner', line.documentType, line.documentId);
    const text = line.documentNo ?? line.voucherNo;
    return path === null ? text : <PathLink to={path}>{text}</PathLink>;
  };
  const none = /^0(\.0*)?$/;
  if (phone)
    return (
      <ul className="qp-list">
        <Sum label={t('portal.opening')} amount={money(ledger.openingAmount)} />
        {ledger.lines.map((line) => (
          <li key={line.id}>
            <span className="qp-what">
              {t(KINDS[line.kind])} {link(line)}
              <br />
              <span className="qc-muted">
                <BizDate value={line.postedOn} /> {[line.orderNo, line.poNo].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span style={{ textAlign: 'right' }}>
              {none.test(line.debitAmount) ? <>− {money(line.creditAmount)}</> : money(line.debitAmount)}
              <br />
              <span className="qc-muted">{money(line.balanceAmount)}</span>
            </span>
          </li>
        ))}
        <Sum label={t('portal.closing')} amount={money(ledger.closingAmount)} />
      </ul>
    );
  return (
    <Sideways>
      <table className="qp-lines">
        <thead>
          <tr>
            <th scope="col">{t('portal.date')}</th>
            <th scope="col">{t('portal.document')}</th>
            <th scope="col">{t('portal.order')}</th>
            <th scope="col" className="is-num">
              {t('portal.debit')}
            </th>
            <th scope="col" className="is-num">
              {t('portal.credit')}
            </th>
            <th scope="col" className="is-num">
              {t('portal.balance')}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td colSpan={5}>{t('portal.opening')}</td>
            <td className="is-num">{money(ledger.openingAmount)}</td>
          </tr>
          {ledger.lines.map((line) => (
            <tr key={line.id}>
              <td>
                <BizDate value={line.postedOn} />
              </td>
              <td>
                {t(KINDS[line.kind])} {link(line)}
              </td>
              <td>
                {line.orderId !== null && (
                  <PathLink to={`/portal/orders/${line.orderId}`}>{line.orderNo ?? ''}</PathLink>
                )}{' '}
                <span className="qc-muted">{line.poNo}</span>
              </td>
              <td className="is-num">{none.test(line.debitAmount) ? '' : money(line.debitAmount)}</td>
              <td className="is-num">{none.test(line.creditAmount) ? '' : money(line.creditAmount)}</td>
              <td className="is-num">{money(line.balanceAmount)}</td>
            </tr>
          ))}
          <tr>
            <td colSpan={3}>
              <strong>{t('portal.closing')}</strong>
            </td>
            <td className="is-num">{money(ledger.debitAmount)}</td>
            <td className="is-num">{money(ledger.creditAmount)}</td>
            <td className="is-num">
              <strong>{money(ledger.closingAmount)}</strong>
            </td>
          </tr>
        </tbody>
      </table>
      {!ledger.complete && <p className="qc-muted">{t('portal.notAll')}</p>}
    </Sideways>
  );
}

const KINDS = {
  invoice: 'portal.kind.invoice',
  payment: 'portal.kind.payment',
  opening: 'portal.kind.opening',
  reversal: 'portal.kind.reversal',
} as const;

function Sum({ label, amount }: { label: string; amount: ReactElement }): ReactElement {
  return (
    <li>
      <span className="qp-what">{label}</span>
      <strong>{amount}</strong>
    </li>
  );
}
