-- Lists of work: what is open by its day, then what is done, the latest first (turn() in platform/http/listing.ts).
drop index picking__due;
create index picking__turn on picking ((case when state in ('open', 'picking') then coalesce(ready_by_on - date '2000-01-01', 999999) else 10000000 - coalesce(ready_by_on - date '2000-01-01', 0) end), id);
create index supply__turn on supply ((case when state = 'open' then coalesce(expected_on - date '2000-01-01', 999999) else 10000000 - coalesce(expected_on - date '2000-01-01', 0) end), no);
