/** Price lists 價目表: base list, level lists, partner agreements; periods and quantity breaks. Source: R4.1. */
import { z } from 'zod';
import { BizDate, Code, Currency, Id, Page, PageQuery, Price, Qty, Text } from './common.ts';
import { operation } from './operation.ts';

export const PRICE_LIST_KINDS = ['base', 'level', 'agreement'] as const;
/** Stands for "until further notice". */
export const OPEN_END = '2999-12-31';
export const MAX_PRICE_ENTRIES = 1000;

export const PriceListView = z
  .object({
    id: Id,
    version: z.number().int(),
    code: z.string(),
    name: z.string(),
    kind: z.enum(PRICE_LIST_KINDS),
    level: z.string().nullable(),
    currency: Currency,
    taxInclusive: z.boolean(),
    /** Decimals of its prices, 2 to 6. */
    priceScale: z.number().int(),
    isActive: z.boolean(),
    entryCount: z.number().int(),
    partnerCount: z.number().int(),
  })
  .meta({ id: 'PriceList' });
export const PriceListCreate = z
  .strictObject({
    code: Code(30),
    name: Text(100),
    kind: z.enum(PRICE_LIST_KINDS),
    level: Code(20).optional(),
    currency: Currency.optional(),
    taxInclusive: z.boolean(),
    priceScale: z.number().int().min(2).max(6).optional(),
  })
  .meta({ id: 'PriceListCreate' });
export const PriceListUpdate = z
  .strictObject({ name: Text(100), level: Code(20), isActive: z.boolean() })
  .partial()
  .meta({ id: 'PriceListUpdate' });

export const PriceEntryView = z
  .object({
    id: Id,
    product: z.object({
      id: Id,
      sku: z.string(),
      name: z.string(),
      nameHans: z.string().nullable(),
      nameEn: z.string().nullable(),
      unit: z.string(),
    }),
    /** In `unit`. */
    minQty: Qty,
    validFrom: BizDate,
    validTo: BizDate,
    /** Per `unit`, which holds `unitFactor` base units. */
    unitPrice: Price,
    unit: z.string(),
    unitFactor: Qty,
  })
  .meta({ id: 'PriceEntry' });
export const PriceEntryInput = z
  .strictObject({
    productId: Id.optional(),
    sku: Code(64).optional(),
    /** The unit that price and quantity are of; left out: the base unit of the product. */
    unit: Text(20).optional(),
    /** The price holds from this quantity on; left out: from any. */
    minQty: Qty.optional(),
    validFrom: BizDate,
    /** Left out: until further notice. */
    validTo: BizDate.optional(),
    unitPrice: Price,
  })
  .refine((entry) => (entry.productId === undefined) !== (entry.sku === undefined), {
    error: 'field.required',
    path: ['sku'],
  })
  .meta({
    id: 'PriceEntryInput',
    description: 'Exactly one of productId and sku',
  });
export const PriceEntrySave = z
  .strictObject({
    set: z.array(PriceEntryInput).max(MAX_PRICE_ENTRIES).optional(),
    /** New last days of entries. */
    close: z
      .array(z.strictObject({ id: Id, validTo: BizDate }))
      .max(MAX_PRICE_ENTRIES)
      .optional(),
    remove: z.array(Id).max(MAX_PRICE_ENTRIES).optional(),
    /** An older price of the same product and quantity break that is still running ends the day before the new one starts. */
    closeRunning: z.boolean().optional(),
  })
  .refine(
    (body) => (body.set?.length ?? 0) + (body.close?.length ?? 0) + (body.remove?.length ?? 0) <= MAX_PRICE_ENTRIES,
    'field.too_many',
  )
  .meta({
    id: 'PriceEntrySave',
    description: 'Removed, then closed, then added, in one step',
  });

export const priceListFilters = {
  q: z.string().max(100).optional(),
  kind: z.enum(PRICE_LIST_KINDS).optional(),
  active: z.enum(['true', 'false']).optional(),
};
export const priceEntryFilters = {
  productId: Id.optional(),
  q: z.string().max(100).optional(),
  /** Only prices in force on this day. */
  on: BizDate.optional(),
};

const params = z.object({ priceListId: Id });

export const priceListList = operation({
  id: 'priceListList',
  method: 'GET',
  path: '/api/v1/price-lists',
  summary: 'Price lists',
  article: 'R4.1',
  can: 'price.read',
  query: z.strictObject({ ...PageQuery, ...priceListFilters }),
  response: Page(PriceListView),
  errors: ['request.bad_cursor'],
});
export const priceListGet = operation({
  id: 'priceListGet',
  method: 'GET',
  path: '/api/v1/price-lists/:priceListId',
  summary: 'One price list',
  article: 'R4.1',
  can: 'price.read',
  params,
  response: PriceListView,
  errors: ['price_list.not_found'],
});
export const priceListCreate = operation({
  id: 'priceListCreate',
  method: 'POST',
  path: '/api/v1/price-lists',
  summary: 'Add a price list',
  article: 'R4.1',
  can: 'price.write',
  body: PriceListCreate,
  response: PriceListView,
  status: 201,
  idempotent: true,
  errors: ['price_list.duplicate', 'price_list.level', 'field.currency', 'field.code_characters'],
});
export const priceListUpdate = operation({
  id: 'priceListUpdate',
  method: 'PATCH',
  path: '/api/v1/price-lists/:priceListId',
  summary: 'Rename, retire or revive a price list',
  article: 'R4.1',
  can: 'price.write',
  params,
  body: PriceListUpdate,
  response: PriceListView,
  idempotent: true,
  versioned: true,
  errors: ['price_list.not_found', 'price_list.level'],
});
export const priceEntryList = operation({
  id: 'priceEntryList',
  method: 'GET',
  path: '/api/v1/price-lists/:priceListId/entries',
  summary: 'Prices of a list, by product, quantity break and period',
  article: 'R4.1',
  can: 'price.read',
  params,
  query: z.strictObject({ ...PageQuery, ...priceEntryFilters }),
  response: Page(PriceEntryView),
  errors: ['price_list.not_found', 'request.bad_cursor'],
});
export const priceEntrySave = operation({
  id: 'priceEntrySave',
  method: 'POST',
  path: '/api/v1/price-lists/:priceListId/entries',
  summary: 'Add, end and remove prices, up to 1,000 at once; periods never overlap',
  article: 'R4.1',
  can: 'price.write',
  params,
  body: PriceEntrySave,
  response: PriceListView,
  idempotent: true,
  versioned: true,
  errors: [
    'price_list.not_found',
    'price_entry.not_found',
    'product.not_found',
    'price.overlap',
    'price.period',
    'price.scale',
    'order.unit_unknown',
    'field.qty_format',
  ],
});

export const priceOperations = [
  priceListList,
  priceListGet,
  priceListCreate,
  priceListUpdate,
  priceEntryList,
  priceEntrySave,
] as const;
