/** Price lists, looked up while somebody types. */
import { api } from '../../api/client.ts';
import type { Choice } from '../../ui/fields.tsx';

export async function findPriceLists(text: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { limit: 20, active: 'true' as const, ...(text === '' ? {} : { q: text }) };
  const { items } = await api('priceListList', { query }, { signal });
  return items.map(({ id, code, name, currency }) => ({ value: id, label: name, hint: `${code} ${currency}` }));
}
