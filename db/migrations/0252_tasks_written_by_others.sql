-- A task that was written without the product, or by a server of the version before, does not say when it is to be spoken of: the clock
-- looks at it the next minute and finds out.
alter table task alter column remind_at set default '-infinity';
