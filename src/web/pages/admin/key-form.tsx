/** A new API key, for the company or for one partner. */
import { DatePicker, Form, Input, Radio } from 'antd';
import dayjs from '../../lib/dayjs.ts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../contract/roles.ts';
import { useApiAction } from '../../api/hooks.ts';
import { RemoteSelect } from '../../ui/fields.tsx';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { orNull } from '../partners/form-values.ts';
import { findPartnersOfUsers } from './lookups.ts';
import { RoleSelect } from './role-select.tsx';
import type { Secret } from './shown-once.tsx';

type Values = {
  kind: 'staff' | 'partner';
  name: string;
  partnerId?: string | undefined;
  roles?: Role[] | undefined;
  expiresAt?: string | undefined;
};

export function KeyForm({
  onClose,
  onSecret,
}: {
  onClose: () => void;
  onSecret: (secret: Secret) => void;
}): ReactElement {
  const { t } = useTranslation();
  const create = useApiAction('keyCreate', {
    onDone: ({ key, secret }) =>
      onSecret({ title: t('admin.secretOf', { name: key.name }), text: secret, hint: t('admin.secretHint') }),
  });
  return (
    <FormDrawer<Values>
      open
      title={t('admin.newKey')}
      draftKey="key.new"
      initialValues={{ kind: 'staff', name: '' }}
      onSubmit={(values) =>
        create.run({
          body: {
            name: values.name.trim(),
            roles: values.roles ?? [],
            partnerId: values.kind === 'partner' ? orNull(values.partnerId) : null,
            expiresAt: orNull(values.expiresAt),
          },
        })
      }
      onClose={onClose}
      submitText={t('admin.newKey')}
    >
      <KeyFields />
    </FormDrawer>
  );
}

function KeyFields(): ReactElement {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const watched: unknown = Form.useWatch('kind');
  const kind = watched === 'partner' ? 'partner' : 'staff';
  const chosen = [{ required: true, message: t('common.required') }];
  return (
    <>
      <Form.Item
        name="name"
        label={t('admin.keyName')}
        extra={t('admin.keyNameHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input maxLength={100} autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label={t('admin.keyFor')}>
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
      <Form.Item name="roles" label={t('admin.roles')} extra={t('admin.keyRolesHint')} rules={chosen}>
        <RoleSelect kind={kind} forKey />
      </Form.Item>
      <Form.Item name="expiresAt" label={t('admin.expiresAt')} extra={t('admin.expiresHint')}>
        <InstantField />
      </Form.Item>
    </>
  );
}

/** The end of a day, as an instant. */
function InstantField({
  value,
  onChange,
  id,
}: {
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  id?: string;
}): ReactElement {
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      style={{ width: '100%' }}
      value={value === undefined ? null : dayjs(value)}
      minDate={dayjs()}
      onChange={(day: dayjs.Dayjs | null) => onChange?.(day === null ? undefined : day.endOf('day').toISOString())}
    />
  );
}
