-- Signed links: to a round that waits for a reply, and to the state of an order's shipments. The signature stands in the link, not here. R4.3, R5.3.
create table signed_link (
  id uuid primary key,
  kind text not null constraint signed_link__kind check (kind in ('reply', 'status')),
  partner_id uuid not null references partner(id),
  order_id uuid not null references sales_order(id),
  -- reply: the round and the content that was sent, and the person it was sent to
  round int,
  content_hash text,
  user_id uuid references app_user(id),
  contact_id uuid references partner_contact(id),
  -- status: whom it was made for, in the words of who made it
  note text,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  version int not null default 1,
  constraint signed_link__reply check (kind = 'status' or (round is not null and content_hash is not null and num_nonnulls(user_id, contact_id) = 1))
);
create index signed_link__of_order on signed_link (order_id, kind, id);
select secure_partner_table('signed_link');

-- One-time codes that let the person of a reply link answer: few, short-lived, each good for one answer.
create table link_code (
  id uuid primary key,
  link_id uuid not null references signed_link(id),
  signature text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- how often it was typed wrong
  misses int not null default 0,
  used_at timestamptz
);
create index link_code__of_link on link_code (link_id, id);
