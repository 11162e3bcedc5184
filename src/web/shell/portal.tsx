/** The portal 渠道門戶: made for the telephone first, with tabs at the thumb; on a larger screen a header. */
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCompanyName } from '../i18n/use-company-name.ts';
import { useMedia } from '../lib/use-media.ts';
import { useCan, useSession } from '../session.tsx';
import logo from '../theme/logo.svg';
import { LanguageMenu, ThemeMenu } from './choices.tsx';
import { PORTAL_MENU } from './menu.tsx';
import { NoticeBell } from './notice-bell.tsx';
import { SearchBox } from './search-box.tsx';
import { useShellKeys } from './shell-keys.tsx';
import { Main, SkipLink } from './skip-link.tsx';
import { UserMenu } from './user-menu.tsx';
import { useNameOf } from '../i18n/use-name.ts';

const TABS = 5;

export function Portal({ children }: { children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const { actor } = useSession();
  const nameOf = useNameOf();
  const company = useCompanyName();
  const can = useCan();
  const phone = useMedia('(max-width: 760px)');
  const pathname = useLocation({ select: (at) => at.pathname });
  const items = PORTAL_MENU.filter(({ permission }) => permission === undefined || can(permission));
  const keys = useShellKeys(items);
  const isHere = (to: string) =>
    to === '/portal' ? pathname === to : pathname === to || pathname.startsWith(`${to}/`);
  const here = (to: string) => (isHere(to) ? { 'aria-current': 'page' as const } : {});
  return (
    <div className={phone ? 'qc-portal is-phone' : 'qc-portal'}>
      <SkipLink />
      <header className="qc-bar">
        <Link to="/portal" className="qc-brand">
          <img src={logo} alt={t('common.portal')} />
          <span>
            {company}
            {!phone && <small> {nameOf({ name: actor.partnerName ?? '', nameEn: actor.partnerNameEn })}</small>}
          </span>
        </Link>
        {!phone && (
          <nav className="qc-topnav" aria-label={t('common.menu.main')}>
            {items.map(({ to, label }) => (
              <Link key={to} to={to} activeOptions={{ exact: true }} {...here(to)}>
                {t(label)}
              </Link>
            ))}
          </nav>
        )}
        <span className="qc-grow" />
        <SearchBox folded />
        {!phone && <LanguageMenu />}
        {!phone && <ThemeMenu />}
        <NoticeBell />
        <UserMenu
          onHelp={keys.show}
          withChoices={phone}
          more={phone ? items.slice(TABS).filter(({ to }) => to.startsWith('/portal/')) : []}
        />
      </header>
      <Main>{children}</Main>
      {phone && (
        <nav className="qc-tabs" aria-label={t('common.menu.main')}>
          {items.slice(0, TABS).map(({ to, label, icon }) => (
            <Link key={to} to={to} activeOptions={{ exact: true }} {...here(to)}>
              {icon}
              {t(label)}
            </Link>
          ))}
        </nav>
      )}
      {keys.help}
    </div>
  );
}
