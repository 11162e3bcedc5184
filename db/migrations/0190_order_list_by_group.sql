-- The list of orders is walked along groups: orders of one state by sum and by wanted day, orders of one delivery and payment status by
-- creation. Along all orders, those of one group may lie behind any number of others. Three entries for each order placed, as before.
create index sales_order__by_sum on sales_order (state, gross_amount, id);
create index sales_order__by_day on sales_order (state, (coalesce(requested_on, date '2999-12-31')), id);
create index sales_order__by_progress on sales_order (delivery_status, payment_status, id);
drop index sales_order__by_gross;
drop index sales_order__by_requested;
drop index sales_order__open_by_requested;
drop index sales_order__delivery_under_way;
drop index sales_order__payment_open;
