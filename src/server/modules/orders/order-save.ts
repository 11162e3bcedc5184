/**
 * Writes what decisions have changed, for all orders of a batch together. What an order was before and is after says everything: rows to
 * insert, change and delete, and the movement of stock, supplies and credit that follows from its reservations and its held amount.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../platform/db/database.ts';
import {
  addToRows,
  defineTable,
  deleteRows,
  insertRows,
  type RowOf,
  type Table,
  updateRows,
} from '../../platform/db/table.ts';
import { useOfPromotions } from './order-price-rules.ts';
import {
  discrepancy,
  hold,
  inquiryDifference,
  ORDER_CHANGING,
  type Order,
  orderLine,
  orderRevision,
  orderRound,
  partnerPo,
  type ReservationRow,
  type RevisionRow,
  type RoundSeen,
  reservation,
  salesOrder,
} from './order-tables.ts';
import type { Whole } from './order-whole.ts';

export type OrderChange = {
  before: Order | null;
  after: Order;
  /** An order that was there before, as its readers see it after this change; null for a new one. */
  seen: Whole | null;
  revisions: RevisionRow[];
};

const ROUND_CHANGING = Object.keys(orderRound.columns).filter(
  (column): column is Exclude<keyof RoundSeen, 'order_id' | 'round'> =>
    !['order_id', 'round', 'content'].includes(column),
);

// Other modules own these tables; what an order promises moves these columns in the same transaction.
const stockReserved = defineTable('stock', ['product_id', 'warehouse_id'], {
  product_id: 'uuid',
  warehouse_id: 'uuid',
  reserved_qty: 'bigint',
});
const supplyReserved = defineTable('supply', ['id'], { id: 'uuid', reserved_qty: 'bigint' });
const promotionUsed = defineTable('promotion', ['id'], { id: 'uuid', used_qty: 'bigint' });
const creditHeld = defineTable('credit_account', ['partner_id'], { partner_id: 'uuid', held_amount: 'bigint' });

export async function saveOrders(tx: Tx, changes: readonly OrderChange[]): Promise<void> {
  const folded = fold(changes);
  const created = folded.filter(({ before }) => before === null);
  const changed = folded.filter(({ before }) => before !== null);
  const reservations = difference(
    folded,
    (order) => order.reservations,
    (row) => row.id,
  );
  const lines = difference(
    folded,
    (order) => order.lines,
    (row) => `${row.order_id} ${row.line_no}`,
  );
  // A round is never taken away, and what was sent stays as it was sent.
  const rounds = difference(
    folded,
    (order) => order.rounds,
    (row) => `${row.order_id} ${row.round}`,
  );
  const pos = difference(folded, poOf, (row) => `${row.partner_id} ${row.po_no} ${row.order_id}`);
  // Issued one after the other without waiting: they travel in one flight and run in this order.
  await Promise.all([
    deleteRows(tx, reservation, reservations.removed),
    deleteRows(tx, partnerPo, pos.removed),
    insertRows(
      tx,
      salesOrder,
      created.map(({ after }) => after.row),
    ),
    updateRows(
      tx,
      salesOrder,
      ORDER_CHANGING,
      changed.map(({ after }) => after.row),
    ),
    insertRows(tx, partnerPo, pos.added),
    deleteRows(tx, orderLine, lines.removed),
    replaceColumns(tx, orderLine, lines.changed),
    insertRows(tx, orderLine, lines.added),
    addToRows(tx, stockReserved, ['reserved_qty'], stockDeltas(reservations)),
    addToRows(tx, supplyReserved, ['reserved_qty'], supplyDeltas(reservations)),
    replaceColumns(tx, reservation, reservations.changed),
    insertRows(tx, reservation, reservations.added),
    addToRows(tx, creditHeld, ['held_amount'], creditDeltas(folded)),
    addToRows(tx, promotionUsed, ['used_qty'], promotionDeltas(folded)),
    ...writeDifference(
      tx,
      discrepancy,
      difference(
        folded,
        (order) => order.discrepancies,
        (row) => row.id,
      ),
    ),
    ...writeDifference(
      tx,
      inquiryDifference,
      difference(
        folded,
        (order) => order.differences,
        (row) => `${row.order_id} ${row.key}`,
      ),
    ),
    updateRows(tx, orderRound, ROUND_CHANGING, rounds.changed),
    insertRows(
      tx,
      orderRound,
      rounds.added.map((row) => ({ ...row, content: row.content })),
    ),
    ...writeDifference(
      tx,
      hold,
      difference(
        folded,
        (order) => order.holds,
        (row) => row.id,
      ),
    ),
    insertRows(
      tx,
      orderRevision,
      folded.flatMap(({ revisions }) => revisions),
    ),
  ]);
}

/** Two changes of one order in one batch become one: first before, last after. */
function fold(changes: readonly OrderChange[]): OrderChange[] {
  const byOrder = new Map<string, OrderChange>();
  for (const change of changes) {
    const earlier = byOrder.get(change.after.row.id);
    byOrder.set(
      change.after.row.id,
      earlier === undefined
        ? change
        : { ...change, before: earlier.before, revisions: [...earlier.revisions, ...change.revisions] },
    );
  }
  return [...byOrder.values()];
}

type Difference<R> = { added: R[]; removed: R[]; changed: R[]; pairs: { before: R | null; after: R | null }[] };

/** Rows are never changed in place: the same object is the same row. One that was made anew and says the same is not written again. */
function difference<R extends object>(
  changes: readonly OrderChange[],
  rowsOf: (order: Order) => readonly R[],
  keyOf: (row: R) => string,
): Difference<R> {
  const result: Difference<R> = { added: [], removed: [], changed: [], pairs: [] };
  for (const { before, after } of changes) {
    const old = new Map((before === null ? [] : rowsOf(before)).map((row) => [keyOf(row), row]));
    for (const row of rowsOf(after)) {
      const was = old.get(keyOf(row));
      old.delete(keyOf(row));
      if (was === row || (was !== undefined && saysTheSame(was, row))) continue;
      if (was === undefined) result.added.push(row);
      else result.changed.push(row);
      result.pairs.push({ before: was ?? null, after: row });
    }
    for (const row of old.values()) {
      result.removed.push(row);
      result.pairs.push({ before: row, after: null });
    }
  }
  return result;
}

function saysTheSame<R extends object>(was: R, row: R): boolean {
  for (const column in row) {
    const [before, now] = [was[column], row[column]];
    if (before !== now && !(typeof now === 'object' && isDeepStrictEqual(before, now))) return false;
  }
  return true;
}

const poOf = (order: Order) =>
  order.row.po_no === null || order.row.state === 'cancelled'
    ? []
    : [{ partner_id: order.row.partner_id, po_no: order.row.po_no, order_id: order.row.id }];

function writeDifference<T extends Table>(tx: Tx, table: T, rows: Difference<RowOf<T>>): Promise<number>[] {
  return [
    deleteRows(tx, table, rows.removed as Partial<RowOf<T>>[]),
    replaceColumns(tx, table, rows.changed),
    insertRows(tx, table, rows.added),
  ];
}

async function replaceColumns<T extends Table>(tx: Tx, table: T, rows: readonly RowOf<T>[]): Promise<number> {
  if (rows.length === 0) return 0;
  const columns = Object.keys(table.columns).filter((column) => !table.key.includes(column)) as (keyof RowOf<T> &
    string)[];
  return updateRows(tx, table, columns, rows as readonly Partial<RowOf<T>>[]);
}

function sumBy<R, K>(rows: readonly { key: string; of: R; add: bigint }[], make: (of: R, sum: bigint) => K): K[] {
  const sums = new Map<string, { of: R; sum: bigint }>();
  for (const { key, of, add } of rows) {
    const known = sums.get(key);
    if (known === undefined) sums.set(key, { of, sum: add });
    else known.sum += add;
  }
  return [...sums.entries()]
    .filter(([, { sum }]) => sum !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { of, sum }]) => make(of, sum));
}

const signed = ({ pairs }: Difference<ReservationRow>) =>
  pairs.flatMap(({ before, after }) => [
    ...(before === null ? [] : [{ row: before, add: -before.qty }]),
    ...(after === null ? [] : [{ row: after, add: after.qty }]),
  ]);

const stockDeltas = (reservations: Difference<ReservationRow>) =>
  sumBy(
    signed(reservations)
      .filter(({ row }) => row.supply_id === null)
      .map(({ row, add }) => ({ key: `${row.product_id} ${row.warehouse_id}`, of: row, add })),
    (row, sum) => ({ product_id: row.product_id, warehouse_id: row.warehouse_id, reserved_qty: sum }),
  );

const supplyDeltas = (reservations: Difference<ReservationRow>) =>
  sumBy(
    signed(reservations).flatMap(({ row, add }) =>
      row.supply_id === null ? [] : [{ key: row.supply_id, of: row.supply_id, add }],
    ),
    (id, sum) => ({ id, reserved_qty: sum }),
  );

const promotionDeltas = (changes: readonly OrderChange[]) =>
  sumBy(
    changes.flatMap(({ before, after }) =>
      useOfPromotions(before, after).map(({ id, add }) => ({ key: id, of: id, add })),
    ),
    (id, sum) => ({ id, used_qty: sum }),
  );

const creditDeltas = (changes: readonly OrderChange[]) =>
  sumBy(
    changes.map(({ before, after }) => ({
      key: after.row.partner_id,
      of: after.row.partner_id,
      add: after.row.held_amount - (before?.row.held_amount ?? 0n),
    })),
    (partner_id, sum) => ({ partner_id, held_amount: sum }),
  );
