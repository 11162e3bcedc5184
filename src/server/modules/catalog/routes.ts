import {
  productCategoryList,
  productCreate,
  productGet,
  productList,
  productUpdate,
} from '../../../contract/catalog.ts';
import { type Route, read, write } from '../../platform/http/route.ts';
import { createProduct, updateProduct } from './commands/save-product.ts';
import { listCategories, listProducts, readProduct } from './product-queries.ts';

export const catalogRoutes: Route[] = [
  read(productList, ({ tx, query, actor }) => listProducts(tx, query, actor)),
  read(productGet, ({ tx, params, actor }) => readProduct(tx, params.productId, actor)),
  write(productCreate, createProduct, ({ body }) => body),
  write(productUpdate, updateProduct, ({ params, body }) => ({ ...body, ...params })),
  read(productCategoryList, async ({ tx, actor }) => ({ items: await listCategories(tx, actor) })),
];
