/** Goods are planned to come: a production run, a purchase, a transfer. Promises may rest on them from now on. Source: R4.2, R5.1. */
import type { SUPPLY_KINDS } from '../../../../contract/stock.ts';
import { bizDateOf } from '../../../kernel/biz-date.ts';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db/database.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import { requirePlannable } from '../goods.ts';
import { type SupplyTableRow, supplyTable } from '../stock-tables.ts';
import { requireFuture, supplyEvent } from '../supplies.ts';
import { readSupply } from '../supply-queries.ts';

export type PlanSupply = {
  kind: (typeof SUPPLY_KINDS)[number];
  productId: string;
  warehouseId: string;
  qty: bigint;
  expectedOn: string;
  note: string | null;
  /** The order that asked for it. */
  orderId?: string;
};

/** Puts goods on the plan. Refuses days that are past, and what is no goods of a warehouse in use. */
export async function addSupply(
  { tx, command: { now }, env, emit }: Context<unknown>,
  input: PlanSupply,
): Promise<SupplyTableRow> {
  requireFuture(input.expectedOn, now, env);
  await requirePlannable(tx, input.kind, input.productId, input.warehouseId, input.qty);
  const year = bizDateOf(now, env.company.timeZone).slice(0, 4);
  const numbers = await tx.query<{ no: string }>(
    sql`select 'SU-' || ${year}::text || '-' || to_char(nextval('supply_no'), 'FM999999999000000') as no`,
  );
  const supply = {
    id: newId(now),
    no: numbers[0]?.no ?? '',
    kind: input.kind,
    product_id: input.productId,
    warehouse_id: input.warehouseId,
    expected_on: input.expectedOn,
    qty: input.qty,
    received_qty: 0n,
    reserved_qty: 0n,
    state: 'open',
    note: input.note,
    order_id: input.orderId ?? null,
    version: 1,
    created_at: now,
  };
  await insertRows(tx, supplyTable, [supply]);
  emit(supplyEvent(supply, 'supply.planned', { kind: supply.kind }));
  return supply;
}

export const planSupply = defineCommand<PlanSupply>({
  name: 'supply.create',
  refuses: [
    'product.not_found',
    'warehouse.not_found',
    'stock.not_goods',
    'stock.not_by_capacity',
    'stock.qty_whole',
    'supply.past_date',
  ],
  async run(context, input) {
    const { tx, command, env } = context;
    const supply = await addSupply(context, input);
    const { now, actor } = command;
    return { status: 201, body: await readSupply(tx, supply.id, { now, env, actor }), etag: supply.version };
  },
});
