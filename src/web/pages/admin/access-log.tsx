/** Sign-ins, refusals and exports, newest first. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ACCESS_KINDS } from '../../../contract/users.ts';
import { Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { DateTime } from '../../ui/values.tsx';
import { findUsers } from './lookups.ts';

export default function AccessLog(): ReactElement {
  const { t } = useTranslation();
  return (
    <Page title={t('common.menu.accessLog')}>
      <QueryTable
        operation="accessLogList"
        id="access-log"
        rowKey={({ at, kind, login, operation }) => `${at} ${kind} ${login ?? ''} ${operation ?? ''}`}
        columns={[
          { key: 'at', title: t('admin.at'), always: true, render: ({ at }) => <DateTime value={at} /> },
          { key: 'kind', title: t('admin.accessKind'), render: ({ kind }) => t(`states.access.${kind}`) },
          {
            key: 'user',
            title: t('admin.personName'),
            render: ({ userId, userName }) =>
              userId === null ? userName : <PathLink to={`/admin/users/${userId}`}>{userName ?? userId}</PathLink>,
          },
          { key: 'login', title: t('admin.login'), render: ({ login }) => login },
          { key: 'ip', title: t('admin.ip'), render: ({ ip }) => <span className="qc-num">{ip}</span> },
          {
            key: 'operation',
            title: t('admin.operation'),
            render: ({ operation }) => operation !== null && <code>{operation}</code>,
          },
        ]}
        filters={[
          {
            key: 'kind',
            kind: 'select',
            label: t('admin.accessKind'),
            options: ACCESS_KINDS.map((value) => ({ value, label: t(`states.access.${value}`) })),
          },
          { key: 'userId', kind: 'remote', label: t('admin.personName'), lookup: findUsers },
          { key: 'days', kind: 'dates', label: t('admin.at'), keys: ['from', 'to'] },
        ]}
      />
    </Page>
  );
}
