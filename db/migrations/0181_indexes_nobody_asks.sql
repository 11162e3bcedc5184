-- No statement looks for the events of a partner: readers go by (xid, position), histories by document. It took two fifths of the room of
-- the log's indexes, and an entry at another place for each event.
drop index event__of_partner;

-- What reverses nothing, nearly every row, needs no entry.
alter table stock_move drop constraint stock_move__reversed_once;
create unique index stock_move__reversed_once on stock_move (reverses_id) where reverses_id is not null;
alter table ledger_entry drop constraint ledger_entry__reversed_once;
create unique index ledger_entry__reversed_once on ledger_entry (reverses_id) where reverses_id is not null;
alter table invoice drop constraint invoice__reversed_once;
create unique index invoice__reversed_once on invoice (reverses_id) where reverses_id is not null;
