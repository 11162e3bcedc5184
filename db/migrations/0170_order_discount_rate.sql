-- What a person takes off the whole order may be said as a part of it (0.05 is 5 %, scale 6); the amount that it comes to stands beside it.
alter table sales_order add column order_discount_rate bigint
  constraint sales_order__discount_rate check (order_discount_rate > 0 and order_discount_rate <= 1000000);
