-- Nodes remember masters (products, prices, partners' terms, addresses, warehouses). One number tells whether what they remember still
-- holds: every transaction that changes masters raises it as it commits, and who works with remembered rows reads it in its own
-- transaction. Raised at the very end, so that two imports wait for each other only while they commit; once a transaction, however many rows.

create table master_version (
  only_row boolean primary key default true check (only_row),
  version bigint not null default 1
);
insert into master_version default values;

create function master_changed() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if current_setting('app.masters_raised', true) is distinct from pg_current_xact_id()::text then
    perform set_config('app.masters_raised', pg_current_xact_id()::text, true);
    update master_version set version = version + 1;
  end if;
  return null;
end $$;

-- A table whose rows nodes remember.
create function watch_masters(t regclass) returns void language plpgsql as $$
begin
  execute format('create constraint trigger master_changed after insert or update or delete on %s deferrable initially deferred for each row execute function master_changed()', t);
end $$;

select watch_masters(t) from unnest(array['partner', 'agreement', 'partner_address', 'product', 'product_unit', 'price_list', 'price_entry', 'warehouse']::regclass[]) t;
-- Of people only the name is remembered, as that of a partner's sales contact.
create constraint trigger master_changed after update of name on app_user deferrable initially deferred for each row execute function master_changed();
