import { useLocaleState } from './index.ts';

type Named = { name: string; nameEn?: string | null };

/** The name of a person, a partner, a carrier in the reader's language: `const nameOf = useNameOf(); nameOf(carrier)` */
export function useNameOf(): (named: Named) => string {
  const { locale } = useLocaleState();
  return ({ name, nameEn }) => (locale === 'en' ? nameEn : null) ?? name;
}
