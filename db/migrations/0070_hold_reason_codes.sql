-- The product's own reasons of a hold are codes; the words stand in the reader's language.
select set_config('app.scope', 'company', true);
update hold set reason = 'order.credit_hold' where kind = 'credit' and placed_by is null and reason = 'credit limit exceeded';
update hold set release_reason = null where released_by is null and release_reason = 'within limit again';
