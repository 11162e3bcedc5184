import { currentLocale, useLocaleState } from './index.ts';

type Named = { name: string; nameEn?: string | null };

/** The name of a person, a partner, a carrier in the reader's language: `const nameOf = useNameOf(); nameOf(carrier)` */
export function useNameOf(): (named: Named) => string {
  const { locale } = useLocaleState();
  return ({ name, nameEn }) => (locale === 'en' ? nameEn : null) ?? name;
}

/** The same outside of components, as it reads now: for what is looked up while somebody types. */
export const nameNow = ({ name, nameEn }: Named): string => (currentLocale() === 'en' ? nameEn : null) ?? name;
