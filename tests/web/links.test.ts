/** Every link that the client writes out leads to a page that there is. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sources } from './texts.ts';

const PAGES = path.resolve(import.meta.dirname, '../../src/web/pages');

/** Paths of all route files; `:` stands for a parameter. */
function routes(): Set<string> {
  const found = new Set<string>(['/']);
  for (const area of fs.readdirSync(PAGES)) {
    const file = path.join(PAGES, area, 'routes.ts');
    if (!fs.existsSync(file)) continue;
    const base = area === 'portal' ? '/portal' : '';
    for (const [, at = ''] of fs.readFileSync(file, 'utf8').matchAll(/\bpath: '([^']*)'/g))
      found.add(at === '/' ? base || '/' : `${base}/${at.replaceAll(/\$\w+/g, ':')}`);
  }
  return found;
}

/** `to="/orders/new"`, `to={`/orders/${id}`}`, `go('/orders')`: without what follows a question mark. */
const LINK = /(?:\bto=\{?|\bgo\()[`'"](\/[^`'"]*)/g;

it('a link that is written out leads to a page', () => {
  const known = routes();
  const links = sources().flatMap(({ file, text }) =>
    [...text.matchAll(LINK)].map(([, to = '']) => ({
      file,
      to: to
        .replaceAll(/\$\{[^}]*\}?/g, ':')
        .replace(/[?#].*$/, '')
        .replace(/::.*$/, ':'),
    })),
  );
  expect(links.length).toBeGreaterThan(100);
  // Where an address is put together of more than parameters, its first part is one of a page.
  const fits = (to: string) => known.has(to) || known.has(to.replace(/([^/]):$/, '$1')) || to.startsWith('/:');
  expect(links.filter(({ to }) => !fits(to))).toEqual([]);
});
