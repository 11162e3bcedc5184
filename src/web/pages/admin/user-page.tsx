/** A person: data, roles, approval limit; a new one-time link; disabled and enabled. */
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { LOCALE_NAMES } from '../../i18n/locale.ts';
import { useCan } from '../../session.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { useNameOf } from '../../i18n/use-name.ts';
import { DateTime, Money } from '../../ui/values.tsx';
import { resetLink, type Secret, ShownOnce } from './shown-once.tsx';
import { UserForm } from './user-form.tsx';
import { useTell } from '../../ui/tell.tsx';

export type User = Answer<'userGet'>;

export default function UserPage(): ReactElement {
  const { userId } = useParams({ from: '/inside/workbench/admin/users/$userId' });
  const user = useApiQuery('userGet', { params: { userId } });
  return <Loaded query={user}>{(data) => <Person user={data} />}</Loaded>;
}

function Person({ user }: { user: User }): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const { modal } = useTell();
  const nameOf = useNameOf();
  const partnerName = user.partnerName === null ? null : nameOf({ name: user.partnerName, nameEn: user.partnerNameEn });
  const [editing, setEditing] = useState(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const update = useApiAction('userUpdate');
  const link = useApiAction('userResetLink', {
    onDone: ({ token, expiresAt }) =>
      setSecret({
        title: t('admin.resetLinkFor', { name: nameOf(user) }),
        text: token === null ? null : resetLink(token),
        hint: t('admin.inviteLinkHint'),
        expiresAt,
      }),
  });
  const params = { userId: user.id };
  const setState = (state: 'active' | 'disabled') => update.attempt({ params, body: { state }, ifMatch: user.version });
  const askDisable = () =>
    modal.confirm({
      title: t('admin.disableUser', { name: nameOf(user) }),
      content: t('admin.disableHint'),
      okText: t('admin.disable'),
      okButtonProps: { danger: true },
      cancelText: t('common.cancel'),
      onOk: () => setState('disabled'),
    });
  const problem = update.problem ?? link.problem;
  return (
    <Page
      title={nameOf(user)}
      crumbs={[{ title: t('common.menu.users'), to: '/admin/users' }]}
      extra={<StateTag of="user" state={user.state} />}
      actions={
        can('user.manage') && (
          <div className="qc-row">
            <Button type="primary" onClick={() => setEditing(true)}>
              {t('admin.change')}
            </Button>
            <Button loading={link.pending} onClick={() => void link.attempt({ params })}>
              {t('admin.newLink')}
            </Button>
            {user.state === 'disabled' ? (
              <Button loading={update.pending} onClick={() => void setState('active')}>
                {t('admin.enable')}
              </Button>
            ) : (
              <Button danger onClick={askDisable}>
                {t('admin.disable')}
              </Button>
            )}
          </div>
        )
      }
    >
      <ProblemAlert
        problem={problem}
        onClose={() => {
          update.clear();
          link.clear();
        }}
      />
      <Section title={t('admin.data')}>
        <Facts
          items={[
            [t('admin.login'), user.login],
            [t('admin.personName'), user.name],
            [t('admin.personNameEn'), user.nameEn],
            [t('admin.userKind'), t(`states.userKind.${user.kind}`)],
            [
              t('admin.partner'),
              user.partnerId !== null &&
                (can('partner.read') ? (
                  <PathLink to={`/partners/${user.partnerId}`}>{partnerName}</PathLink>
                ) : (
                  partnerName
                )),
            ],
            [t('admin.roles'), user.roles.map((role) => t(`states.role.${role}`)).join(t('common.listSeparator'))],
            [
              t('admin.approvalLimit'),
              user.approvalLimit === null ? t('admin.noApproval') : <Money value={user.approvalLimit} />,
            ],
            [t('admin.email'), user.email],
            [t('admin.phone'), user.phone],
            [t('common.language'), LOCALE_NAMES[user.locale]],
            [t('admin.createdAt'), <DateTime key="created" value={user.createdAt} />],
            [t('admin.lastSeen'), <DateTime key="seen" value={user.lastSeenAt} />],
          ]}
        />
      </Section>
      {editing && <UserForm user={user} onClose={() => setEditing(false)} />}
      {secret !== null && <ShownOnce secret={secret} onClose={() => setSecret(null)} />}
    </Page>
  );
}
