-- Names that a partner has for our products, learnt whenever somebody corrects a match; the next inquiry is understood by them (R3.2).
create table partner_term (
  partner_id uuid not null references partner(id),
  -- in the form in which names are compared: without case, blanks and punctuation
  term text not null,
  product_id uuid not null references product(id),
  learnt_by uuid references app_user(id),
  learnt_at timestamptz not null,
  primary key (partner_id, term)
);
select secure_partner_table('partner_term');
