/**
 * The shapes that a grown database follows, from the resellers' orders of db/seed/adventureworks: how many lines an order has (scaled to a
 * mean of five), how unevenly partners order and products sell, how many pieces a line has. As temporary tables of equal slots, so that a
 * hash picks by weight.
 */
import type pg from 'pg';
import { type AwOrder, awOrders } from '../../db/seed/adventureworks/load.ts';

/** Slots of each table; a power of two, so that a hash is cut by a mask. */
export const SLOTS = 8192;
const MEAN_LINES = 5;

/** Values over {@link SLOTS} slots, each as often as its weight says, the rest of the division going to the heaviest. */
export function spread(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const slots: number[] = [];
  let before = 0;
  weights.forEach((weight, value) => {
    before += weight;
    const until = Math.round((before / total) * SLOTS);
    while (slots.length < until) slots.push(value);
  });
  return slots;
}

const heaviestFirst = (counts: Iterable<number>): number[] => [...counts].sort((a, b) => b - a);

function counted(keys: Iterable<string>): number[] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return heaviestFirst(counts.values());
}

export type Shapes = { lines: number[]; qty: number[]; partners: number[]; products: number[] };

/** Lines and pieces are values; partners and products are weights by rank. */
export function shapesOf(orders: readonly AwOrder[]): Shapes {
  const mean = orders.reduce((sum, { lines }) => sum + lines.length, 0) / orders.length;
  const pick = (values: readonly number[]) =>
    Array.from({ length: SLOTS }, (_, slot) => values[Math.floor((slot * values.length) / SLOTS)] ?? 1);
  const scaled = orders.map(({ lines }) => Math.max(1, Math.round((lines.length * MEAN_LINES) / mean)));
  return {
    lines: pick(scaled),
    qty: pick(orders.flatMap(({ lines }) => lines.map(({ quantity }) => quantity))),
    partners: counted(orders.map(({ resellerKey }) => resellerKey)),
    products: counted(orders.flatMap(({ lines }) => lines.map(({ productNumber }) => productNumber))),
  };
}

/** So many ranks with the weights of the sample, stretched or cut to the number that there is. */
const stretched = (weights: readonly number[], count: number): number[] =>
  Array.from({ length: count }, (_, rank) => weights[Math.floor((rank * weights.length) / count)] ?? 1);

type Master = { id: string };

/** Makes shape_lines, shape_qty, shape_partner and shape_product on this connection. Throws when nobody could order anything. */
export async function makeShapes(client: pg.Client): Promise<void> {
  const shapes = shapesOf(awOrders());
  // Every second of a million sorts differently than the id, so that the heavy ones are not neighbours.
  const partners = await client.query<Master>(
    `select p.id from partner p join company c on c.currency = p.currency join credit_account a on a.partner_id = p.id
     where p.state = 'active' order by md5(p.id::text)`,
  );
  const products = await client.query<Master>(
    `select p.id from product p where p.kind = 'stock' and p.is_sellable and exists (select from price_entry e where e.product_id = p.id) order by md5(p.id::text)`,
  );
  if (partners.rows.length === 0 || products.rows.length === 0)
    throw new Error('nothing can grow here: there must be active partners and products with prices first');
  const slots = Array.from({ length: SLOTS }, (_, slot) => slot);
  for (const [table, values] of [
    ['shape_lines', shapes.lines],
    ['shape_qty', shapes.qty],
  ] as const) {
    await client.query(`create temp table ${table} (slot int primary key, value int not null)`);
    await client.query(`insert into ${table} select * from unnest($1::int[], $2::int[])`, [slots, values]);
  }
  const ranked = (rows: readonly Master[], weights: readonly number[]) =>
    spread(stretched(weights, rows.length)).map((rank) => rows[rank]?.id);
  await client.query('create temp table shape_partner (slot int primary key, partner_id uuid not null)');
  await client.query('insert into shape_partner select * from unnest($1::int[], $2::uuid[])', [
    slots,
    ranked(partners.rows, shapes.partners),
  ]);
  await client.query(
    'create temp table shape_product (slot int primary key, product_id uuid not null, name text, unit text, price bigint, rate bigint)',
  );
  await client.query(
    `insert into shape_product
     select s.slot, p.id, p.name, p.unit, e.unit_price, p.tax_rate from unnest($1::int[], $2::uuid[]) as s(slot, id) join product p on p.id = s.id
     cross join lateral (select unit_price from price_entry where product_id = p.id order by min_qty, valid_from desc limit 1) e`,
    [slots, ranked(products.rows, shapes.products)],
  );
  await client.query('analyze shape_lines; analyze shape_qty; analyze shape_partner; analyze shape_product');
}
