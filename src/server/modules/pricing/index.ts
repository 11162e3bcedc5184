/** Front door of pricing: price lists and what they say. */
export { besideKey, loadPriceState, type PriceSave, type PriceState } from './price-state.ts';
export { savePricesOfFile } from './commands/save-price-entries.ts';
export * from './price-rules.ts';
export { lockQuotas, readPromotions, withQuotas } from './promotion-queries.ts';
export { listPriceEntries, listPriceLists } from './price-queries.ts';
export { pricingRoutes } from './routes.ts';
