/** Inquiries of the partners' customers: what was asked, what is missing, until when it is answered. */
import { PlusOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { INQUIRY_STATES } from '../../../contract/machines/others.ts';
import type { Item } from '../../api/client.ts';
import { useCan } from '../../session.tsx';
import { Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BizDate, DateTime, Deadline } from '../../ui/values.tsx';
import { findPartners, namePartner } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';

type Row = Item<'inquiryList'>;

export default function InquiryList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const names = useNames();
  const link = ({ id, no }: Row) => (
    <PathLink to={`/inquiries/${id}`} className="qc-num">
      {no}
    </PathLink>
  );
  const gaps = ({ gapCount }: Row) =>
    gapCount === 0 ? (
      <span className="qc-muted">{t('inquiries.complete')}</span>
    ) : (
      <Tag color="warning">{t('inquiries.gapLines', { count: gapCount })}</Tag>
    );
  return (
    <Page
      title={t('inquiries.title')}
      actions={
        can('inquiry.create') && (
          <Link to="/inquiries/new">
            <Button type="primary" icon={<PlusOutlined aria-hidden />} tabIndex={-1}>
              {t('inquiries.new')}
            </Button>
          </Link>
        )
      }
    >
      <QueryTable
        operation="inquiryList"
        id="inquiries"
        rowKey={({ id }) => id}
        search={t('inquiries.searchHint')}
        columns={[
          { key: 'no', title: t('inquiries.no'), always: true, render: link },
          { key: 'partner', title: t('orders.partner'), render: ({ partner }) => names.partner(partner) },
          { key: 'customer', title: t('orders.customer'), render: ({ customerName }) => customerName },
          { key: 'poNo', title: t('orders.poNo'), hiddenAtFirst: true, render: ({ poNo }) => poNo },
          { key: 'channel', title: t('orders.channel'), render: ({ channel }) => t(`states.channel.${channel}`) },
          { key: 'lines', title: t('inquiries.lines'), align: 'right', render: ({ lineCount }) => lineCount },
          { key: 'gaps', title: t('inquiries.gaps'), render: gaps },
          { key: 'state', title: t('orders.state'), render: ({ state }) => <StateTag of="inquiry" state={state} /> },
          { key: 'due', title: t('orders.due'), render: ({ dueAt }) => <Deadline value={dueAt} /> },
          {
            key: 'requested',
            title: t('orders.requestedOn'),
            render: ({ requestedOn }) => <BizDate value={requestedOn} />,
          },
          {
            key: 'received',
            title: t('inquiries.receivedAt'),
            render: ({ receivedAt }) => <DateTime value={receivedAt} />,
          },
        ]}
        filters={[
          {
            key: 'state',
            kind: 'many',
            label: t('orders.state'),
            options: INQUIRY_STATES.map((value) => ({ value, label: t(`states.inquiry.${value}`) })),
          },
          { key: 'partnerId', kind: 'remote', label: t('orders.partner'), lookup: findPartners, nameOf: namePartner },
        ]}
        card={(row) => (
          <div className="qc-card">
            <div className="qc-row">
              <strong className="qc-grow">{link(row)}</strong>
              <StateTag of="inquiry" state={row.state} />
            </div>
            <div className="qc-row">
              <span className="qc-grow">{names.partner(row.partner)}</span>
              {gaps(row)}
            </div>
            <Deadline value={row.dueAt} />
          </div>
        )}
      />
    </Page>
  );
}
