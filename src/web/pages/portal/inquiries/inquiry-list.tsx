/** The partner's inquiries. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { INQUIRY_STATES } from '../../../../contract/machines/others.ts';
import type { Item } from '../../../api/client.ts';
import { useCan } from '../../../session.tsx';
import { Page } from '../../../ui/page.tsx';
import { PathLink, useGo } from '../../../ui/path-link.tsx';
import { QueryTable } from '../../../ui/query-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { DateTime } from '../../../ui/values.tsx';
import '../portal.css';

type Inquiry = Item<'inquiryList'>;

export default function InquiryList(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  return (
    <Page
      title={t('common.menu.myInquiries')}
      actions={
        can('inquiry.create') && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => go('/portal/inquiries/new')}>
            {t('portal.newInquiry')}
          </Button>
        )
      }
    >
      <QueryTable
        operation="inquiryList"
        id="portal-inquiries"
        rowKey={({ id }) => id}
        search={t('portal.searchInquiries')}
        filters={[
          {
            key: 'state',
            kind: 'select',
            label: t('portal.state'),
            options: INQUIRY_STATES.map((value) => ({ value, label: t(`states.inquiry.${value}`) })),
          },
        ]}
        columns={[
          {
            key: 'no',
            title: t('portal.no'),
            always: true,
            render: (row) => <PathLink to={`/portal/inquiries/${row.id}`}>{row.no}</PathLink>,
          },
          { key: 'state', title: t('portal.state'), render: (row) => <StateTag of="inquiry" state={row.state} /> },
          { key: 'customer', title: t('portal.customer'), render: (row) => row.customerName ?? '' },
          { key: 'po', title: t('portal.poNo'), render: (row) => row.poNo ?? '' },
          {
            key: 'lines',
            title: t('portal.lineCount'),
            align: 'right',
            render: (row) => <Lines inquiry={row} />,
          },
          { key: 'received', title: t('portal.sentAt'), render: (row) => <DateTime value={row.receivedAt} /> },
        ]}
        card={(row) => (
          <PathLink to={`/portal/inquiries/${row.id}`}>
            <div className="qc-card qp-card">
              <div className="qp-card-head">
                <strong className="qc-num">{row.no}</strong>
                <StateTag of="inquiry" state={row.state} />
              </div>
              <div>{[row.customerName, row.poNo].filter(Boolean).join(' · ')}</div>
              <div className="qp-card-head qc-muted">
                <DateTime value={row.receivedAt} />
                <Lines inquiry={row} />
              </div>
            </div>
          </PathLink>
        )}
      />
    </Page>
  );
}

function Lines({ inquiry }: { inquiry: Inquiry }): ReactElement {
  const { t } = useTranslation();
  return (
    <span>
      {t('portal.lines', { count: inquiry.lineCount })}{' '}
      {inquiry.gapCount > 0 && <Tag color="warning">{t('portal.gaps', { count: inquiry.gapCount })}</Tag>}
    </span>
  );
}
