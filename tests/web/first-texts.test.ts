/** The client begins with the texts of its first pages; whatever these say has to be among them. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { catalogue, LOCALES, uses } from './texts.ts';

const WEB = path.resolve(import.meta.dirname, '../../src/web');
const read = (file: string) => fs.readFileSync(path.join(WEB, file), 'utf8');

/** What is there at once, and what the shell opens by itself. */
function reached(): ReadonlySet<string> {
  const routes = fs
    .readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((file) => /routes?(-roots)?\.ts$/.test(file));
  const pages = routes.flatMap((file) =>
    [...read(file).matchAll(/firstPage\(\(\) => import\('([^']+)'\)\)/g)].map(([, to = '']) =>
      path.join(path.dirname(file), to),
    ),
  );
  const seen = new Set<string>();
  const open = ['main.tsx', ...pages];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file) || !fs.existsSync(path.join(WEB, file))) continue;
    seen.add(file);
    const text = read(file);
    const later = /^(shell|ui)\//.test(file) ? text.matchAll(/import\('(\.[^']+)'\)/g) : [];
    for (const [, to = ''] of [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)';/gm), ...later])
      open.push(path.join(path.dirname(file), to));
  }
  return seen;
}

it('the shell and the list of orders say nothing but the texts that come first', () => {
  const files = reached();
  expect([...files]).toEqual(
    expect.arrayContaining(['shell/workbench.tsx', 'shell/latest-notices.tsx', 'pages/orders/order-list.tsx']),
  );
  for (const locale of LOCALES) {
    const named = /'\.\/\{([a-z,]+)\}\.json'/.exec(read(`i18n/${locale}/index.ts`))?.[1] ?? '';
    const first = ['states', ...named.split(',')];
    expect(read(`i18n/${locale}/rest.ts`)).toContain(`'!./{${named}}.json'`);
    const known = catalogue(locale);
    const areas = [...new Set([...known.keys()].map((key) => key.slice(0, key.indexOf('.'))))];
    const late = uses(areas).filter(
      ({ key, file, dynamic }) =>
        files.has(file) && (dynamic || known.has(key)) && !first.some((area) => key.startsWith(`${area}.`)),
    );
    expect(late.map(({ key, file }) => `${file}: ${key}`)).toEqual([]);
  }
});
