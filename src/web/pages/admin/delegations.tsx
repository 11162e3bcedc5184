/** Absences and deputies: who stands in for whom, and when. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Popconfirm, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { useCan, useSession } from '../../session.tsx';
import { Loaded, Page, Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { PersonName } from '../../ui/person-names.tsx';
import { BizDate } from '../../ui/values.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { DelegationForm } from './delegation-form.tsx';

export default function Delegations(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const { actor } = useSession();
  const list = useApiQuery('delegationsList', { query: {} });
  const end = useApiAction('delegationEnd');
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={t('common.menu.delegations')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('admin.addDelegation')}
        </Button>
      }
    >
      <ProblemAlert problem={end.problem} onClose={end.clear} />
      <Section title={t('admin.absences')}>
        <p className="qc-muted" style={{ marginBottom: 12 }}>
          {t('admin.delegationsHint')}
        </p>
        <Loaded query={list}>
          {({ items }) => (
            <PlainTable
              rows={items}
              rowKey={({ id }) => id}
              empty={t('admin.noDelegations')}
              columns={[
                { key: 'user', title: t('admin.absentPerson'), render: ({ user }) => <PersonName name={user.name} /> },
                { key: 'deputy', title: t('admin.deputy'), render: ({ deputy }) => <PersonName name={deputy.name} /> },
                { key: 'from', title: t('admin.fromDay'), render: ({ fromOn }) => <BizDate value={fromOn} /> },
                { key: 'to', title: t('admin.toDay'), render: ({ toOn }) => <BizDate value={toOn} /> },
                {
                  key: 'state',
                  title: t('admin.state'),
                  render: ({ active, endedAt }) =>
                    endedAt !== null ? (
                      <Tag>{t('admin.ended')}</Tag>
                    ) : active ? (
                      <Tag color="success">{t('admin.inForce')}</Tag>
                    ) : (
                      <Tag color="warning">{t('admin.toCome')}</Tag>
                    ),
                },
                {
                  key: 'actions',
                  title: t('common.actions'),
                  render: ({ id, endedAt, user }) =>
                    endedAt === null &&
                    (user.id === actor.userId || can('delegation.manage')) && (
                      <Popconfirm
                        title={t('admin.endDelegationHint')}
                        okText={t('admin.endDelegation')}
                        cancelText={t('common.cancel')}
                        onConfirm={() => end.attempt({ params: { delegationId: id } })}
                      >
                        <Button size="small">{t('admin.endDelegation')}</Button>
                      </Popconfirm>
                    ),
                },
              ]}
            />
          )}
        </Loaded>
      </Section>
      {adding && <DelegationForm onClose={() => setAdding(false)} />}
    </Page>
  );
}
