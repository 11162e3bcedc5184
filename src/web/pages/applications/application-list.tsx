/** Applications to become a partner: who applied, what each waits for, until when. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { APPLICATION_STATES } from '../../../contract/machines/application.ts';
import type { Item } from '../../api/client.ts';
import { Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { DateTime, Deadline } from '../../ui/values.tsx';

type Row = Item<'applicationList'>;

export default function ApplicationList(): ReactElement {
  const { t } = useTranslation();
  const link = ({ id, no }: Row) => (
    <PathLink to={`/applications/${id}`} className="qc-num">
      {no}
    </PathLink>
  );
  const name = (row: Row) => row.name ?? <span className="qc-muted">{t('applications.erased')}</span>;
  return (
    <Page
      title={t('common.menu.applications')}
      actions={
        <a href="/apply" target="_blank" rel="noreferrer">
          <Button tabIndex={-1}>{t('applications.openForm')}</Button>
        </a>
      }
    >
      <QueryTable
        operation="applicationList"
        id="applications"
        rowKey={({ id }) => id}
        search={t('applications.searchHint')}
        columns={[
          { key: 'no', title: t('applications.no'), always: true, render: link },
          { key: 'name', title: t('applications.name'), render: name },
          { key: 'contact', title: t('partners.contactName'), render: ({ contactName }) => contactName },
          {
            key: 'state',
            title: t('partners.state'),
            render: ({ state }) => <StateTag of="application" state={state} />,
          },
          { key: 'due', title: t('orders.due'), render: ({ dueAt }) => <Deadline value={dueAt} /> },
          {
            key: 'submitted',
            title: t('applications.submittedAt'),
            render: ({ submittedAt }) => <DateTime value={submittedAt} />,
          },
        ]}
        filters={[
          {
            key: 'state',
            kind: 'many',
            label: t('partners.state'),
            options: APPLICATION_STATES.map((value) => ({ value, label: t(`states.application.${value}`) })),
          },
        ]}
        card={(row) => (
          <div className="qc-card">
            <div className="qc-row">
              <strong className="qc-grow">{link(row)}</strong>
              <StateTag of="application" state={row.state} />
            </div>
            <div>{name(row)}</div>
            <Deadline value={row.dueAt} />
          </div>
        )}
      />
    </Page>
  );
}
