import { Spin } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** A page on its way. */
export function Waiting(): ReactElement {
  const { t } = useTranslation();
  return (
    <div
      role="status"
      aria-label={t('common.loading')}
      style={{ display: 'grid', placeItems: 'center', minHeight: 240 }}
    >
      <Spin />
    </div>
  );
}
