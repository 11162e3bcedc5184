-- Search and figures. Under row-level security an index is used only for operators that are leakproof: equality and comparison are, LIKE is
-- not. Numbers are therefore found by ranges (~>=~, ~<~) over indexes in byte order; the unique indexes of numbers take that order at once.

alter table sales_order drop constraint sales_order__no;
create unique index sales_order__no on sales_order (no text_pattern_ops);
alter table inquiry drop constraint inquiry__no;
create unique index inquiry__no on inquiry (no text_pattern_ops);
alter table picking drop constraint picking__no;
create unique index picking__no on picking (no text_pattern_ops);
alter table shipment drop constraint shipment__no;
create unique index shipment__no on shipment (no text_pattern_ops);
alter table invoice drop constraint invoice__no;
create unique index invoice__no on invoice (no text_pattern_ops);
alter table payment drop constraint payment__no;
create unique index payment__no on payment (no text_pattern_ops);

drop index shipment__waybill;
create index shipment__waybill on shipment (waybill_no text_pattern_ops) where waybill_no is not null;
create index invoice__tax_no_search on invoice (tax_invoice_no text_pattern_ops) where tax_invoice_no is not null;
create index partner_po__search on partner_po (po_no text_pattern_ops);

-- Products belong to nobody, so that one trigram index over all their names serves.
create index product__search on product using gin
  ((lower(sku || ' ' || name || ' ' || coalesce(name_hans, '') || ' ' || coalesce(name_en, '') || ' ' || pinyin || ' ' || pinyin_initials)) gin_trgm_ops);

-- Figures by state and by month are read from this index alone.
drop index sales_order__by_state;
create index sales_order__by_state on sales_order (state, id) include (partner_id, delivery_status, currency, gross_amount);

-- The log is only ever added to: the application may not change or take away what is written, nor what is sealed.
do $$
declare grantee text;
begin
  for grantee in
    select distinct g.grantee from information_schema.role_table_grants g
    where g.table_schema = 'public' and g.table_name in ('event', 'event_seal') and g.grantee <> current_user and g.grantee <> 'PUBLIC'
  loop
    execute format('revoke update, delete, truncate on event, event_seal from %I', grantee);
  end loop;
end $$;

-- What waits for somebody, counted without looking at what is done.
create index shipment__under_way on shipment (partner_id) where state = 'shipped';
create index payment__unallocated on payment (partner_id) where state = 'confirmed' and allocated_amount < amount;
create index invoice__to_send on invoice (partner_id) where state = 'issued';
