-- Lists of the company's own: accounts that partners pay into, tax rates, units of measure. Entries are retired, never deleted.

create table bank_account (
  id uuid primary key,
  bank_name text not null,
  account_no text not null constraint bank_account__account_no unique,
  currency text not null,
  -- printed on papers in the account's currency
  is_active boolean not null default true,
  version int not null default 1
);

create table tax_rate (
  id uuid primary key,
  rate bigint not null constraint tax_rate__rate unique constraint tax_rate__range check (rate between 0 and 1000000),
  name text not null,
  name_en text,
  is_active boolean not null default true,
  version int not null default 1
);

create table unit_of_measure (
  id uuid primary key,
  name text not null constraint unit_of_measure__name unique,
  name_en text,
  -- what new products in this unit begin with: counted in whole numbers only
  whole_units boolean not null,
  is_active boolean not null default true,
  version int not null default 1
);

insert into bank_account (id, bank_name, account_no, currency)
  select gen_random_uuid(), coalesce(bank_name, name), bank_account, currency from company where bank_account is not null;
alter table company drop column bank_name, drop column bank_account;

-- The rates of the Provisional Regulations on Value-added Tax, and those of small-scale taxpayers; others that products have already.
insert into tax_rate (id, rate, name, name_en)
  select gen_random_uuid(), rate, name, name_en from (values
    (130000, '增值稅 13%', 'VAT 13%'), (90000, '增值稅 9%', 'VAT 9%'), (60000, '增值稅 6%', 'VAT 6%'),
    (30000, '徵收率 3%', 'Levy rate 3%'), (10000, '徵收率 1%', 'Levy rate 1%'), (0, '零稅率', 'Zero rate')) as v (rate, name, name_en);
insert into tax_rate (id, rate, name)
  select gen_random_uuid(), tax_rate, trim_scale(tax_rate / 10000.0) || '%' from product group by tax_rate
  on conflict do nothing;

insert into unit_of_measure (id, name, name_en, whole_units)
  select gen_random_uuid(), name, name_en, whole_units from (values
    ('件', 'pc', true), ('個', 'ea', true), ('台', 'unit', true), ('輛', 'vehicle', true), ('套', 'set', true), ('組', null, true),
    ('箱', 'carton', true), ('盒', 'box', true), ('包', 'pack', true), ('袋', 'bag', true), ('瓶', 'bottle', true), ('桶', 'drum', true),
    ('托', 'pallet', true), ('副', null, true), ('雙', 'pair', true), ('對', null, true), ('條', null, true), ('張', 'sheet', true), ('卷', 'roll', true),
    ('支', null, true), ('隻', null, true), ('塊', null, true), ('頂', null, true), ('次', 'visit', true), ('天', 'day', false),
    ('小時', 'hour', false), ('米', 'm', false), ('平方米', 'm²', false), ('公升', 'l', false), ('千克', 'kg', false), ('噸', 't', false)
  ) as v (name, name_en, whole_units);
insert into unit_of_measure (id, name, name_en, whole_units)
  select gen_random_uuid(), unit, max(unit_en), bool_and(whole_units) from (
    select unit, unit_en, whole_units from product
    union all select u.unit, u.unit_en, p.whole_units from product_unit u join product p on p.id = u.product_id) used
  group by unit
  on conflict do nothing;
