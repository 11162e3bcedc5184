/**
 * An order that was under way in the system before is taken over: in effect at once, with what was delivered, invoiced and paid by then.
 * The open rest is promised from today's stock and supplies like any order's and goes to the warehouse; what was invoiced is owed, what was
 * paid is a receipt allocated to it, both against the opening account. One transaction. Rulings, section 7.
 */
import type { z } from 'zod';
import type { CutOverLine, CutOverOrder } from '../../contract/cut-over.ts';
import { bizDateOf, startOfDay } from '../kernel/biz-date.ts';
import { formatAmount, parseAmount } from '../kernel/money.ts';
import { formatQty, parseQty } from '../kernel/qty.ts';
import { refuse } from '../kernel/refusal.ts';
import { type DueLine, partAmounts } from '../modules/invoices/index.ts';
import {
  deliveryStatus,
  invoiceStatus,
  type LineRow,
  type Order,
  type OrderChange,
  type OrderState,
  paymentStatus,
  price,
  type Placing,
  placing,
  readOrderViews,
  saveOrders,
  takeEffectAtOnce,
  type Work,
} from '../modules/orders/index.ts';
import { paymentPlan, type PlanItemRow, planRows, postOpeningBalance, savePlan } from '../modules/receivables/index.ts';
import { pickingNosFor, planPickings, readyBy, savePickings } from '../modules/shipments/index.ts';
import { sql } from '../platform/db/database.ts';
import { defineTable, insertRows, type RowOf } from '../platform/db/table.ts';
import { type Context, defineBatch, defineCommand } from '../platform/pipeline/define.ts';
import { runInside } from '../platform/pipeline/inside.ts';
import { completeIfDone } from './order-completes.ts';
import { postPayment } from './payment-is-posted.ts';

export type CutOver = z.output<typeof CutOverOrder>;
type Line = z.output<typeof CutOverLine>;

export const cutOverTable = defineTable('order_cut_over', ['order_id'], {
  order_id: 'uuid',
  partner_id: 'uuid',
  reference: 'text',
  agreed_on: 'date',
  order_version: 'int',
  invoiced_balance_id: 'uuid?',
  paid_balance_id: 'uuid?',
  made_by: 'uuid?',
  made_at: 'timestamptz',
  undone_at: 'timestamptz?',
  undone_by: 'uuid?',
  undo_reason: 'text?',
});
const earlierTable = defineTable('order_line_earlier', ['order_id', 'line_no'], {
  order_id: 'uuid',
  line_no: 'int',
  partner_id: 'uuid',
  delivered_qty: 'bigint',
  invoiced_qty: 'bigint',
  invoiced_gross_amount: 'bigint',
  invoiced_net_amount: 'bigint',
  invoiced_tax_amount: 'bigint',
});
type Earlier = RowOf<typeof earlierTable>;
type Change = { order: OrderChange; plan: PlanItemRow[]; earlier: Earlier[] };

/** The order with its open rest reserved; the money follows when its rows are there. */
const placeCutOver = defineBatch<CutOver, OrderState, Change>({
  name: 'orders.cut_over_place',
  refuses: [],
  maxBatch: 1,
  load: (tx, commands, env) => placing.load(tx, commands.map(orderOf), env, true),
  decide(state, command, env) {
    let extra: Omit<Change, 'order'> = { plan: [], earlier: [] };
    const decision = placing.decide(state, orderOf(command), env, (work) => {
      extra = takeOver(work, command.input);
    });
    return decision.ok ? { ...decision, change: { order: decision.change, ...extra } } : decision;
  },
  async save(tx, _state, changes) {
    await saveOrders(
      tx,
      changes.map(({ order }) => order),
    );
    await Promise.all([
      savePlan(
        tx,
        changes.flatMap(({ plan }) => plan),
      ),
      insertRows(
        tx,
        earlierTable,
        changes.flatMap(({ earlier }) => earlier),
      ),
    ]);
  },
});

const orderOf = <C extends { input: CutOver }>(command: C): Omit<C, 'input'> & { input: Placing } => {
  const { reference: _reference, agreedOn: _agreedOn, paidAmount: _paid, lines, ...header } = command.input;
  return {
    ...command,
    input: {
      ...header,
      lines: lines.map(
        ({ deliveredQty: _delivered, invoicedQty: _invoiced, invoicedAmount: _amount, ...line }) => line,
      ),
    },
  };
};

function takeOver(work: Work, input: CutOver): Omit<Change, 'order'> {
  const { row } = work.order;
  price(work);
  if (input.agreedOn > work.today) throw refuse('payment.future_date', { today: work.today }, 'agreedOn');
  const earlier = work.order.lines.map((line, i) => earlierOf(line, input.lines[i], row.currency, i));
  work.order.lines = work.order.lines.map((line, i) => {
    const was = earlier[i];
    if (was === undefined) return line;
    return {
      ...line,
      shipped_qty: was.delivered_qty,
      delivered_qty: was.delivered_qty,
      invoiced_gross_amount: was.invoiced_gross_amount,
      invoiced_net_amount: was.invoiced_net_amount,
      invoiced_tax_amount: was.invoiced_tax_amount,
    };
  });
  row.invoiced_amount = earlier.reduce((sum, each) => sum + each.invoiced_gross_amount, 0n);
  const plan = planRows(
    row.id,
    row.partner_id,
    paymentPlan(row.gross_amount, row.payment_term, input.agreedOn, work.env.calendar),
  );
  const kinds = new Map([...work.state.products.values()].map(({ id, kind }) => [id, kind]));
  const goods = work.order.lines.map((line) => ({
    ...line,
    is_goods: !['service', 'freight'].includes(kinds.get(line.product_id) ?? ''),
  }));
  Object.assign(row, {
    pricing_on: input.agreedOn,
    delivery_status: deliveryStatus(goods, []),
    payment_status: paymentStatus(plan, 0n, work.today),
    invoice_status: invoiceStatus({
      gross: row.gross_amount,
      invoiced: row.invoiced_amount,
      requested: false,
      live: [],
    }),
  });
  takeEffectAtOnce(work, {
    agreedAt: startOfDay(input.agreedOn, work.env.company.timeZone),
    event: 'order.cut_over',
    payload: {
      reference: input.reference,
      agreedOn: input.agreedOn,
      gross: row.gross_amount.toString(),
      invoiced: row.invoiced_amount.toString(),
      paid: input.paidAmount ?? '0',
      delivered: earlier
        .filter(({ delivered_qty }) => delivered_qty > 0n)
        .map(({ line_no, delivered_qty }) => ({ lineNo: line_no, qty: formatQty(delivered_qty) })),
    },
  });
  return { plan, earlier: earlier.filter((each) => each.delivered_qty > 0n || each.invoiced_qty > 0n) };
}

/** What was done of a line before, in base units and minor units; never more than the line. */
function earlierOf(line: LineRow, input: Line | undefined, currency: string, i: number): Earlier {
  const upTo = (text: string | undefined, field: string): bigint => {
    const qty = text === undefined ? 0n : (parseQty(text) ?? 0n);
    if (qty > line.qty)
      throw refuse(
        'order.cut_over_too_much',
        { lineNo: String(i + 1), most: formatQty(line.qty) },
        `lines.${i}.${field}`,
      );
    return qty;
  };
  const delivered = upTo(input?.deliveredQty, 'deliveredQty');
  const invoicedQty = upTo(input?.invoicedQty, 'invoicedQty');
  const due: DueLine = {
    qty: line.qty,
    closedQty: 0n,
    invoicedQty: 0n,
    gross: line.gross_amount,
    net: line.net_amount,
    tax: line.tax_amount,
    invoiced: { gross: 0n, net: 0n, tax: 0n },
  };
  const counted = partAmounts(due, invoicedQty) ?? due.invoiced;
  const amounts =
    input?.invoicedAmount === undefined
      ? counted
      : asInvoiced(due, input.invoicedAmount, invoicedQty, currency, `lines.${i}.invoicedAmount`);
  return {
    order_id: line.order_id,
    line_no: line.line_no,
    partner_id: line.partner_id,
    delivered_qty: delivered,
    invoiced_qty: invoicedQty,
    invoiced_gross_amount: amounts.gross,
    invoiced_net_amount: amounts.net,
    invoiced_tax_amount: amounts.tax,
  };
}

/** The gross that earlier invoices came to; net and tax in the proportion of the line. All of the quantity is all of the amount. */
function asInvoiced(line: DueLine, text: string, qty: bigint, currency: string, field: string): DueLine['invoiced'] {
  const gross = parseAmount(text, currency);
  if (gross === null) throw refuse('field.amount_decimals', { currency }, field);
  const whole = qty === line.qty;
  if (gross > line.gross || (whole && gross !== line.gross) || qty === 0n)
    throw refuse('order.cut_over_too_much', { lineNo: '', most: formatAmount(line.gross, currency) }, field);
  const net = line.gross === 0n ? 0n : (line.net * gross * 2n + line.gross) / (line.gross * 2n);
  return { gross, net, tax: gross - net };
}

export const cutOverOrder = defineCommand<CutOver>({
  name: 'orders.cut_over',
  refuses: [
    'partner.not_found',
    'partner.not_active',
    'product.not_found',
    'order.po_duplicate',
    'order.cut_over_duplicate',
    'order.cut_over_too_much',
    'order.not_promised',
    'payment.exceeds_open',
    'payment.future_date',
    'field.amount_decimals',
  ],
  async run(context, input) {
    const { tx, command, env } = context;
    const known = await tx.query(sql`
      select 1 from order_cut_over where partner_id = ${input.partnerId} and reference = ${input.reference} and undone_at is null`);
    if (known.length > 0) throw refuse('order.cut_over_duplicate', { reference: input.reference }, 'reference');
    const { order } = await runInside(context, placeCutOver, input);
    const { row } = order.after;
    await openPickings(context, order.after);
    const money = await openMoney(context, order.after, input);
    const [now] = await tx.query<{ version: number }>(sql`select version from sales_order where id = ${row.id}`);
    await insertRows(tx, cutOverTable, [
      {
        order_id: row.id,
        partner_id: row.partner_id,
        reference: input.reference,
        agreed_on: input.agreedOn,
        order_version: now?.version ?? row.version,
        ...money,
        made_by: command.actor.userId,
        made_at: command.now,
        undone_at: null,
        undone_by: null,
        undo_reason: null,
      },
    ]);
    await completeIfDone(tx, [row.id], command);
    if (!context.answers) return { status: 201, body: { id: row.id, no: row.no } };
    const [view] = await readOrderViews(tx, [row.id], env, [{ actor: command.actor, now: command.now }]);
    return { status: 201, body: view, ...(view === undefined ? {} : { etag: view.version }) };
  },
});

/** The open rest goes to the warehouses at once, as when an order takes effect. */
async function openPickings({ tx, command, env, emit, task }: Context<unknown>, order: Order): Promise<void> {
  const { row } = order;
  const today = bizDateOf(command.now, env.company.timeZone);
  const due = order.lines.flatMap(({ promised_on }) => promised_on ?? []).sort()[0] ?? today;
  const plan = planPickings(
    [
      {
        orderId: row.id,
        partnerId: row.partner_id,
        order: row,
        reservations: order.reservations,
        readyByOn: readyBy(env.calendar, due, today),
        now: command.now,
      },
    ],
    await pickingNosFor(tx, [row.id], env, command.now),
    env,
  );
  await savePickings(tx, plan.pickings, plan.lines);
  for (const event of plan.events) emit(event);
  for (const change of plan.tasks) task(change);
}

/** Owed for what was invoiced, received for what was paid; the receipt is allocated to the order. */
async function openMoney(
  context: Context<unknown>,
  { row }: Order,
  input: CutOver,
): Promise<Pick<RowOf<typeof cutOverTable>, 'invoiced_balance_id' | 'paid_balance_id'>> {
  const { tx, command, env } = context;
  const postedOn = bizDateOf(command.now, env.company.timeZone);
  const post = async (amount: string, part: string) => {
    const opening = { partnerId: row.partner_id, amount, postedOn, reference: `${input.reference} ${part}` };
    await postOpeningBalance.run({ ...context, command: { ...command, input: opening } }, opening);
    const rows = await tx.query<{ id: string; payment_id: string | null }>(sql`
      select id, payment_id from opening_balance where partner_id = ${row.partner_id} and reference = ${opening.reference} and reversed_at is null`);
    return rows[0] ?? { id: null, payment_id: null };
  };
  const invoiced =
    row.invoiced_amount === 0n ? null : await post(formatAmount(row.invoiced_amount, row.currency), `${row.no} +`);
  if (input.paidAmount === undefined) return { invoiced_balance_id: invoiced?.id ?? null, paid_balance_id: null };
  const paid = await post(`-${input.paidAmount}`, `${row.no} -`);
  await runInside(context, postPayment, {
    kind: 'allocate',
    paymentId: paid.payment_id ?? '',
    allocations: [{ orderId: row.id, amount: input.paidAmount }],
  });
  return { invoiced_balance_id: invoiced?.id ?? null, paid_balance_id: paid.id };
}
