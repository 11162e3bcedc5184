/**
 * Production answers for a line that its plan does not hold: with a day the goods are put on the plan in the same transaction, so that the
 * order is promised from them, or its options hold the new day. R4.2.
 */
import { parseQty } from '../kernel/qty.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSupply } from '../modules/inventory/index.ts';
import { answerWithViews, recordProductionAnswer } from '../modules/orders/index.ts';
import { sql, type Tx } from '../platform/db/database.ts';
import { defineCommand } from '../platform/pipeline/define.ts';
import { runInside } from '../platform/pipeline/inside.ts';
import { saveTasks } from '../platform/tasks/task-table.ts';
import type { TaskChange } from '../platform/pipeline/types.ts';
import { requireVersion } from '../platform/pipeline/version.ts';

export type AnswerProduction = {
  orderId: string;
  lineNo: number;
  on: string | null;
  warehouseId: string | null;
  reason: string | null;
};
type Asked = { version: number; answers: { lineNo: number; productId: string; qty: string; answer: string | null }[] };

export const answerProduction = defineCommand<AnswerProduction>({
  name: 'orders.answer_production',
  refuses: [
    'order.not_found',
    'order.wrong_state',
    'order.no_question',
    'order.production_reason',
    'warehouse.not_found',
    'supply.past_date',
    'stock.qty_whole',
    'request.version_stale',
  ],
  async run(context, { orderId, lineNo, on, warehouseId, reason }) {
    const { tx, command, env } = context;
    const [order] = await tx.query<Asked>(
      sql`select version, production_answers as answers from sales_order where id = ${orderId} for update`,
    );
    if (order === undefined) throw refuse('order.not_found');
    requireVersion(command, order);
    const question = order.answers.find((asked) => asked.lineNo === lineNo && asked.answer === null);
    if (question !== undefined && on !== null)
      await addSupply(context, {
        kind: 'production',
        productId: question.productId,
        warehouseId: warehouseId ?? (await firstWarehouse(tx)),
        qty: parseQty(question.qty) ?? 0n,
        expectedOn: on,
        note: reason,
        orderId,
      });
    const tasks: TaskChange[] = [];
    const inside = { ...context, task: (change: TaskChange) => void tasks.push(change) };
    const change = await runInside(inside, recordProductionAnswer, { orderId, lineNo, on, reason });
    // The answer shows whose turn it is now.
    await saveTasks(
      tx,
      tasks.map((open) => ({ change: open, command })),
      env.calendar,
    );
    const [answer] = await answerWithViews(tx, [command], [change], env, 200);
    return answer ?? { status: 200, body: null };
  },
});

async function firstWarehouse(tx: Tx): Promise<string> {
  const rows = await tx.query<{ id: string }>(
    sql`select id from warehouse where is_active order by priority, code limit 1`,
  );
  const id = rows[0]?.id;
  if (id === undefined) throw refuse('warehouse.not_found', undefined, 'warehouseId');
  return id;
}
