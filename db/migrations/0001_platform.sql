-- The platform: who may see what, people, the event log, idempotency, readers, seals.

-- Row-level security. Every transaction says in app.scope whose rows it works for: 'company', or 'partners' with the list in app.partners.
create function app_is_company() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.scope', true), '') = 'company' $$;

-- Whether the transaction works for people of the company, who see what is internal.
create function app_is_inside() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.inside', true), '') = 'yes' $$;

create function app_partners() returns setof uuid language sql stable parallel safe
  as $$ select unnest(coalesce(nullif(current_setting('app.partners', true), ''), '{}')::uuid[]) $$;

-- Puts a table under row-level security by its partner_id column. The sub-selects are evaluated once a statement, not once a row.
create function secure_partner_table(t regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy partner_rows on %s using ((select app_is_company()) or partner_id in (select app_partners())) with check ((select app_is_company()) or partner_id in (select app_partners()))', t);
end $$;

create table installation (
  only_row boolean primary key default true check (only_row),
  id uuid not null,
  is_demo boolean not null default false,
  schema_note text not null default ''
);

create table app_user (
  id uuid primary key,
  kind text not null constraint app_user__kind check (kind in ('staff', 'partner', 'service')),
  partner_id uuid,
  login text not null,
  login_folded text not null constraint app_user__login unique,
  name text not null,
  name_en text,
  email text,
  phone text,
  locale text not null default 'zh-Hant',
  password_hash text,
  state text not null default 'active' constraint app_user__state check (state in ('invited', 'active', 'disabled')),
  -- raised at every change of roles, password, state: sessions and keys of an older epoch are refused
  epoch int not null default 1,
  approval_limit_amount bigint,
  made_by uuid references app_user(id),
  password_changed_at timestamptz,
  created_at timestamptz not null,
  version int not null default 1,
  constraint app_user__partner check ((kind = 'partner') = (partner_id is not null) or kind = 'service')
);
create index app_user__of_partner on app_user (partner_id) where partner_id is not null;

create table user_role (
  user_id uuid not null references app_user(id),
  role text not null,
  primary key (user_id, role)
);

create table user_session (
  token_hash bytea primary key,
  id uuid not null unique,
  user_id uuid not null references app_user(id),
  epoch int not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  user_agent text,
  ip text
);
create index user_session__of_user on user_session (user_id);

create table api_key (
  id uuid primary key,
  key_hash bytea not null unique,
  prefix text not null,
  name text not null,
  user_id uuid not null references app_user(id),
  made_by uuid not null references app_user(id),
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  version int not null default 1
);

create table one_time_token (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('invite', 'reset', 'first_admin', 'accept')),
  user_id uuid references app_user(id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Failed sign-ins by login and by address: lock-out that does not lock the victim out of a device that has succeeded before.
create table signin_attempt (
  id bigint generated always as identity primary key,
  login_folded text not null,
  ip text not null,
  -- the device that sent it, where that device has signed in to this login before
  device_hash bytea,
  ok boolean not null,
  at timestamptz not null
);
create index signin_attempt__recent on signin_attempt (login_folded, at desc);
create index signin_attempt__of_address on signin_attempt (ip, at desc) where not ok;

-- Devices that have signed in before, by the hash of a cookie of their own.
create table known_device (
  token_hash bytea not null,
  user_id uuid not null references app_user(id),
  last_used_at timestamptz not null,
  primary key (token_hash, user_id)
);

create table access_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  user_id uuid,
  login text,
  ip text,
  operation text,
  detail jsonb not null default '{}'
);
create index access_log__at on access_log (at desc);

-- The event log: history, outbox and audit in one. Readers go by (xid, position) up to the oldest running transaction.
create table event (
  position bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  id uuid not null,
  document_type text not null,
  document_id uuid not null,
  document_no text,
  version int not null,
  type text not null,
  at timestamptz not null,
  partner_id uuid,
  actor_id uuid,
  actor_kind text not null,
  -- what caused it: request id, command name, key, parent event
  cause jsonb not null,
  payload jsonb not null default '{}',
  primary key (position),
  constraint event__version unique (document_id, version)
);
create index event__reading on event (xid, position);
create index event__of_partner on event (partner_id, position) where partner_id is not null;
alter table event enable row level security;
alter table event force row level security;
create policy event_rows on event using ((select app_is_company()) or partner_id in (select app_partners())) with check (true);

-- What has happened, fixed by a signed hash: the root over the events of a span, linked to the seal before, repeated outside the database.
create table event_seal (
  no bigint primary key,
  from_xid xid8 not null,
  from_position bigint not null,
  to_xid xid8 not null,
  to_position bigint not null,
  event_count bigint not null,
  merkle_root bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  signature bytea not null,
  -- which key has signed (fingerprint)
  key_id text not null,
  -- for each event position, xid and hash (8 + 8 + 32 bytes), so that a broken seal tells which event it was
  entries bytea not null,
  sealed_at timestamptz not null
);

create table log_reader (
  name text primary key,
  xid xid8 not null default '0',
  position bigint not null default 0,
  updated_at timestamptz,
  error text
);

-- One stored answer for each (caller, key). Only committed successes are kept; a refusal leaves no row.
create table idempotency (
  caller_id uuid not null,
  key text not null,
  operation text not null,
  request_hash text not null,
  status int not null,
  answer text not null,
  etag text,
  at timestamptz not null,
  constraint idempotency__key primary key (caller_id, key)
);
create index idempotency__at on idempotency (at);

-- Numbers without gaps (invoices, statements, vouchers, payments): a row a series, locked while a document takes its number.
create table number_series (
  name text primary key,
  last_value bigint not null default 0
);

-- One row for each slot of a schedule that has been worked: a slot runs once over any number of nodes.
create table job_slot (
  job text not null,
  slot text not null,
  done_at timestamptz not null,
  primary key (job, slot)
);
