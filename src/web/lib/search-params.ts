/** Search parameters as people can read and share them: `?state=draft&state=objected&sort=-created`. Every value is text or a list of texts. */

export type ListSearch = { [name: string]: string | string[] | undefined };

export function parseSearch(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name];
    if (before === undefined) found[name] = value;
    else found[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return found;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') params.append(name, String(one));
    }
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** For `validateSearch` of a route with a list: whatever stands in the address, as texts. */
export function listSearch(raw: Record<string, unknown>): ListSearch {
  const search: ListSearch = {};
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value === 'string') search[name] = value;
    else if (Array.isArray(value)) search[name] = value.map(String);
    else if (typeof value === 'number' || typeof value === 'boolean') search[name] = String(value);
  }
  return search;
}

/** A place inside the product to return to after signing in; anything else (other hosts, scripts) becomes the start page. */
export function safeReturn(target: unknown): string {
  if (typeof target !== 'string' || !target.startsWith('/') || target.startsWith('//') || target.startsWith('/sign-in'))
    return '/';
  return [...target].some((sign) => sign === '\\' || sign < ' ') ? '/' : target;
}

export const asList = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
export const asOne = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
