/** People of the company and of its partners. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES } from '../../../contract/roles.ts';
import { USER_STATES } from '../../../contract/users.ts';
import type { Item } from '../../api/client.ts';
import { useLocaleState } from '../../i18n/index.ts';
import { useCan } from '../../session.tsx';
import { Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { useNameOf } from '../../i18n/use-name.ts';
import { DateTime } from '../../ui/values.tsx';
import { findPartners } from '../orders/lookups.ts';
import { InviteForm } from './invite-form.tsx';
import { type Secret, ShownOnce } from './shown-once.tsx';

type Row = Item<'usersList'>;

export default function UserList(): ReactElement {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const can = useCan();
  const { locale } = useLocaleState();
  const [inviting, setInviting] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const link = ({ id, name, nameEn }: Row) => (
    <PathLink to={`/admin/users/${id}`}>{locale === 'en' ? (nameEn ?? name) : name}</PathLink>
  );
  const partnerFilter = can('partner.read')
    ? [{ key: 'partnerId', kind: 'remote' as const, label: t('admin.partner'), lookup: findPartners }]
    : [];
  return (
    <Page
      title={t('common.menu.users')}
      actions={
        can('user.manage') && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setInviting(true)}>
            {t('admin.invite')}
          </Button>
        )
      }
    >
      <QueryTable
        operation="usersList"
        id="users"
        rowKey={({ id }) => id}
        search={t('admin.userSearch')}
        columns={[
          { key: 'name', title: t('admin.personName'), always: true, render: link },
          { key: 'login', title: t('admin.login'), render: ({ login }) => login },
          { key: 'kind', title: t('admin.userKind'), render: ({ kind }) => t(`states.userKind.${kind}`) },
          {
            key: 'partner',
            title: t('admin.partner'),
            render: ({ partnerName, partnerNameEn }) =>
              partnerName !== null && nameOf({ name: partnerName, nameEn: partnerNameEn }),
          },
          {
            key: 'roles',
            title: t('admin.roles'),
            render: ({ roles }) => roles.map((role) => t(`states.role.${role}`)).join(t('common.listSeparator')),
          },
          { key: 'state', title: t('admin.state'), render: ({ state }) => <StateTag of="user" state={state} /> },
          { key: 'seen', title: t('admin.lastSeen'), render: ({ lastSeenAt }) => <DateTime value={lastSeenAt} /> },
          {
            key: 'created',
            title: t('admin.createdAt'),
            hiddenAtFirst: true,
            render: ({ createdAt }) => <DateTime value={createdAt} />,
          },
        ]}
        filters={[
          {
            key: 'kind',
            kind: 'select',
            label: t('admin.userKind'),
            options: (['staff', 'partner'] as const).map((value) => ({ value, label: t(`states.userKind.${value}`) })),
            width: 130,
          },
          {
            key: 'role',
            kind: 'select',
            label: t('admin.roles'),
            options: ROLES.map((value) => ({ value, label: t(`states.role.${value}`) })),
          },
          {
            key: 'state',
            kind: 'select',
            label: t('admin.state'),
            options: USER_STATES.map((value) => ({ value, label: t(`states.user.${value}`) })),
            width: 120,
          },
          ...partnerFilter,
        ]}
        card={(row) => (
          <div className="qc-card">
            <div className="qc-row">
              <strong className="qc-grow">{link(row)}</strong>
              <StateTag of="user" state={row.state} />
            </div>
            <span className="qc-muted">{row.login}</span>
          </div>
        )}
      />
      {inviting && <InviteForm onClose={() => setInviting(false)} onSecret={setSecret} />}
      {secret !== null && <ShownOnce secret={secret} onClose={() => setSecret(null)} />}
    </Page>
  );
}
