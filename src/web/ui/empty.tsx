import { Empty as AntdEmpty } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Nothing here: why, and what can be done about it. */
export function Empty({ text, children }: { text?: string; children?: ReactNode }): ReactElement {
  const { t } = useTranslation();
  return (
    <AntdEmpty image={AntdEmpty.PRESENTED_IMAGE_SIMPLE} description={text ?? t('common.empty')}>
      {children}
    </AntdEmpty>
  );
}
