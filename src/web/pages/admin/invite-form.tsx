/** Invites a person; the one-time link is handed over by whoever invites. */
import { Form, Input, Radio, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../contract/roles.ts';
import { useApiAction } from '../../api/hooks.ts';
import { currentLocale } from '../../i18n/index.ts';
import { nameNow } from '../../i18n/use-name.ts';
import { LOCALE_NAMES, LOCALES, type Locale } from '../../i18n/locale.ts';
import { useSession } from '../../session.tsx';
import { DecimalField, RemoteSelect } from '../../ui/fields.tsx';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { orNull } from '../partners/form-values.ts';
import { findPartnersOfUsers } from './lookups.ts';
import { RoleSelect } from './role-select.tsx';
import { resetLink, type Secret } from './shown-once.tsx';

type Values = {
  kind: 'staff' | 'partner';
  partnerId?: string | undefined;
  login: string;
  name: string;
  nameEn?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  locale: Locale;
  roles?: Role[] | undefined;
  approvalLimit?: string | undefined;
};

export function InviteForm({
  onClose,
  onSecret,
}: {
  onClose: () => void;
  onSecret: (secret: Secret) => void;
}): ReactElement {
  const { t } = useTranslation();
  const invite = useApiAction('userInvite', {
    onDone: ({ user, token, expiresAt }) =>
      onSecret({
        title: t('admin.inviteLink', { name: nameNow(user) }),
        text: token === null ? null : resetLink(token),
        hint: t('admin.inviteLinkHint'),
        expiresAt,
      }),
  });
  return (
    <FormDrawer<Values>
      open
      title={t('admin.invite')}
      draftKey="user.invite"
      initialValues={{ kind: 'staff', login: '', name: '', locale: currentLocale() }}
      onSubmit={(values) =>
        invite.run({
          body: {
            login: values.login.trim(),
            name: values.name.trim(),
            nameEn: orNull(values.nameEn),
            email: orNull(values.email),
            phone: orNull(values.phone),
            locale: values.locale,
            roles: values.roles ?? [],
            partnerId: values.kind === 'partner' ? orNull(values.partnerId) : null,
            approvalLimit: values.kind === 'staff' ? orNull(values.approvalLimit) : null,
          },
        })
      }
      onClose={onClose}
      submitText={t('admin.invite')}
    >
      <InviteFields />
    </FormDrawer>
  );
}

function InviteFields(): ReactElement {
  const { t } = useTranslation();
  const { company } = useSession();
  const form = Form.useFormInstance();
  const watched: unknown = Form.useWatch('kind');
  const kind = watched === 'partner' ? 'partner' : 'staff';
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const chosen = [{ required: true, message: t('common.required') }];
  return (
    <>
      <Form.Item name="kind" label={t('admin.userKind')}>
        <Radio.Group
          options={(['staff', 'partner'] as const).map((value) => ({ value, label: t(`states.userKind.${value}`) }))}
          onChange={() => form.setFieldValue('roles', [])}
        />
      </Form.Item>
      {kind === 'partner' && (
        <Form.Item name="partnerId" label={t('admin.partner')} rules={chosen}>
          <RemoteSelect search={findPartnersOfUsers} />
        </Form.Item>
      )}
      <Form.Item name="login" label={t('admin.login')} extra={t('admin.loginHint')} rules={must}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label={t('admin.personName')} rules={must}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="nameEn" label={t('admin.personNameEn')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="roles"
        label={t('admin.roles')}
        {...(kind === 'staff' ? { extra: t('admin.rolesHint') } : {})}
        rules={chosen}
      >
        <RoleSelect kind={kind} />
      </Form.Item>
      {kind === 'staff' && (
        <Form.Item name="approvalLimit" label={t('admin.approvalLimit')} extra={t('admin.approvalHint')}>
          <DecimalField suffix={company.currency} />
        </Form.Item>
      )}
      <Form.Item name="email" label={t('admin.email')}>
        <Input maxLength={200} inputMode="email" autoComplete="off" />
      </Form.Item>
      <Form.Item name="phone" label={t('admin.phone')}>
        <Input maxLength={40} inputMode="tel" autoComplete="off" />
      </Form.Item>
      <Form.Item name="locale" label={t('common.language')}>
        <Select options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))} />
      </Form.Item>
    </>
  );
}
