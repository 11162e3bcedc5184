/**
 * The cut-over of an order is taken back, while nothing else has happened to it: receipt and debt of before are reversed, picking lists
 * given up, goods and credit released. The order stays as a cancelled one, its purchase order number is free again.
 */
import { formatAmount } from '../kernel/money.ts';
import { refuse, refuseIf } from '../kernel/refusal.ts';
import {
  factsOf,
  go,
  type OnOrder,
  orderCommand,
  orderRefusals,
  readOrderViews,
  release,
  requireAction,
} from '../modules/orders/index.ts';
import { reverseOpeningBalance } from '../modules/receivables/index.ts';
import { cancelPicking } from '../modules/shipments/index.ts';
import { sql } from '../platform/db/database.ts';
import { columnsOf, type RowOf } from '../platform/db/table.ts';
import { type Context, defineCommand } from '../platform/pipeline/define.ts';
import { runInside } from '../platform/pipeline/inside.ts';
import { requireVersion } from '../platform/pipeline/version.ts';
import { cutOverTable } from './order-is-cut-over.ts';
import { postPayment } from './payment-is-posted.ts';

export type UndoCutOver = { orderId: string; reason: string };
type CutOverRow = RowOf<typeof cutOverTable>;

/** The goods: nothing is reserved, delivered or invoiced of it any more. */
const giveUp = orderCommand<UndoCutOver>({
  name: 'orders.undo_cut_over_goods',
  refuses: ['order.wrong_state'],
  stock: true,
  steps(work, { reason }) {
    const gross = work.order.row.gross_amount;
    release(work);
    work.order.lines = work.order.lines.map((line) => ({
      ...line,
      shipped_qty: 0n,
      delivered_qty: 0n,
      invoiced_gross_amount: 0n,
      invoiced_net_amount: 0n,
      invoiced_tax_amount: 0n,
    }));
    go(work, 'undoCutOver', { payload: { reason, gross: formatAmount(gross, work.order.row.currency) } });
  },
  async after(tx, orderIds) {
    await Promise.all([
      tx.run(
        sql`update sales_order set invoiced_amount = 0, invoice_status = 'none', delivery_status = 'none' where id = any(${[...orderIds]}::uuid[])`,
      ),
      tx.run(sql`delete from order_line_earlier where order_id = any(${[...orderIds]}::uuid[])`),
    ]);
  },
});

/** Asks the life-cycle table, before anything is taken back; changes nothing. */
const mayUndo = orderCommand<OnOrder & { cutOver: { orderVersion: number } | null }>({
  name: 'orders.may_undo_cut_over',
  refuses: ['order.wrong_state', 'order.not_cut_over', 'order.moved_on'],
  stock: false,
  steps(work, { cutOver }) {
    requireAction(work, 'undoCutOver');
    refuseIf(orderRefusals('undoCutOver', { ...factsOf(work), cutOver }));
  },
});

export const undoCutOver = defineCommand<UndoCutOver>({
  name: 'orders.undo_cut_over',
  refuses: ['order.not_found', 'order.wrong_state', 'order.not_cut_over', 'order.moved_on', 'request.version_stale'],
  async run(context, { orderId, reason }) {
    const { tx, command, env } = context;
    const [order] = await tx.query<{ version: number }>(
      sql`select version from sales_order where id = ${orderId} for update`,
    );
    if (order === undefined) throw refuse('order.not_found');
    requireVersion(command, order);
    const [row] = await tx.query<CutOverRow>(
      sql`select ${columnsOf(cutOverTable)} from order_cut_over where order_id = ${orderId} and undone_at is null`,
    );
    await runInside(context, mayUndo, {
      orderId,
      cutOver: row === undefined ? null : { orderVersion: row.order_version },
    });
    if (row === undefined) throw refuse('order.not_cut_over');
    await giveUpPickings(context, orderId, reason);
    await reverseMoney(context, row, reason);
    await runInside(context, giveUp, { orderId, reason });
    await tx.run(sql`
      update order_cut_over set undone_at = ${command.now}, undone_by = ${command.actor.userId}, undo_reason = ${reason} where order_id = ${orderId}`);
    const [view] = await readOrderViews(tx, [orderId], env, [{ actor: command.actor, now: command.now }]);
    return { status: 200, body: view, ...(view === undefined ? {} : { etag: view.version }) };
  },
});

async function giveUpPickings(context: Context<unknown>, orderId: string, reason: string): Promise<void> {
  const open = await context.tx.query<{ id: string }>(
    sql`select id from picking where order_id = ${orderId} and state <> 'cancelled' order by id`,
  );
  // Nobody has to decide what becomes of the lines.
  const quiet: Context<unknown> = {
    ...context,
    task: (change) => ('open' in change ? undefined : context.task(change)),
  };
  for (const { id } of open) await runInside(quiet, cancelPicking, { pickingId: id, reason });
}

async function reverseMoney(context: Context<unknown>, row: CutOverRow, reason: string): Promise<void> {
  const { tx, command } = context;
  if (row.paid_balance_id !== null) {
    const parts = await tx.query<{ id: string; payment_id: string }>(sql`
      select a.id, a.payment_id from allocation a join opening_balance b on b.payment_id = a.payment_id
      where b.id = ${row.paid_balance_id} and a.order_id = ${row.order_id} and a.reversed_at is null order by a.id`);
    for (const { id, payment_id } of parts)
      await runInside(context, postPayment, { kind: 'unallocate', paymentId: payment_id, allocationId: id, reason });
  }
  const { expectedVersion: _version, once: _once, ...rest } = command;
  for (const openingBalanceId of [row.paid_balance_id, row.invoiced_balance_id]) {
    if (openingBalanceId === null) continue;
    const input = { openingBalanceId, reason };
    await reverseOpeningBalance.run({ ...context, command: { ...rest, input } }, input);
  }
}
