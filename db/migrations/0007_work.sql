-- Tasks and notices. A task is written in the transaction that makes it necessary; a notice by a reader of the log. Source: process.md N1-N10.

create table task (
  id uuid primary key,
  kind text not null,
  document_type text not null,
  document_id uuid not null,
  document_no text not null,
  partner_id uuid,
  -- who holds it: a role's queue, or a person; on the partner side the partner's users with that role
  side text not null constraint task__side check (side in ('staff', 'partner')),
  role text not null,
  user_id uuid,
  article text,
  due_at timestamptz,
  due_is_provisional boolean not null default false,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid
);
create index task__open_role on task (role, due_at) where closed_at is null;
create index task__open_user on task (user_id, due_at) where closed_at is null;
create index task__document on task (document_id) where closed_at is null;
alter table task enable row level security;
alter table task force row level security;
create policy task_rows on task
  using ((select app_is_company()) or (partner_id in (select app_partners())))
  with check ((select app_is_company()) or (partner_id in (select app_partners())));

-- What the clock has to say about a task next: half time, nearly due, over, over for a day.
create table task_clock (
  task_id uuid primary key references task(id),
  step int not null,
  next_at timestamptz not null
);
create index task_clock__next on task_clock (next_at);

create table notice (
  id uuid primary key,
  event_id uuid not null,
  kind text not null,
  user_id uuid not null references app_user(id),
  partner_id uuid,
  document_type text not null,
  document_id uuid not null,
  document_no text,
  params jsonb not null default '{}',
  due_at timestamptz,
  at timestamptz not null,
  read_at timestamptz,
  constraint notice__once unique (event_id, user_id, kind)
);
create index notice__unread on notice (user_id, id) where read_at is null;
create index notice__of_user on notice (user_id, id);

-- What was imported: the file, the rows' fate.
create table import_run (
  id uuid primary key,
  kind text not null,
  file_name text not null,
  sha256 text not null,
  mode text not null constraint import_run__mode check (mode in ('check', 'all_or_nothing', 'valid_rows')),
  row_count int not null,
  ok_count int not null,
  error_count int not null,
  -- rows that an earlier upload of the same file had made
  replayed_count int not null default 0,
  committed boolean not null,
  result jsonb not null,
  -- the file as it came, so that it can be given back with reasons
  file bytea not null,
  run_by uuid not null references app_user(id),
  at timestamptz not null
);
create index import_run__at on import_run (at desc, id desc);
