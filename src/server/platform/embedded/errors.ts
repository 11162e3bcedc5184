/**
 * Errors that stop the server before it serves anybody. Each one is a single clear sentence plus a hint what to do,
 * in the three languages of the product; `main.ts` prints them without a stack trace.
 */

export type Language = 'en' | 'zh-Hans' | 'zh-Hant';

/** What an operator reads: one sentence, and one sentence on what to do about it. */
export type StartText = { message: string; hint: string };
export type StartTexts = Record<Language, StartText>;

/** A start that cannot go on. `code` is stable (for tests and scripts); `.message` and `.hint` are English. */
export class StartError extends Error {
  readonly code: string;
  readonly texts: StartTexts;

  constructor(code: string, texts: StartTexts, options?: ErrorOptions) {
    super(texts.en.message, options);
    this.name = 'StartError';
    this.code = code;
    this.texts = texts;
  }

  get hint(): string {
    return this.texts.en.hint;
  }
}

/** The language of a terminal from LC_ALL, LC_MESSAGES or LANG, e.g. `zh_TW.UTF-8` reads as zh-Hant. */
export function languageOfLocale(locale: string | undefined): Language {
  const name = (locale ?? '').toLowerCase().replace('-', '_');
  if (!name.startsWith('zh')) return 'en';
  return /hant|_tw|_hk|_mo/.test(name) ? 'zh-Hant' : 'zh-Hans';
}

/** The two lines a person sees: what is wrong, and what to do. */
export function formatStartError(error: StartError, language: Language): string {
  const { message, hint } = error.texts[language];
  return hint === '' ? message : `${message}\n  → ${hint}`;
}

/** The `code` of a system or PostgreSQL error, `''` when it has none. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
