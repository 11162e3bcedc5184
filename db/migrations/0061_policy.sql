-- Policy parameters: overridden for a level or by an agreement, with reminders of their own, withdrawn before they begin. A task keeps the clock it began with. Source: R4.2, R4.3.

alter table policy_parameter
  -- null: this level or agreement goes by the company's value again
  alter column value drop not null,
  add column level text,
  add column agreement_id uuid references agreement(id),
  add column reminders jsonb,
  add column set_at timestamptz,
  add column withdrawn_at timestamptz,
  add column withdrawn_by uuid references app_user(id),
  add constraint policy_parameter__scope check (level is null or agreement_id is null),
  add constraint policy_parameter__inherits check (value is not null or level is not null or agreement_id is not null),
  drop constraint policy_parameter__once;
create unique index policy_parameter__once on policy_parameter (code, level, agreement_id, valid_from) nulls not distinct where withdrawn_at is null;

alter table task
  -- the parameter and duration behind the deadline, as in order.reply=3wd: it is computed again when a provisional calendar is published
  add column clock text,
  add column reminders jsonb;
create index task__provisional on task (id) where closed_at is null and due_is_provisional;
