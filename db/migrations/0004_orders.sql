-- Inquiries and orders. Source: R3.2-R4.3.

create sequence inquiry_no;
create sequence order_no;

create table inquiry (
  id uuid primary key,
  no text not null constraint inquiry__no unique,
  partner_id uuid not null references partner(id),
  state text not null,
  channel text not null constraint inquiry__channel check (channel in ('portal', 'api', 'email', 'excel', 'phone', 'sales')),
  customer_name text,
  po_no text,
  requested_on date,
  address_id uuid references partner_address(id),
  note text,
  gaps_note text,
  decline_reason text,
  order_id uuid,
  sent_by uuid references app_user(id),
  received_at timestamptz not null,
  created_at timestamptz not null,
  version int not null default 1
);
create index inquiry__of_partner on inquiry (partner_id, id);
create index inquiry__open on inquiry (state, id) where state in ('received', 'needs_data', 'ready');
select secure_partner_table('inquiry');

create table inquiry_line (
  inquiry_id uuid not null references inquiry(id),
  line_no int not null,
  partner_id uuid not null,
  -- what the partner wrote, and what was understood
  wanted text not null,
  product_id uuid references product(id),
  spec text,
  qty bigint constraint inquiry_line__qty check (qty > 0),
  unit text,
  requested_on date,
  note text,
  primary key (inquiry_id, line_no)
);
select secure_partner_table('inquiry_line');

create table sales_order (
  id uuid primary key,
  no text not null constraint sales_order__no unique,
  partner_id uuid not null references partner(id),
  state text not null constraint sales_order__state check (state in
    ('draft', 'terms_review', 'availability_review', 'shortage', 'to_confirm', 'awaiting_partner', 'objected', 'in_effect', 'completed', 'cancelled')),
  version int not null,
  -- the contract version: 0 before effect, 1 frozen at effect
  revision int not null default 0,
  -- how often the confirmation has been sent
  round int not null default 0,
  channel text not null,
  customer_name text,
  own_stock boolean not null default false,
  po_no text,
  inquiry_id uuid references inquiry(id),
  currency text not null,
  tax_inclusive boolean not null,
  payment_method text not null,
  payment_term jsonb not null,
  requested_on date,
  delivery_method text,
  address_id uuid references partner_address(id),
  delivery_address text,
  receiver text,
  receiver_phone text,
  note text,
  -- options worked out when a shortage was reported
  shortages jsonb not null default '[]',
  order_discount_amount bigint not null default 0 constraint sales_order__discount check (order_discount_amount >= 0),
  net_amount bigint not null default 0,
  tax_amount bigint not null default 0,
  gross_amount bigint not null default 0,
  paid_amount bigint not null default 0,
  invoiced_amount bigint not null default 0,
  -- the part of gross that stands in the partner's held credit: gross - invoiced from reservation on, 0 otherwise
  held_amount bigint not null default 0 constraint sales_order__held check (held_amount >= 0),
  -- derived statuses, each with one function that computes it
  delivery_status text not null default 'none',
  payment_status text not null default 'none_due',
  invoice_status text not null default 'none',
  pricing_on date,
  reply_due_at timestamptz,
  reserved_until timestamptz,
  created_by uuid references app_user(id),
  created_at timestamptz not null,
  submitted_at timestamptz,
  confirmed_at timestamptz,
  effective_at timestamptz,
  completed_at timestamptz,
  state_since timestamptz not null,
  constraint sales_order__paid check (paid_amount >= 0 and paid_amount <= gross_amount),
  constraint sales_order__invoiced check (invoiced_amount >= 0 and invoiced_amount <= gross_amount),
  constraint sales_order__sum check (net_amount + tax_amount = gross_amount)
);
create index sales_order__of_partner on sales_order (partner_id, id);
create index sales_order__by_state on sales_order (state, id);
select secure_partner_table('sales_order');

-- A partner's own order number is taken once, for as long as its order is not cancelled.
create table partner_po (
  partner_id uuid not null references partner(id),
  po_no text not null,
  order_id uuid not null,
  constraint partner_po__once primary key (partner_id, po_no)
);
create index partner_po__order on partner_po (order_id);
select secure_partner_table('partner_po');

create table order_line (
  order_id uuid not null references sales_order(id),
  line_no int not null,
  partner_id uuid not null,
  product_id uuid not null references product(id),
  qty bigint not null constraint order_line__qty check (qty > 0),
  unit text not null,
  requested_on date,
  note text,
  free boolean not null default false,
  -- where the price came from, and what the agreement says
  price_entry_id uuid,
  agreed_price bigint,
  unit_price bigint not null constraint order_line__price check (unit_price >= 0),
  tax_rate bigint not null,
  discount_amount bigint not null default 0,
  order_discount_share bigint not null default 0,
  net_amount bigint not null,
  tax_amount bigint not null,
  gross_amount bigint not null,
  promised_on date,
  picked_qty bigint not null default 0,
  shipped_qty bigint not null default 0,
  delivered_qty bigint not null default 0,
  closed_qty bigint not null default 0,
  invoiced_gross_amount bigint not null default 0,
  invoiced_net_amount bigint not null default 0,
  invoiced_tax_amount bigint not null default 0,
  source_ref text,
  primary key (order_id, line_no),
  constraint order_line__sum check (net_amount + tax_amount = gross_amount),
  constraint order_line__progress check (picked_qty >= 0 and shipped_qty >= 0 and delivered_qty >= 0 and closed_qty >= 0
    and delivered_qty <= shipped_qty and picked_qty + shipped_qty + closed_qty <= qty),
  constraint order_line__invoiced check (invoiced_gross_amount >= 0 and invoiced_gross_amount <= gross_amount
    and invoiced_net_amount + invoiced_tax_amount = invoiced_gross_amount)
);
create index order_line__product on order_line (product_id, order_id);
select secure_partner_table('order_line');

-- What is promised, from where, until when. Soft from the availability check, firm from effect, issued with the goods.
create table reservation (
  id uuid primary key,
  order_id uuid not null,
  line_no int not null,
  partner_id uuid not null,
  product_id uuid not null,
  warehouse_id uuid not null references warehouse(id),
  supply_id uuid references supply(id),
  qty bigint not null constraint reservation__qty check (qty > 0),
  state text not null constraint reservation__state check (state in ('soft', 'firm')),
  promised_on date not null,
  foreign key (order_id, line_no) references order_line(order_id, line_no)
);
create index reservation__line on reservation (order_id, line_no);
create index reservation__supply on reservation (supply_id) where supply_id is not null;
select secure_partner_table('reservation');

create table discrepancy (
  id uuid primary key,
  order_id uuid not null references sales_order(id),
  partner_id uuid not null,
  line_no int,
  kind text not null constraint discrepancy__kind check (kind in ('price', 'discount', 'free_goods', 'payment_term', 'delivery_place', 'price_missing')),
  agreed text,
  ordered text,
  effect_amount bigint not null default 0,
  state text not null constraint discrepancy__state check (state in ('open', 'taken_back', 'agreed_by_partner', 'approved')),
  raised_by uuid,
  raised_at timestamptz not null,
  settled_by uuid,
  settled_at timestamptz,
  evidence text
);
create index discrepancy__order on discrepancy (order_id);
select secure_partner_table('discrepancy');

-- Differences between inquiry and order that a person has accepted (R3.3).
create table inquiry_difference (
  order_id uuid not null references sales_order(id),
  partner_id uuid not null,
  key text not null,
  inquiry_value text,
  order_value text,
  accepted_by uuid,
  accepted_at timestamptz,
  primary key (order_id, key)
);
select secure_partner_table('inquiry_difference');

-- Each sending of the confirmation, with the hash of exactly what was sent, and the reply to it.
create table order_round (
  order_id uuid not null references sales_order(id),
  round int not null,
  partner_id uuid not null,
  content jsonb not null,
  content_hash text not null,
  sent_by uuid,
  sent_at timestamptz not null,
  due_at timestamptz not null,
  reply text constraint order_round__reply check (reply in ('accepted', 'objected', 'recalled', 'lapsed')),
  replied_by uuid,
  replied_at timestamptz,
  reply_from text,
  reply_evidence text,
  reasons jsonb not null default '[]',
  primary key (order_id, round)
);
select secure_partner_table('order_round');

create table order_revision (
  order_id uuid not null references sales_order(id),
  revision int not null,
  partner_id uuid not null,
  content jsonb not null,
  content_hash text not null,
  reason text not null,
  made_by uuid,
  made_at timestamptz not null,
  primary key (order_id, revision)
);
select secure_partner_table('order_revision');

-- A hold blocks named actions only. On one order, or on all orders of a partner (order_id null).
create table hold (
  id uuid primary key,
  partner_id uuid not null references partner(id),
  order_id uuid references sales_order(id),
  kind text not null constraint hold__kind check (kind in ('credit', 'overdue', 'termination', 'manual')),
  reason text not null,
  amount bigint,
  placed_by uuid,
  placed_at timestamptz not null,
  released_by uuid,
  released_at timestamptz,
  release_reason text
);
create index hold__live on hold (partner_id) where released_at is null;
create index hold__order on hold (order_id);
select secure_partner_table('hold');

create table payment_plan_item (
  order_id uuid not null references sales_order(id),
  item_no int not null,
  partner_id uuid not null,
  kind text not null constraint payment_plan_item__kind check (kind in ('full', 'deposit', 'balance', 'instalment')),
  due_on date,
  -- the event that makes it due when the date is not known yet
  due_after text,
  amount bigint not null constraint payment_plan_item__amount check (amount >= 0),
  paid_amount bigint not null default 0,
  primary key (order_id, item_no),
  constraint payment_plan_item__paid check (paid_amount >= 0 and paid_amount <= amount)
);
create index payment_plan_item__due on payment_plan_item (due_on) where paid_amount < amount;
select secure_partner_table('payment_plan_item');

-- Conversation and attachments on a document.
create table message (
  id uuid primary key,
  document_type text not null,
  document_id uuid not null,
  partner_id uuid,
  -- an internal note never reaches the partner
  is_internal boolean not null,
  author_id uuid not null references app_user(id),
  body text not null,
  at timestamptz not null,
  retracted_at timestamptz
);
create index message__document on message (document_id, at);
alter table message enable row level security;
alter table message force row level security;
create policy message_rows on message
  using ((select app_is_company()) or (partner_id in (select app_partners()) and (not is_internal or (select app_is_inside()))))
  with check ((select app_is_company()) or (partner_id in (select app_partners()) and (not is_internal or (select app_is_inside()))));

create table attachment (
  id uuid primary key,
  document_type text not null,
  document_id uuid not null,
  message_id uuid references message(id),
  partner_id uuid,
  is_internal boolean not null default false,
  file_name text not null,
  media_type text not null,
  byte_count int not null constraint attachment__size check (byte_count > 0),
  sha256 bytea not null,
  content bytea not null,
  uploaded_by uuid references app_user(id),
  uploaded_at timestamptz not null,
  retracted_at timestamptz
);
create index attachment__document on attachment (document_id);
alter table attachment enable row level security;
alter table attachment force row level security;
create policy attachment_rows on attachment
  using ((select app_is_company()) or (partner_id in (select app_partners()) and (not is_internal or (select app_is_inside()))))
  with check ((select app_is_company()) or (partner_id in (select app_partners()) and (not is_internal or (select app_is_inside()))));
