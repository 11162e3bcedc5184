-- A partner's orders of one state, in the order of their creation: among millions, a partner's completed ones were found by walking past those
-- of all others, or by reading all of the partner's.
create index sales_order__of_partner_by_state on sales_order (partner_id, state, id);
drop index sales_order__of_partner;
