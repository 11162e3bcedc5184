/** Mail that came in: what became of each message, and what waits for a person. */
import { Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { INTAKE_STATES } from '../../../contract/machines/intake.ts';
import type { Item } from '../../api/client.ts';
import { Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { DateTime } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';

type Row = Item<'intakeList'>;

export default function MailList(): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const link = ({ id, no, subject }: Row) => (
    <PathLink to={`/mail/${id}`}>{subject ?? t('inquiries.mail.noSubject', { no })}</PathLink>
  );
  const reason = ({ reason: why }: Row) =>
    why === null ? null : <span className="qc-muted">{t(`states.intakeReason.${why}`)}</span>;
  const inquiry = ({ inquiry: made }: Row) =>
    made === null ? null : <PathLink to={`/inquiries/${made.id}`}>{made.no}</PathLink>;
  return (
    <Page title={t('common.menu.mail')}>
      <QueryTable
        operation="intakeList"
        id="mail"
        rowKey={({ id }) => id}
        search={t('inquiries.mail.search')}
        columns={[
          { key: 'subject', title: t('inquiries.mail.subject'), always: true, render: link },
          { key: 'from', title: t('inquiries.mail.from'), render: ({ from }) => from },
          { key: 'state', title: t('orders.state'), render: ({ state }) => <StateTag of="intake" state={state} /> },
          { key: 'reason', title: t('inquiries.mail.reason'), render: reason },
          {
            key: 'partner',
            title: t('orders.partner'),
            render: ({ partner }) => (partner === null ? null : names.partner(partner)),
          },
          { key: 'inquiry', title: t('states.document.inquiry'), render: inquiry },
          {
            key: 'received',
            title: t('inquiries.receivedAt'),
            render: ({ receivedAt }) => <DateTime value={receivedAt} />,
          },
          {
            key: 'source',
            title: t('inquiries.mail.way'),
            hiddenAtFirst: true,
            render: ({ source }) => <Tag>{source.toUpperCase()}</Tag>,
          },
        ]}
        filters={[
          {
            key: 'state',
            kind: 'many',
            label: t('orders.state'),
            options: INTAKE_STATES.map((value) => ({ value, label: t(`states.intake.${value}`) })),
          },
        ]}
        card={(row) => (
          <div className="qc-card">
            <div className="qc-row">
              <strong className="qc-grow">{link(row)}</strong>
              <StateTag of="intake" state={row.state} />
            </div>
            <div>{row.from}</div>
            {reason(row)}
          </div>
        )}
      />
    </Page>
  );
}
