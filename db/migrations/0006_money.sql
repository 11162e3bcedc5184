-- Payments, ledger, invoices. Postings are never changed, only reversed. Source: R6.1-R6.3.

create table payment (
  id uuid primary key,
  no text not null constraint payment__no unique,
  partner_id uuid not null references partner(id),
  state text not null constraint payment__state check (state in ('recorded', 'confirmed', 'reversed')),
  currency text not null,
  amount bigint not null constraint payment__amount check (amount > 0),
  allocated_amount bigint not null default 0,
  received_on date not null,
  method text not null,
  payer_name text,
  -- paid by somebody else, or in another way, than agreed (R6.1)
  payer_differs boolean not null default false,
  method_differs boolean not null default false,
  bank_ref text,
  note text,
  reverse_reason text,
  recorded_by uuid,
  recorded_at timestamptz not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  version int not null default 1,
  constraint payment__allocated check (allocated_amount >= 0 and allocated_amount <= amount)
);
create index payment__of_partner on payment (partner_id, id);
create index payment__received on payment (received_on, id);
create unique index payment__bank_ref on payment (bank_ref) where bank_ref is not null and state <> 'reversed';
select secure_partner_table('payment');

create table allocation (
  id uuid primary key,
  payment_id uuid not null references payment(id),
  order_id uuid not null,
  item_no int not null,
  partner_id uuid not null,
  amount bigint not null constraint allocation__amount check (amount > 0),
  made_by uuid,
  made_at timestamptz not null,
  reversed_at timestamptz,
  reversed_by uuid,
  reverse_reason text,
  foreign key (order_id, item_no) references payment_plan_item(order_id, item_no)
);
create index allocation__payment on allocation (payment_id);
create index allocation__order on allocation (order_id);
select secure_partner_table('allocation');

-- What a partner has to pay, by due date.
create index payment_plan_item__open on payment_plan_item (partner_id, due_on) where paid_amount < amount;

-- Double entry: each row moves an amount from one account to another, so that the books balance by construction.
-- Accounts: 1002 bank, 1122 receivable (by partner), 2221 output tax, 6001 revenue, 9000 opening.
create table ledger_entry (
  id uuid primary key,
  voucher_no text not null,
  posted_on date not null,
  debit_account text not null,
  credit_account text not null,
  amount bigint not null constraint ledger_entry__amount check (amount > 0),
  currency text not null,
  partner_id uuid not null references partner(id),
  source_type text not null,
  source_id uuid not null,
  reverses_id uuid constraint ledger_entry__reversed_once unique references ledger_entry(id),
  memo text,
  at timestamptz not null,
  constraint ledger_entry__accounts check (debit_account <> credit_account)
);
create index ledger_entry__partner on ledger_entry (partner_id, posted_on, id);
create index ledger_entry__source on ledger_entry (source_id);
select secure_partner_table('ledger_entry');

-- What a partner owed (positive) or had paid in advance (negative) before the cut-over. An advance is a receipt as well, so that orders can use it.
create table opening_balance (
  id uuid primary key,
  no text not null constraint opening_balance__no unique,
  partner_id uuid not null references partner(id),
  currency text not null,
  amount bigint not null constraint opening_balance__amount check (amount <> 0),
  posted_on date not null,
  reference text not null,
  payment_id uuid references payment(id),
  posted_by uuid,
  posted_at timestamptz not null,
  reversed_at timestamptz,
  reversed_by uuid,
  version int not null default 1
);
create unique index opening_balance__once on opening_balance (partner_id, reference) where reversed_at is null;
select secure_partner_table('opening_balance');

create table invoice (
  id uuid primary key,
  no text not null constraint invoice__no unique,
  order_id uuid not null references sales_order(id),
  partner_id uuid not null references partner(id),
  kind text not null constraint invoice__kind check (kind in ('ordinary', 'special', 'digital_ordinary', 'digital_special')),
  state text not null constraint invoice__state check (state in ('issued', 'sent', 'received', 'reversed')),
  -- the tax bureau's number, text because it has 20 digits
  tax_invoice_no text constraint invoice__tax_no unique,
  -- the invoice that this red-letter invoice takes back
  reverses_id uuid constraint invoice__reversed_once unique references invoice(id),
  currency text not null,
  buyer jsonb not null,
  net_amount bigint not null,
  tax_amount bigint not null,
  gross_amount bigint not null,
  issued_on date not null,
  issued_by uuid,
  delivery_method text,
  delivery_ref text,
  sent_at timestamptz,
  received_at timestamptz,
  received_by text,
  warnings text[] not null default '{}',
  before_payment_reason text,
  red_reason text,
  -- number of the confirmation form of the tax authority (紅字發票信息確認單)
  red_form_no text,
  reverse_note text,
  version int not null default 1,
  created_at timestamptz not null,
  constraint invoice__sum check (net_amount + tax_amount = gross_amount)
);
create index invoice__order on invoice (order_id);
create index invoice__of_partner on invoice (partner_id, id);
create index invoice__issued on invoice (issued_on, id);
select secure_partner_table('invoice');

create table invoice_line (
  invoice_id uuid not null references invoice(id),
  line_no int not null,
  order_id uuid not null,
  partner_id uuid not null,
  product_id uuid not null,
  name text not null,
  qty bigint not null,
  unit text not null,
  tax_rate bigint not null,
  net_amount bigint not null,
  tax_amount bigint not null,
  gross_amount bigint not null,
  primary key (invoice_id, line_no),
  foreign key (order_id, line_no) references order_line(order_id, line_no)
);
create index invoice_line__order on invoice_line (order_id, line_no);
select secure_partner_table('invoice_line');
