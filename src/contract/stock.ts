/** Stock, incoming goods, movements and availability. Source: R4.2, R5.1. */
import { z } from 'zod';
import {
  AllowedAction,
  BizDate,
  Id,
  Instant,
  LongText,
  Named,
  Page,
  PageQuery,
  PartnerRef,
  PositiveQty,
  Qty,
  Reason,
  Text,
} from './common.ts';
import { operation } from './operation.ts';

const Flag = z.enum(['true', 'false'], 'field.bad_parameter');
/** A quantity that may be below zero. */
export const SignedQty = z
  .string()
  .regex(/^-?(0|[1-9]\d{0,10})(\.\d{1,4})?$/, 'field.qty_format')
  .meta({ id: 'SignedQty', description: 'Quantity with sign, at most 4 decimals' });
export const NonZeroQty = z
  .string()
  .regex(/^-?(?!0(\.0*)?$)(0|[1-9]\d{0,10})(\.\d{1,4})?$/, 'field.qty_range')
  .meta({ id: 'NonZeroQty', description: 'Quantity with sign, not zero' });

export const StockProduct = z
  .object({
    id: Id,
    sku: z.string(),
    name: z.string(),
    nameHans: z.string().nullable(),
    nameEn: z.string().nullable(),
    unit: z.string(),
    unitEn: z.string().nullable(),
    spec: z.string().nullable(),
  })
  .meta({ id: 'StockProduct' });
export const StockWarehouse = z
  .object({ id: Id, code: z.string(), name: z.string(), nameEn: z.string().nullable() })
  .meta({ id: 'StockWarehouse' });

/** The row of one product in one warehouse. available = on hand − reserved; incoming = what open supplies still bring. */
export const StockItem = z
  .object({
    product: StockProduct,
    warehouse: StockWarehouse,
    onHandQty: Qty,
    reservedQty: Qty,
    availableQty: Qty,
    incomingQty: Qty,
    incomingReservedQty: Qty,
    nextIncomingOn: BizDate.nullable(),
    /** Low when available is at or below it. */
    minimumQty: Qty,
    isLow: z.boolean(),
  })
  .meta({ id: 'StockItem' });

export const STOCK_MOVE_KINDS = ['opening', 'receipt', 'issue', 'adjust', 'issue_back', 'reverse'] as const;
export const StockMove = z
  .object({
    id: Id,
    product: StockProduct,
    warehouse: StockWarehouse,
    kind: z.enum(STOCK_MOVE_KINDS),
    /** Signed: what came in is positive. */
    qty: SignedQty,
    source: z.object({ type: z.string(), id: Id.nullable(), no: z.string().nullable() }),
    note: z.string().nullable(),
    at: Instant,
    actor: Named.nullable(),
    reversesId: Id.nullable(),
    reversedById: Id.nullable(),
    allowedActions: z.array(AllowedAction),
  })
  .meta({ id: 'StockMove' });

/** What a change of stock answers: the movement and the row after it. */
export const StockChange = z
  .object({ moveId: Id, productId: Id, warehouseId: Id, onHandQty: Qty, reservedQty: Qty, availableQty: Qty })
  .meta({ id: 'StockChange' });

export const SUPPLY_KINDS = ['production', 'purchase', 'transfer', 'capacity'] as const;
export const SUPPLY_STATES = ['open', 'received', 'cancelled'] as const;
const supplyFields = {
  id: Id,
  no: z.string(),
  kind: z.enum(SUPPLY_KINDS),
  state: z.enum(SUPPLY_STATES),
  product: StockProduct,
  warehouse: StockWarehouse,
  expectedOn: BizDate,
  qty: Qty,
  receivedQty: Qty,
  /** Ordered minus received. */
  openQty: Qty,
  reservedQty: Qty,
  isLate: z.boolean(),
  note: z.string().nullable(),
  createdAt: Instant,
  version: z.number().int(),
};
export const SupplyItem = z.object(supplyFields).meta({ id: 'SupplyItem' });
export const SupplyView = z
  .object({
    ...supplyFields,
    /** Who waits for it, oldest promise first. */
    waiting: z.array(
      z.object({
        orderId: Id,
        orderNo: z.string(),
        lineNo: z.number().int(),
        partner: PartnerRef,
        qty: Qty,
        promisedOn: BizDate,
      }),
    ),
    allowedActions: z.array(AllowedAction),
  })
  .meta({ id: 'SupplyView' });

/** One step of what can be promised: so much more from that day on. */
export const AvailabilityRow = z
  .object({
    warehouse: StockWarehouse,
    source: z.enum(['stock', 'supply']),
    supplyId: Id.nullable(),
    on: BizDate,
    freeQty: Qty,
    /** Free in this warehouse up to and including this day. */
    cumulativeQty: Qty,
  })
  .meta({ id: 'AvailabilityRow' });
export const AvailabilityView = z
  .object({
    product: StockProduct,
    asOf: BizDate,
    /** The earliest day on which one warehouse, and all together, can give the quantity asked for; null when nothing known covers it. */
    promise: z.object({ qty: Qty, on: BizDate.nullable(), onInOneWarehouse: BizDate.nullable() }),
    /** Quantities by warehouse and date; left out for partners. */
    rows: z.array(AvailabilityRow).optional(),
  })
  .meta({ id: 'AvailabilityView' });

const place = { productId: Id, warehouseId: Id };

export const stockFilters = {
  q: Text(100).optional(),
  productId: Id.optional(),
  warehouseId: Id.optional(),
  category: Text(100).optional(),
  low: Flag.optional(),
  sort: z.enum(['sku', 'available'], 'field.bad_parameter').default('sku'),
};
export const stockList = operation({
  id: 'stockList',
  method: 'GET',
  path: '/api/v1/stock',
  summary: 'Stock by product and warehouse',
  article: 'R4.2',
  can: 'stock.read',
  query: z.strictObject({ ...PageQuery, ...stockFilters }),
  response: Page(StockItem),
  errors: ['request.bad_cursor'],
});

export const stockReceive = operation({
  id: 'stockReceive',
  method: 'POST',
  path: '/api/v1/stock/receipts',
  summary: 'Take goods into stock: opening stock or a receipt without a plan',
  article: 'R4.2',
  can: 'stock.receive',
  body: z.strictObject({
    ...place,
    qty: PositiveQty,
    kind: z.enum(['opening', 'receipt'], 'field.invalid'),
    note: LongText(500).optional(),
  }),
  response: StockChange,
  status: 201,
  idempotent: true,
  errors: ['product.not_found', 'warehouse.not_found', 'stock.not_goods', 'stock.qty_whole'],
});

export const stockAdjust = operation({
  id: 'stockAdjust',
  method: 'POST',
  path: '/api/v1/stock/adjustments',
  summary: 'Correct stock after a count; never below what is reserved',
  article: 'R4.2',
  can: 'stock.adjust',
  body: z.strictObject({ ...place, qty: NonZeroQty, reason: Reason }),
  response: StockChange,
  status: 201,
  idempotent: true,
  errors: ['product.not_found', 'warehouse.not_found', 'stock.not_goods', 'stock.qty_whole', 'stock.reserved'],
});

export const stockMinimumSet = operation({
  id: 'stockMinimumSet',
  method: 'PUT',
  path: '/api/v1/stock/minimum',
  summary: 'Set the quantity at which stock counts as low',
  article: 'R4.2',
  can: 'stock.plan',
  body: z.strictObject({ ...place, minimumQty: Qty }),
  response: z.object({ productId: Id, warehouseId: Id, minimumQty: Qty }),
  idempotent: true,
  errors: ['product.not_found', 'warehouse.not_found', 'stock.not_goods'],
});

export const stockMoveFilters = {
  productId: Id.optional(),
  warehouseId: Id.optional(),
  kind: z.enum(STOCK_MOVE_KINDS, 'field.bad_parameter').optional(),
  sourceId: Id.optional(),
  from: BizDate.optional(),
  to: BizDate.optional(),
};
export const stockMovesList = operation({
  id: 'stockMovesList',
  method: 'GET',
  path: '/api/v1/stock/moves',
  summary: 'Movements of stock, newest first',
  article: 'R4.2',
  can: 'stock.read',
  query: z.strictObject({ ...PageQuery, ...stockMoveFilters }),
  response: Page(StockMove),
  errors: ['request.bad_cursor'],
});

export const stockMoveReverse = operation({
  id: 'stockMoveReverse',
  method: 'POST',
  path: '/api/v1/stock/moves/:moveId/reverse',
  summary: 'Take back a receipt, an opening or an adjustment',
  article: 'R4.2',
  can: 'stock.adjust',
  params: z.object({ moveId: Id }),
  body: z.strictObject({ reason: Reason }),
  response: StockChange,
  status: 201,
  idempotent: true,
  errors: ['move.not_found', 'move.reversed', 'move.not_reversible', 'stock.reserved'],
});

const supplyParams = z.object({ supplyId: Id });

export const supplyFilters = {
  q: Text(100).optional(),
  state: z.enum(SUPPLY_STATES, 'field.bad_parameter').optional(),
  kind: z.enum(SUPPLY_KINDS, 'field.bad_parameter').optional(),
  productId: Id.optional(),
  warehouseId: Id.optional(),
  expectedTo: BizDate.optional(),
  late: Flag.optional(),
};
export const suppliesList = operation({
  id: 'suppliesList',
  method: 'GET',
  path: '/api/v1/supplies',
  summary: 'Incoming goods: production plan, purchases, transfers',
  article: 'R5.1',
  can: 'stock.read',
  query: z.strictObject({ ...PageQuery, ...supplyFilters }),
  response: Page(SupplyItem),
  errors: ['request.bad_cursor'],
});

export const supplyGet = operation({
  id: 'supplyGet',
  method: 'GET',
  path: '/api/v1/supplies/:supplyId',
  summary: 'One supply and who waits for it',
  article: 'R5.1',
  can: 'stock.read',
  params: supplyParams,
  response: SupplyView,
  errors: ['supply.not_found'],
});

export const supplyCreate = operation({
  id: 'supplyCreate',
  method: 'POST',
  path: '/api/v1/supplies',
  summary: 'Plan incoming goods, so that promises may rest on them',
  article: 'R5.1',
  can: 'stock.plan',
  body: z.strictObject({
    kind: z.enum(SUPPLY_KINDS, 'field.invalid'),
    ...place,
    qty: PositiveQty,
    expectedOn: BizDate,
    note: LongText(500).optional(),
  }),
  response: SupplyView,
  status: 201,
  idempotent: true,
  errors: [
    'product.not_found',
    'warehouse.not_found',
    'stock.not_goods',
    'stock.not_by_capacity',
    'stock.qty_whole',
    'supply.past_date',
  ],
});

export const supplyUpdate = operation({
  id: 'supplyUpdate',
  method: 'POST',
  path: '/api/v1/supplies/:supplyId/reschedule',
  summary: 'A new date with its cause; orders promised on it get new dates and sales is told',
  article: 'R5.1',
  can: 'stock.plan',
  params: supplyParams,
  body: z.strictObject({ expectedOn: BizDate, cause: Reason }),
  response: SupplyView,
  idempotent: true,
  versioned: true,
  errors: ['supply.not_found', 'supply.wrong_state', 'supply.past_date', 'supply.same_date', 'request.version_stale'],
});

export const supplyReceive = operation({
  id: 'supplyReceive',
  method: 'POST',
  path: '/api/v1/supplies/:supplyId/receive',
  summary: 'Goods arrive, all or part; orders that wait for them get their picking at once',
  article: 'R5.1',
  can: 'stock.receive',
  params: supplyParams,
  body: z.strictObject({ qty: PositiveQty, note: LongText(500).optional() }),
  response: SupplyView,
  idempotent: true,
  versioned: true,
  errors: ['supply.not_found', 'supply.wrong_state', 'supply.exceeds_open', 'stock.qty_whole', 'request.version_stale'],
});

export const supplyCancel = operation({
  id: 'supplyCancel',
  method: 'POST',
  path: '/api/v1/supplies/:supplyId/cancel',
  summary: 'Give up what is still to come and nobody waits for',
  article: 'R5.1',
  can: 'stock.plan',
  params: supplyParams,
  body: z.strictObject({ reason: Reason }),
  response: SupplyView,
  idempotent: true,
  versioned: true,
  errors: ['supply.not_found', 'supply.wrong_state', 'supply.reserved', 'request.version_stale'],
});

export const availabilityGet = operation({
  id: 'availabilityGet',
  method: 'GET',
  path: '/api/v1/availability',
  summary: 'What can be promised, by date and warehouse; partners see dates only',
  article: 'R4.2',
  can: 'product.read',
  query: z.strictObject({ productId: Id, qty: PositiveQty.optional(), warehouseId: Id.optional() }),
  response: AvailabilityView,
  errors: ['product.not_found', 'warehouse.not_found'],
});

const preferenceParams = z.object({ partnerId: Id });
/** Where the goods of a partner, or of one of its addresses, are promised from first. */
export const WarehousePreference = z
  .object({
    address: z.object({ id: Id, label: z.string() }).nullable(),
    warehouse: z.object({ id: Id, name: z.string(), nameEn: z.string().nullable() }),
  })
  .meta({ id: 'WarehousePreference' });
export const warehousePreferenceList = operation({
  id: 'warehousePreferenceList',
  method: 'GET',
  path: '/api/v1/partners/:partnerId/warehouse-preferences',
  summary: 'Warehouses that a partner’s goods are promised from first',
  article: 'R4.2',
  can: 'stock.read',
  params: preferenceParams,
  response: z.object({ items: z.array(WarehousePreference) }),
  errors: ['partner.not_found'],
});
export const warehousePreferenceSet = operation({
  id: 'warehousePreferenceSet',
  method: 'PUT',
  path: '/api/v1/partners/:partnerId/warehouse-preferences',
  summary: 'Set the preferred warehouse of a partner or of one of its addresses; null takes it back',
  article: 'R4.2',
  can: 'partner.write',
  params: preferenceParams,
  body: z.strictObject({ addressId: Id.nullable(), warehouseId: Id.nullable() }),
  response: z.object({ items: z.array(WarehousePreference) }),
  idempotent: true,
  errors: ['partner.not_found', 'address.not_found', 'warehouse.not_found'],
});

export const stockOperations = [
  stockList,
  stockReceive,
  stockAdjust,
  stockMinimumSet,
  stockMovesList,
  stockMoveReverse,
  suppliesList,
  supplyGet,
  supplyCreate,
  supplyUpdate,
  supplyReceive,
  supplyCancel,
  availabilityGet,
  warehousePreferenceList,
  warehousePreferenceSet,
] as const;
