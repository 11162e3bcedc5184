/** What partners have to pay, by age of the due date. Every row opens the account behind it. */
import { Link, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { asOne, type ListSearch } from '../../lib/search-params.ts';
import { useCan } from '../../session.tsx';
import { Facts, Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { type Column, QueryTable } from '../../ui/query-table.tsx';
import { BizDate, Money } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { ExportButton } from '../shipping/export-button.tsx';
import { SomeMoney } from './links.tsx';
import { PersonName } from '../../ui/person-names.tsx';

type Row = Item<'openItems'>;
const AGES = ['notDueAmount', 'days1To30Amount', 'days31To60Amount', 'days61To90Amount', 'over90Amount'] as const;

export default function Receivables(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <Page
      title={t('common.menu.receivables')}
      actions={
        can('cutover.run') && (
          <Link to="/opening-balances" search={{}}>
            <Button tabIndex={-1}>{t('finance.openingBalances')}</Button>
          </Link>
        )
      }
    >
      <Totals />
      <QueryTable
        operation="openItems"
        id="openItems"
        rowKey={({ partner }) => partner.id}
        search={t('finance.partnerSearch')}
        columns={useColumns()}
        filters={[
          {
            key: 'overdue',
            kind: 'select',
            label: t('finance.dueState'),
            options: [{ value: 'true', label: t('finance.overdue') }],
          },
        ]}
        toolbar={<ExportButton list="open-items" />}
        card={(row) => <OpenItemsCard row={row} />}
      />
    </Page>
  );
}

/** Sums of everything that the filters leave, from the server. */
function Totals(): ReactElement | null {
  const { t } = useTranslation();
  const search: ListSearch = useSearch({ strict: false });
  const q = asOne(search['q']);
  const query = {
    ...(q === undefined ? {} : { q }),
    ...(asOne(search['overdue']) === 'true' ? { overdue: 'true' as const } : {}),
  };
  const { data } = useApiQuery('openItems', { query }, { keepPrevious: true });
  if (data === undefined) return null;
  const money = (value: string) => <Money value={value} currency={data.currency} />;
  return (
    <section className="qc-card" aria-label={t('finance.total')}>
      <Facts
        items={[
          [t('finance.open'), <strong key="open">{money(data.totals.openAmount)}</strong>],
          ...AGES.map((age) => [t(`states.ageing.${age}`), money(data.totals[age])] as const),
          [t('finance.unallocated'), money(data.totals.unallocatedAmount)],
        ]}
      />
    </section>
  );
}

const AccountLink = ({ row }: { row: Row }): ReactElement => {
  const names = useNames();
  return <PathLink to={`/receivables/${row.partner.id}`}>{names.partner(row.partner)}</PathLink>;
};

function useColumns(): Column<Row>[] {
  const { t } = useTranslation();
  const money = (key: 'openAmount' | 'balanceAmount' | 'unallocatedAmount' | (typeof AGES)[number]) => (row: Row) => (
    <SomeMoney value={row[key]} currency={row.currency} />
  );
  return [
    { key: 'partner', title: t('finance.partner'), always: true, render: (row) => <AccountLink row={row} /> },
    { key: 'no', title: t('finance.partnerNo'), hiddenAtFirst: true, render: ({ partner }) => partner.no },
    { key: 'open', title: t('finance.open'), align: 'right', render: money('openAmount') },
    ...AGES.map((age) => ({
      key: age,
      title: t(`states.ageing.${age}`),
      align: 'right' as const,
      render: money(age),
    })),
    { key: 'oldest', title: t('finance.oldestDueOn'), render: ({ oldestDueOn }) => <BizDate value={oldestDueOn} /> },
    {
      key: 'orders',
      title: t('finance.orders'),
      align: 'right',
      render: (row) => <PathLink to={`/orders?partnerId=${row.partner.id}`}>{row.orderCount}</PathLink>,
    },
    { key: 'unallocated', title: t('finance.unallocated'), align: 'right', render: money('unallocatedAmount') },
    { key: 'balance', title: t('finance.balance'), align: 'right', render: money('balanceAmount') },
    {
      key: 'owner',
      title: t('finance.salesOwner'),
      render: ({ salesOwner }) => <PersonName name={salesOwner?.name} />,
    },
  ];
}

function OpenItemsCard({ row }: { row: Row }): ReactElement {
  return (
    <div className="qc-card">
      <div className="qc-row">
        <strong className="qc-grow">
          <AccountLink row={row} />
        </strong>
        <Money value={row.openAmount} currency={row.currency} />
      </div>
      <div className="qc-row qc-muted">
        <span className="qc-grow">
          <PersonName name={row.salesOwner?.name} />
        </span>
        <BizDate value={row.oldestDueOn} />
      </div>
    </div>
  );
}
