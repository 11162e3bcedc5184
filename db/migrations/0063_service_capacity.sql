-- Services promised from free capacity by day: a day's capacity is planned like goods to come, and reserved the same way. Source: R3.2, R4.2.

alter table product add column by_capacity boolean not null default false,
  add constraint product__by_capacity check (not by_capacity or kind = 'service');
alter table supply drop constraint supply__kind,
  add constraint supply__kind check (kind in ('production', 'purchase', 'transfer', 'capacity'));
