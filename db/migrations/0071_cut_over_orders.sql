-- Orders that were under way in the system before: what had been done of them by then, and what the cut-over made of it here.

create table order_cut_over (
  order_id uuid primary key references sales_order(id),
  partner_id uuid not null references partner(id),
  -- the number of the order in the system before: its evidence
  reference text not null,
  agreed_on date not null,
  -- version of the order right after: later versions mean that it has moved on
  order_version int not null,
  invoiced_balance_id uuid references opening_balance(id),
  paid_balance_id uuid references opening_balance(id),
  made_by uuid,
  made_at timestamptz not null,
  undone_at timestamptz,
  undone_by uuid,
  undo_reason text
);
create unique index order_cut_over__once on order_cut_over (partner_id, reference) where undone_at is null;
select secure_partner_table('order_cut_over');

-- Of each line: delivered and invoiced before. Beside what shipments and invoices here come to.
create table order_line_earlier (
  order_id uuid not null references sales_order(id),
  line_no int not null,
  partner_id uuid not null,
  delivered_qty bigint not null constraint order_line_earlier__delivered check (delivered_qty >= 0),
  invoiced_qty bigint not null constraint order_line_earlier__invoiced check (invoiced_qty >= 0),
  invoiced_gross_amount bigint not null,
  invoiced_net_amount bigint not null,
  invoiced_tax_amount bigint not null,
  primary key (order_id, line_no),
  constraint order_line_earlier__sum check (invoiced_net_amount + invoiced_tax_amount = invoiced_gross_amount)
);
select secure_partner_table('order_line_earlier');
