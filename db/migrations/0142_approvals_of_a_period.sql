-- What was approved to the company's cost lately, for a partner and by whoever asked for it: a limit of approval looks at it, so that it is not
-- evaded by many small deviations. Over all partners, whatever the scope of whoever approves: only sums come out. Source: R4.1.
create index discrepancy__given_to on discrepancy (partner_id, settled_at) where state = 'approved' and effect_amount < 0;
create index discrepancy__given_by on discrepancy (raised_by, settled_at) where state = 'approved' and effect_amount < 0;

create function approved_deviations(partners uuid[], persons uuid[], since timestamptz, besides uuid[])
  returns table (about uuid, currency text, amount bigint) language plpgsql set search_path = public as $$
declare
  scope text := current_setting('app.scope', true);
begin
  perform set_config('app.scope', 'company', true);
  return query
    select d.partner_id, o.currency, sum(-d.effect_amount)::bigint from discrepancy d join sales_order o on o.id = d.order_id
      where d.partner_id = any(partners) and d.state = 'approved' and d.effect_amount < 0 and d.settled_at > since and d.order_id <> all(besides) and o.state <> 'cancelled'
      group by 1, 2
    union all
    select d.raised_by, o.currency, sum(-d.effect_amount)::bigint from discrepancy d join sales_order o on o.id = d.order_id
      where d.raised_by = any(persons) and d.state = 'approved' and d.effect_amount < 0 and d.settled_at > since and d.order_id <> all(besides) and o.state <> 'cancelled'
      group by 1, 2;
  perform set_config('app.scope', coalesce(scope, ''), true);
end $$;
