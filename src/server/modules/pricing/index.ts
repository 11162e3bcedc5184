/** Front door of pricing: price lists and what they say. */
export { savePriceEntries } from './commands/save-price-entries.ts';
export { createPriceList, updatePriceList } from './commands/save-price-list.ts';
export * from './price-rules.ts';
export { listPriceEntries, listPriceLists, readPriceList } from './price-queries.ts';
export { type PriceEntryRow, type PriceListRow, priceEntryTable, priceListTable } from './price-tables.ts';
export { pricingRoutes } from './routes.ts';
