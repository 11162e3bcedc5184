/** Front door of pricing: price lists and what they say. */
export { savePriceEntries } from './commands/save-price-entries.ts';
export * from './price-rules.ts';
export { lockQuotas, readPromotions, withQuotas } from './promotion-queries.ts';
export { listPriceEntries, listPriceLists } from './price-queries.ts';
export { pricingRoutes } from './routes.ts';
