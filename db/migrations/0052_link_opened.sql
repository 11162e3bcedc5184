-- Sending and reading are recorded: when the person of a link first opened it.
alter table signed_link add column opened_at timestamptz;
