/** The workbench 工作台: side menu by permissions, search, notices, the person. */
import { MenuOutlined } from '@ant-design/icons';
import { Link, useLocation } from '@tanstack/react-router';
import { Button, Drawer, Menu } from 'antd';
import type { MenuProps } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCompanyName } from '../i18n/use-company-name.ts';
import { useIsNarrow } from '../lib/use-media.ts';
import { useCan } from '../session.tsx';
import logo from '../theme/logo.svg';
import { LanguageMenu, ThemeMenu } from './choices.tsx';
import { WORKBENCH_MENU } from './menu.tsx';
import { NoticeBell } from './notice-bell.tsx';
import { SearchBox } from './search-box.tsx';
import { useShellKeys } from './shell-keys.tsx';
import { Main, SkipLink } from './skip-link.tsx';
import { UserMenu } from './user-menu.tsx';

export function Workbench({ children }: { children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const company = useCompanyName();
  const narrow = useIsNarrow();
  const { pathname } = useLocation();
  // Remembered with its page: a new page closes the menu.
  const [menuAt, setMenuAt] = useState<string | null>(null);
  const menuOpen = menuAt === pathname;
  const keys = useShellKeys(WORKBENCH_MENU.flatMap(({ items }) => items));
  return (
    <div className={narrow ? 'qc-shell is-narrow' : 'qc-shell'}>
      <SkipLink />
      <header className="qc-bar">
        {narrow && (
          <Button
            type="text"
            icon={<MenuOutlined />}
            aria-label={t('common.menu.open')}
            aria-expanded={menuOpen}
            onClick={() => setMenuAt(pathname)}
          />
        )}
        <Link to="/" className="qc-brand">
          <img src={logo} alt={narrow ? t('common.product') : ''} />
          {!narrow && (
            <>
              {t('common.product')} <small>{company}</small>
            </>
          )}
        </Link>
        <SearchBox />
        <span className="qc-grow" />
        {!narrow && <LanguageMenu />}
        {!narrow && <ThemeMenu />}
        <NoticeBell />
        <UserMenu onHelp={keys.show} />
      </header>
      {narrow ? (
        <Drawer
          open={menuOpen}
          onClose={() => setMenuAt(null)}
          placement="left"
          size={260}
          title={t('common.product')}
          styles={{ body: { padding: '8px 0' } }}
        >
          <SideMenu />
          <div className="qc-row" style={{ padding: '16px 24px' }}>
            <LanguageMenu />
            <ThemeMenu />
          </div>
        </Drawer>
      ) : (
        <nav className="qc-side" aria-label={t('common.menu.main')}>
          <SideMenu />
        </nav>
      )}
      <Main>{children}</Main>
      {keys.help}
    </div>
  );
}

function SideMenu(): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const { pathname } = useLocation();
  const groups = WORKBENCH_MENU.map((group) => ({
    ...group,
    items: group.items.filter(({ permission }) => permission === undefined || can(permission)),
  })).filter(({ items }) => items.length > 0);
  const all = groups.flatMap(({ items }) => items);
  // The longest path that this page is under: /stock/supplies before /stock.
  const current = all
    .filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
    .sort((a, b) => b.to.length - a.to.length)[0]?.to;
  const entry = (item: (typeof all)[number]) => ({
    key: item.to,
    icon: item.icon,
    label: <Link to={item.to}>{t(item.label)}</Link>,
  });
  const items = groups.flatMap(
    (group): NonNullable<MenuProps['items']> =>
      group.label === null
        ? group.items.map(entry)
        : [{ type: 'group', key: group.label, label: t(group.label), children: group.items.map(entry) }],
  );
  return (
    <Menu
      mode="inline"
      selectedKeys={current === undefined ? [] : [current]}
      style={{ border: 0, background: 'transparent' }}
      items={items}
    />
  );
}
