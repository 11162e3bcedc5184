/** Every list that can be taken out as a file. To add one: `exportOf({ list, titles, can, query, page, columns })` in the module that owns the list (lists/masters.ts shows four), then name it here. */
import { refuse } from '../../kernel/refusal.ts';
import type { AnyExportList } from '../../platform/export/index.ts';
import { stockExport, stockMovesExport, suppliesExport } from '../inventory/index.ts';
import { invoicesExport } from '../invoices/index.ts';
import { ordersExport } from '../orders/index.ts';
import { openItemsExport, paymentsExport } from '../receivables/index.ts';
import { pickingsExport, shipmentsExport } from '../shipments/index.ts';
import { partnerFilesExport } from './kinds/partners.ts';
import { partnersExport, priceListsExport, pricesExport, productsExport } from './lists/masters.ts';

export const exportLists: readonly AnyExportList[] = [
  partnersExport,
  partnerFilesExport,
  productsExport,
  priceListsExport,
  pricesExport,
  stockExport,
  stockMovesExport,
  suppliesExport,
  pickingsExport,
  shipmentsExport,
  paymentsExport,
  openItemsExport,
  invoicesExport,
  ordersExport,
];

export function listOf(name: string): AnyExportList {
  const list = exportLists.find((candidate) => candidate.list === name);
  if (list === undefined) throw refuse('export.not_found', { list: name });
  return list;
}
