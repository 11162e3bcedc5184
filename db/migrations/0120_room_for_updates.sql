-- Lines are changed when they are picked, shipped and invoiced: with room on their page a new version of a row needs no new entry in any index.
alter table order_line set (fillfactor = 80);
alter table picking_line set (fillfactor = 75);
alter table reservation set (fillfactor = 85);
alter table order_round set (fillfactor = 75);
-- Hot rows, changed by every order.
alter table stock set (fillfactor = 50);
alter table credit_account set (fillfactor = 50);
alter table figure_state set (fillfactor = 70);
