/** What is looked up on the server while somebody types: partners, products, people. */
import { api } from '../../api/client.ts';
import { queryClient, queryOf } from '../../api/hooks.ts';
import type { Choice } from '../../ui/fields.tsx';
import { nameNow } from '../../i18n/use-name.ts';
import type { EditorProduct } from '../../ui/line-editor-model.ts';
import { productLabel, productName } from '../../ui/line-server.ts';

const FOUND = 20;

/** The name in the reader's language, the number and the other name beside it. */
export function partnerChoice({
  id,
  no,
  name,
  nameEn,
}: {
  id: string;
  no: string;
  name: string;
  nameEn: string | null;
}): Choice {
  const label = nameNow({ name, nameEn });
  return { value: id, label, hint: [no, label === name ? nameEn : name].filter(Boolean).join(' ') };
}

export async function findPartners(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await api(
    'partnerList',
    { query: { limit: FOUND, ...(text === '' ? {} : { q: text }) } },
    { signal },
  );
  return items.map(partnerChoice);
}

/** Partners that orders can be made for. */
export async function findActivePartners(text: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { limit: FOUND, state: 'active' as const, ...(text === '' ? {} : { q: text }) };
  const { items } = await api('partnerList', { query }, { signal });
  return items.map(partnerChoice);
}

export async function findProductChoices(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await api(
    'productList',
    { query: { limit: FOUND, ...(text === '' ? {} : { q: text }) } },
    { signal },
  );
  return items.map((product) => ({ value: product.id, label: productLabel(product) }));
}

/** The name in the reader's language, the other one beside it. */
export function personChoice({ id, name, nameEn }: { id: string; name: string; nameEn: string | null }): Choice {
  const label = nameNow({ name, nameEn });
  const other = label === name ? nameEn : name;
  return { value: id, label, ...(other === null ? {} : { hint: other }) };
}

export async function findSales(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await api(
    'staffList',
    { query: { role: 'sales', ...(text === '' ? {} : { q: text }) } },
    { signal },
  );
  return items.map(personChoice);
}

export async function namePartner(partnerId: string, signal: AbortSignal): Promise<Choice | null> {
  const partner = await api('partnerGet', { params: { partnerId } }, { signal });
  return { value: partner.id, label: nameNow(partner) };
}

export async function nameProduct(productId: string, signal: AbortSignal): Promise<Choice | null> {
  const product = await api('productGet', { params: { productId } }, { signal });
  return { value: product.id, label: productLabel(product) };
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
  return items.map((product) => ({ id: product.id, sku: product.sku, name: productName(product), unit: product.unit }));
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
      found.set(code, { id: product.id, sku: product.sku, name: productName(product), unit: '' });
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return found;
}
