/** Units of measure in the reader's language: 輛, 辆, pc. A unit that the company's list does not name stays as it is written. */
import { createContext, type ReactElement, type ReactNode, useContext, useMemo } from 'react';
import { useApiQuery } from '../api/hooks.ts';
import { useLocaleState } from '../i18n/index.ts';

type Naming = (unit: string) => string;
const UnitNames = createContext<Naming>((unit) => unit);

export function UnitNamesProvider({ children }: { children: ReactNode }): ReactElement {
  const { locale } = useLocaleState();
  const units = useApiQuery('unitList', { query: {} }, { staleTime: 10 * 60_000 });
  const naming = useMemo<Naming>(() => {
    const names = new Map<string, string>();
    for (const { name, nameHans, nameEn } of units.data?.items ?? []) {
      const shown = locale === 'en' ? nameEn : locale === 'zh-Hans' ? nameHans : null;
      for (const spelling of [name, nameHans]) if (spelling !== null) names.set(spelling, shown ?? name);
    }
    return (unit) => names.get(unit) ?? unit;
  }, [units.data, locale]);
  return <UnitNames value={naming}>{children}</UnitNames>;
}

/** A unit on its own. */
export const UnitName = ({ unit }: { unit: string }): string => useUnitName()(unit);

/** `const unitName = useUnitName(); unitName('輛')`; outside of the shell units stay as they are written. */
export const useUnitName = (): Naming => useContext(UnitNames);
