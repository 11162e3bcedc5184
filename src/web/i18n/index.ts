/** Texts in three languages, loaded one language at a time (the first pages' before the others') and switched in place. Keys are `area.rest` from `<locale>/<area>.json`. */
import type { Locale as AntdLocale } from 'antd/es/locale';
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next } from 'react-i18next';
import { chooseLocale, type Locale } from './locale.ts';

const STORED = 'qc.locale';

type Texts = { texts: Record<string, string> };
const loaders: Record<Locale, () => Promise<Texts & { antd: AntdLocale; rest: () => Promise<Texts> }>> = {
  'zh-Hant': () => import('./zh-Hant/index.ts'),
  'zh-Hans': () => import('./zh-Hans/index.ts'),
  en: () => import('./en/index.ts'),
};

type State = { locale: Locale; antd: AntdLocale | undefined };
let state: State = { locale: 'zh-Hant', antd: undefined };
const listeners = new Set<() => void>();

export const currentLocale = (): Locale => state.locale;
export const storedLocale = (): string | null => localStorage.getItem(STORED);

/** Something beyond the first pages has been opened: from then on every language comes whole. */
let whole = false;

async function load(locale: Locale): Promise<AntdLocale> {
  const bundle = await loaders[locale]();
  const rest = whole ? (await bundle.rest()).texts : {};
  i18next.addResourceBundle(locale, 'translation', { ...bundle.texts, ...rest }, true, true);
  return bundle.antd;
}

/** Loads the texts of a language and shows them at once, everywhere. */
export async function setLocale(locale: Locale, remember = true): Promise<void> {
  const antd = await load(locale);
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  if (remember) localStorage.setItem(STORED, locale);
  state = { locale, antd };
  for (const listener of listeners) listener();
}

/** The texts of all pages, before one is shown that is not among the first. */
export async function allTexts(): Promise<void> {
  if (whole) return;
  whole = true;
  await load(state.locale);
}

/** Before the first picture. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'zh-Hant',
    fallbackLng: false,
    resources: {},
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    returnNull: false,
    react: { useSuspense: false },
  });
  await setLocale(chooseLocale(storedLocale(), navigator.languages), false);
}

/** Hears of another language. */
export const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The language of the screen and antd's own texts in it. */
export const useLocaleState = (): State => useSyncExternalStore(subscribe, () => state);

/** `t` outside of components. */
export const translate = (key: string, params?: Record<string, unknown>): string => i18next.t(key, params ?? {});
