-- Two files of one company become one. Source: R3.1.

alter table partner add column merged_into_id uuid references partner(id);
alter table partner add constraint partner__merged_away check ((merged_into_id is not null) = (state = 'merged'));
create index partner__merged on partner (merged_into_id) where merged_into_id is not null;

-- Moves everything that belongs to one partner to another, whatever tables there are, and says how many rows of each. What stays: the
-- event log (sealed), versions of orders that took effect (frozen), the history of the file itself, figures (derived again from the orders), credit (summed by the command).
create function move_partner_rows(source uuid, target uuid) returns table (moved_from text, moved_rows bigint) language plpgsql as $$
declare t text;
begin
  for t in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'partner_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
      and c.relname not in ('event', 'credit_account', 'partner_change', 'partner_personal_change', 'partner_range', 'order_revision')
      and c.relname not like 'figure\_%'
    order by 1
  loop
    execute format('update %I set partner_id = $2 where partner_id = $1', t) using source, target;
    get diagnostics moved_rows = row_count;
    moved_from := t;
    if moved_rows > 0 then return next; end if;
  end loop;
end $$;

-- How many rows of each table would move.
create function count_partner_rows(source uuid) returns table (moved_from text, moved_rows bigint) language plpgsql stable as $$
declare t text;
begin
  for t in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'partner_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
      and c.relname not in ('event', 'credit_account', 'partner_change', 'partner_personal_change', 'partner_range', 'order_revision')
      and c.relname not like 'figure\_%'
    order by 1
  loop
    execute format('select count(*) from %I where partner_id = $1', t) into moved_rows using source;
    moved_from := t;
    if moved_rows > 0 then return next; end if;
  end loop;
end $$;

-- Nothing new begins on a file that has been merged: what races with the merge is refused.
create function refuse_merged_partner() returns trigger language plpgsql as $$
begin
  if exists (select from partner where id = new.partner_id and merged_into_id is not null) then
    raise exception 'partner % has been merged', new.partner_id using errcode = 'check_violation', constraint = 'partner__merged_away';
  end if;
  return new;
end $$;
create trigger inquiry__merged before insert on inquiry for each row execute function refuse_merged_partner();
create trigger payment__merged before insert on payment for each row execute function refuse_merged_partner();
create trigger opening_balance__merged before insert on opening_balance for each row execute function refuse_merged_partner();
