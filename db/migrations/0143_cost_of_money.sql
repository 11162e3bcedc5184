-- The money effect of another payment term is a cost of money: the percentage a year that it was counted with. Null: the effect is a difference of amounts. Source: R4.1.
alter table discrepancy add column yearly_percent int constraint discrepancy__yearly_percent check (yearly_percent between 0 and 100);
