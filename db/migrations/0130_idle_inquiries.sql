-- Inquiries on which nothing happens close by themselves, after both sides have been told. Source: R3.2.

alter table inquiry
  -- the last act on it; messages count as well, and stand in their own table
  add column active_at timestamptz,
  -- when both sides were told that it closes, and when it does; empty again with the next act
  add column warned_at timestamptz,
  add column closes_at timestamptz;
-- what is open already begins to count now
update inquiry set active_at = now();
alter table inquiry alter column active_at set not null;
