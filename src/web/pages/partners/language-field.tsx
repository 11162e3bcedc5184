/** The language in which people without an account are written to; empty: as laid down one step above. */
import { Form, Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useClearable } from '../../ui/clearable.tsx';
import { LOCALES } from '../../i18n/locale.ts';

export function LanguageField({ label, hint }: { label: string; hint: string }): ReactElement {
  const { t } = useTranslation();
  const clearable = useClearable();
  return (
    <Form.Item name="locale" label={label} extra={hint}>
      <Select
        allowClear={clearable}
        options={LOCALES.map((value) => ({ value, label: t(`states.locale.${value}`) }))}
      />
    </Form.Item>
  );
}
