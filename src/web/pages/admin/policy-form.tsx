/** Sets a policy parameter, from now or from a day on. */
import { Form, Input, InputNumber, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DateField } from '../../ui/fields.tsx';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { orLeftOut, withoutEmpty } from '../partners/form-values.ts';
import { type Policy, usePolicyValue } from './policy-value.ts';

type Values = { value: number | null; validFrom?: string | undefined; note?: string | undefined };

export function PolicyForm({ policy, onClose }: { policy: Policy; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const told = usePolicyValue();
  const set = useApiAction('policySet');
  const { code, unit, defaultValue } = policy;
  return (
    <FormDrawer<Values>
      open
      title={t(`states.policy.${code}`)}
      draftKey={`policy.${code}`}
      initialValues={{ value: policy.value }}
      onSubmit={({ value, validFrom, note }) =>
        set.run({
          params: { policyCode: code },
          body: {
            value: value ?? defaultValue,
            ...withoutEmpty({ validFrom: orLeftOut(validFrom), note: orLeftOut(note) }),
          },
        })
      }
      onClose={onClose}
    >
      <Form.Item
        name="value"
        label={t('admin.value')}
        extra={t('admin.defaultIs', { value: told(defaultValue, unit) })}
        rules={[{ required: true, message: t('common.required') }]}
      >
        {unit === 'flag' ? (
          <Select
            options={[
              { value: 1, label: t('admin.on') },
              { value: 0, label: t('admin.off') },
            ]}
          />
        ) : (
          <InputNumber
            min={0}
            max={10_000}
            precision={0}
            style={{ width: '100%' }}
            suffix={t(`states.policyUnit.${unit}`)}
          />
        )}
      </Form.Item>
      <Form.Item name="validFrom" label={t('admin.validFrom')} extra={t('admin.validFromHint')}>
        <DateField />
      </Form.Item>
      <Form.Item name="note" label={t('admin.note')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
