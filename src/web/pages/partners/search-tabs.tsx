/** Parts of a large page; which one is open stands in the address. */
import { useLocation, useRouter, useSearch } from '@tanstack/react-router';
import { EllipsisOutlined } from '@ant-design/icons';
import { Tabs } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asOne, type ListSearch, stringifySearch } from '../../lib/search-params.ts';

export type SearchTab = { key: string; label: ReactNode; children: ReactNode };

export function SearchTabs({ tabs }: { tabs: readonly SearchTab[] }): ReactElement {
  const search: ListSearch = useSearch({ strict: false });
  const { pathname } = useLocation();
  const router = useRouter();
  const { t } = useTranslation();
  const first = tabs[0]?.key ?? '';
  const asked = asOne(search['tab']) ?? first;
  return (
    <Tabs
      activeKey={tabs.some(({ key }) => key === asked) ? asked : first}
      destroyOnHidden
      more={{ icon: <EllipsisOutlined aria-label={t('common.moreTabs')} /> }}
      items={[...tabs]}
      onChange={(key) => router.history.replace(pathname + stringifySearch({ tab: key === first ? undefined : key }))}
    />
  );
}
