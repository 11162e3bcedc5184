-- An import may change what is there: whether it may, what a row does, and the values before and after. Source: R3.1.
alter table import_run
  add column existing text not null default 'keep' constraint import_run__existing check (existing in ('keep', 'update')),
  add column changed_count int not null default 0;
alter table import_fate
  add column does text constraint import_fate__does check (does in ('add', 'change', 'nothing')),
  add column changes jsonb not null default '[]';
