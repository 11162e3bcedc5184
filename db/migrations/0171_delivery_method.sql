-- How goods usually go: to an address of a partner, or by the company's rule. Part of what an order requires of its delivery. Source: R3.3.
select set_config('app.scope', 'company', true);
alter table company add column delivery_method text default 'delivery';
alter table partner_address add column delivery_method text;
-- What is still being written has it from now on; what was sent stays as it was sent.
update sales_order set delivery_method = 'delivery' where delivery_method is null and state in ('draft', 'objected');
