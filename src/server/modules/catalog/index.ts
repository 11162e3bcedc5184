/** Front door of the catalogue: products. */
export { createProduct, updateProduct } from './commands/save-product.ts';
export { listProducts, readProduct } from './product-queries.ts';
export { type ProductRow, productTable } from './product-table.ts';
export { catalogRoutes } from './routes.ts';
