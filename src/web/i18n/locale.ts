/** The three languages and how the reader's one is found. */
export const LOCALES = ['zh-Hant', 'zh-Hans', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'zh-Hant';
/** Each language in its own words. */
export const LOCALE_NAMES: Record<Locale, string> = { 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文', en: 'English' };

export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value);

/** One of ours for a language tag; null when none fits. */
export function fromTag(tag: string): Locale | null {
  const lower = tag.toLowerCase();
  if (/^zh-(hant|tw|hk|mo)/.test(lower)) return 'zh-Hant';
  if (lower.startsWith('zh')) return 'zh-Hans';
  return lower.startsWith('en') ? 'en' : null;
}

/** The reader's choice, then what the browser asks for, then Traditional Chinese. */
export function chooseLocale(chosen: string | null, browser: readonly string[]): Locale {
  if (isLocale(chosen)) return chosen;
  for (const tag of browser) {
    const found = fromTag(tag);
    if (found !== null) return found;
  }
  return DEFAULT_LOCALE;
}
