/** Names a deputy for an absence. */
import { Form } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { useCan, useSession } from '../../session.tsx';
import { DateField, RemoteSelect } from '../../ui/fields.tsx';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { findStaff } from './lookups.ts';
import { useNameOf } from '../../i18n/use-name.ts';

type Values = {
  userId?: string | undefined;
  deputyId?: string | undefined;
  fromOn?: string | undefined;
  toOn?: string | undefined;
};

export function DelegationForm({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const { actor } = useSession();
  const others = useCan()('delegation.manage');
  const create = useApiAction('delegationCreate');
  const must = [{ required: true, message: t('common.required') }];
  return (
    <FormDrawer<Values>
      open
      title={t('admin.addDelegation')}
      draftKey="delegation.new"
      initialValues={{ userId: actor.userId }}
      onSubmit={({ userId, deputyId, fromOn, toOn }) =>
        create.run({
          body: {
            ...(others && userId !== undefined && userId !== actor.userId ? { userId } : {}),
            deputyId: deputyId ?? '',
            fromOn: fromOn ?? '',
            toOn: toOn ?? '',
          },
        })
      }
      onClose={onClose}
    >
      {others && (
        <Form.Item name="userId" label={t('admin.absentPerson')} rules={must}>
          <RemoteSelect search={findStaff} initial={{ value: actor.userId, label: nameOf(actor) }} />
        </Form.Item>
      )}
      <Form.Item name="deputyId" label={t('admin.deputy')} extra={t('admin.deputyHint')} rules={must}>
        <RemoteSelect search={findStaff} />
      </Form.Item>
      <Form.Item name="fromOn" label={t('admin.fromDay')} rules={must}>
        <DateField />
      </Form.Item>
      <Form.Item name="toOn" label={t('admin.toDay')} rules={must}>
        <DateField />
      </Form.Item>
    </FormDrawer>
  );
}
