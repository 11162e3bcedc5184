-- What came by another way than the designated ones is entered by sales and confirmed by the partner (R3.2).
alter table inquiry add column needs_confirmation boolean not null default false;
alter table inquiry add column confirmed_by uuid references app_user(id);
alter table inquiry add column confirmed_at timestamptz;
