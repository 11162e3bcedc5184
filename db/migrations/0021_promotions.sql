-- Promotions, the explanation of every price, and lines that a promotion gives away. Source: R4.1.

create table promotion (
  id uuid primary key,
  code text not null constraint promotion__code unique,
  name text not null,
  name_en text,
  kind text not null constraint promotion__kind check (kind in ('percentage', 'amount', 'free_goods')),
  -- percentage: what is taken off; amount: off the price of the base unit, in the currency; free_goods: buy n, get m (base units)
  rate bigint constraint promotion__rate check (rate > 0 and rate <= 1000000),
  off_price bigint constraint promotion__off_price check (off_price > 0),
  currency text,
  buy_qty bigint constraint promotion__buy_qty check (buy_qty > 0),
  get_qty bigint constraint promotion__get_qty check (get_qty > 0),
  -- what is given: null is the product that was bought
  gift_product_id uuid references product(id),
  -- from this quantity of the product in one order on
  min_qty bigint not null default 0 constraint promotion__min_qty check (min_qty >= 0),
  valid_from date not null,
  valid_to date not null,
  -- range: an empty list means all
  product_ids text[] not null default '{}',
  categories text[] not null default '{}',
  levels text[] not null default '{}',
  partner_ids text[] not null default '{}',
  -- whether prices of a partner's own agreement are lowered too
  on_agreement boolean not null default false,
  priority int not null default 0,
  stacks boolean not null default false,
  -- base units: sold at the lower price, or given away
  quota_qty bigint constraint promotion__quota_qty check (quota_qty > 0),
  used_qty bigint not null default 0 constraint promotion__used check (used_qty >= 0),
  is_active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null,
  constraint promotion__period check (valid_to >= valid_from),
  constraint promotion__quota check (quota_qty is null or used_qty <= quota_qty),
  constraint promotion__fields check (
    (kind = 'percentage') = (rate is not null) and (kind = 'amount') = (off_price is not null and currency is not null)
    and (kind = 'free_goods') = (buy_qty is not null and get_qty is not null))
);
create unique index promotion__code_folded on promotion (lower(code));
create index promotion__running on promotion (valid_to);

-- why: the steps of the price, as they were when it was made. promotion_id: the line was given by that promotion.
alter table order_line add column why jsonb not null default '[]';
alter table order_line add column promotion_id uuid references promotion(id);
