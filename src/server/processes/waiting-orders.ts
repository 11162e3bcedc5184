/** Orders that wait for a supply, locked before stock and supply are (the lock order of the house), and their reservations on it. */
import { sql, type Tx } from '../platform/db/database.ts';
import type { CaseColumns } from '../platform/pipeline/policy-book.ts';
import { columnsOf } from '../platform/db/table.ts';
import { type ReservationRow, reservation } from '../modules/orders/index.ts';

export type WaitingOrder = { id: string; no: string; partner_id: string; state: string; version: number } & CaseColumns;

const COLUMNS = sql`id, no, partner_id, state, version, created_at, policy_level, policy_agreement_id`;

/** An order began to wait between our two looks and is busy: the command runs again from its beginning, as after a deadlock. */
class BeganToWait extends Error {
  readonly code = '40001';
}

/**
 * Locks the orders that wait now. `confirm`, called once the supply itself is locked (nobody can begin to wait then), gives the reservations
 * and locks orders that came in between, as far as that needs no waiting.
 */
export async function lockWaitingOrders(
  tx: Tx,
  supplyId: string,
): Promise<{ byId: Map<string, WaitingOrder>; confirm(): Promise<ReservationRow[]> }> {
  const locked = await tx.query<WaitingOrder>(sql`
    select ${COLUMNS} from sales_order
    where id in (select order_id from reservation where supply_id = ${supplyId}) order by id for update`);
  const byId = new Map(locked.map((row) => [row.id, row]));
  return {
    byId,
    async confirm() {
      const rows = await tx.query<ReservationRow>(
        sql`select ${columnsOf(reservation)} from reservation where supply_id = ${supplyId} order by id`,
      );
      const missing = [...new Set(rows.map(({ order_id }) => order_id))].filter((id) => !byId.has(id));
      if (missing.length === 0) return rows;
      const late = await tx.query<WaitingOrder>(sql`
        select ${COLUMNS} from sales_order where id = any(${missing}::uuid[]) order by id for update skip locked`);
      for (const row of late) byId.set(row.id, row);
      if (late.length < missing.length) throw new BeganToWait('an order began to wait for the supply');
      return rows;
    },
  };
}
