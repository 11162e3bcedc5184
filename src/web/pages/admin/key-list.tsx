/** API keys: each a service account of its own. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Popconfirm, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { useNameOf } from '../../i18n/use-name.ts';
import { PersonName } from '../../ui/person-names.tsx';
import { DateTime } from '../../ui/values.tsx';
import { KeyForm } from './key-form.tsx';
import { type Secret, ShownOnce } from './shown-once.tsx';

type Row = Item<'keysList'>;

export default function KeyList(): ReactElement {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const revoke = useApiAction('keyRevoke');
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const state = ({ revokedAt }: Row) =>
    revokedAt === null ? (
      <Tag color="success">{t('admin.keyLive')}</Tag>
    ) : (
      <>
        <Tag>{t('admin.keyRevoked')}</Tag> <DateTime value={revokedAt} />
      </>
    );
  return (
    <Page
      title={t('common.menu.keys')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('admin.newKey')}
        </Button>
      }
    >
      <ProblemAlert problem={revoke.problem} onClose={revoke.clear} />
      <QueryTable
        operation="keysList"
        id="keys"
        empty={<Empty begin={t('admin.newKey')} />}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', title: t('admin.keyName'), always: true, render: ({ name }) => name },
          { key: 'prefix', title: t('admin.keyPrefix'), render: ({ prefix }) => <code>{prefix}</code> },
          {
            key: 'roles',
            title: t('admin.roles'),
            render: ({ roles }) => roles.map((role) => t(`states.role.${role}`)).join(t('common.listSeparator')),
          },
          {
            key: 'partner',
            title: t('admin.partner'),
            render: ({ partnerName, partnerNameEn }) =>
              partnerName !== null && nameOf({ name: partnerName, nameEn: partnerNameEn }),
          },
          { key: 'state', title: t('admin.state'), render: state },
          {
            key: 'expires',
            title: t('admin.expiresAt'),
            render: ({ expiresAt }) => (expiresAt === null ? t('admin.never') : <DateTime value={expiresAt} />),
          },
          { key: 'used', title: t('admin.lastUsed'), render: ({ lastUsedAt }) => <DateTime value={lastUsedAt} /> },
          { key: 'by', title: t('admin.madeBy'), render: ({ madeBy }) => <PersonName name={madeBy} /> },
          { key: 'created', title: t('admin.createdAt'), render: ({ createdAt }) => <DateTime value={createdAt} /> },
          {
            key: 'actions',
            title: t('common.actions'),
            render: ({ id, name, revokedAt }) =>
              revokedAt === null && (
                <Popconfirm
                  title={t('admin.revokeKey', { name })}
                  description={t('admin.revokeHint')}
                  okText={t('admin.revoke')}
                  okButtonProps={{ danger: true }}
                  cancelText={t('common.cancel')}
                  onConfirm={() => revoke.attempt({ params: { keyId: id } })}
                >
                  <Button size="small" danger>
                    {t('admin.revoke')}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
        filters={[
          {
            key: 'live',
            kind: 'select',
            label: t('admin.state'),
            options: [
              { value: 'true', label: t('admin.keyLive') },
              { value: 'false', label: t('admin.keyRevoked') },
            ],
            width: 130,
          },
        ]}
      />
      {adding && <KeyForm onClose={() => setAdding(false)} onSecret={setSecret} />}
      {secret !== null && <ShownOnce secret={secret} onClose={() => setSecret(null)} />}
    </Page>
  );
}
