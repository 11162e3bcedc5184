-- The partner file over the years: documents, what a partner may buy, changes that wait for a review, confirmation, agreements in versions.
-- Source: R3.1, R4.1.

alter table partner add column confirmed_on date;

-- Papers on the file: what each is, how long it holds, which one took its place. The file itself is an attachment of the partner.
create table partner_document (
  id uuid primary key,
  partner_id uuid not null references partner(id),
  attachment_id uuid not null references attachment(id) constraint partner_document__once unique,
  kind text not null constraint partner_document__kind check (kind in ('business_licence', 'tax_certificate', 'bank_certificate', 'authorisation', 'agreement', 'other')),
  note text,
  valid_from date,
  valid_to date,
  added_by uuid references app_user(id),
  added_at timestamptz not null,
  -- the document whose place it takes, as long as it is not taken back
  replaces_id uuid references partner_document(id),
  retracted_at timestamptz,
  constraint partner_document__period check (valid_to >= valid_from)
);
create index partner_document__of on partner_document (partner_id);
select secure_partner_table('partner_document');

-- What a partner may buy: categories and products. Without a row, everything on sale.
create table partner_range (
  id uuid primary key,
  partner_id uuid not null references partner(id),
  category text,
  product_id uuid references product(id),
  constraint partner_range__one check ((category is null) <> (product_id is null)),
  constraint partner_range__category unique (partner_id, category),
  constraint partner_range__product unique (partner_id, product_id)
);
select secure_partner_table('partner_range');

-- Whether a partner may buy a product: the one place that says so.
create function partner_may_buy(partner uuid, product uuid, product_category text) returns boolean language sql stable parallel safe
  as $$ select not exists (select from partner_range r where r.partner_id = $1)
      or exists (select from partner_range r where r.partner_id = $1 and (r.product_id = $2 or r.category = $3)) $$;

-- A change that somebody has entered and another person has to look at: sales at company data, finance at bank and invoicing data.
create table partner_change (
  id uuid primary key,
  partner_id uuid not null references partner(id),
  reviewer text not null constraint partner_change__reviewer check (reviewer in ('sales', 'finance')),
  state text not null constraint partner_change__state check (state in ('proposed', 'accepted', 'refused', 'withdrawn')),
  -- fields as the wire names them, with the values wanted; contacts to add or change
  fields jsonb not null,
  contacts jsonb not null,
  note text,
  proposed_by uuid references app_user(id),
  -- the person behind: for a key, its maker
  proposed_person uuid,
  by_partner boolean not null,
  proposed_at timestamptz not null,
  decided_by uuid references app_user(id),
  decided_at timestamptz,
  reason text
);
create unique index partner_change__open on partner_change (partner_id, reviewer) where state = 'proposed';
create index partner_change__of on partner_change (partner_id, id);
select secure_partner_table('partner_change');

-- Before and after of personal data: beside the event log, because they must be erasable while the record of the change stays.
create table partner_personal_change (
  partner_id uuid not null references partner(id),
  version int not null,
  field text not null,
  -- the contact or address that they belong to; null: the partner's own
  subject_id uuid,
  before text,
  after text,
  erased_at timestamptz,
  primary key (partner_id, version, field)
);
select secure_partner_table('partner_personal_change');

alter table partner_contact add column erased_at timestamptz;

-- Versions of an agreement follow each other in time; each keeps its own terms, parties and signed paper.
alter table agreement
  add column price_list_id uuid references price_list(id),
  add column our_party text,
  add column their_party text,
  add column signed_on date,
  add column attachment_id uuid references attachment(id),
  add column replaces_id uuid references agreement(id);
