/** What people call a code: `nameOf('zh-Hant', 'order', 'shortage')`. The words are those of the screens. */
import en from '../../../contract/i18n/en/states.json' with { type: 'json' };
import zhHans from '../../../contract/i18n/zh-Hans/states.json' with { type: 'json' };
import zhHant from '../../../contract/i18n/zh-Hant/states.json' with { type: 'json' };
import type { Locale } from '../http/messages.ts';

const catalogues: Record<Locale, Record<string, string>> = { en, 'zh-Hans': zhHans, 'zh-Hant': zhHant };

/** A name of the catalogue by its key (`notice.order.took_effect`); null where there is none. */
export const nameAt = (locale: Locale, key: string): string | null => catalogues[locale][key] ?? null;

/** The name of a code of a family of the catalogue; the code itself where it has none. */
export const nameOf = (locale: Locale, family: string, code: string): string =>
  nameAt(locale, `${family}.${code}`) ?? code;
