/** What partners owed, or had paid in advance, before the cut-over. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { type Column, QueryTable } from '../../ui/query-table.tsx';
import { BizDate, DateTime, Money } from '../../ui/values.tsx';
import { findPartners } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { PostOpeningForm, ReverseOpeningForm } from './forms/opening-forms.tsx';

type Row = Item<'openingBalanceList'>;

export default function OpeningBalances(): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'post' | Row | null>(null);
  const close = () => setOpen(null);
  return (
    <Page
      title={t('finance.openingBalances')}
      crumbs={[{ title: t('common.menu.receivables'), to: '/receivables' }]}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('post')}>
          {t('finance.postOpening')}
        </Button>
      }
    >
      <QueryTable
        operation="openingBalanceList"
        id="openingBalances"
        rowKey={({ id }) => id}
        columns={useColumns(setOpen)}
        filters={[{ key: 'partnerId', kind: 'remote', label: t('finance.partner'), lookup: findPartners }]}
      />
      {open === 'post' && <PostOpeningForm onClose={close} />}
      {open !== null && open !== 'post' && <ReverseOpeningForm balance={open} onClose={close} />}
    </Page>
  );
}

function useColumns(onReverse: (row: Row) => void): Column<Row>[] {
  const { t } = useTranslation();
  const names = useNames();
  return [
    {
      key: 'no',
      title: t('finance.voucherNo'),
      always: true,
      render: ({ no }) => <span className="qc-num">{no}</span>,
    },
    {
      key: 'partner',
      title: t('finance.partner'),
      render: ({ partner }) => <PathLink to={`/receivables/${partner.id}`}>{names.partner(partner)}</PathLink>,
    },
    {
      key: 'amount',
      title: t('finance.amount'),
      align: 'right',
      render: (row) => <Money value={row.amount} currency={row.currency} />,
    },
    { key: 'posted', title: t('finance.postedOn'), render: ({ postedOn }) => <BizDate value={postedOn} /> },
    { key: 'reference', title: t('finance.reference'), render: ({ reference }) => reference },
    {
      key: 'payment',
      title: t('finance.advance'),
      render: ({ paymentId }) =>
        paymentId === null ? null : <PathLink to={`/payments/${paymentId}`}>{t('common.open')}</PathLink>,
    },
    {
      key: 'reverse',
      title: t('finance.reversal'),
      always: true,
      render: (row) =>
        row.reversedAt === null ? (
          <Button size="small" danger onClick={() => onReverse(row)}>
            {t('finance.reverseOpening')}
          </Button>
        ) : (
          <>
            <Tag>{t('finance.reversed')}</Tag> <DateTime value={row.reversedAt} />
          </>
        ),
    },
  ];
}
