-- Figures of orders, kept by a reader of the event log (modules/analysis/figures-reader.ts): nothing is summed over orders when somebody asks.

-- What each order adds to the figures, so that a change takes back exactly what was added before.
create table figure_order (
  order_id uuid primary key,
  partner_id uuid not null,
  month date not null,
  currency text not null,
  state text not null,
  delivery_status text not null,
  gross_amount bigint not null,
  product_ids uuid[] not null,
  qtys bigint[] not null,
  net_amounts bigint[] not null
);
select secure_partner_table('figure_order');

-- Orders by where they stand.
create table figure_state (
  partner_id uuid not null,
  state text not null,
  delivery_status text not null,
  currency text not null,
  order_count bigint not null,
  gross_amount bigint not null,
  primary key (partner_id, state, delivery_status, currency)
);
select secure_partner_table('figure_state');

-- Orders by the month (of the company's time zone) in which they were made; drafts and cancelled ones left out.
create table figure_month (
  partner_id uuid not null,
  month date not null,
  currency text not null,
  order_count bigint not null,
  line_count bigint not null,
  gross_amount bigint not null,
  primary key (partner_id, month, currency)
);
create index figure_month__month on figure_month (month) include (partner_id, currency, order_count, line_count, gross_amount);
select secure_partner_table('figure_month');

-- What was ordered of a product; net, so that taxes do not count.
create table figure_product (
  partner_id uuid not null,
  month date not null,
  product_id uuid not null,
  currency text not null,
  line_count bigint not null,
  qty bigint not null,
  net_amount bigint not null,
  primary key (partner_id, month, product_id, currency)
);
select secure_partner_table('figure_product');
