-- When a task is spoken of next stands in the task itself, from its beginning. (A table of clocks beside it was filled each minute by
-- looking through all open tasks: a tenth of what PostgreSQL had to do while orders came in by the thousand.) Source: process.md, "Deadlines".
alter table task
  -- null: nothing more to say
  add column remind_at timestamptz,
  -- how many of its reminders have passed
  add column reminded int not null default 0;

update task t set remind_at = coalesce(c.next_at, t.opened_at), reminded = coalesce(c.step, 0)
from task o left join task_clock c on c.task_id = o.id
where o.id = t.id and t.closed_at is null and t.due_at is not null;

create index task__remind on task (remind_at) where closed_at is null and remind_at is not null;
drop table task_clock;
