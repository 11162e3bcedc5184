/** What orders meet that they do not lock: holds against partners, purchase order numbers in use, and, for new orders, stock and supplies. One statement. */
import { sql, type Tx } from '../../platform/db/database.ts';
import { type Cells, hanging } from '../../platform/db/hanging.ts';
import type { StockRow, SupplyRow } from '../inventory/promise-rules.ts';
import type { PoTaken } from './order-own.ts';
import { type HoldRow, hold } from './order-tables.ts';

export type Met = { holds: HoldRow[]; taken: PoTaken[]; stock: StockRow[]; supplies: SupplyRow[] };
export type Wanted = {
  partnerIds: readonly string[];
  pos: readonly { partnerId: string; poNo: string }[];
  productIds: readonly string[];
};

/** `o` holds what is asked for. */
const PARTS = {
  holds: hanging<HoldRow>(
    hold.columns,
    sql`hold x where x.order_id is null and x.released_at is null and x.partner_id = any(o.partners)`,
    sql`x.id`,
  ),
  taken: hanging<PoTaken>(
    { partner_id: 'uuid', po_no: 'text', order_id: 'uuid' },
    sql`(select t.partner_id, t.po_no, t.order_id from unnest(o.po_partners, o.po_nos) as w(partner_id, po_no)
      join partner_po t on t.partner_id = w.partner_id and t.po_no = w.po_no) x`,
    sql`x.po_no`,
  ),
  stock: hanging<StockRow>(
    { product_id: 'uuid', warehouse_id: 'uuid', on_hand_qty: 'bigint', reserved_qty: 'bigint' },
    sql`stock x where x.product_id = any(o.goods)`,
    sql`x.product_id, x.warehouse_id`,
  ),
  supplies: hanging<SupplyRow>(
    {
      id: 'uuid',
      no: 'text',
      kind: 'text',
      product_id: 'uuid',
      warehouse_id: 'uuid',
      expected_on: 'date',
      open_qty: 'bigint',
      reserved_qty: 'bigint',
    },
    sql`(select id, no, kind, product_id, warehouse_id, expected_on, qty - received_qty as open_qty, reserved_qty from supply
      where state = 'open' and product_id = any(o.goods)) x`,
    sql`x.id`,
  ),
};

export async function readMet(tx: Tx, { partnerIds, pos, productIds }: Wanted): Promise<Met> {
  if (partnerIds.length + pos.length + productIds.length === 0)
    return { holds: [], taken: [], stock: [], supplies: [] };
  const [found] = await tx.query<Record<keyof typeof PARTS, Cells>>(sql`
    select ${PARTS.holds.value} as holds, ${PARTS.taken.value} as taken, ${PARTS.stock.value} as stock, ${PARTS.supplies.value} as supplies
    from (select ${partnerIds}::uuid[] as partners, ${pos.map(({ partnerId }) => partnerId)}::uuid[] as po_partners,
      ${pos.map(({ poNo }) => poNo)}::text[] as po_nos, ${productIds}::uuid[] as goods) o`);
  return {
    holds: PARTS.holds.rows(found?.holds ?? null),
    taken: PARTS.taken.rows(found?.taken ?? null),
    stock: PARTS.stock.rows(found?.stock ?? null),
    supplies: PARTS.supplies.rows(found?.supplies ?? null),
  };
}
