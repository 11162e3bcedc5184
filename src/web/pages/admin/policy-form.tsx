/** Sets a policy parameter, from now or from a day on, for the company, a level or an agreement. */
import { Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_REMINDERS, DURATION_UNITS, isDuration } from '../../../contract/policy.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { DateField, RemoteSelect } from '../../ui/fields.tsx';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import { findPartners } from '../orders/lookups.ts';
import { orLeftOut, withoutEmpty } from '../partners/form-values.ts';
import { type Policy, type PolicyEntry, usePolicyValue } from './policy-value.ts';

type DurationUnit = (typeof DURATION_UNITS)[number];
type Values = {
  target: 'company' | 'level' | 'agreement';
  level?: string;
  partnerId?: string;
  agreementId?: string;
  inherits?: boolean;
  value: number | null;
  unit: DurationUnit;
  validFrom?: string;
  note?: string;
  ownReminders: boolean;
  half: boolean;
  before: number | null;
  manager: number | null;
};

function bodyOf(policy: Policy, values: Values) {
  const { target, level, agreementId, inherits, value, unit, validFrom, note } = values;
  const duration = isDuration(policy.defaultUnit);
  const inDays = (days: number | null) => (days === null || days === 0 ? null : { value: days, unit: 'wd' as const });
  return {
    value: inherits === true && target !== 'company' ? null : (value ?? policy.defaultValue),
    ...(duration && unit !== policy.defaultUnit ? { unit } : {}),
    ...(duration && values.ownReminders
      ? { reminders: { half: values.half, before: inDays(values.before), manager: inDays(values.manager) } }
      : {}),
    ...withoutEmpty({
      validFrom: orLeftOut(validFrom),
      note: orLeftOut(note),
      level: target === 'level' ? orLeftOut(level) : undefined,
      agreementId: target === 'agreement' ? agreementId : undefined,
    }),
  };
}

export function PolicyForm({
  policy,
  like,
  onClose,
}: {
  policy: Policy;
  /** A value that held before and is set again. */
  like?: PolicyEntry;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const told = usePolicyValue();
  const set = useApiAction('policySet');
  const { code, defaultValue, defaultUnit } = policy;
  const reminders = like?.reminders ?? policy.reminders;
  const unit = like?.unit ?? policy.unit;
  return (
    <FormDrawer<Values>
      open
      title={t(`states.policy.${code}`)}
      draftKey={`policy.${code}.${like?.id ?? ''}`}
      initialValues={{
        target: like?.level != null ? 'level' : like?.agreement != null ? 'agreement' : 'company',
        ...(like?.level == null ? {} : { level: like.level }),
        ...(like?.agreement == null ? {} : { partnerId: like.agreement.partnerId, agreementId: like.agreement.id }),
        value: like?.value ?? policy.value,
        unit: isDuration(unit) ? unit : 'wd',
        ownReminders: reminders !== null,
        half: reminders?.half ?? DEFAULT_REMINDERS.half,
        before: reminders === null ? 1 : (reminders.before?.value ?? null),
        manager: reminders === null ? 1 : (reminders.manager?.value ?? null),
      }}
      onSubmit={(values) => set.run({ params: { policyCode: code }, body: bodyOf(policy, values) })}
      onClose={onClose}
    >
      <TargetFields />
      <Form.Item
        name="value"
        label={t('admin.value')}
        extra={t('admin.defaultIs', { value: told(defaultValue, defaultUnit) })}
        rules={[{ required: true, message: t('common.required') }]}
      >
        {defaultUnit === 'flag' ? (
          <Select
            options={[
              { value: 1, label: t('admin.on') },
              { value: 0, label: t('admin.off') },
            ]}
          />
        ) : (
          <InputNumber min={0} max={10_000} precision={0} style={{ width: '100%' }} />
        )}
      </Form.Item>
      {isDuration(defaultUnit) && (
        <>
          <Form.Item name="unit" label={t('admin.unit')}>
            <Select
              options={DURATION_UNITS.map((value) => ({ value, label: t(`states.policyUnit.${value}`, { count: 2 }) }))}
            />
          </Form.Item>
          <ReminderFields />
        </>
      )}
      <Form.Item name="validFrom" label={t('admin.validFrom')} extra={t('admin.validFromHint')}>
        <DateField />
      </Form.Item>
      <Form.Item name="note" label={t('admin.note')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}

function TargetFields(): ReactElement {
  const { t } = useTranslation();
  const target = Form.useWatch<Values['target'] | undefined>('target');
  const partnerId = Form.useWatch<string | undefined>('partnerId');
  const partner = useApiQuery(
    'partnerGet',
    { params: { partnerId: partnerId ?? '' } },
    { enabled: partnerId !== undefined && target === 'agreement' },
  );
  const required = [{ required: true, message: t('common.required') }];
  return (
    <>
      <Form.Item name="target" label={t('admin.target')}>
        <Radio.Group
          optionType="button"
          options={(['company', 'level', 'agreement'] as const).map((value) => ({
            value,
            label: t(`states.policyTarget.${value}`),
          }))}
        />
      </Form.Item>
      {target === 'level' && (
        <Form.Item name="level" label={t('admin.level')} rules={required}>
          <Input maxLength={20} />
        </Form.Item>
      )}
      {target === 'agreement' && (
        <>
          <Form.Item name="partnerId" label={t('admin.partner')} rules={required}>
            <RemoteSelect search={findPartners} />
          </Form.Item>
          <Form.Item name="agreementId" label={t('admin.agreement')} rules={required}>
            <Select
              loading={partner.isFetching}
              options={(partner.data?.agreements ?? []).map(({ id, no, validFrom, validTo }) => ({
                value: id,
                label: `${no} ${validFrom} – ${validTo}`,
              }))}
            />
          </Form.Item>
        </>
      )}
      {(target === 'level' || target === 'agreement') && (
        <Form.Item name="inherits" label={t('admin.inherits')} valuePropName="checked" extra={t('admin.inheritsHint')}>
          <Switch />
        </Form.Item>
      )}
    </>
  );
}

function ReminderFields(): ReactElement {
  const { t } = useTranslation();
  const own = Form.useWatch<boolean | undefined>('ownReminders');
  return (
    <>
      <Form.Item
        name="ownReminders"
        label={t('admin.ownReminders')}
        valuePropName="checked"
        extra={t('admin.remindersUsual')}
      >
        <Switch />
      </Form.Item>
      {own === true && (
        <>
          <Form.Item name="half" label={t('admin.remindHalf')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="before" label={t('admin.remindBeforeDays')}>
            <InputNumber min={0} max={100} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="manager" label={t('admin.remindManagerDays')}>
            <InputNumber min={0} max={100} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        </>
      )}
    </>
  );
}
