-- The list of orders in the orders that people sort by, and the beginnings of customers' names.
create index sales_order__by_gross on sales_order (gross_amount, id);
create index sales_order__by_requested on sales_order ((coalesce(requested_on, date '2999-12-31')), id);
create index sales_order__customer on sales_order (customer_name text_pattern_ops) where customer_name is not null;
create index hold__live_orders on hold (order_id) where released_at is null and order_id is not null;
create index hold__live_partners on hold (partner_id) where released_at is null and order_id is null;
