/**
 * Whether the replayed orders add up to the source, to the cent. The source's side is summed here from the text of the files and shares
 * nothing with the loaders; the product's side is one statement over the orders in effect.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { type Statement, sql } from '../../../src/server/platform/db/database.ts';

export const GROUPINGS = ['partner', 'territory', 'salesperson', 'month', 'year', 'all'] as const;
export type Grouping = (typeof GROUPINGS)[number];
/** Cents. */
export type Sum = { orders: number; lines: number; quantity: bigint; sales: bigint };
export type Totals = Record<Grouping, Map<string, Sum>>;
export type TotalsDifference = { grouping: Grouping; key: string; source: Sum | null; product: Sum | null };

type Fact = {
  order: string;
  partner: string;
  territory: string;
  salesperson: string;
  on: string;
  qty: bigint;
  cents: bigint;
};

const empty = (): Totals => ({
  partner: new Map(),
  territory: new Map(),
  salesperson: new Map(),
  month: new Map(),
  year: new Map(),
  all: new Map(),
});

/** Sums of the source. `orderNumbers`: only these orders. */
export function sourceTotals(orderNumbers?: ReadonlySet<string>): Totals {
  const read = (name: string): Record<string, string>[] => {
    const raw = readFileSync(new URL(`./data/${name}`, import.meta.url));
    return parse(name.endsWith('.gz') ? gunzipSync(raw) : raw, { columns: true }) as Record<string, string>[];
  };
  const regions = new Map(read('territories.csv').map((row) => [row['territory_key'], row['region']]));
  const people = new Map(read('salespersons.csv').map((row) => [row['employee_key'], row['upn']]));
  const totals = empty();
  const seen = new Set<string>();
  for (const row of read('reseller_sales.csv.gz')) {
    const order = row['sales_order_number'] ?? '';
    if (orderNumbers !== undefined && !orderNumbers.has(order)) continue;
    add(totals, seen, {
      order,
      partner: row['reseller_key'] ?? '',
      territory: regions.get(row['territory_key']) ?? '?',
      salesperson: people.get(row['employee_key']) ?? '?',
      on: row['order_date'] ?? '',
      qty: BigInt(row['quantity'] ?? '0'),
      cents: centsOf(row['sales'] ?? ''),
    });
  }
  return totals;
}

function centsOf(text: string): bigint {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) throw new Error(`not an amount of cents: ${text}`);
  return BigInt(match[1] ?? '0') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
}

function add(totals: Totals, seen: Set<string>, fact: Fact): void {
  const isFirst = !seen.has(fact.order);
  seen.add(fact.order);
  const keys: Record<Grouping, string> = {
    partner: fact.partner,
    territory: fact.territory,
    salesperson: fact.salesperson,
    month: fact.on.slice(0, 7),
    year: fact.on.slice(0, 4),
    all: 'all',
  };
  for (const grouping of GROUPINGS) {
    const known = totals[grouping].get(keys[grouping]) ?? { orders: 0, lines: 0, quantity: 0n, sales: 0n };
    totals[grouping].set(keys[grouping], {
      orders: known.orders + (isFirst ? 1 : 0),
      lines: known.lines + 1,
      quantity: known.quantity + fact.qty,
      sales: known.sales + fact.cents,
    });
  }
}

type GroupRow = Record<Grouping, string | null> & { orders: bigint; lines: bigint; quantity: bigint; sales: bigint };
export type Query = <Row>(statement: Statement) => Promise<Row[]>;

/** Sums of the orders in effect and completed, by what stands on them: partner, its territory, who entered them, the day of their prices. */
export async function productTotals(query: Query): Promise<Totals> {
  const rows = await query<GroupRow>(sql`
    with line as (
      select order_id, count(*) as lines, sum(qty) as qty, sum(gross_amount) as gross from order_line group by order_id
    ), fact as (
      select o.id, p.source_ref as partner, coalesce(p.territory, '?') as territory, u.login as salesperson,
        to_char(o.pricing_on, 'YYYY-MM') as month, to_char(o.pricing_on, 'YYYY') as year, 'all' as "all",
        o.gross_amount, l.lines, l.qty
      from sales_order o join partner p on p.id = o.partner_id join app_user u on u.id = o.created_by join line l on l.order_id = o.id
      where o.state in ('in_effect', 'completed') and o.gross_amount = l.gross and o.effective_at is not null
    )
    select partner, territory, salesperson, month, year, "all", count(*) as orders, sum(lines)::bigint as lines,
      (sum(qty) / 10000)::bigint as quantity, sum(gross_amount)::bigint as sales
    from fact group by grouping sets ((partner), (territory), (salesperson), (month), (year), ("all"))`);
  const totals = empty();
  for (const row of rows) {
    const { orders, lines, quantity, sales } = row;
    for (const grouping of GROUPINGS) {
      const key = row[grouping];
      if (key !== null) totals[grouping].set(key, { orders: Number(orders), lines: Number(lines), quantity, sales });
    }
  }
  return totals;
}

/** Every group in which the two differ. */
export function totalsDifferences(source: Totals, product: Totals): TotalsDifference[] {
  return GROUPINGS.flatMap((grouping) =>
    [...new Set([...source[grouping].keys(), ...product[grouping].keys()])].sort().flatMap((key) => {
      const [wanted = null, found = null] = [source[grouping].get(key), product[grouping].get(key)];
      return wanted !== null && found !== null && sameSum(wanted, found)
        ? []
        : [{ grouping, key, source: wanted, product: found }];
    }),
  );
}

const sameSum = (a: Sum, b: Sum): boolean =>
  a.orders === b.orders && a.lines === b.lines && a.quantity === b.quantity && a.sales === b.sales;

type Priced = { lines: number; listed: bigint; ordered: bigint };
/** Cents: all lines as the lists price them and as they were ordered, and of these the lines that deviate. */
export async function pricedSums(query: Query): Promise<Priced & { deviating: Priced }> {
  const rows = await query<{ deviates: boolean; lines: bigint; listed: bigint; ordered: bigint }>(sql`
    select l.unit_price <> l.agreed_price as deviates, count(*) as lines, sum(round(l.qty::numeric * l.agreed_price / 100000000))::bigint as listed,
      sum(l.gross_amount)::bigint as ordered
    from order_line l join sales_order o on o.id = l.order_id
    where o.state in ('in_effect', 'completed') group by 1`);
  const sum = (some: typeof rows): Priced =>
    some.reduce(
      (all, row) => ({
        lines: all.lines + Number(row.lines),
        listed: all.listed + row.listed,
        ordered: all.ordered + row.ordered,
      }),
      { lines: 0, listed: 0n, ordered: 0n },
    );
  return { ...sum(rows), deviating: sum(rows.filter(({ deviates }) => deviates)) };
}
