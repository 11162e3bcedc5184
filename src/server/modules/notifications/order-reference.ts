import { raw, type Sql } from '../../platform/db/database.ts';

/**
 * The partner's own reference behind a task or notice (alias of its row): that of the order, inquiry, picking, shipment or invoice that it
 * is about; null for other documents. Asked for the rows of a page only.
 */
export const poNoOf = (alias: 't' | 'n'): Sql =>
  raw(`case ${alias}.document_type
    when 'inquiry' then (select i.po_no from inquiry i where i.id = ${alias}.document_id)
    else (select o.po_no from sales_order o where o.id = case ${alias}.document_type
      when 'order' then ${alias}.document_id
      when 'picking' then (select k.order_id from picking k where k.id = ${alias}.document_id)
      when 'shipment' then (select s.order_id from shipment s where s.id = ${alias}.document_id)
      when 'invoice' then (select v.order_id from invoice v where v.id = ${alias}.document_id) end) end as po_no`);
