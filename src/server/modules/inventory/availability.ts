/** What can be promised of a product, by warehouse and date. Partners learn days only. Source: R4.2. */
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import {
  type GoodsColumns,
  goodsColumns,
  isGoods,
  type PlaceColumns,
  placeColumns,
  productView,
  warehouseView,
} from './goods.ts';

/** A source of goods: what lies free in a warehouse (no supply), or what a supply brings that nobody has reserved. */
export type Source = { warehouseId: string; supplyId: string | null; on: string; free: bigint };
export type Step = Source & { cumulative: bigint };

/**
 * Sources in the order of their days, each with what its warehouse can give in all by then. A supply that is overdue counts for today at
 * the earliest; sources that give nothing are left out.
 */
export function availabilitySteps(sources: readonly Source[], today: string): Step[] {
  const soFar = new Map<string, bigint>();
  return sources
    .filter(({ free }) => free > 0n)
    .map((source) => ({ ...source, on: source.on > today ? source.on : today }))
    .sort((a, b) => compare(a.on, b.on) || compare(a.supplyId ?? '', b.supplyId ?? ''))
    .map((source) => {
      const cumulative = (soFar.get(source.warehouseId) ?? 0n) + source.free;
      soFar.set(source.warehouseId, cumulative);
      return { ...source, cumulative };
    });
}

/** The first day on which all warehouses together, and one alone, can give the quantity; null when what is known does not cover it. */
export function promiseDays(
  steps: readonly Step[],
  qty: bigint,
): { on: string | null; onInOneWarehouse: string | null } {
  let together = 0n;
  let on: string | null = null;
  for (const step of steps) {
    together += step.free;
    if (together >= qty) {
      on = step.on;
      break;
    }
  }
  return { on, onInOneWarehouse: steps.find(({ cumulative }) => cumulative >= qty)?.on ?? null };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

type SourceColumns = PlaceColumns & { supply_id: string | null; expected_on: string | null; free: bigint };

/** The answer of the operation. Refuses product.not_found and warehouse.not_found. Services and freight need no stock: today. */
export async function readAvailability(
  tx: Tx,
  input: { productId: string; qty: bigint; warehouseId: string | undefined; today: string; actor: Actor },
) {
  const warehouse = input.warehouseId ?? null;
  const [products, places, sources] = await Promise.all([
    tx.query<GoodsColumns & { kind: string; by_capacity: boolean }>(
      sql`select p.kind, p.by_capacity, ${goodsColumns} from product p where p.id = ${input.productId}`,
    ),
    tx.query<PlaceColumns>(
      sql`select ${placeColumns} from warehouse w where w.is_active and (${warehouse}::uuid is null or w.id = ${warehouse})`,
    ),
    tx.query<SourceColumns>(sql`
      select ${placeColumns}, null::uuid as supply_id, null::date as expected_on, s.on_hand_qty - s.reserved_qty as free
      from stock s join warehouse w on w.id = s.warehouse_id and w.is_active
      where s.product_id = ${input.productId} and (${warehouse}::uuid is null or w.id = ${warehouse})
      union all
      select ${placeColumns}, s.id, s.expected_on, s.qty - s.received_qty - s.reserved_qty
      from supply s join warehouse w on w.id = s.warehouse_id and w.is_active
      where s.state = 'open' and s.product_id = ${input.productId} and (${warehouse}::uuid is null or w.id = ${warehouse})`),
  ]);
  const product = products[0];
  if (product === undefined) throw refuse('product.not_found', undefined, 'productId');
  if (places.length === 0 && input.warehouseId !== undefined)
    throw refuse('warehouse.not_found', undefined, 'warehouseId');
  // Capacity of days that are over serves nobody.
  const usable = product.by_capacity
    ? sources.filter(({ expected_on }) => expected_on !== null && expected_on >= input.today)
    : sources;
  const steps = availabilitySteps(
    usable.map((row) => ({
      warehouseId: row.warehouse_id,
      supplyId: row.supply_id,
      on: row.expected_on ?? '',
      free: row.free,
    })),
    input.today,
  );
  const limited = isGoods(product.kind) || product.by_capacity;
  const days = limited ? promiseDays(steps, input.qty) : { on: input.today, onInOneWarehouse: input.today };
  const view = { product: productView(product), asOf: input.today, promise: { qty: formatQty(input.qty), ...days } };
  if (input.actor.partnerId !== null) return view;
  const byId = new Map(places.map((row) => [row.warehouse_id, warehouseView(row)]));
  const rows = steps.flatMap((step) => {
    const place = byId.get(step.warehouseId);
    if (place === undefined) return [];
    const source: 'stock' | 'supply' = step.supplyId === null ? 'stock' : 'supply';
    return [
      {
        warehouse: place,
        source,
        supplyId: step.supplyId,
        on: step.on,
        freeQty: formatQty(step.free),
        cumulativeQty: formatQty(step.cumulative),
      },
    ];
  });
  return { ...view, rows };
}
