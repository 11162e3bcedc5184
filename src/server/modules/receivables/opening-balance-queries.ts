/** Reads of opening balances. */
import type { z } from 'zod';
import type { OpeningBalanceView, openingBalanceList } from '../../../contract/payments.ts';
import { formatAmount } from '../../kernel/money.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { COUNT_UP_TO, totalOf } from '../../platform/http/listing.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import { type OpeningBalanceRow, openingBalanceTable } from './receivables-tables.ts';

type View = z.infer<typeof OpeningBalanceView>;
type Row = OpeningBalanceRow & { partner_no: string; partner_name: string; partner_name_en: string | null };

const found = sql`select ${columnsOf(openingBalanceTable, 'b')}, p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en
  from opening_balance b join partner p on p.id = b.partner_id`;

export async function readOpeningBalance(tx: Tx, id: string): Promise<View> {
  const [row] = await tx.query<Row>(sql`${found} where b.id = ${id}`);
  if (row === undefined) throw refuse('opening_balance.not_found');
  return view(row);
}

type ListQuery = z.output<NonNullable<typeof openingBalanceList.query>>;

export async function listOpeningBalances(tx: Tx, query: ListQuery) {
  const cursor = decodeTypedCursor(query.cursor, ['id']);
  const partnerId = query.partnerId ?? null;
  const [rows, counts] = await Promise.all([
    tx.query<Row>(sql`${found}
      where (${partnerId}::uuid is null or b.partner_id = ${partnerId}::uuid) and (${cursor?.[0] ?? null}::uuid is null or b.id < ${cursor?.[0] ?? null}::uuid)
      order by b.id desc limit ${query.limit + 1}`),
    cursor === null
      ? tx.query<{ n: bigint }>(
          sql`select count(*) as n from (select 1 from opening_balance b where ${partnerId}::uuid is null or b.partner_id = ${partnerId}::uuid limit ${COUNT_UP_TO}) c`,
        )
      : [],
  ]);
  return pageOf(rows, query.limit, view, (row) => [row.id], totalOf(counts));
}

const view = (row: Row): View => ({
  id: row.id,
  no: row.no,
  version: row.version,
  partner: { id: row.partner_id, no: row.partner_no, name: row.partner_name, nameEn: row.partner_name_en },
  currency: row.currency,
  amount: formatAmount(row.amount, row.currency),
  postedOn: row.posted_on,
  reference: row.reference,
  paymentId: row.payment_id,
  reversedAt: row.reversed_at?.toISOString() ?? null,
});
