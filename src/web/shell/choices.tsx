/** Language and light or dark, switched in place. */
import { BulbOutlined, GlobalOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { refresh } from '../api/hooks.ts';
import { setLocale, useLocaleState } from '../i18n/index.ts';
import { LOCALE_NAMES, LOCALES, type Locale } from '../i18n/locale.ts';
import { useMaybeSession } from '../session.tsx';
import { setThemeChoice, THEME_CHOICES, type ThemeChoice, useThemeChoice } from '../theme/theme.ts';
import { MenuButton } from '../ui/menu-button.tsx';

/** Shows the language at once and keeps it on the person's record; what the server words itself is fetched again. */
export function useChooseLocale(): (locale: Locale) => void {
  const client = useQueryClient();
  const signedIn = useMaybeSession() !== null;
  return (locale) => {
    void setLocale(locale).then(() => refresh(client));
    // The choice holds on this device even if the record cannot be reached now.
    if (signedIn) api('userUpdateSelf', { body: { locale } }).catch(() => {});
  };
}

export function LanguageMenu(): ReactElement {
  const { t } = useTranslation();
  const { locale } = useLocaleState();
  const choose = useChooseLocale();
  const items = LOCALES.map((one) => ({
    key: one,
    label: <span lang={one}>{LOCALE_NAMES[one]}</span>,
    onClick: () => choose(one),
  }));
  return (
    <MenuButton
      menu={{ items, selectable: true, selectedKeys: [locale] }}
      button={{
        type: 'text',
        icon: <GlobalOutlined />,
        'aria-label': `${t('common.language')}: ${LOCALE_NAMES[locale]}`,
        children: LOCALE_NAMES[locale],
      }}
    />
  );
}

export function useThemeItems(): { key: ThemeChoice; label: string; onClick: () => void }[] {
  const { t } = useTranslation();
  return THEME_CHOICES.map((choice) => ({
    key: choice,
    label: t(`common.theme.${choice}`),
    onClick: () => setThemeChoice(choice),
  }));
}

export function ThemeMenu(): ReactElement {
  const { t } = useTranslation();
  const choice = useThemeChoice();
  const items = useThemeItems();
  return (
    <MenuButton
      menu={{ items, selectable: true, selectedKeys: [choice] }}
      button={{ type: 'text', icon: <BulbOutlined />, 'aria-label': t('common.theme.title') }}
    />
  );
}
