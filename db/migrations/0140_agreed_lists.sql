-- The price list that an agreement names prices the partner's orders while the agreement is valid: found by partner, and by list. Source: R4.1.
create index agreement__of on agreement (partner_id, valid_from);
create index agreement__list on agreement (price_list_id) where price_list_id is not null;
