/** Makes a day a working day or a day off for the company. */
import { Form, Input, Radio } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DateField } from '../../ui/fields.tsx';
import { FormDrawer } from '../../ui/form-drawer.tsx';
import type { CalendarDay } from './calendar-page.tsx';

type Values = { date?: string | undefined; isWork: boolean; name: string };

export function CalendarDayForm({
  date,
  known,
  onClose,
}: {
  date: string | null;
  known: CalendarDay | undefined;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const set = useApiAction('calendarDaySet');
  return (
    <FormDrawer<Values>
      open
      title={t('admin.setDay')}
      draftKey={`calendar.${date ?? 'new'}`}
      initialValues={{ date: date ?? undefined, isWork: known === undefined ? false : !known.isWork, name: '' }}
      onSubmit={(values) =>
        set.run({ params: { date: values.date ?? '' }, body: { isWork: values.isWork, name: values.name.trim() } })
      }
      onClose={onClose}
    >
      <Form.Item name="date" label={t('admin.date')} rules={[{ required: true, message: t('common.required') }]}>
        <DateField />
      </Form.Item>
      <Form.Item name="isWork" label={t('admin.dayKind')}>
        <Radio.Group
          options={[
            { value: true, label: t('admin.workDay') },
            { value: false, label: t('admin.dayOff') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="name"
        label={t('admin.dayName')}
        extra={t('admin.dayNameHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
    </FormDrawer>
  );
}
