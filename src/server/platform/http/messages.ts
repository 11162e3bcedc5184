/** Titles and ways out of the error codes, in the reader's language. One catalogue for problem documents and for refused actions. */
import type { Refusal } from '../../kernel/refusal.ts';
import en from '../../../contract/i18n/en/errors.json' with { type: 'json' };
import zhHans from '../../../contract/i18n/zh-Hans/errors.json' with { type: 'json' };
import zhHant from '../../../contract/i18n/zh-Hant/errors.json' with { type: 'json' };

export const LOCALES = ['zh-Hant', 'zh-Hans', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

type Catalogue = Record<string, { title: string; detail: string }>;
const catalogues: Record<Locale, Catalogue> = { en, 'zh-Hans': zhHans, 'zh-Hant': zhHant };

/** The best of our languages for an Accept-Language header; null where it asks for none of them. */
export function negotiate(header: string | undefined): Locale | null {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag, q] = part.trim().split(';q=');
      return { tag: (tag ?? '').toLowerCase(), q: q === undefined ? 1 : Number.parseFloat(q) };
    })
    .sort((a, b) => b.q - a.q);
  for (const { tag } of wanted) {
    if (/^zh-(hant|tw|hk|mo)/.test(tag)) return 'zh-Hant';
    if (tag.startsWith('zh')) return 'zh-Hans';
    if (tag.startsWith('en')) return 'en';
  }
  return null;
}

export const asLocale = (text: string): Locale =>
  (LOCALES as readonly string[]).includes(text) ? (text as Locale) : 'zh-Hant';

/** The sentence for a refusal; `{name}` is filled from its params. A value that is itself a code (the product's own reason) is put in words. */
export function sentence(refusal: Refusal, locale: string): { title: string; detail: string } {
  const catalogue = catalogues[asLocale(locale)];
  const entry = catalogue[refusal.code];
  if (entry === undefined) return { title: refusal.code, detail: '' };
  const worded = (value = '') => catalogue[value]?.title ?? value;
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => worded(refusal.params?.[name]));
  return { title: fill(entry.title), detail: fill(entry.detail) };
}

/** A refusal as views carry it. */
export const refusalView = (refusal: Refusal, locale: string) => ({
  code: refusal.code,
  title: sentence(refusal, locale).title,
  ...(refusal.field === undefined ? {} : { field: refusal.field }),
  ...(refusal.params === undefined ? {} : { params: refusal.params }),
});
