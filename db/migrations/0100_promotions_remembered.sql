-- Nodes remember promotions as they remember prices; what is used of a quota is read fresh, and moves no version.
create constraint trigger master_changed after insert or delete on promotion deferrable initially deferred for each row execute function master_changed();
create constraint trigger master_terms_changed after update of name, rate, off_price, currency, buy_qty, get_qty, gift_product_id, min_qty, valid_from, valid_to,
  product_ids, categories, levels, partner_ids, on_agreement, priority, stacks, quota_qty, is_active on promotion
  deferrable initially deferred for each row execute function master_changed();
