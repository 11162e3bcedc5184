/** Names of products and partners in the reader's language, where they have one. */
import { useMemo } from 'react';
import { useLocaleState } from '../../i18n/index.ts';

type Product = { name: string; nameHans?: string | null | undefined; nameEn?: string | null };
type Partner = { name: string; nameEn?: string | null };

export type Names = { product(product: Product): string; partner(partner: Partner): string };

export function useNames(): Names {
  const { locale } = useLocaleState();
  return useMemo(
    () => ({
      product: ({ name, nameHans, nameEn }) =>
        (locale === 'en' ? nameEn : locale === 'zh-Hans' ? nameHans : null) ?? name,
      partner: ({ name, nameEn }) => (locale === 'en' ? nameEn : null) ?? name,
    }),
    [locale],
  );
}
