/** Front door of the catalogue: products. */
export { createProduct } from './commands/save-product.ts';
export { unitsKnown } from './product-units.ts';
export { listProducts, unitsColumn } from './product-queries.ts';
export { catalogRoutes } from './routes.ts';
export { type Measured, toBase, unitNamed } from './unit-rules.ts';
