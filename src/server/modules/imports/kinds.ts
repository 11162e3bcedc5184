/**
 * Everything that can be imported. To add a kind: write `import-<noun>.ts` in the module that owns the command (columns, `body`, `schema`,
 * `command`; kinds/products.ts is the shortest example, `groupBy` makes one document of several rows), export it from the module's
 * index.ts, and name it here.
 */
import { refuse } from '../../kernel/refusal.ts';
import type { AnyImportKind } from '../../platform/import/kind.ts';
import { stockImport } from '../inventory/index.ts';
import { ordersImport } from '../orders/index.ts';
import { openingBalancesImport } from '../receivables/index.ts';
import { cutOverOrdersImport } from './kinds/cut-over-orders.ts';
import { partnersImport } from './kinds/partners.ts';
import { pricesImport } from './kinds/prices.ts';
import { productsImport } from './kinds/products.ts';

export const importKinds: readonly AnyImportKind[] = [
  partnersImport,
  productsImport,
  pricesImport,
  stockImport,
  ordersImport,
  openingBalancesImport,
  cutOverOrdersImport,
];

export function kindOf(name: string): AnyImportKind {
  const kind = importKinds.find((candidate) => candidate.kind === name);
  if (kind === undefined) throw refuse('import.kind_unknown', { kind: name });
  return kind;
}
