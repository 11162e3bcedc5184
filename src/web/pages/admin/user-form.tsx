/** Changes a person's data, roles and approval limit. */
import { Form, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../contract/roles.ts';
import { useApiAction } from '../../api/hooks.ts';
import { useSession } from '../../session.tsx';
import { DecimalField } from '../../ui/fields.tsx';
import { DocumentForm } from '../orders/document-form.tsx';
import { changedOnly, orNull } from '../partners/form-values.ts';
import { RoleSelect } from './role-select.tsx';
import type { User } from './user-page.tsx';

type Values = {
  name: string;
  nameEn?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  roles: Role[];
  approvalLimit?: string | undefined;
};

const bodyOf = (values: Values) => ({
  name: values.name.trim(),
  nameEn: orNull(values.nameEn),
  email: orNull(values.email),
  phone: orNull(values.phone),
  roles: values.roles,
  approvalLimit: orNull(values.approvalLimit),
});

export function UserForm({ user, onClose }: { user: User; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const { company } = useSession();
  const update = useApiAction('userUpdate');
  const [first] = useState<Values>(() => ({
    name: user.name,
    nameEn: user.nameEn ?? undefined,
    email: user.email ?? undefined,
    phone: user.phone ?? undefined,
    roles: user.roles,
    approvalLimit: user.approvalLimit ?? undefined,
  }));
  return (
    <DocumentForm<Values, User>
      draftKey={`user.${user.id}`}
      no={user.login}
      version={user.version}
      stateNow={t(`states.user.${user.state}`)}
      title={t('admin.editUser')}
      submitText={t('common.save')}
      initialValues={first}
      send={(values, version) =>
        update.run({
          params: { userId: user.id },
          body: changedOnly(bodyOf(first), bodyOf(values)),
          ifMatch: version,
        })
      }
      doneText={() => t('admin.saved')}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('admin.personName')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="nameEn" label={t('admin.personNameEn')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="roles"
        label={t('admin.roles')}
        extra={t('admin.rolesChangeHint')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <RoleSelect kind={user.kind} />
      </Form.Item>
      {user.kind === 'staff' && (
        <Form.Item name="approvalLimit" label={t('admin.approvalLimit')} extra={t('admin.approvalHint')}>
          <DecimalField suffix={company.currency} />
        </Form.Item>
      )}
      <Form.Item name="email" label={t('admin.email')}>
        <Input maxLength={200} inputMode="email" />
      </Form.Item>
      <Form.Item name="phone" label={t('admin.phone')}>
        <Input maxLength={40} inputMode="tel" />
      </Form.Item>
    </DocumentForm>
  );
}
