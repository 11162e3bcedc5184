/** Reads of receipts: views, the list, what a receipt could be allocated to. */
import type { z } from 'zod';
import { paymentMachine } from '../../../contract/machines/others.ts';
import type {
  PaymentProposals,
  PaymentRow as PaymentItem,
  PaymentView,
  paymentsList,
} from '../../../contract/payments.ts';
import { bizDateOf, daysBetween } from '../../kernel/biz-date.ts';
import { formatAmount, parseAmount } from '../../kernel/money.ts';
import { refuse } from '../../kernel/refusal.ts';
import { empty, join, plannedAnew, raw, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { COUNT_UP_TO, totalOf } from '../../platform/http/listing.ts';
import { refusalView } from '../../platform/http/messages.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { amongMeant, countOf, type DocumentsMeant, documentsMeant, type Seeker } from '../orders/index.ts';
import { paymentRefusals } from './payment-rules.ts';
import { type LedgerRow, ledgerTable, type PaymentRow, paymentTable } from './receivables-tables.ts';

type View = z.infer<typeof PaymentView>;
type Item = z.infer<typeof PaymentItem>;
export type Viewer = { actor: Actor; locale: string };

type WithPartner = PaymentRow & {
  partner_no: string;
  partner_name: string;
  partner_name_en: string | null;
  recorder_name: string | null;
  confirmer_name: string | null;
};
type AllocationLine = {
  id: string;
  payment_id: string;
  order_id: string;
  order_no: string;
  po_no: string | null;
  item_no: number;
  kind: string;
  due_on: string | null;
  amount: bigint;
  made_at: Date;
  made_by: string | null;
  maker_name: string | null;
  reversed_at: Date | null;
};

/** Views of receipts, one for each id and its viewer; undefined where the scope does not hold it. Three statements in one flight. */
export async function readPayments(
  tx: Tx,
  ids: readonly string[],
  viewers: readonly Viewer[],
): Promise<(View | undefined)[]> {
  const of = sql`any(${[...new Set(ids)]}::uuid[])`;
  const [rows, allocations, entries] = await Promise.all([
    tx.query<WithPartner>(sql`
      select ${columnsOf(paymentTable, 't')}, p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en,
        r.name as recorder_name, c.name as confirmer_name
      from payment t join partner p on p.id = t.partner_id left join app_user r on r.id = t.recorded_by left join app_user c on c.id = t.confirmed_by
      where t.id = ${of}`),
    tx.query<AllocationLine>(sql`
      select a.id, a.payment_id, a.order_id, o.no as order_no, o.po_no, a.item_no, i.kind, i.due_on, a.amount, a.made_at, a.made_by, u.name as maker_name, a.reversed_at
      from allocation a join sales_order o on o.id = a.order_id join payment_plan_item i on i.order_id = a.order_id and i.item_no = a.item_no
      left join app_user u on u.id = a.made_by where a.payment_id = ${of} order by a.payment_id, a.made_at, o.no, a.item_no, a.id`),
    tx.query<LedgerRow>(
      sql`select ${columnsOf(ledgerTable)} from ledger_entry where source_type = 'payment' and source_id = ${of} order by at, voucher_no, id`,
    ),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const allocationsOf = Map.groupBy(allocations, ({ payment_id }) => payment_id);
  const entriesOf = Map.groupBy(entries, ({ source_id }) => source_id);
  return ids.map((id, i) => {
    const row = byId.get(id);
    const viewer = viewers[i];
    if (row === undefined || viewer === undefined) return undefined;
    return paymentView(row, allocationsOf.get(id) ?? [], entriesOf.get(id) ?? [], viewer);
  });
}

export async function readPayment(tx: Tx, id: string, viewer: Viewer): Promise<View> {
  const [view] = await readPayments(tx, [id], [viewer]);
  if (view === undefined) throw refuse('payment.not_found');
  return view;
}

const item = (row: WithPartner): Item => {
  const money = (amount: bigint) => formatAmount(amount, row.currency);
  return {
    id: row.id,
    no: row.no,
    version: row.version,
    state: row.state,
    partner: { id: row.partner_id, no: row.partner_no, name: row.partner_name, nameEn: row.partner_name_en },
    currency: row.currency,
    amount: money(row.amount),
    allocatedAmount: money(row.allocated_amount),
    unallocatedAmount: money(row.state === 'reversed' ? 0n : row.amount - row.allocated_amount),
    receivedOn: row.received_on,
    method: row.method as Item['method'],
    payerName: row.payer_name,
    payerDiffers: row.payer_differs,
    methodDiffers: row.method_differs,
    bankRef: row.bank_ref,
    recordedAt: row.recorded_at.toISOString(),
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
  };
};

function paymentView(
  row: WithPartner,
  allocations: readonly AllocationLine[],
  entries: readonly LedgerRow[],
  { actor, locale }: Viewer,
): View {
  const internal = actor.partnerId === null;
  const named = (id: string | null, name: string | null) => (internal && id !== null ? { id, name: name ?? '' } : null);
  const money = (amount: bigint) => formatAmount(amount, row.currency);
  return {
    ...item(row),
    note: internal ? row.note : null,
    reverseReason: internal ? row.reverse_reason : null,
    recordedBy: named(row.recorded_by, row.recorder_name),
    confirmedBy: named(row.confirmed_by, row.confirmer_name),
    allocations: allocations.map((line) => ({
      id: line.id,
      orderId: line.order_id,
      orderNo: line.order_no,
      poNo: line.po_no,
      itemNo: line.item_no,
      kind: line.kind as View['allocations'][number]['kind'],
      dueOn: line.due_on,
      amount: money(line.amount),
      madeAt: line.made_at.toISOString(),
      madeBy: named(line.made_by, line.maker_name),
      reversedAt: line.reversed_at?.toISOString() ?? null,
    })),
    postings: internal
      ? entries.map((entry) => ({
          voucherNo: entry.voucher_no,
          postedOn: entry.posted_on,
          debitAccount: entry.debit_account,
          creditAccount: entry.credit_account,
          amount: money(entry.amount),
          reversal: entry.reverses_id !== null,
        }))
      : [],
    allowedActions: allowedActions(row, allocations, actor, locale),
  };
}

function allowedActions(
  row: PaymentRow,
  allocations: readonly AllocationLine[],
  actor: Actor,
  locale: string,
): View['allowedActions'] {
  const orderNos = [
    ...new Set(allocations.filter(({ reversed_at }) => reversed_at === null).map(({ order_no }) => order_no)),
  ];
  const primary = row.state === 'recorded' ? 'confirm' : row.amount > row.allocated_amount ? 'allocate' : null;
  return paymentMachine.rows
    .filter((each) => (each.from as readonly string[]).includes(row.state))
    .filter(
      (each) =>
        (each.actor as readonly string[]).includes(actor.kind) && actor.permissions.has(each.permission as never),
    )
    .map(({ action }) => ({
      action,
      refusals: paymentRefusals(action, { ...row, orderNos }).map((refusal) => refusalView(refusal, locale)),
      ...(action === primary ? { primary: true } : {}),
    }));
}

type ListQuery = z.output<NonNullable<typeof paymentsList.query>>;

const up = { after: raw('>'), direction: raw('asc') };
const down = { after: raw('<'), direction: raw('desc') };
const SORTS = {
  received: { by: raw('t.received_on'), cast: raw('::date'), ...up },
  '-received': { by: raw('t.received_on'), cast: raw('::date'), ...down },
  amount: { by: raw('t.amount'), cast: raw('::bigint'), ...up },
  '-amount': { by: raw('t.amount'), cast: raw('::bigint'), ...down },
} as const;

/** Receipts that the scope may see, newest first unless sorted otherwise. */
export async function listPayments(tx: Tx, query: ListQuery, seeker: Seeker) {
  const name = query.sort ?? '-received';
  const sort = SORTS[name];
  const cursor = decodeTypedCursor(query.cursor, [name.endsWith('amount') ? 'whole' : 'date', 'id']);
  const meant = await documentsMeant(tx, query.q, NUMBERS, seeker);
  const where = join(filters(query, meant, seeker.actor), ' and ');
  const after =
    cursor === null
      ? empty
      : sql` and (${sort.by}, t.id) ${sort.after} (${cursor[0]}::text${sort.cast}, ${cursor[1]}::uuid)`;
  const [rows, counts] = await Promise.all([
    tx.query<WithPartner & { sort_value: string }>(
      plannedAnew(sql`
      select ${columnsOf(paymentTable, 't')}, p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en,
        null as recorder_name, null as confirmer_name, ${sort.by}::text as sort_value
      from payment t join partner p on p.id = t.partner_id
      where ${where}${after} order by ${sort.by} ${sort.direction}, t.id ${sort.direction} limit ${query.limit + 1}`),
    ),
    cursor === null
      ? tx.query<{ n: bigint }>(
          plannedAnew(sql`select count(*) as n from (select 1 from payment t where ${where} limit ${COUNT_UP_TO}) c`),
        )
      : [],
  ]);
  return pageOf(rows, query.limit, item, (row) => [row.sort_value, row.id], countOf(totalOf(counts), meant));
}

const NUMBERS = {
  table: sql`payment`,
  numbers: [{ column: sql`no`, prefix: 'PM' }, { column: sql`bank_ref` }, { column: sql`payer_name` }],
};

/** Only what is asked for is said, so that the index of each filter serves it. */
function filters(query: ListQuery, meant: DocumentsMeant | null, { scope }: Actor): Sql[] {
  const found = [scope.kind === 'company' ? sql`true` : sql`t.partner_id = any(${[...scope.ids]}::uuid[])`];
  if (meant !== null) found.push(amongMeant(sql`t`, meant, false));
  if (query.state !== undefined) found.push(sql`t.state = ${query.state}`);
  if (query.partnerId !== undefined) found.push(sql`t.partner_id = ${query.partnerId}`);
  if (query.orderId !== undefined)
    found.push(
      sql`t.id in (select a.payment_id from allocation a where a.order_id = ${query.orderId} and a.reversed_at is null)`,
    );
  if (query.method !== undefined) found.push(sql`t.method = ${query.method}`);
  const unallocated = sql`t.state = 'confirmed' and t.allocated_amount < t.amount`;
  if (query.unallocated !== undefined)
    found.push(query.unallocated === 'true' ? unallocated : sql`not (${unallocated})`);
  if (query.payerDiffers !== undefined)
    found.push(query.payerDiffers === 'true' ? sql`t.payer_differs` : sql`not t.payer_differs`);
  if (query.from !== undefined) found.push(sql`t.received_on >= ${query.from}::date`);
  if (query.to !== undefined) found.push(sql`t.received_on <= ${query.to}::date`);
  return found;
}

type OpenOrder = {
  id: string;
  no: string;
  po_no: string | null;
  state: string;
  payment_status: string;
  effective_at: Date | null;
  due_on: string | null;
  gross_amount: bigint;
  open_amount: bigint;
  due_amount: bigint;
};
type Proposals = z.infer<typeof PaymentProposals>;

/** For a receipt: what is left of it, spread over the partner's open orders. */
export async function proposalsForPayment(tx: Tx, paymentId: string, env: Env, now: Date): Promise<Proposals> {
  const [payment] = await tx.query<PaymentRow>(
    sql`select ${columnsOf(paymentTable)} from payment where id = ${paymentId}`,
  );
  if (payment === undefined) throw refuse('payment.not_found');
  const left = payment.state === 'reversed' ? 0n : payment.amount - payment.allocated_amount;
  return {
    unallocatedAmount: formatAmount(left, payment.currency),
    items: await proposals(tx, payment.partner_id, payment.currency, left, env, now),
  };
}

/** For a receipt that is being entered; without an amount nothing is proposed, only shown. */
export async function proposalsForPartner(
  tx: Tx,
  partnerId: string,
  amount: string | undefined,
  env: Env,
  now: Date,
): Promise<Proposals> {
  const [partners, free] = await Promise.all([
    tx.query<{ currency: string }>(sql`select currency from partner where id = ${partnerId}`),
    tx.query<{ left: bigint }>(
      sql`select coalesce(sum(amount - allocated_amount), 0)::bigint as left from payment where partner_id = ${partnerId} and state = 'confirmed'`,
    ),
  ]);
  const currency = partners[0]?.currency;
  if (currency === undefined) throw refuse('partner.not_found');
  const wanted = amount === undefined ? 0n : parseAmount(amount, currency);
  if (wanted === null) throw refuse('field.amount_decimals', undefined, 'amount');
  return {
    unallocatedAmount: formatAmount(free[0]?.left ?? 0n, currency),
    items: await proposals(tx, partnerId, currency, wanted, env, now),
  };
}

/** Exact matches of the whole or of what is due come first, then the oldest due; the amount goes down the list as far as it reaches. */
async function proposals(
  tx: Tx,
  partnerId: string,
  currency: string,
  amount: bigint,
  env: Env,
  now: Date,
): Promise<Proposals['items']> {
  const today = bizDateOf(now, env.company.timeZone);
  const rows = await tx.query<OpenOrder>(sql`
    select o.id, o.no, o.po_no, o.state, o.payment_status, o.effective_at, o.gross_amount,
      min(i.due_on) filter (where i.paid_amount < i.amount) as due_on, sum(i.amount - i.paid_amount)::bigint as open_amount,
      coalesce(sum(i.amount - i.paid_amount) filter (where i.due_on <= ${today}), 0)::bigint as due_amount
    from payment_plan_item i join sales_order o on o.id = i.order_id
    where i.partner_id = ${partnerId} and o.state = 'in_effect'
    group by o.id having sum(i.amount - i.paid_amount) > 0
    order by due_on nulls last, o.no limit 500`);
  const isExact = (row: OpenOrder) => amount > 0n && (row.open_amount === amount || row.due_amount === amount);
  const sorted = [...rows.filter(isExact), ...rows.filter((row) => !isExact(row))];
  let left = amount;
  return sorted.map((row) => {
    const take = row.open_amount < left ? row.open_amount : left;
    left -= take;
    return {
      orderId: row.id,
      orderNo: row.no,
      poNo: row.po_no,
      orderState: row.state as Proposals['items'][number]['orderState'],
      paymentStatus: row.payment_status as Proposals['items'][number]['paymentStatus'],
      effectiveAt: row.effective_at?.toISOString() ?? null,
      dueOn: row.due_on,
      overdueDays: row.due_on === null ? 0 : Math.max(0, daysBetween(row.due_on, today)),
      grossAmount: formatAmount(row.gross_amount, currency),
      openAmount: formatAmount(row.open_amount, currency),
      dueAmount: formatAmount(row.due_amount, currency),
      exact: isExact(row),
      proposedAmount: formatAmount(take, currency),
    };
  });
}
