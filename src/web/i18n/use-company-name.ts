import { useSession } from '../session.tsx';
import { useLocaleState } from './index.ts';

/** The company's name as the reader writes it. */
export function useCompanyName(): string {
  const { company } = useSession();
  const { locale } = useLocaleState();
  return locale === 'en' ? (company.nameEn ?? company.name) : company.name;
}
