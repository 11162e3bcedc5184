-- What leaves the house: mail and webhooks. Written in the transaction of a reader of the log, sent by a worker, never rebuilt. P7.

create table outgoing (
  id uuid primary key,
  channel text not null constraint outgoing__channel check (channel in ('mail', 'webhook')),
  state text not null constraint outgoing__state check (state in ('waiting', 'sent', 'parked', 'dropped')),
  -- the partner whom it is about
  partner_id uuid,
  -- who gets it: an endpoint, a user, a contact of a partner; how many at once is counted by it
  target_id uuid not null,
  -- messages of one lane leave in the order of their sequence
  lane text not null,
  sequence int not null,
  -- kind of notice, or type of event
  kind text not null,
  event_id uuid not null,
  document_type text not null,
  document_id uuid not null,
  document_no text,
  -- ids and business values; names and addresses are looked up when it is sent
  content jsonb not null,
  attempts int not null default 0,
  -- tries since a person last sent it again: the waiting time between two tries goes by them
  tries int not null default 0,
  next_at timestamptz not null,
  -- who is sending it now, and until when nobody else may
  claim uuid,
  claimed_until timestamptz,
  -- why the last try failed
  reason text,
  created_at timestamptz not null,
  finished_at timestamptz,
  version int not null default 0,
  constraint outgoing__lane unique (lane, sequence),
  constraint outgoing__once unique (target_id, event_id, kind)
);
create index outgoing__due on outgoing (channel, next_at) where state = 'waiting';
create index outgoing__open_of_lane on outgoing (lane, sequence) where state = 'waiting';
create index outgoing__listed on outgoing (state, id);
create index outgoing__of_target on outgoing (target_id, id);
select secure_partner_table('outgoing');

create table outgoing_attempt (
  outgoing_id uuid not null references outgoing(id),
  no int not null,
  started_at timestamptz not null,
  -- null: the process ended before the answer was written down
  finished_at timestamptz,
  outcome text constraint outgoing_attempt__outcome check (outcome in ('sent', 'failed', 'dropped')),
  reason text,
  -- what the other side answered: HTTP or SMTP status, and the beginning of its text for our own eyes
  status int,
  detail text,
  primary key (outgoing_id, no)
);

-- The company's way of sending mail; no row or not on: no mail leaves.
create table mail_server (
  only_row boolean primary key default true check (only_row),
  id uuid not null,
  is_on boolean not null,
  host text not null,
  port int not null constraint mail_server__port check (port between 1 and 65535),
  security text not null constraint mail_server__security check (security in ('tls', 'starttls', 'none')),
  username text,
  password_sealed text,
  from_name text not null,
  from_address text not null,
  reply_to text,
  -- where people reach this system: the beginning of every link
  public_url text not null,
  version int not null,
  updated_at timestamptz not null
);

-- Which notices a person gets by mail. Without a row: every topic, people of the company only what asks them to do something.
create table mail_choice (
  user_id uuid primary key references app_user(id),
  topics text[] not null,
  only_asked boolean not null,
  changed_at timestamptz not null
);

-- Addresses of other systems that are told what happens: the company's own (no partner), and those that partners keep for themselves.
create table webhook_endpoint (
  id uuid primary key,
  partner_id uuid references partner(id),
  name text not null,
  url text not null,
  -- empty: every type
  event_types text[] not null,
  state text not null constraint webhook_endpoint__state check (state in ('on', 'off')),
  -- why it is off: by hand, or its server has said that it is gone
  off_reason text,
  secret_sealed text not null,
  -- signs as well until then, so that the other side can change over
  old_secret_sealed text,
  old_until timestamptz,
  created_by uuid not null references app_user(id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null
);
create index webhook_endpoint__of_partner on webhook_endpoint (partner_id);
select secure_partner_table('webhook_endpoint');
