/** Hands a task to a colleague of the same role, or back to the queue of the role. Source: R2. */
import { refuse } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { Actor } from '../../../platform/pipeline/types.ts';
import { taskListColumns, type TaskListRow, taskListSource, taskView } from '../task-queries.ts';

export type ReassignTask = { taskId: string; userId: string | null; locale: string };

type Task = {
  id: string;
  kind: string;
  side: string;
  role: Actor['roles'][number];
  user_id: string | null;
  document_type: string;
  document_id: string;
  document_no: string;
  partner_id: string | null;
};

export const reassignTask = defineCommand<ReassignTask>({
  name: 'task.reassign',
  refuses: ['task.not_found', 'user.not_found', 'permission.denied'],
  async run({ tx, command, emit }, { taskId, userId, locale }) {
    const { actor, now } = command;
    const [task] = await tx.query<Task>(sql`
      select id, kind, side, role, user_id, document_type, document_id, document_no, partner_id from task
      where id = ${taskId} and side = 'staff' and closed_at is null for update`);
    if (task === undefined) throw refuse('task.not_found');
    if (!actor.roles.includes('manager') && !actor.roles.includes(task.role))
      throw refuse('permission.denied', { permission: 'task.reassign' });
    if (userId !== null) await requireColleague(tx, userId, task.role);
    if (userId !== task.user_id) {
      const [last] = await tx.query<{ version: number | null }>(
        sql`select max(version) as version from event where document_id = ${taskId}`,
      );
      await tx.run(sql`update task set user_id = ${userId}::uuid where id = ${taskId}`);
      emit({
        documentType: 'task',
        documentId: taskId,
        documentNo: task.document_no,
        version: (last?.version ?? 0) + 1,
        type: 'task.reassigned',
        partnerId: task.partner_id,
        payload: {
          taskKind: task.kind,
          fromUserId: task.user_id,
          toUserId: userId,
          documentType: task.document_type,
          documentId: task.document_id,
          documentNo: task.document_no,
        },
      });
    }
    const [row] = await tx.query<TaskListRow>(sql`select ${taskListColumns} ${taskListSource} where t.id = ${taskId}`);
    if (row === undefined) throw refuse('task.not_found');
    return { status: 200, body: taskView(row, now, locale) };
  },
});

async function requireColleague(tx: Tx, userId: string, role: string): Promise<void> {
  const found = await tx.query(sql`
    select from app_user u join user_role r on r.user_id = u.id and r.role = ${role} where u.id = ${userId} and u.kind = 'staff' and u.state = 'active'`);
  if (found.length === 0) throw refuse('user.not_found', undefined, 'userId');
}
