-- Company, partners, catalogue, prices. Source: R3.1, R4.1.

create table company (
  only_row boolean primary key default true check (only_row),
  id uuid not null,
  name text not null,
  name_en text,
  tax_no text,
  address text,
  phone text,
  bank_name text,
  bank_account text,
  currency text not null,
  time_zone text not null default 'Asia/Shanghai',
  logo_svg text,
  version int not null default 1,
  updated_at timestamptz not null
);

create table policy_parameter (
  id uuid primary key,
  code text not null,
  value int not null constraint policy_parameter__value check (value >= 0),
  unit text not null constraint policy_parameter__unit check (unit in ('wh', 'wd', 'h', 'd', 'flag', 'percent')),
  valid_from timestamptz not null,
  set_by uuid references app_user(id),
  note text,
  constraint policy_parameter__once unique (code, valid_from)
);

create table calendar_day (
  day date primary key,
  is_work boolean not null,
  name text not null
);
create table calendar_year (year int primary key, published boolean not null);

create table department (
  code text primary key,
  head_user_id uuid references app_user(id)
);

-- Absence and delegation: while a person is away, the deputy gets the tasks too.
create table delegation (
  id uuid primary key,
  user_id uuid not null references app_user(id),
  deputy_id uuid not null references app_user(id),
  from_on date not null,
  to_on date not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  constraint delegation__period check (to_on >= from_on),
  constraint delegation__other check (user_id <> deputy_id),
  constraint delegation__overlap exclude using gist (user_id with =, daterange(from_on, to_on, '[]') with &&) where (ended_at is null)
);

create table sales_team (
  id uuid primary key,
  name text not null
);
create table sales_team_member (
  team_id uuid not null references sales_team(id),
  user_id uuid not null references app_user(id),
  primary key (team_id, user_id)
);

create table warehouse (
  id uuid primary key,
  code text not null constraint warehouse__code unique,
  name text not null,
  name_en text,
  region_code text,
  address text,
  is_active boolean not null default true,
  -- where promises are taken from first
  priority int not null default 100,
  version int not null default 1
);

create table carrier (
  id uuid primary key,
  code text not null constraint carrier__code unique,
  name text not null,
  name_en text,
  phone text,
  is_active boolean not null default true,
  version int not null default 1
);

create table price_list (
  id uuid primary key,
  code text not null constraint price_list__code unique,
  name text not null,
  kind text not null constraint price_list__kind check (kind in ('base', 'level', 'agreement')),
  -- the level that a level list is for
  level text,
  currency text not null,
  tax_inclusive boolean not null,
  price_scale int not null constraint price_list__scale check (price_scale between 2 and 6),
  is_active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null
);

create sequence partner_no;
create sequence agreement_no;

create table partner (
  id uuid primary key,
  no text not null constraint partner__no unique,
  state text not null,
  name text not null,
  name_folded text not null,
  -- without place and legal form: what similar names are found by
  name_stem text not null default '',
  name_en text,
  short_name text,
  pinyin text not null default '',
  pinyin_initials text not null default '',
  uscc text constraint partner__uscc unique,
  uscc_override_reason text,
  level text,
  region_code text,
  territory text,
  country text not null default 'CN',
  sales_owner_id uuid references app_user(id),
  deputy_owner_id uuid references app_user(id),
  currency text not null,
  payment_method text not null default 'bank_transfer',
  -- {kind: prepaid|deposit_balance|net_days|month_end_days|instalments, days?, depositRate?, parts?}
  payment_term jsonb not null,
  reply_days int,
  -- the partner's own agreement list; level and base lists apply where it has no price
  price_list_id uuid references price_list(id),
  invoice_title text,
  tax_no text,
  bank_name text,
  bank_account text,
  invoice_address text,
  invoice_phone text,
  invoice_kind text not null default 'ordinary',
  source_ref text,
  obtained_on date,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index partner__owner on partner (sales_owner_id);
create index partner__name_trgm on partner using gin (name_folded gin_trgm_ops);
create index partner__stem_trgm on partner using gin (name_stem gin_trgm_ops);
create index partner__pinyin on partner (pinyin);
alter table partner enable row level security;
alter table partner force row level security;
create policy partner_rows on partner
  using ((select app_is_company()) or id in (select app_partners())) with check ((select app_is_company()) or id in (select app_partners()));
alter table app_user add constraint app_user__partner_exists foreign key (partner_id) references partner(id);

create table partner_contact (
  id uuid primary key,
  partner_id uuid not null references partner(id),
  name text not null,
  duties text[] not null default '{}',
  phone text,
  email text,
  user_id uuid references app_user(id),
  is_active boolean not null default true
);
create index partner_contact__of on partner_contact (partner_id);
select secure_partner_table('partner_contact');

create table partner_address (
  id uuid primary key,
  partner_id uuid not null references partner(id),
  label text not null,
  region_code text,
  region_text text,
  detail text not null,
  receiver text not null,
  phone text,
  is_default boolean not null default false,
  is_active boolean not null default true
);
create index partner_address__of on partner_address (partner_id);
select secure_partner_table('partner_address');

create table agreement (
  id uuid primary key,
  no text not null constraint agreement__no unique,
  partner_id uuid not null references partner(id),
  valid_from date not null,
  valid_to date not null,
  silence_accepts boolean not null default false,
  payment_term jsonb not null,
  reply_days int,
  note text,
  version int not null default 1,
  created_at timestamptz not null,
  constraint agreement__period check (valid_to >= valid_from),
  constraint agreement__overlap exclude using gist (partner_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
select secure_partner_table('agreement');

-- Limit and use of credit. exposure = balance (ledger, negative = advance) + held (uninvoiced part of orders from reservation on).
create table credit_account (
  partner_id uuid primary key references partner(id),
  currency text not null,
  limit_amount bigint constraint credit_account__limit check (limit_amount >= 0),
  balance_amount bigint not null default 0,
  held_amount bigint not null default 0 constraint credit_account__held check (held_amount >= 0)
);
select secure_partner_table('credit_account');

create table product (
  id uuid primary key,
  sku text not null constraint product__sku unique,
  name text not null,
  name_hans text,
  name_en text,
  pinyin text not null default '',
  pinyin_initials text not null default '',
  spec text,
  category text,
  kind text not null default 'stock' constraint product__kind check (kind in ('stock', 'made', 'service', 'freight')),
  unit text not null,
  unit_en text,
  whole_units boolean not null default true,
  min_qty bigint not null default 10000 constraint product__min check (min_qty > 0),
  multiple_qty bigint not null default 10000 constraint product__multiple check (multiple_qty > 0),
  tax_rate bigint not null constraint product__tax_rate check (tax_rate between 0 and 1000000),
  tax_code text,
  standard_cost_price bigint,
  lead_days int not null default 0,
  substitute_id uuid references product(id),
  is_sellable boolean not null default true,
  source_ref text,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index product__sku_folded on product (lower(sku));
create index product__name_trgm on product using gin ((lower(name)) gin_trgm_ops);

-- The partner's own code for a product.
create table partner_item (
  partner_id uuid not null references partner(id),
  code text not null,
  product_id uuid not null references product(id),
  primary key (partner_id, code)
);
select secure_partner_table('partner_item');

create table price_entry (
  id uuid primary key,
  price_list_id uuid not null references price_list(id),
  product_id uuid not null references product(id),
  min_qty bigint not null default 0 constraint price_entry__min check (min_qty >= 0),
  valid_from date not null,
  valid_to date not null,
  unit_price bigint not null constraint price_entry__price check (unit_price >= 0),
  constraint price_entry__period check (valid_to >= valid_from),
  -- Over one text: with its columns plain, the planner takes this slow index for look-ups of prices.
  constraint price_entry__overlap exclude using gist ((price_list_id::text || product_id::text || min_qty::text) with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index price_entry__lookup on price_entry (price_list_id, product_id, valid_from);
