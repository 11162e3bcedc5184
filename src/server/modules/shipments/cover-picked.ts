/**
 * Goods that are picked must stay reserved where they lie. When part of a line is given up, whoever gave reservations back did not look at
 * warehouses: here the line's other reservations, which nobody has picked, make up for it. Pure, and its saving.
 */
import { newId } from '../../kernel/ids.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { deleteRows, insertRows, updateRows } from '../../platform/db/table.ts';
import { type ReservationRow, reservation } from '../orders/index.ts';

/** Picked and not shipped, of a line in a warehouse. */
export type Picked = { order_id: string; line_no: number; warehouse_id: string; qty: bigint };
export type Cover = { changed: ReservationRow[]; made: ReservationRow[] };

/** Moves reserved quantity to where picked goods lack it; rows of `reservations` that give are changed in place. */
export function coverPicked(reservations: ReservationRow[], picked: readonly Picked[], now: Date): Cover {
  const changed = new Set<ReservationRow>();
  const made: ReservationRow[] = [];
  for (const need of picked) {
    const ofLine = reservations.filter((row) => row.order_id === need.order_id && row.line_no === need.line_no);
    const here = (warehouse: string) =>
      ofLine
        .filter((row) => row.supply_id === null && row.warehouse_id === warehouse)
        .reduce((sum, { qty }) => sum + qty, 0n);
    const pickedIn = (warehouse: string) =>
      picked.find(
        (each) => each.order_id === need.order_id && each.line_no === need.line_no && each.warehouse_id === warehouse,
      )?.qty ?? 0n;
    let lacking = need.qty - here(need.warehouse_id);
    for (const donor of ofLine) {
      if (lacking <= 0n) break;
      if (donor.supply_id === null && donor.warehouse_id === need.warehouse_id) continue;
      const spare = donor.supply_id !== null ? donor.qty : here(donor.warehouse_id) - pickedIn(donor.warehouse_id);
      const part = [spare, donor.qty, lacking].reduce((least, qty) => (qty < least ? qty : least));
      if (part <= 0n) continue;
      donor.qty -= part;
      changed.add(donor);
      made.push({ ...donor, id: newId(now), warehouse_id: need.warehouse_id, supply_id: null, qty: part });
      lacking -= part;
    }
  }
  reservations.push(...made);
  return { changed: [...changed], made };
}

/** Writes the moves with the stock and supply rows they concern. The stock rows of the product must be locked by the caller. */
export async function saveCover(tx: Tx, before: ReadonlyMap<string, bigint>, { changed, made }: Cover): Promise<void> {
  if (made.length === 0) return;
  const given = changed.map((row) => ({ row, qty: (before.get(row.id) ?? 0n) - row.qty }));
  const places = [
    ...given.filter(({ row }) => row.supply_id === null).map(({ row, qty }) => ({ row, qty: -qty })),
    ...made.map((row) => ({ row, qty: row.qty })),
  ];
  const supplies = given.filter(({ row }) => row.supply_id !== null);
  await Promise.all([
    deleteRows(
      tx,
      reservation,
      changed.filter(({ qty }) => qty === 0n),
    ),
    updateRows(
      tx,
      reservation,
      ['qty'],
      changed.filter(({ qty }) => qty > 0n),
    ),
    insertRows(tx, reservation, made),
    tx.run(sql`
      update stock s set reserved_qty = s.reserved_qty + u.qty
      from (select product_id, warehouse_id, sum(qty)::bigint as qty from unnest(${places.map(({ row }) => row.product_id)}::uuid[], ${places.map(({ row }) => row.warehouse_id)}::uuid[], ${places.map(({ qty }) => qty)}::bigint[])
        as x(product_id, warehouse_id, qty) group by 1, 2) u
      where s.product_id = u.product_id and s.warehouse_id = u.warehouse_id`),
    tx.run(sql`
      update supply s set reserved_qty = s.reserved_qty - u.qty
      from (select id, sum(qty)::bigint as qty from unnest(${supplies.map(({ row }) => row.supply_id)}::uuid[], ${supplies.map(({ qty }) => qty)}::bigint[]) as x(id, qty) group by 1) u
      where s.id = u.id`),
  ]);
}
