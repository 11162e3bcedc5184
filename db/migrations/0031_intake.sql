-- Mail that comes in (R3.2): the raw message is stored before anything else, and ends in exactly one state that people can see (P8).
create sequence intake_no;

create table intake_message (
  id uuid primary key,
  no text not null,
  -- which way it came: our own SMTP listener, or a mailbox that is read
  source text not null constraint intake_message__source check (source in ('smtp', 'imap')),
  state text not null constraint intake_message__state check (state in ('stored', 'inquiry', 'reply', 'quarantined', 'ignored', 'failed', 'discarded')),
  -- why it is in quarantine, ignored or failed
  reason text,
  raw bytea not null,
  sha256 bytea not null constraint intake_message__raw unique,
  byte_count int not null,
  -- what the sending server said
  envelope_from text,
  remote_ip text,
  helo text,
  -- what the message says; text is data, never a command
  message_id text,
  from_address text,
  subject text,
  parsed jsonb,
  auth jsonb,
  -- how often it was begun: a message on which the product dies is not tried for ever
  attempts int not null default 0,
  partner_id uuid references partner(id),
  inquiry_id uuid references inquiry(id),
  received_at timestamptz not null,
  settled_at timestamptz,
  decided_by uuid references app_user(id),
  discard_reason text,
  version int not null default 1
);
create unique index intake_message__no on intake_message (no text_pattern_ops);
-- A message makes at most one inquiry, however often and by which way it comes.
create unique index intake_message__once on intake_message (message_id) where state = 'inquiry' and message_id is not null;
create index intake_message__of_id on intake_message (message_id) where message_id is not null;
create index intake_message__stored on intake_message (id) where state = 'stored';
create index intake_message__listed on intake_message (state, id);
create index intake_message__of_inquiry on intake_message (inquiry_id) where inquiry_id is not null;
alter table intake_message enable row level security;
alter table intake_message force row level security;
-- What belongs to nobody yet is for people of the company only.
create policy intake_rows on intake_message
  using ((select app_is_company()) or partner_id in (select app_partners()) or (partner_id is null and (select app_is_inside())))
  with check ((select app_is_company()) or partner_id in (select app_partners()) or (partner_id is null and (select app_is_inside())));

create table intake_setting (
  only_row boolean primary key default true check (only_row),
  smtp_enabled boolean not null default false,
  smtp_host text not null default '127.0.0.1',
  smtp_port int not null default 2525,
  -- addresses or domains that mail is taken for; empty: any
  smtp_recipients text[] not null default '{}',
  imap_enabled boolean not null default false,
  imap_host text,
  imap_port int not null default 993,
  imap_secure boolean not null default true,
  imap_user text,
  -- sealed, the key lies outside the database
  imap_password text,
  imap_folder text not null default 'INBOX',
  -- names of relays whose Authentication-Results are believed
  trusted_relays text[] not null default '{}',
  version int not null default 0,
  updated_at timestamptz
);
insert into intake_setting (only_row) values (true);

-- How the listeners are: one row each, written when it changes.
create table intake_channel (
  source text primary key,
  state text not null check (state in ('off', 'running', 'failed')),
  detail text,
  changed_at timestamptz not null
);

-- Work that belongs to no partner yet (mail in quarantine) is seen by people of the company who look after some partners only, too.
drop policy task_rows on task;
create policy task_rows on task
  using ((select app_is_company()) or partner_id in (select app_partners()) or (partner_id is null and (select app_is_inside())))
  with check ((select app_is_company()) or partner_id in (select app_partners()) or (partner_id is null and (select app_is_inside())));
