/** What is looked up on the server while somebody types: partners, products, people. */
import { api } from '../../api/client.ts';
import { queryClient, queryOf } from '../../api/hooks.ts';
import type { Choice } from '../../ui/fields.tsx';
import type { EditorProduct } from '../../ui/line-editor-model.ts';

const FOUND = 20;

export async function findPartners(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await api(
    'partnerList',
    { query: { limit: FOUND, ...(text === '' ? {} : { q: text }) } },
    { signal },
  );
  return items.map(({ id, no, name, nameEn }) => ({
    value: id,
    label: name,
    hint: [no, nameEn].filter(Boolean).join(' '),
  }));
}

/** Partners that orders can be made for. */
export async function findActivePartners(text: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { limit: FOUND, state: 'active' as const, ...(text === '' ? {} : { q: text }) };
  const { items } = await api('partnerList', { query }, { signal });
  return items.map(({ id, no, name, nameEn }) => ({
    value: id,
    label: name,
    hint: [no, nameEn].filter(Boolean).join(' '),
  }));
}

export async function findProductChoices(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await api(
    'productList',
    { query: { limit: FOUND, ...(text === '' ? {} : { q: text }) } },
    { signal },
  );
  return items.map(({ id, sku, name }) => ({ value: id, label: `${sku} ${name}` }));
}

export async function findSales(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await api(
    'staffList',
    { query: { role: 'sales', ...(text === '' ? {} : { q: text }) } },
    { signal },
  );
  return items.map(({ id, name, nameEn }) => ({
    value: id,
    label: name,
    ...(nameEn === null ? {} : { hint: nameEn }),
  }));
}

export async function namePartner(partnerId: string, signal: AbortSignal): Promise<Choice | null> {
  const { id, name } = await api('partnerGet', { params: { partnerId } }, { signal });
  return { value: id, label: name };
}

export async function nameProduct(productId: string, signal: AbortSignal): Promise<Choice | null> {
  const { id, sku, name } = await api('productGet', { params: { productId } }, { signal });
  return { value: id, label: `${sku} ${name}` };
}

export async function nameSales(userId: string, signal: AbortSignal): Promise<Choice | null> {
  return (await findSales('', signal)).find(({ value }) => value === userId) ?? null;
}

/** Products that can be sold; the partner's own codes are searched too. */
export async function findProducts(
  text: string,
  partnerId: string | undefined,
  signal: AbortSignal,
): Promise<EditorProduct[]> {
  const query = { q: text, limit: 12, sellable: 'true' as const, ...(partnerId === undefined ? {} : { partnerId }) };
  const { items } = await api('productList', { query }, { signal });
  return items.map(({ id, sku, name, unit }) => ({ id, sku, name, unit }));
}

const ITEM_PAGES = 10;
const ITEMS_FRESH_MS = 60_000;

/** The partner's own item codes, in full, kept for a while: pasted lines are looked up in them without a question each. */
export async function partnerItems(partnerId: string): Promise<ReadonlyMap<string, EditorProduct>> {
  const found = new Map<string, EditorProduct>();
  let cursor: string | undefined;
  for (let page = 0; page < ITEM_PAGES; page += 1) {
    const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) };
    const asked = queryOf('partnerItemList', { params: { partnerId }, query });
    const { items, nextCursor } = await queryClient.fetchQuery({ ...asked, staleTime: ITEMS_FRESH_MS });
    for (const { code, product } of items)
      found.set(code, { id: product.id, sku: product.sku, name: product.name, unit: '' });
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return found;
}
