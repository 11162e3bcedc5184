/** The warehouses, for choosing. */
import type { Item } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { useLocaleState } from '../../i18n/index.ts';

type Named = { name: string; nameEn: string | null };

/** Name of a warehouse in the reader's language. */
export function useWarehouseName(): (warehouse: Named) => string {
  const { locale } = useLocaleState();
  return ({ name, nameEn }) => (locale === 'en' ? (nameEn ?? name) : name);
}

export function useWarehouseOptions(): { value: string; label: string }[] {
  const nameOf = useWarehouseName();
  const { data } = useApiQuery('warehouseList', { query: {} }, { staleTime: 60_000 });
  return (data?.items ?? []).map((one) => ({ value: one.id, label: nameOf(one) }));
}

export type StockRow = Item<'stockList'>;
