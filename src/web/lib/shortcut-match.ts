/** Which shortcut a key completes, given the key before it. */
export function matchShortcut(
  names: readonly string[],
  before: string | null,
  key: string,
): { hit: string | null; waiting: string | null } {
  const pair = before === null ? null : `${before} ${key}`;
  if (pair !== null && names.includes(pair)) return { hit: pair, waiting: null };
  if (names.includes(key)) return { hit: key, waiting: null };
  return { hit: null, waiting: names.some((name) => name.startsWith(`${key} `)) ? key : null };
}
