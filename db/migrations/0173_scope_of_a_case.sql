-- A case keeps whose it was when it began: the partner's level and agreement decide its clocks and limits to its end. Source: policy parameters.
-- No foreign key: agreements are never deleted, and an order that is placed should not pay for it.
select set_config('app.scope', 'company', true);
alter table sales_order add column policy_level text, add column policy_agreement_id uuid;
alter table inquiry add column policy_level text, add column policy_agreement_id uuid;
update sales_order o set policy_level = p.level, policy_agreement_id = (
    select g.id from agreement g where g.partner_id = p.id and o.created_at::date between g.valid_from and g.valid_to)
  from partner p where p.id = o.partner_id and o.state not in ('completed', 'cancelled');
update inquiry i set policy_level = p.level, policy_agreement_id = (
    select g.id from agreement g where g.partner_id = p.id and i.created_at::date between g.valid_from and g.valid_to)
  from partner p where p.id = i.partner_id and i.state in ('received', 'needs_data', 'ready', 'quarantined');
