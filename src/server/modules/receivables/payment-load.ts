/** What decisions on receipts need of their own module, for a set of commands. */
import type { BizDate } from '../../kernel/biz-date.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { addToRows, columnsOf, insertRows, updateRows } from '../../platform/db/table.ts';
import { type ScopeColumns, scopeColumns } from '../partners/index.ts';
import { balanceOf, creditMoneyTable } from './ledger.ts';
import type { PayerFile } from './payment-rules.ts';
import {
  type AllocationRow,
  allocationTable,
  type LedgerRow,
  ledgerTable,
  type PaymentRow,
  paymentTable,
} from './receivables-tables.ts';

export type PayerRow = PayerFile & { id: string; no: string; currency: string } & ScopeColumns;
export type AllocationOfOrder = AllocationRow & { order_no: string };
export type Receipt = { row: PaymentRow; allocations: AllocationOfOrder[]; entries: LedgerRow[] };
export type Receipts = {
  payments: Map<string, Receipt>;
  partners: Map<string, PayerRow>;
  /** Bank references that a live receipt has. */
  takenRefs: Set<string>;
};

/** Locks receipts in the order of their ids. Five statements in one flight, however many. */
export async function lockReceipts(
  tx: Tx,
  wanted: {
    paymentIds: readonly string[];
    partnerIds: readonly string[];
    bankRefs: readonly string[];
    /** The day whose agreement steers deadlines. */
    on: BizDate;
  },
): Promise<Receipts> {
  const ids = [...new Set(wanted.paymentIds)];
  const [rows, allocations, entries, partners, refs] = await Promise.all([
    tx.query<PaymentRow>(
      sql`select ${columnsOf(paymentTable)} from payment where id = any(${ids}::uuid[]) order by id for update`,
    ),
    tx.query<AllocationOfOrder>(
      sql`select ${columnsOf(allocationTable, 'a')}, o.no as order_no from allocation a join sales_order o on o.id = a.order_id where a.payment_id = any(${ids}::uuid[])`,
    ),
    tx.query<LedgerRow>(
      sql`select ${columnsOf(ledgerTable)} from ledger_entry where source_type = 'payment' and source_id = any(${ids}::uuid[])`,
    ),
    tx.query<PayerRow>(sql`
      select p.id, p.no, p.currency, p.name, p.name_en, p.short_name, p.invoice_title, p.payment_method, ${scopeColumns(sql`p`, sql`${wanted.on}::date`)} from partner p
      where p.id = any(${[...wanted.partnerIds]}::uuid[]) or p.id in (select partner_id from payment where id = any(${ids}::uuid[]))`),
    tx.query<{ bank_ref: string }>(
      sql`select bank_ref from payment where bank_ref = any(${[...wanted.bankRefs]}::text[]) and state <> 'reversed'`,
    ),
  ]);
  const allocationsOf = Map.groupBy(allocations, ({ payment_id }) => payment_id);
  const entriesOf = Map.groupBy(entries, ({ source_id }) => source_id);
  return {
    payments: new Map(
      rows.map((row) => [
        row.id,
        { row, allocations: allocationsOf.get(row.id) ?? [], entries: entriesOf.get(row.id) ?? [] },
      ]),
    ),
    partners: new Map(partners.map((row) => [row.id, row])),
    takenRefs: new Set(refs.map(({ bank_ref }) => bank_ref)),
  };
}

/** Credit accounts, locked in the order of their ids before anything adds to them. */
export async function lockCredit(
  tx: Tx,
  partnerIds: readonly string[],
  paymentIds: readonly string[] = [],
): Promise<void> {
  await tx.run(sql`
    select 1 from credit_account
    where partner_id = any(${[...partnerIds]}::uuid[]) or partner_id in (select partner_id from payment where id = any(${[...paymentIds]}::uuid[]))
    order by partner_id for update`);
}

const CHANGING = [
  'state',
  'allocated_amount',
  'reverse_reason',
  'confirmed_by',
  'confirmed_at',
  'version',
] as const satisfies readonly (keyof PaymentRow)[];

export type ReceiptWrites = {
  created: readonly PaymentRow[];
  changed: readonly PaymentRow[];
  allocated: readonly AllocationRow[];
  unallocated: readonly AllocationRow[];
  entries: readonly LedgerRow[];
};

/** Writes receipts, allocations and postings, and moves the balances of their partners. A fixed number of statements. */
export async function saveReceipts(tx: Tx, writes: ReceiptWrites): Promise<void> {
  await Promise.all([
    insertRows(tx, paymentTable, writes.created),
    updateRows(tx, paymentTable, CHANGING, writes.changed),
    insertRows(tx, allocationTable, writes.allocated),
    updateRows(tx, allocationTable, ['reversed_at', 'reversed_by', 'reverse_reason'], writes.unallocated),
    post(tx, writes.entries),
  ]);
}

/** Writes postings and moves the accounts of their partners, which the caller has locked. `held`: what to add to the held credit. */
export async function post(
  tx: Tx,
  entries: readonly LedgerRow[],
  held: readonly { partnerId: string; amount: bigint }[] = [],
): Promise<void> {
  const moves = new Map<string, { partner_id: string; balance_amount: bigint; held_amount: bigint }>();
  const moveOf = (partner_id: string) => {
    const move = moves.get(partner_id) ?? { partner_id, balance_amount: 0n, held_amount: 0n };
    moves.set(partner_id, move);
    return move;
  };
  for (const entry of entries) moveOf(entry.partner_id).balance_amount += balanceOf([entry]);
  for (const { partnerId, amount } of held) moveOf(partnerId).held_amount += amount;
  const sorted = [...moves.values()].sort((a, b) => (a.partner_id < b.partner_id ? -1 : 1));
  await Promise.all([
    insertRows(tx, ledgerTable, entries),
    addToRows(tx, creditMoneyTable, ['balance_amount', 'held_amount'], sorted),
  ]);
}

/** The postings of a document that stand: neither mirrors nor mirrored. */
export function ledgerOf(tx: Tx, sourceType: string, sourceId: string): Promise<LedgerRow[]> {
  return tx.query<LedgerRow>(sql`
    select ${columnsOf(ledgerTable, 'l')} from ledger_entry l
    where l.source_type = ${sourceType} and l.source_id = ${sourceId} and l.reverses_id is null
      and not exists (select from ledger_entry m where m.reverses_id = l.id)
    order by l.id`);
}
