/** Marks notices as read, or as unread again. Only one's own; ids of others change nothing. */
import { empty, sql } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';

export type ReadNotices = { ids?: readonly string[] | undefined; unread: boolean };

export const readNotices = defineCommand<ReadNotices>({
  name: 'notice.read',
  refuses: [],
  async run({ tx, command }, { ids, unread }) {
    const readAt = unread ? null : command.now;
    const named = ids === undefined ? empty : sql` and id = any(${[...ids]}::uuid[])`;
    const count = await tx.run(sql`
      update notice set read_at = ${readAt}::timestamptz where user_id = ${command.actor.userId} and (read_at is null) = ${!unread}::boolean${named}`);
    return { status: 200, body: { count } };
  },
});
