-- Units of measure: a product is counted in its base unit and also ordered in others (1 箱 = 12 件). Source: R3.3, R4.1.

create table product_unit (
  product_id uuid not null references product(id),
  unit text not null,
  unit_en text,
  -- how much of the base unit one of these is, scale 4
  factor bigint not null constraint product_unit__factor check (factor > 0),
  primary key (product_id, unit)
);

-- qty stays in the base unit. order_unit: the unit that the line was written in, null for the base unit; prices of a line are per that unit.
alter table order_line add column order_unit text;
alter table order_line add column unit_factor bigint not null default 10000 constraint order_line__unit_factor check (unit_factor > 0);

-- A price may be that of a box. The factor is the one of the day on which the price was made. min_qty stays in the base unit.
alter table price_entry add column unit text;
alter table price_entry add column unit_factor bigint not null default 10000 constraint price_entry__unit_factor check (unit_factor > 0);
alter table price_entry drop constraint price_entry__overlap;
alter table price_entry add constraint price_entry__overlap
  exclude using gist ((price_list_id::text || product_id::text || min_qty::text || coalesce(unit, '')) with =, daterange(valid_from, valid_to, '[]') with &&);
