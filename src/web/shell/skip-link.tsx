import { useLocation } from '@tanstack/react-router';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** For keyboards: past the menus, to what the page is about. */
export function SkipLink(): ReactElement {
  const { t } = useTranslation();
  return (
    <a className="qc-skip" href="#main">
      {t('common.skip')}
    </a>
  );
}

/** The page itself. After a change of page the reading begins here, not in the menu. */
export function Main({ children }: { children: ReactNode }): ReactElement {
  const main = useRef<HTMLElement>(null);
  const pathname = useLocation({ select: (at) => at.pathname });
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <main id="main" ref={main} tabIndex={-1} className="qc-main">
      {children}
    </main>
  );
}
