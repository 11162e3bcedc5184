/** A supply comes on another day, and why. Orders that are promised on it get their new day and tell sales by an event of their own. Source: R5.1. */
import { formatQty } from '../kernel/qty.ts';
import { refuse } from '../kernel/refusal.ts';
import { sql } from '../platform/db/database.ts';
import { updateRows } from '../platform/db/table.ts';
import { type Context, defineCommand } from '../platform/pipeline/define.ts';
import { lockOpenSupply, readSupply, requireFuture, supplyEvent, supplyTable } from '../modules/inventory/index.ts';
import { type ReservationRow, reservation, voidPromise } from '../modules/orders/index.ts';
import { runInside } from '../platform/pipeline/inside.ts';
import { lockWaitingOrders, type WaitingOrder } from './waiting-orders.ts';

export type RescheduleSupply = { supplyId: string; expectedOn: string; cause: string };

export const rescheduleSupply = defineCommand<RescheduleSupply>({
  name: 'supply.update',
  refuses: ['supply.not_found', 'supply.wrong_state', 'supply.past_date', 'supply.same_date', 'request.version_stale'],
  async run(context, { supplyId, expectedOn, cause }) {
    const { tx, command, env, emit } = context;
    requireFuture(expectedOn, command.now, env);
    const orders = await lockWaitingOrders(tx, supplyId);
    const supply = await lockOpenSupply(tx, command, supplyId);
    if (supply.expected_on === expectedOn) throw refuse('supply.same_date', undefined, 'expectedOn');
    const waiting = await orders.confirm();
    const next = { ...supply, expected_on: expectedOn, version: supply.version + 1 };
    await updateRows(tx, supplyTable, ['expected_on', 'version'], [next]);
    emit(
      supplyEvent(next, 'supply.rescheduled', {
        from: supply.expected_on,
        to: expectedOn,
        cause,
        waitingQty: formatQty(supply.reserved_qty),
      }),
    );
    await movePromises(context, waiting, orders.byId, { supplyId, no: supply.no, expectedOn, cause });
    const { now, actor } = command;
    return { status: 200, body: await readSupply(tx, supplyId, { now, env, actor }), etag: next.version };
  },
});

type LineDates = {
  order_id: string;
  line_no: number;
  requested_on: string | null;
  promised_on: string | null;
  other_promised_on: string | null;
};
type News = { supplyId: string; no: string; expectedOn: string; cause: string };

/** The promise of a piece: the day on which its goods come, or the requested day when that is later. A line is promised for its latest piece. */
async function movePromises(
  context: Context<unknown>,
  waiting: readonly ReservationRow[],
  orders: ReadonlyMap<string, WaitingOrder>,
  news: News,
): Promise<void> {
  const { tx, emit } = context;
  if (waiting.length === 0) return;
  const ids = [...new Set(waiting.map(({ order_id }) => order_id))];
  const lines = await tx.query<LineDates>(sql`
    select l.order_id, l.line_no, l.requested_on, l.promised_on,
      (select max(r.promised_on) from reservation r where r.order_id = l.order_id and r.line_no = l.line_no and r.supply_id is distinct from ${news.supplyId}) as other_promised_on
    from order_line l where l.order_id = any(${ids}::uuid[])`);
  const lineOf = new Map(lines.map((line) => [`${line.order_id} ${line.line_no}`, line]));
  const moved = waiting.flatMap((row) => {
    const requested = lineOf.get(`${row.order_id} ${row.line_no}`)?.requested_on ?? null;
    const promised_on = later(news.expectedOn, requested);
    return promised_on === row.promised_on ? [] : [{ ...row, promised_on }];
  });
  const changes = [...new Map(moved.map((row) => [`${row.order_id} ${row.line_no}`, row])).values()].flatMap((row) => {
    const line = lineOf.get(`${row.order_id} ${row.line_no}`);
    const to = later(row.promised_on, line?.other_promised_on ?? null);
    return line === undefined || line.promised_on === to
      ? []
      : [{ orderId: row.order_id, lineNo: row.line_no, from: line.promised_on, to }];
  });
  await updateRows(tx, reservation, ['promised_on'], moved);
  if (changes.length === 0) return;
  await tx.run(sql`
    update order_line l set promised_on = u.promised_on
    from unnest(${changes.map(({ orderId }) => orderId)}::uuid[], ${changes.map(({ lineNo }) => lineNo)}::int[], ${changes.map(({ to }) => to)}::date[]) as u(order_id, line_no, promised_on)
    where l.order_id = u.order_id and l.line_no = u.line_no`);
  const told = [...orders.values()].filter(({ id }) => changes.some(({ orderId }) => orderId === id));
  for (const order of told) {
    order.version += 1;
    const own = changes
      .filter(({ orderId }) => orderId === order.id)
      .map(({ lineNo, from, to }) => ({ lineNo, from, to }));
    const payload = { supplyId: news.supplyId, supplyNo: news.no, cause: news.cause, lines: own };
    emit({
      documentType: 'order',
      documentId: order.id,
      documentNo: order.no,
      version: order.version,
      type: 'order.promise_moved',
      partnerId: order.partner_id,
      payload,
    });
  }
  await tx.run(sql`
    update sales_order o set version = u.version from unnest(${told.map(({ id }) => id)}::uuid[], ${told.map(({ version }) => version)}::int[]) as u(id, version)
    where o.id = u.id`);
  // What has not taken effect yet is no longer what was confirmed.
  for (const { id, state } of told)
    if (state === 'to_confirm' || state === 'awaiting_partner')
      await runInside(context, voidPromise, { orderId: id, cause: news.cause });
}

const later = (a: string, b: string | null): string => (b !== null && b > a ? b : a);
