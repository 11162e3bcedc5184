/** The person: password, signing out here or everywhere. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem.ts';
import { LOCALE_NAMES, LOCALES } from '../i18n/locale.ts';
import { forgetSession, signOut, useSession } from '../session.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import { useGo } from '../ui/path-link.tsx';
import { useChooseLocale, useThemeItems } from './choices.tsx';
import type { MenuItem } from './menu.tsx';
import { useNameOf } from '../i18n/use-name.ts';
import { useTell } from '../ui/tell.tsx';

/** `withChoices`: language and theme inside, where the bar has no room for them. `more`: pages that have no place in the menu of a telephone. */
export function UserMenu({
  onHelp,
  withChoices = false,
  more = [],
}: {
  onHelp: () => void;
  withChoices?: boolean;
  more?: readonly MenuItem[];
}): ReactElement {
  const { t } = useTranslation();
  const { actor } = useSession();
  const name = useNameOf()(actor);
  const { modal, notification } = useTell();
  const navigate = useNavigate();
  const chooseLocale = useChooseLocale();
  const themes = useThemeItems();
  const go = useGo();
  const leave = async (everywhere: boolean) => {
    try {
      await signOut(everywhere);
      await forgetSession(() => navigate({ to: '/sign-in' }));
    } catch (error) {
      notification.error({
        title: isProblem(error) ? error.title : t('errors.unexpected.title'),
        description: isProblem(error) ? error.detail : '',
      });
    }
  };
  const askEverywhere = () => {
    void modal.confirm({
      title: t('common.signOutEverywhere'),
      content: t('common.signOutEverywhereHint'),
      okText: t('common.signOutEverywhere'),
      cancelText: t('common.cancel'),
      onOk: () => leave(true),
    });
  };
  const choices = [
    {
      key: 'language',
      label: t('common.language'),
      children: LOCALES.map((locale) => ({
        key: locale,
        label: <span lang={locale}>{LOCALE_NAMES[locale]}</span>,
        onClick: () => chooseLocale(locale),
      })),
    },
    { key: 'theme', label: t('common.theme.title'), children: themes },
    { type: 'divider' as const },
  ];
  const items = [
    {
      key: 'who',
      type: 'group' as const,
      label: (
        <span>
          {name}{' '}
          <span className="qc-muted">
            {actor.roles.map((role) => t(`states.role.${role}`)).join(t('common.listSeparator'))}
          </span>
        </span>
      ),
    },
    ...more.map(({ to, label, icon }) => ({ key: to, icon, label: t(label), onClick: () => go(to) })),
    { key: 'account', label: t('common.menu.account'), onClick: () => void navigate({ to: '/account' }) },
    ...(withChoices ? choices : []),
    { key: 'keys', label: t('common.keys.title'), onClick: onHelp },
    { type: 'divider' as const },
    { key: 'out', label: t('common.signOut'), onClick: () => void leave(false) },
    { key: 'everywhere', label: t('common.signOutEverywhere'), onClick: askEverywhere },
  ];
  return (
    <MenuButton
      menu={{ items }}
      placement="bottomRight"
      button={{
        type: 'text',
        shape: 'circle',
        'aria-label': t('common.userMenu', { name }),
        children: (
          <span className="qc-avatar" style={{ width: 28, height: 28, fontSize: 13 }} aria-hidden>
            {[...name][0]}
          </span>
        ),
      }}
    />
  );
}
