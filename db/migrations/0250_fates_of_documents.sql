-- Rows of a document that fared alike stand once: of a hundred thousand lines of orders a fifth is written. Source: R3.3.
alter table import_fate
  -- the last of the rows that follow it and fared alike; null: it stands for itself
  add column last_row int constraint import_fate__last_row check (last_row > row);

-- What is to be told of first: refusals, then changes. An import of any length is looked at again and again while it runs.
drop index import_fate__bad;
create index import_fate__told on import_fate (import_id, ok, row) where not ok or does = 'change';
