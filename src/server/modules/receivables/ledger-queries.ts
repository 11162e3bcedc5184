/** Reads of the partner's account and of what is open, by age. Source: R6.1, R6.2. */
import type { z } from 'zod';
import type { LedgerLine, OpenItemsRow, openItems, PartnerLedger } from '../../../contract/payments.ts';
import { addDays, bizDateOf } from '../../kernel/biz-date.ts';
import { formatAmount } from '../../kernel/money.ts';
import { refuse } from '../../kernel/refusal.ts';
import { foldText } from '../../kernel/text.ts';
import { empty, join, plannedAnew, raw, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { likeText, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { ownOf } from '../orders/index.ts';
import { ACCOUNTS } from './ledger.ts';

const MAX_LINES = 2000;
type Ledger = z.infer<typeof PartnerLedger>;
type Line = z.infer<typeof LedgerLine>;
type Sums = { opening: bigint; debit: bigint; credit: bigint };
type LineRow = {
  id: string;
  posted_on: string;
  voucher_no: string;
  source_type: string;
  source_id: string;
  is_reversal: boolean;
  memo: string | null;
  debit: bigint;
  credit: bigint;
  document_no: string | null;
  order_id: string | null;
  order_no: string | null;
  po_no: string | null;
};

/** Opening balance, each voucher, closing balance of a partner in a period, both days included. */
export async function readPartnerLedger(
  tx: Tx,
  partnerId: string,
  period: { from: string; to: string },
): Promise<Ledger> {
  const { from, to } = period;
  const account = ACCOUNTS.receivable;
  const [partners, sums, rows] = await Promise.all([
    tx.query<{ id: string; no: string; name: string; name_en: string | null; currency: string }>(
      sql`select id, no, name, name_en, currency from partner where id = ${partnerId}`,
    ),
    tx.query<Sums>(sql`
      select coalesce(sum(case when debit_account = ${account} then amount else -amount end) filter (where posted_on < ${from}), 0)::bigint as opening,
        coalesce(sum(amount) filter (where posted_on >= ${from} and debit_account = ${account}), 0)::bigint as debit,
        coalesce(sum(amount) filter (where posted_on >= ${from} and credit_account = ${account}), 0)::bigint as credit
      from ledger_entry where partner_id = ${partnerId} and posted_on <= ${to} and ${account} in (debit_account, credit_account)`),
    tx.query<LineRow>(sql`
      select v.id, v.posted_on, v.voucher_no, v.source_type, v.source_id, v.is_reversal, v.memo, v.debit, v.credit,
        coalesce(i.no, p.no, b.no) as document_no, o.id as order_id, o.no as order_no, o.po_no
      from (
        select min(id::text)::uuid as id, posted_on, voucher_no, source_type, source_id, bool_or(reverses_id is not null) as is_reversal, min(memo) as memo,
          coalesce(sum(amount) filter (where debit_account = ${account}), 0)::bigint as debit,
          coalesce(sum(amount) filter (where credit_account = ${account}), 0)::bigint as credit
        from ledger_entry
        where partner_id = ${partnerId} and posted_on between ${from} and ${to} and ${account} in (debit_account, credit_account)
        group by posted_on, voucher_no, source_type, source_id
      ) v
      left join invoice i on v.source_type = 'invoice' and i.id = v.source_id
      left join payment p on v.source_type = 'payment' and p.id = v.source_id
      left join opening_balance b on v.source_type = 'opening' and b.id = v.source_id
      left join sales_order o on o.id = i.order_id
      order by v.posted_on, v.voucher_no limit ${MAX_LINES + 1}`),
  ]);
  const partner = partners[0];
  if (partner === undefined) throw refuse('partner.not_found');
  const money = (amount: bigint) => formatAmount(amount, partner.currency);
  const { opening, debit, credit } = sums[0] ?? { opening: 0n, debit: 0n, credit: 0n };
  let balance = opening;
  return {
    partner: { id: partner.id, no: partner.no, name: partner.name, nameEn: partner.name_en },
    currency: partner.currency,
    from,
    to,
    openingAmount: money(opening),
    debitAmount: money(debit),
    creditAmount: money(credit),
    closingAmount: money(opening + debit - credit),
    lines: rows.slice(0, MAX_LINES).map((row) => {
      balance += row.debit - row.credit;
      return lineView(row, balance, money);
    }),
    complete: rows.length <= MAX_LINES,
  };
}

const lineView = (row: LineRow, balance: bigint, money: (amount: bigint) => string): Line => ({
  id: row.id,
  postedOn: row.posted_on,
  voucherNo: row.voucher_no,
  kind: row.is_reversal ? 'reversal' : (row.source_type as Line['documentType']),
  documentType: row.source_type as Line['documentType'],
  documentId: row.source_id,
  documentNo: row.document_no,
  orderId: row.order_id,
  orderNo: row.order_no,
  poNo: row.po_no,
  memo: row.memo,
  debitAmount: money(row.debit),
  creditAmount: money(row.credit),
  balanceAmount: money(balance),
});

const SUMS = ['open', 'not_due', 'd30', 'd60', 'd90', 'over', 'unallocated'] as const;
type Sum = (typeof SUMS)[number];
type AgeRow = Record<Sum, bigint> & {
  id: string;
  no: string;
  name: string;
  name_en: string | null;
  owner_id: string | null;
  owner_name: string | null;
  currency: string;
  balance: bigint;
  overdue: bigint;
  oldest: string | null;
  orders: bigint;
};
type Row = z.infer<typeof OpenItemsRow>;
type Query = z.output<NonNullable<typeof openItems.query>>;

/** Partners with something to pay or an advance, the largest overdue amount first. */
export async function listOpenItems(tx: Tx, query: Query, actor: Actor, env: Env, now: Date) {
  const cursor = decodeTypedCursor(query.cursor, ['whole', 'id']);
  const aged = agedItems(query, actor, bizDateOf(now, env.company.timeZone));
  const after = cursor === null ? empty : sql`where (overdue, id) < (${cursor[0]}::text::bigint, ${cursor[1]}::uuid)`;
  const [rows, totals] = await Promise.all([
    tx.query<AgeRow>(
      plannedAnew(sql`${aged} select * from found ${after} order by overdue desc, id desc limit ${query.limit + 1}`),
    ),
    // Sums of one currency only: a company works in one, and partners in another currency stand beside it.
    tx.query<Record<Sum, bigint> & { n: bigint }>(
      plannedAnew(sql`${aged}
      select count(*) as n, ${join(
        SUMS.map(
          (sum) =>
            sql`coalesce(sum(${raw(sum)}) filter (where currency = ${env.company.currency}), 0)::bigint as ${raw(sum)}`,
        ),
        ', ',
      )} from found`),
    ),
  ]);
  return {
    ...pageOf(
      rows,
      query.limit,
      openRow,
      (row) => [row.overdue.toString(), row.id],
      cursor === null ? totalOf(totals) : undefined,
    ),
    currency: env.company.currency,
    totals: ages(
      totals[0] ?? { open: 0n, not_due: 0n, d30: 0n, d60: 0n, d90: 0n, over: 0n, unallocated: 0n },
      env.company.currency,
    ),
  };
}

/** What each partner owes, by age. Items and receipts are added up once each, whatever the number of partners. */
function agedItems(query: Query, actor: Actor, today: string): Sql {
  const [d30, d60, d90] = [addDays(today, -30), addDays(today, -60), addDays(today, -90)];
  const ofPartner = query.partnerId === undefined ? empty : sql` and partner_id = ${query.partnerId}`;
  const asked: Sql[] = [];
  if (query.partnerId !== undefined) asked.push(sql`p.id = ${query.partnerId}`);
  if (query.overdue !== undefined)
    asked.push(
      query.overdue === 'true' ? sql`coalesce(a.open - a.not_due, 0) > 0` : sql`coalesce(a.open - a.not_due, 0) <= 0`,
    );
  const q = likeText(query.q);
  if (q !== null)
    asked.push(
      sql`(p.no ilike '%' || ${q}::text || '%' or p.name_folded like '%' || ${foldText(q)}::text || '%' or p.pinyin_initials like '%' || ${foldText(q)}::text || '%')`,
    );
  const also = asked.length === 0 ? empty : sql` and ${join(asked, ' and ')}`;
  return sql`
    with item as (
      select i.partner_id, i.order_id, i.due_on, i.amount - i.paid_amount as open
      from payment_plan_item i join sales_order o on o.id = i.order_id and o.state = 'in_effect'
      where i.paid_amount < i.amount${query.partnerId === undefined ? empty : sql` and i.partner_id = ${query.partnerId}`}
    ), age as materialized (
      select partner_id, sum(open)::bigint as open,
        coalesce(sum(open) filter (where due_on is null or due_on >= ${today}), 0)::bigint as not_due,
        coalesce(sum(open) filter (where due_on < ${today} and due_on >= ${d30}), 0)::bigint as d30,
        coalesce(sum(open) filter (where due_on < ${d30} and due_on >= ${d60}), 0)::bigint as d60,
        coalesce(sum(open) filter (where due_on < ${d60} and due_on >= ${d90}), 0)::bigint as d90,
        coalesce(sum(open) filter (where due_on < ${d90}), 0)::bigint as over,
        min(due_on) as oldest, count(distinct order_id) as orders
      from item group by partner_id
    ), free as materialized (
      select partner_id, sum(amount - allocated_amount)::bigint as unallocated from payment
      where state = 'confirmed' and allocated_amount < amount${ofPartner} group by partner_id
    ), found as (
      select p.id, p.no, p.name, p.name_en, p.sales_owner_id as owner_id, u.name as owner_name, p.currency, coalesce(c.balance_amount, 0) as balance,
        coalesce(a.open, 0) as open, coalesce(a.not_due, 0) as not_due, coalesce(a.d30, 0) as d30, coalesce(a.d60, 0) as d60, coalesce(a.d90, 0) as d90,
        coalesce(a.over, 0) as over, coalesce(a.open - a.not_due, 0) as overdue, a.oldest, coalesce(a.orders, 0) as orders, coalesce(f.unallocated, 0) as unallocated
      from partner p left join credit_account c on c.partner_id = p.id left join age a on a.partner_id = p.id left join free f on f.partner_id = p.id
      left join app_user u on u.id = p.sales_owner_id
      where (a.partner_id is not null or f.partner_id is not null or c.balance_amount <> 0)${ownOf(sql`p.id`, actor)}${also}
    )`;
}

function ages(row: Record<Sum, bigint>, currency: string) {
  const money = (amount: bigint) => formatAmount(amount, currency);
  return {
    openAmount: money(row.open),
    notDueAmount: money(row.not_due),
    days1To30Amount: money(row.d30),
    days31To60Amount: money(row.d60),
    days61To90Amount: money(row.d90),
    over90Amount: money(row.over),
    unallocatedAmount: money(row.unallocated),
  };
}

const openRow = (row: AgeRow): Row => ({
  partner: { id: row.id, no: row.no, name: row.name, nameEn: row.name_en },
  salesOwner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '' },
  currency: row.currency,
  balanceAmount: formatAmount(row.balance, row.currency),
  ...ages(row, row.currency),
  oldestDueOn: row.oldest,
  orderCount: Number.parseInt(row.orders.toString(), 10),
});
