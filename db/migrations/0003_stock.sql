-- Stock, incoming goods, movements. 0 <= reserved <= on hand, and reserved = sum of the live reservations (P5). Source: R4.2.

create table stock (
  product_id uuid not null references product(id),
  warehouse_id uuid not null references warehouse(id),
  on_hand_qty bigint not null default 0 constraint stock__on_hand check (on_hand_qty >= 0),
  reserved_qty bigint not null default 0,
  -- stock counts as low when what is free is at or below it
  minimum_qty bigint not null default 0 constraint stock__minimum check (minimum_qty >= 0),
  primary key (product_id, warehouse_id),
  constraint stock__reserved check (reserved_qty >= 0 and reserved_qty <= on_hand_qty)
);

create sequence supply_no;

-- Goods that will come: purchase, production plan, transfer. A promise may rest on them.
create table supply (
  id uuid primary key,
  no text not null constraint supply__no unique,
  kind text not null constraint supply__kind check (kind in ('production', 'purchase', 'transfer')),
  product_id uuid not null references product(id),
  warehouse_id uuid not null references warehouse(id),
  expected_on date not null,
  qty bigint not null constraint supply__qty check (qty > 0),
  received_qty bigint not null default 0,
  reserved_qty bigint not null default 0,
  state text not null default 'open' constraint supply__state check (state in ('open', 'received', 'cancelled')),
  note text,
  order_id uuid,
  version int not null default 1,
  created_at timestamptz not null,
  constraint supply__received check (received_qty between 0 and qty),
  constraint supply__reserved check (reserved_qty >= 0 and reserved_qty <= qty - received_qty)
);
create index supply__open on supply (product_id, expected_on) where state = 'open';

create table stock_move (
  id uuid primary key,
  product_id uuid not null references product(id),
  warehouse_id uuid not null references warehouse(id),
  kind text not null constraint stock_move__kind check (kind in ('opening', 'receipt', 'issue', 'adjust', 'issue_back', 'reverse')),
  qty bigint not null constraint stock_move__qty check (qty <> 0),
  source_type text not null,
  source_id uuid,
  reverses_id uuid constraint stock_move__reversed_once unique references stock_move(id),
  note text,
  at timestamptz not null,
  actor_id uuid
);
create index stock_move__of on stock_move (product_id, warehouse_id, id);
create index stock_move__source on stock_move (source_id);
