/** Front door of the catalogue: products. */
export type { ProductFields } from './product-columns.ts';
export { createProducts, type NewProduct, type ProductChange, updateProducts } from './commands/save-product.ts';
export { foldSku } from './product-state.ts';
export { unitsKnown } from './product-units.ts';
export { listProducts, unitsColumn } from './product-queries.ts';
export { catalogRoutes } from './routes.ts';
export { type Measured, ONE_UNIT, toBase, unitNamed } from './unit-rules.ts';
