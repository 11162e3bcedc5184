-- Nodes remember the names of carriers as they remember those of warehouses.
select watch_masters('carrier');
