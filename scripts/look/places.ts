/** Who looks, and at which addresses: every page of the client, and a document of each kind in each state that offers other actions. */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const PAGES = fileURLToPath(new URL('../../src/web/pages/', import.meta.url));

/** Operation that lists the documents of a parameter. */
const LISTS: Record<string, string> = {
  orderId: 'orders',
  inquiryId: 'inquiries',
  partnerId: 'partners',
  productId: 'products',
  priceListId: 'price-lists',
  supplyId: 'supplies',
  pickingId: 'pickings',
  shipmentId: 'shipments',
  paymentId: 'payments',
  invoiceId: 'invoices',
  applicationId: 'applications',
  messageId: 'intake/messages',
  outgoingId: 'outgoing',
  userId: 'users',
  importId: 'imports',
};
const OUTSIDE = ['/sign-in', '/apply', '/application', '/reset', '/link'];
const EACH_STATE = 2;

/** `pattern` is the route, `key` tells places apart that look different. */
export type Place = { pattern: string; address: string; key: string };
export type Person = { userId: string; name: string; role: string };

function pathsOf(area: string): string[] {
  const text = fs.readFileSync(`${PAGES}${area}/routes.ts`, 'utf8');
  return [...text.matchAll(/\bpath: '([^']*)'/g)].map(([, path = '']) => (path.startsWith('/') ? path : `/${path}`));
}

/** One person of the demo company for each role. */
export async function people(page: Page, url: string): Promise<Person[]> {
  const { items }: { items: { userId: string; name: string; roles: string[] }[] } = await (
    await page.request.get(`${url}/api/v1/session/demo`)
  ).json();
  const roles = [...new Set(items.flatMap((one) => one.roles))];
  return roles.flatMap((role) => {
    const one = items.find((item) => item.roles.includes(role));
    return one === undefined ? [] : [{ userId: one.userId, name: one.name, role }];
  });
}

type Row = { id?: string; userId?: string; productId?: string; state?: string };
type Detail = { allowedActions?: { action: string; refusals: unknown[] }[] };

/** Documents of a list: of each state those that differ in what can be done with them. */
async function documents(page: Page, url: string, list: string): Promise<{ id: string; key: string }[]> {
  const get = async <T>(address: string): Promise<T | null> => {
    const answer = await page.request.get(`${url}/api/v1/${address}`);
    return answer.ok() ? answer.json() : null;
  };
  const rows = (await get<{ items: Row[] }>(`${list}?limit=100`))?.items ?? [];
  const found = new Map<string, string>();
  for (const state of new Set(rows.map((row) => row.state ?? '')))
    for (const row of rows.filter((one) => (one.state ?? '') === state).slice(0, EACH_STATE)) {
      const id = row.id ?? row.userId ?? '';
      const detail = await get<Detail>(`${list}/${id}`);
      const open = (detail?.allowedActions ?? []).filter(({ refusals }) => refusals.length === 0);
      const key = [state, ...open.map(({ action }) => action).sort()].join(' ');
      if (id !== '' && !found.has(key)) found.set(key, id);
    }
  return [...found].map(([key, id]) => ({ id, key }));
}

/** Every place that a person may open, documents filled in. */
export async function placesOf(
  page: Page,
  url: string,
  portal: boolean,
  wanted: (pattern: string) => boolean,
): Promise<Place[]> {
  const areas = fs.readdirSync(PAGES).filter((area) => fs.existsSync(`${PAGES}${area}/routes.ts`));
  const inside = areas.filter((area) => !['auth', 'links'].includes(area));
  const patterns = inside
    .filter((area) => area === 'account' || (area === 'portal') === portal)
    .flatMap((area) => pathsOf(area).map((path) => (area === 'portal' ? `/portal${path === '/' ? '' : path}` : path)))
    .filter((path) => !OUTSIDE.includes(path) && wanted(path));
  const known = new Map<string, { id: string; key: string }[]>();
  const places: Place[] = [];
  for (const pattern of patterns) {
    const [hole, name = ''] = pattern.match(/\$(\w+)/) ?? [];
    if (hole === undefined) {
      places.push({ pattern, address: pattern, key: pattern });
      continue;
    }
    const list = LISTS[name];
    if (list === undefined) throw new Error(`no list of documents for ${pattern}`);
    if (!known.has(list)) known.set(list, await documents(page, url, list));
    for (const { id, key } of known.get(list) ?? [])
      places.push({ pattern, address: pattern.replace(hole, id), key: `${pattern} ${key}` });
  }
  return places;
}

/** What can be opened without an account. */
export const outside = (also: readonly string[]): Place[] =>
  [...OUTSIDE, ...also].map((address) => {
    const pattern = address.replace(/[#?].*$/, '');
    return { pattern, address, key: address };
  });
