import { Empty as AntdEmpty } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type EmptyProps = {
  text?: string;
  /** What the button says that makes the first one; false where the reader may not press it. */
  begin?: string | false;
  children?: ReactNode;
};

/** Nothing here: why, and what can be done about it. */
export function Empty({ text, begin = false, children }: EmptyProps): ReactElement {
  const { t } = useTranslation();
  const nothing = begin === false ? t('common.empty') : t('common.emptyBegin', { button: begin });
  return (
    <AntdEmpty image={AntdEmpty.PRESENTED_IMAGE_SIMPLE} description={text ?? nothing}>
      {children}
    </AntdEmpty>
  );
}
