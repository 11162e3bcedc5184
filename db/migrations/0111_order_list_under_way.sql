-- Filters of the list of orders that find few among many. Orders that wait or have ended are the many: they are in none of these, so that
-- placing an order costs nothing more, and each later step one entry.
create index sales_order__delivery_under_way on sales_order (delivery_status, id)
  where delivery_status in ('preparing', 'ready', 'part_shipped', 'shipped', 'part_delivered');
create index sales_order__payment_open on sales_order (payment_status, id)
  where payment_status in ('due', 'part_paid', 'overdue', 'credit');
create index sales_order__invoice_open on sales_order (invoice_status, id)
  where invoice_status in ('requested', 'part_invoiced');

-- With the partner in it, row-level security need not look at the line itself.
drop index order_line__product;
create index order_line__product on order_line (product_id, order_id) include (partner_id);

-- Open orders by the day they are wanted for: along all orders the past would be walked through first. One entry more for an open order.
create index sales_order__open_by_requested on sales_order ((coalesce(requested_on, date '2999-12-31')), id)
  where state in ('draft', 'terms_review', 'availability_review', 'shortage', 'to_confirm', 'objected', 'awaiting_partner', 'in_effect');
