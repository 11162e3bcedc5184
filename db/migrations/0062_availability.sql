-- Availability: several substitutes in their order, warehouses preferred by partner or address, corrections of the proposal and production's answers by line. Source: R4.2.

alter table product add column substitute_ids jsonb not null default '[]';
update product set substitute_ids = jsonb_build_array(substitute_id) where substitute_id is not null;
alter table product drop column substitute_id;

-- Where the goods of a partner, or of one of its addresses, are promised from first.
create table warehouse_preference (
  id uuid primary key,
  partner_id uuid not null references partner(id),
  address_id uuid references partner_address(id),
  warehouse_id uuid not null references warehouse(id),
  constraint warehouse_preference__once unique nulls not distinct (partner_id, address_id)
);
select secure_partner_table('warehouse_preference');

alter table sales_order
  add column corrections jsonb not null default '[]',
  add column production_answers jsonb not null default '[]';
