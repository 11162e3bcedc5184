/** Products. Source: R3.2 (products and services), R4.1 (minimum quantity, pack multiple, tax). */
import { z } from 'zod';
import { Code, Id, Instant, Page, PageQuery, PositiveQty, Price, Qty, Rate, Text } from './common.ts';
import { operation } from './operation.ts';

export const PRODUCT_KINDS = ['stock', 'made', 'service', 'freight'] as const;

/** A unit besides the base unit: one of it is `factor` base units. */
export const ProductUnit = z
  .strictObject({ unit: Text(20), unitEn: Text(20).nullable().optional(), factor: PositiveQty })
  .meta({ id: 'ProductUnit', description: 'One such unit is `factor` base units, e.g. 箱 = 12 件' });
export const ProductUnitView = z.object({ unit: z.string(), unitEn: z.string().nullable(), factor: Qty });

export const ProductView = z
  .object({
    id: Id,
    version: z.number().int(),
    sku: z.string(),
    name: z.string(),
    nameHans: z.string().nullable(),
    nameEn: z.string().nullable(),
    spec: z.string().nullable(),
    category: z.string().nullable(),
    kind: z.enum(PRODUCT_KINDS),
    unit: z.string(),
    unitEn: z.string().nullable(),
    /** Further units that it is ordered and priced in; stock is counted in `unit`. */
    units: z.array(ProductUnitView),
    wholeUnits: z.boolean(),
    minQty: Qty,
    multipleQty: Qty,
    taxRate: Rate,
    taxCode: z.string().nullable(),
    /** null without the right to see costs. */
    standardCostPrice: Price.nullable(),
    leadDays: z.number().int(),
    /** A service that is promised only from the capacity planned for its days. */
    byCapacity: z.boolean(),
    /** What may be offered in its place, the best first. */
    substitutes: z.array(z.object({ id: Id, sku: z.string(), name: z.string(), nameEn: z.string().nullable() })),
    isSellable: z.boolean(),
    sourceRef: z.string().nullable(),
    /** The calling partner's own code, or that of the partner asked for. */
    partnerCode: z.string().nullable(),
    updatedAt: Instant,
  })
  .meta({ id: 'Product' });

const fields = {
  name: Text(200),
  nameHans: Text(200).nullable().optional(),
  nameEn: Text(200).nullable().optional(),
  spec: Text(300).nullable().optional(),
  category: Text(100).nullable().optional(),
  kind: z.enum(PRODUCT_KINDS).optional(),
  unit: Text(20),
  unitEn: Text(20).nullable().optional(),
  /** All further units of the product: what is left out goes. */
  units: z.array(ProductUnit).max(20).optional(),
  wholeUnits: z.boolean().optional(),
  minQty: PositiveQty.optional(),
  multipleQty: PositiveQty.optional(),
  taxRate: Rate,
  taxCode: z
    .string()
    .regex(/^\d{19}$/, 'product.tax_code')
    .nullable()
    .optional(),
  standardCostPrice: Price.nullable().optional(),
  leadDays: z.number().int().min(0).max(3650).optional(),
  byCapacity: z.boolean().optional(),
  substituteIds: z.array(Id).max(10).optional(),
  isSellable: z.boolean().optional(),
  sourceRef: Text(100).nullable().optional(),
};
export const ProductCreate = z.strictObject({ sku: Code(64), ...fields }).meta({ id: 'ProductCreate' });
export const ProductUpdate = z.strictObject(fields).partial().meta({ id: 'ProductUpdate' });

export const PRODUCT_SORTS = ['sku', '-sku', 'name', '-name'] as const;
export const productFilters = {
  q: z.string().max(100).optional(),
  category: z.string().max(100).optional(),
  kind: z.enum(PRODUCT_KINDS).optional(),
  sellable: z.enum(['true', 'false']).optional(),
  /** Search this partner's own codes too, and show them. */
  partnerId: Id.optional(),
  sort: z.enum(PRODUCT_SORTS).optional(),
};

const params = z.object({ productId: Id });
const ERRORS = [
  'product.duplicate',
  'product.not_found',
  'product.self_substitute',
  'product.not_service',
  'product.tax_code',
  'product.tax_rate',
  'product.tax_rate_unknown',
  'product.unit_unknown',
  'product.multiple',
  'product.unit',
  'permission.denied',
  'field.code_characters',
] as const;

export const productList = operation({
  id: 'productList',
  method: 'GET',
  path: '/api/v1/products',
  summary: 'Products; search by code, name, pinyin, initials, the partner’s own code',
  can: 'product.read',
  query: z.strictObject({ ...PageQuery, ...productFilters }),
  response: Page(ProductView),
  errors: ['request.bad_cursor'],
});
export const productGet = operation({
  id: 'productGet',
  method: 'GET',
  path: '/api/v1/products/:productId',
  summary: 'One product',
  can: 'product.read',
  params,
  response: ProductView,
  errors: ['product.not_found'],
});
export const productCreate = operation({
  id: 'productCreate',
  method: 'POST',
  path: '/api/v1/products',
  summary: 'Add a product',
  can: 'product.write',
  body: ProductCreate,
  response: ProductView,
  status: 201,
  idempotent: true,
  errors: [...ERRORS],
});
export const productUpdate = operation({
  id: 'productUpdate',
  method: 'PATCH',
  path: '/api/v1/products/:productId',
  summary: 'Change a product',
  can: 'product.write',
  params,
  body: ProductUpdate,
  response: ProductView,
  idempotent: true,
  versioned: true,
  errors: [...ERRORS],
});
export const productCategoryList = operation({
  id: 'productCategoryList',
  method: 'GET',
  path: '/api/v1/product-categories',
  summary: 'Categories in use, with their number of products',
  can: 'product.read',
  response: z.object({
    items: z.array(z.object({ category: z.string(), count: z.number().int() })),
  }),
  errors: [],
});

export const catalogOperations = [productList, productGet, productCreate, productUpdate, productCategoryList] as const;
