/** Names of colleagues as the reader writes them: documents carry the name that a person goes by at home. A name that the list of staff does not hold stays as it is. */
import { createContext, type ReactElement, type ReactNode, useContext, useMemo } from 'react';
import { useApiQuery } from '../api/hooks.ts';
import { useLocaleState } from '../i18n/index.ts';
import { useCan } from '../session.tsx';

type Naming = (name: string) => string;
const PersonNames = createContext<Naming>((name) => name);

export function PersonNamesProvider({ children }: { children: ReactNode }): ReactElement {
  const { locale } = useLocaleState();
  const enabled = useCan()('staff.read') && locale === 'en';
  const staff = useApiQuery('staffList', { query: {} }, { enabled, staleTime: 10 * 60_000 });
  const naming = useMemo<Naming>(() => {
    const names = new Map((enabled ? (staff.data?.items ?? []) : []).map(({ name, nameEn }) => [name, nameEn]));
    return (name) => names.get(name) ?? name;
  }, [staff.data, enabled]);
  return <PersonNames value={naming}>{children}</PersonNames>;
}

/** `const personName = usePersonName(); personName('梁咏珊')`; outside of the shell names stay as they are written. */
export const usePersonName = (): Naming => useContext(PersonNames);
/** A name on its own. */
export const PersonName = ({ name }: { name: string | null | undefined }): ReactNode => {
  const naming = usePersonName();
  return name === null || name === undefined ? <span className="qc-muted">–</span> : naming(name);
};
