/** Front door of the catalogue: products. */
export { createProduct, updateProduct } from './commands/save-product.ts';
export { listProducts } from './product-queries.ts';
export { catalogRoutes } from './routes.ts';
