-- Imports that take longer than a request: how far they are, whether they go on, and what became of each row, written part by part.
alter table import_run
  add column state text not null default 'done' constraint import_run__state check (state in ('running', 'done', 'cancelled', 'failed')),
  -- the last sign of life of the one who works on it
  add column seen_at timestamptz,
  add column cancel_asked_at timestamptz,
  -- why it failed: a code
  add column error text;

create table import_fate (
  import_id uuid not null references import_run(id),
  row int not null,
  ok boolean not null,
  no text,
  replayed boolean not null default false,
  errors jsonb not null default '[]',
  primary key (import_id, row)
);
create index import_fate__bad on import_fate (import_id, row) where not ok;

insert into import_fate (import_id, row, ok, no, replayed, errors)
select distinct on (i.id, f.row) i.id, f.row, f.ok, f.no, coalesce(f.replayed, false), coalesce(f.errors, '[]')
from import_run i cross join lateral jsonb_to_recordset(i.result) as f(row int, ok boolean, no text, replayed boolean, errors jsonb)
order by i.id, f.row;
alter table import_run drop column result;
