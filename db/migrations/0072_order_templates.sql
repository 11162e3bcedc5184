-- An order that comes again: its goods and header under a name, to start a draft from.

create table order_template (
  id uuid primary key,
  partner_id uuid not null references partner(id),
  -- made by the company's people: the partner does not see it, nor the other way round
  is_internal boolean not null,
  owner_id uuid not null references app_user(id),
  -- for everybody of the owner's side who may see the partner; otherwise for the owner alone
  is_shared boolean not null,
  name text not null,
  content jsonb not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index order_template__name on order_template (partner_id, owner_id, lower(name));
alter table order_template enable row level security;
alter table order_template force row level security;
create policy template_rows on order_template
  using ((select app_is_company()) or (partner_id in (select app_partners()) and (not is_internal or (select app_is_inside()))))
  with check ((select app_is_company()) or (partner_id in (select app_partners()) and (not is_internal or (select app_is_inside()))));
