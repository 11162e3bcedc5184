/** What an order's lines and its submission may be refused with, by whatever way it comes. */
export const LINES = [
  'product.not_found',
  'product.not_sellable',
  'partner.not_in_range',
  'order.qty_minimum',
  'order.qty_multiple',
  'order.not_whole_base_unit',
  'order.unit_unknown',
  'order.amount_range',
  'order.discount_twice',
  'order.too_many_lines',
  'field.amount_decimals',
  'address.not_found',
] as const;
export const SUBMIT = [
  'partner.not_active',
  'order.no_lines',
  'order.customer_missing',
  'order.delivery_missing',
  'order.po_duplicate',
  'order.inquiry_difference',
  'price.missing',
  'price.changed',
  'stock.insufficient',
] as const;
