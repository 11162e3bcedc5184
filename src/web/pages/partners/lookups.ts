/** Lists that a file or an agreement may name, looked up while somebody types. */
import { api } from '../../api/client.ts';
import type { Choice } from '../../ui/fields.tsx';
import { productLabel } from '../../ui/line-server.ts';

export async function findPriceLists(text: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { limit: 20, active: 'true' as const, kind: 'agreement' as const, ...(text === '' ? {} : { q: text }) };
  const { items } = await api('priceListList', { query }, { signal });
  return items.map(({ id, code, name, currency }) => ({ value: id, label: name, hint: `${code} ${currency}` }));
}

/** Products for the range of a partner, whether on sale now or not. */
export async function findAnyProducts(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await api('productList', { query: { limit: 20, ...(text === '' ? {} : { q: text }) } }, { signal });
  return items.map((product) => ({ value: product.id, label: productLabel(product) }));
}
