/** What lists of the catalogue say about whether something is in use, and how they are narrowed by it. */
import { Tag } from 'antd';
import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

export function InUse({ isActive }: { isActive: boolean }): ReactElement {
  const { t } = useTranslation();
  return isActive ? <Tag color="success">{t('catalog.inUse')}</Tag> : <Tag>{t('catalog.retired')}</Tag>;
}

export const inUseColumn = (t: TFunction) => ({
  key: 'active',
  title: t('catalog.state'),
  render: ({ isActive }: { isActive: boolean }) => <InUse isActive={isActive} />,
});

export const inUseFilter = (t: TFunction) => ({
  key: 'active' as const,
  kind: 'select' as const,
  label: t('catalog.state'),
  options: [
    { value: 'true', label: t('catalog.inUse') },
    { value: 'false', label: t('catalog.retired') },
  ],
  width: 120,
});
