-- Promotions on the whole order, from a threshold on: what they take off is spread over the lines once, before what a person takes off. Source: R4.1.

alter table promotion
  -- order_amount: what is taken off; both kinds: from this amount of the lines in the range on; minor units of the currency
  add column off_amount bigint constraint promotion__off_amount check (off_amount > 0),
  add column min_amount bigint not null default 0 constraint promotion__min_amount check (min_amount >= 0),
  drop constraint promotion__kind,
  drop constraint promotion__fields;
alter table promotion
  add constraint promotion__kind check (kind in ('percentage', 'amount', 'free_goods', 'order_percentage', 'order_amount')),
  add constraint promotion__fields check (
    (kind in ('percentage', 'order_percentage')) = (rate is not null) and (kind = 'amount') = (off_price is not null) and (kind = 'order_amount') = (off_amount is not null)
    and (kind in ('amount', 'order_percentage', 'order_amount')) = (currency is not null)
    and (kind = 'free_goods') = (buy_qty is not null and get_qty is not null)
    and (kind in ('order_percentage', 'order_amount') or min_amount = 0)
    and (kind not in ('order_percentage', 'order_amount') or (min_qty = 0 and quota_qty is null)));

drop trigger master_terms_changed on promotion;
create constraint trigger master_terms_changed after update of name, rate, off_price, off_amount, min_amount, currency, buy_qty, get_qty, gift_product_id, min_qty, valid_from, valid_to,
  product_ids, categories, levels, partner_ids, on_agreement, priority, stacks, quota_qty, is_active on promotion
  deferrable initially deferred for each row execute function master_changed();

-- The line's part of what promotions take off the whole order; order_discount_share stays its part of what a person takes off.
alter table order_line add column promotion_share_amount bigint not null default 0 constraint order_line__promotion_share check (promotion_share_amount >= 0);
