-- Whether the partner was told that its silence accepts: by the clause of the agreement in force when the round was sent. Source: R4.3.
alter table order_round add column silence_accepts boolean not null default false;
update order_round r set silence_accepts = true from agreement a
  where a.partner_id = r.partner_id and a.silence_accepts and r.reply is null and r.sent_at::date between a.valid_from and a.valid_to;
