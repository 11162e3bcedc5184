-- The review of price and terms as a recorded act, deviations that the partner answers, limits of approval by role. Source: R4.1.

alter table policy_parameter drop constraint policy_parameter__unit;
alter table policy_parameter add constraint policy_parameter__unit check (unit in ('wh', 'wd', 'h', 'd', 'flag', 'percent', 'amount'));

-- When the terms were found as agreed or settled, by whom (null: by the product), against which version of which agreement (null: none was in force).
alter table sales_order add column terms_reviewed_at timestamptz;
alter table sales_order add column terms_reviewed_by uuid references app_user(id);
alter table sales_order add column agreement_no text;
alter table sales_order add column agreement_version int;
-- The person behind whoever made the order: two keys of one maker are one person.
alter table sales_order add column requested_by uuid;

alter table discrepancy drop constraint discrepancy__kind;
alter table discrepancy add constraint discrepancy__kind
  check (kind in ('price', 'discount', 'free_goods', 'payment_method', 'payment_term', 'delivery_place', 'price_missing'));
alter table discrepancy add column agreement_no text;
alter table discrepancy add column agreement_version int;
alter table discrepancy add column reply_due_at timestamptz;
alter table discrepancy add column partner_answer text constraint discrepancy__answer check (partner_answer in ('agreed', 'refused'));
alter table discrepancy add column partner_answered_by uuid references app_user(id);
alter table discrepancy add column partner_answered_at timestamptz;
alter table discrepancy add column partner_note text;
