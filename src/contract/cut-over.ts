/** Cut-over: orders that are under way when a company moves here. What they owe is one thing; where they stand is another. Rulings, section 7. */
import { z } from 'zod';
import { BizDate, Code, Id, LongText, PositiveAmount, PositiveQty, Price, Qty, Reason, Text } from './common.ts';
import { operation } from './operation.ts';
import { MAX_LINES, OrderView, PaymentTerm } from './order-shapes.ts';

export const CutOverLine = z
  .strictObject({
    productId: Id.optional(),
    sku: Code(64).optional(),
    qty: PositiveQty,
    unit: Text(20).optional(),
    /** As it was agreed then. */
    unitPrice: Price,
    discountAmount: PositiveAmount.optional(),
    requestedOn: BizDate.optional(),
    note: LongText(500).optional(),
    /** Delivered before; goods that were on their way count as delivered. In the base unit. */
    deliveredQty: Qty.optional(),
    /** Invoiced before, in the base unit; the amount follows from it unless invoicedAmount says otherwise. */
    invoicedQty: Qty.optional(),
    /** Gross, as the earlier invoices say to the cent. */
    invoicedAmount: PositiveAmount.optional(),
  })
  .refine((line) => (line.productId === undefined) !== (line.sku === undefined), {
    error: 'field.required',
    path: ['sku'],
  })
  .meta({ id: 'CutOverLine', description: 'Exactly one of productId and sku' });

export const CutOverOrder = z
  .strictObject({
    partnerId: Id,
    /** Number of the order in the system before. */
    reference: Code(64),
    agreedOn: BizDate,
    poNo: Code(64).optional(),
    customerName: Text(200).optional(),
    requestedOn: BizDate.optional(),
    paymentTerm: PaymentTerm.optional(),
    note: LongText(2000).optional(),
    /** Received for this order before and not yet in an opening balance. */
    paidAmount: PositiveAmount.optional(),
    lines: z.array(CutOverLine).min(1, 'order.no_lines').max(MAX_LINES, 'order.too_many_lines'),
  })
  .meta({ id: 'CutOverOrder' });

export const orderCutOver = operation({
  id: 'orderCutOver',
  method: 'POST',
  path: '/api/v1/cut-over-orders',
  summary: 'Take over an order that is under way: in effect at once, with what was delivered, invoiced and paid before',
  article: 'R4.3',
  can: 'cutover.run',
  body: CutOverOrder,
  response: OrderView,
  status: 201,
  idempotent: true,
  errors: [
    'partner.not_found',
    'partner.not_active',
    'product.not_found',
    'product.not_sellable',
    'order.qty_minimum',
    'order.qty_multiple',
    'order.not_whole_base_unit',
    'order.unit_unknown',
    'order.amount_range',
    'order.po_duplicate',
    'order.cut_over_duplicate',
    'order.cut_over_too_much',
    'order.not_promised',
    'payment.exceeds_open',
    'payment.future_date',
    'field.amount_decimals',
  ],
});

export const orderUndoCutOver = operation({
  id: 'orderUndoCutOver',
  method: 'POST',
  path: '/api/v1/orders/:orderId/undo-cut-over',
  summary: 'Take the cut-over of an order back while nothing else has happened to it',
  article: 'R4.3',
  can: 'cutover.run',
  params: z.object({ orderId: Id }),
  body: z.strictObject({ reason: Reason }),
  response: OrderView,
  idempotent: true,
  versioned: true,
  errors: ['order.not_found', 'order.wrong_state', 'order.not_cut_over', 'order.moved_on'],
});

export const cutOverOperations = [orderCutOver, orderUndoCutOver] as const;
