/** Names of warehouses, carriers and units in the reader's language, where they have one. */
import { useMemo } from 'react';
import { useLocaleState } from '../../i18n/index.ts';
import { useApiQuery } from '../../api/hooks.ts';

type Named = { name: string; nameEn?: string | null };
type WithUnit = { unit: string; product: { unitEn: string | null } };

export type PlaceNames = { place(place: Named): string; unit(line: WithUnit): string };

export function usePlaceNames(): PlaceNames {
  const { locale } = useLocaleState();
  return useMemo(
    () => ({
      place: ({ name, nameEn }) => (locale === 'en' ? nameEn : null) ?? name,
      unit: ({ unit, product }) => (locale === 'en' ? product.unitEn : null) ?? unit,
    }),
    [locale],
  );
}

const RARELY_CHANGED = 5 * 60_000;
type Option = { value: string; label: string };

/** Warehouses for a choice. */
export function useWarehouseOptions(): Option[] {
  const names = usePlaceNames();
  const { data } = useApiQuery('warehouseList', { query: {} }, { staleTime: RARELY_CHANGED });
  return (data?.items ?? []).map((warehouse) => ({ value: warehouse.id, label: names.place(warehouse) }));
}

/** Warehouses as orders name them, in the reader's language: `const warehouseName = useWarehouseName(); warehouseName('華東倉')`. */
export type WarehouseNaming = (name: string | null | undefined) => string;
export function useWarehouseName(): WarehouseNaming {
  const names = usePlaceNames();
  const { data } = useApiQuery('warehouseList', { query: {} }, { staleTime: RARELY_CHANGED });
  return (name) => {
    const known = data?.items.find((warehouse) => warehouse.name === name);
    return known === undefined ? (name ?? '') : names.place(known);
  };
}

/** Carriers for a choice; `active`: only those that goods can still be handed to. */
export function useCarrierOptions(active = false): Option[] {
  const names = usePlaceNames();
  const { data } = useApiQuery(
    'carrierList',
    { query: active ? { active: 'true' } : {} },
    { staleTime: RARELY_CHANGED },
  );
  return (data?.items ?? []).map((carrier) => ({ value: carrier.id, label: names.place(carrier) }));
}
