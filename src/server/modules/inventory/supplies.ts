/** Supplies: goods that will come. Rules shared by their commands. Source: R5.1. */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import type { Command, Env, NewEvent } from '../../platform/pipeline/types.ts';
import { requireVersion } from '../../platform/pipeline/version.ts';
import { type SupplyTableRow, supplyTable } from './stock-tables.ts';

export const openQty = (supply: { qty: bigint; received_qty: bigint }): bigint => supply.qty - supply.received_qty;

/** An event of a supply, at the version that its row carries. */
export const supplyEvent = (supply: SupplyTableRow, type: string, payload: Record<string, unknown> = {}): NewEvent => ({
  documentType: 'supply',
  documentId: supply.id,
  documentNo: supply.no,
  version: supply.version,
  type,
  partnerId: null,
  payload: {
    productId: supply.product_id,
    warehouseId: supply.warehouse_id,
    expectedOn: supply.expected_on,
    qty: formatQty(supply.qty),
    receivedQty: formatQty(supply.received_qty),
    ...payload,
  },
});

/** The supply, locked, at the version that the caller has seen, and open. Refuses supply.not_found, request.version_stale, supply.wrong_state. */
export async function lockOpenSupply(tx: Tx, command: Command<unknown>, id: string): Promise<SupplyTableRow> {
  const rows = await tx.query<SupplyTableRow>(
    sql`select ${columnsOf(supplyTable)} from supply where id = ${id} for update`,
  );
  const supply = rows[0];
  if (supply === undefined) throw refuse('supply.not_found');
  requireVersion(command, supply);
  if (supply.state !== 'open') throw refuse('supply.wrong_state', { state: supply.state });
  return supply;
}

/** Refuses supply.past_date for a day before today in the company's zone. */
export function requireFuture(expectedOn: string, now: Date, env: Env): void {
  if (expectedOn < bizDateOf(now, env.company.timeZone)) throw refuse('supply.past_date', undefined, 'expectedOn');
}
