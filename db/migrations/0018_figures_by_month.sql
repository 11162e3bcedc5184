-- What a partner ordered of each product is added up when its month is over: while it runs, each order would touch as many scattered rows as
-- it has lines, for figures that the orders of one partner in one month give as well.
create table figure_progress (
  only_row boolean primary key default true check (only_row),
  -- months before this one stand in figure_product; this one and later ones are summed from figure_order
  rolled_before date not null
);
insert into figure_progress (rolled_before)
select case when exists (select from figure_order) then date_trunc('month', now())::date else date '1900-01-01' end;
delete from figure_product where month >= (select rolled_before from figure_progress);
create index figure_order__partner on figure_order (partner_id, month);
