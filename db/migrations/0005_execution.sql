-- Picking and shipping. Source: R5.1-R5.3.

create sequence picking_no;
create sequence shipment_no;

create table picking (
  id uuid primary key,
  no text not null constraint picking__no unique,
  order_id uuid not null references sales_order(id),
  partner_id uuid not null,
  warehouse_id uuid not null references warehouse(id),
  state text not null constraint picking__state check (state in ('open', 'picking', 'ready', 'cancelled')),
  -- the day by which the goods must stand ready
  ready_by_on date,
  started_by uuid,
  started_at timestamptz,
  ready_by uuid,
  ready_at timestamptz,
  short_reason text,
  version int not null default 1,
  created_at timestamptz not null
);
create index picking__open on picking (warehouse_id, state) where state in ('open', 'picking');
create index picking__order on picking (order_id);
create index picking__due on picking (ready_by_on, id);
select secure_partner_table('picking');

create table picking_line (
  picking_id uuid not null references picking(id),
  order_id uuid not null,
  line_no int not null,
  partner_id uuid not null,
  product_id uuid not null,
  qty bigint not null constraint picking_line__qty check (qty > 0),
  picked_qty bigint not null default 0,
  shipped_qty bigint not null default 0,
  primary key (picking_id, line_no),
  constraint picking_line__progress check (picked_qty between 0 and qty and shipped_qty between 0 and picked_qty),
  foreign key (order_id, line_no) references order_line(order_id, line_no)
);
create index picking_line__order on picking_line (order_id, line_no);
select secure_partner_table('picking_line');

create table shipment (
  id uuid primary key,
  no text not null constraint shipment__no unique,
  order_id uuid not null references sales_order(id),
  partner_id uuid not null,
  warehouse_id uuid not null references warehouse(id),
  state text not null constraint shipment__state check (state in ('shipped', 'delivered', 'reversed')),
  carrier_id uuid references carrier(id),
  waybill_no text,
  -- why waybill number or expected arrival are not known (R5.2)
  missing_data_reason text,
  shipped_at timestamptz not null,
  expected_on date,
  delivery_address text,
  receiver text,
  receiver_phone text,
  delivered_at timestamptz,
  received_by text,
  receipt_note text,
  note text,
  -- an exception was reported and is not settled
  has_exception boolean not null default false,
  last_news_at timestamptz not null,
  created_by uuid,
  version int not null default 1,
  created_at timestamptz not null,
  constraint shipment__data check ((waybill_no is not null and expected_on is not null and carrier_id is not null) or missing_data_reason is not null)
);
create index shipment__order on shipment (order_id);
create index shipment__of_partner on shipment (partner_id, id);
create index shipment__waybill on shipment (waybill_no);
select secure_partner_table('shipment');

create table shipment_line (
  shipment_id uuid not null references shipment(id),
  picking_id uuid not null references picking(id),
  order_id uuid not null,
  line_no int not null,
  partner_id uuid not null,
  product_id uuid not null,
  qty bigint not null constraint shipment_line__qty check (qty > 0),
  received_qty bigint,
  -- of what did not arrive: settled as lost, so that the order line is open again for it
  lost_qty bigint not null default 0,
  primary key (shipment_id, picking_id, line_no),
  constraint shipment_line__lost check (lost_qty >= 0 and (lost_qty = 0 or lost_qty <= qty - received_qty)),
  constraint shipment_line__received check (received_qty is null or received_qty between 0 and qty)
);
create index shipment_line__order on shipment_line (order_id, line_no);
select secure_partner_table('shipment_line');

create table tracking_event (
  id uuid primary key,
  shipment_id uuid not null references shipment(id),
  partner_id uuid not null,
  at timestamptz not null,
  place text,
  note text not null,
  kind text not null constraint tracking_event__kind check (kind in ('progress', 'exception', 'settled')),
  exception_kind text constraint tracking_event__exception_kind check (exception_kind in ('late', 'damaged', 'lost', 'refused', 'short', 'other')),
  new_expected_on date,
  recorded_by uuid,
  recorded_at timestamptz not null
);
create index tracking_event__shipment on tracking_event (shipment_id, at);
select secure_partner_table('tracking_event');
