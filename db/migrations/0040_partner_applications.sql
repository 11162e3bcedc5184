-- A company applies to become a partner, on the portal and without an account. Source: R3.1.

create sequence application_no;

-- Of nobody's partner until it is accepted: reached by permission, and by the applicant with the token of the link.
create table partner_application (
  id uuid primary key,
  no text not null constraint partner_application__no unique,
  state text not null constraint partner_application__state check (state in ('submitted', 'needs_data', 'accepted', 'refused', 'withdrawn')),
  version int not null,
  -- of the link under which the applicant follows it
  token_hash bytea not null constraint partner_application__token unique,
  -- the request that made it: the same one again makes nothing new
  request_hash text not null constraint partner_application__request unique,
  -- what was typed; null once it has been erased
  content jsonb,
  content_hash text not null,
  question text,
  reason text,
  submitted_at timestamptz not null,
  state_since timestamptz not null,
  decided_by uuid references app_user(id),
  became_partner_id uuid references partner(id),
  account_id uuid references app_user(id),
  from_ip text
);
create index partner_application__by_state on partner_application (state, id);
create index partner_application__recent on partner_application (submitted_at);

-- Telephone numbers by their digits: the same number at two partners may be one company twice.
create index partner_contact__phone on partner_contact (right(regexp_replace(phone, '[^0-9]', '', 'g'), 11)) where is_active;

-- Work that belongs to no partner is for everybody of the company who holds it, sales people with partners of their own included.
drop policy task_rows on task;
create policy task_rows on task
  using ((select app_is_company()) or partner_id in (select app_partners()) or (partner_id is null and (select app_is_inside())))
  with check ((select app_is_company()) or partner_id in (select app_partners()) or (partner_id is null and (select app_is_inside())));
