-- How the partner's reply reached us, what proves it, and when the notice lapses; what was sent and what took effect never change. Source: R4.3.

alter table order_round
  add column reply_how text constraint order_round__how check (reply_how in ('portal', 'document', 'code', 'clause')),
  add column reply_attachment_id uuid references attachment(id),
  add column reply_contact_id uuid references partner_contact(id),
  add column lapses_at timestamptz;
update order_round set lapses_at = due_at + interval '7 days';
alter table order_round alter column lapses_at set not null;

-- A frozen version is frozen in the database too.
create function refuse_frozen() returns trigger language plpgsql as $$
begin
  raise exception 'what was sent or took effect is frozen' using errcode = '55000', constraint = tg_table_name || '__frozen';
end $$;
create trigger order_revision__frozen before update or delete on order_revision for each row execute function refuse_frozen();
create trigger order_round__kept before delete on order_round for each row execute function refuse_frozen();
create trigger order_round__frozen before update on order_round for each row
  when (old.content is distinct from new.content or old.content_hash is distinct from new.content_hash
    or old.sent_at is distinct from new.sent_at or old.sent_by is distinct from new.sent_by
    or (old.reply is not null and (old.reply, old.replied_by, old.replied_at, old.reply_how, old.reply_evidence, old.reply_attachment_id)
      is distinct from (new.reply, new.replied_by, new.replied_at, new.reply_how, new.reply_evidence, new.reply_attachment_id)))
  execute function refuse_frozen();
