/** Front door of pricing: price lists and what they say. */
export { savePriceEntries } from './commands/save-price-entries.ts';
export { createPriceList } from './commands/save-price-list.ts';
export * from './price-rules.ts';
export { createPromotion } from './commands/save-promotion.ts';
export { lockQuotas, readPromotions, withQuotas } from './promotion-queries.ts';
export { listPriceEntries, listPriceLists } from './price-queries.ts';
export { pricingRoutes } from './routes.ts';
