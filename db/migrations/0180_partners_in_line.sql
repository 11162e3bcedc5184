-- Row-level security asks for the partners of the scope in the FROM list: there PostgreSQL puts the function's own expression in its place.
-- In the select list it ran the function as a statement of its own, for every table of every statement.
do $$
declare
  p record;
  old constant text := '( SELECT app_partners() AS app_partners)';
  new constant text := '(select p.id from app_partners() as p(id))';
begin
  for p in select schemaname, tablename, policyname, qual, with_check from pg_policies where qual like '%app_partners()%' or with_check like '%app_partners()%' loop
    execute format('alter policy %I on %I.%I', p.policyname, p.schemaname, p.tablename)
      || coalesce(' using (' || replace(p.qual, old, new) || ')', '')
      || coalesce(' with check (' || replace(p.with_check, old, new) || ')', '');
  end loop;
end $$;

create or replace function secure_partner_table(t regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy partner_rows on %s using ((select app_is_company()) or partner_id in (select p.id from app_partners() as p(id))) with check ((select app_is_company()) or partner_id in (select p.id from app_partners() as p(id)))', t);
end $$;
