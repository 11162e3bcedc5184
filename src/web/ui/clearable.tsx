/** The button that empties a choice, named in the reader's language: `<Select allowClear={useClearable()} … />`. */
import { CloseCircleFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function useClearable(): { clearIcon: ReactNode; label: string } {
  const { t } = useTranslation();
  return { clearIcon: <CloseCircleFilled />, label: t('common.clearChoice') };
}
