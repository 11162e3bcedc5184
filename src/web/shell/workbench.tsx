/** The workbench 工作台: side menu by permissions, search, notices, the person. */
import { MenuOutlined } from '@ant-design/icons';
import { Link, useLocation } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCompanyName } from '../i18n/use-company-name.ts';
import { useIsNarrow } from '../lib/use-media.ts';
import logo from '../theme/logo.svg';
import { LanguageMenu, ThemeMenu } from './choices.tsx';
import { WORKBENCH_MENU } from './menu.tsx';
import { NoticeBell } from './notice-bell.tsx';
import { SearchBox } from './search-box.tsx';
import { SideMenu } from './side-menu.tsx';
import { useShellKeys } from './shell-keys.tsx';
import { Main, SkipLink } from './skip-link.tsx';
import { UserMenu } from './user-menu.tsx';

const MenuDrawer = lazy(() => import('./menu-drawer.tsx'));

export function Workbench({ children }: { children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const company = useCompanyName();
  const narrow = useIsNarrow();
  const keys = useShellKeys(WORKBENCH_MENU.flatMap(({ items }) => items));
  return (
    <div className={narrow ? 'qc-shell is-narrow' : 'qc-shell'}>
      <SkipLink />
      <header className="qc-bar">
        {narrow && <FoldedMenu />}
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
      {!narrow && (
        <nav className="qc-side" aria-label={t('common.menu.main')}>
          <SideMenu />
        </nav>
      )}
      <Main>{children}</Main>
      {keys.help}
    </div>
  );
}

/** Where the window is narrow, the menu stands behind a button. */
function FoldedMenu(): ReactElement {
  const { t } = useTranslation();
  const pathname = useLocation({ select: (at) => at.pathname });
  // Remembered with its page: a new page closes the menu.
  const [menuAt, setMenuAt] = useState<string | null>(null);
  const open = menuAt === pathname;
  return (
    <>
      <Button
        type="text"
        icon={<MenuOutlined />}
        aria-label={t('common.menu.open')}
        aria-expanded={open}
        onClick={() => setMenuAt(pathname)}
      />
      {menuAt !== null && (
        <Suspense fallback={null}>
          <MenuDrawer open={open} onClose={() => setMenuAt('')} />
        </Suspense>
      )}
    </>
  );
}
