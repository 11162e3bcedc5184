/** A part of the AdventureWorks sample through the product, against sums of the source that know nothing of the product. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/cluster.ts';
import { createApp, type RunningApp } from '../../src/server/app.ts';
import { systemClock } from '../../src/server/kernel/clock.ts';
import { COMPANY, sql } from '../../src/server/platform/db/database.ts';
import { databaseViolations } from '../../src/server/platform/invariants/index.ts';
import { pricedSums, productTotals, sourceTotals, totalsDifferences } from './adventureworks/compare-totals.ts';
import { AW_CONTROL } from './adventureworks/load.ts';
import { isSampled } from './adventureworks/replay-orders.ts';
import { entriesByProduct, ruledPrices } from './adventureworks/rules.ts';
import { type Replayed, replay } from './run-replay.ts';

const FIRST = 150;
/** The first orders that deviate from the list are among these. */
const SKIP = 560;
const SAMPLE = 15;
let database: TestDatabase;
let running: RunningApp;
let replayed: Replayed;

const query = <Row>(statement: { text: string; values: readonly unknown[] }) =>
  running.services.database.read(COMPANY, (tx) => tx.query<Row>(statement));
const source = () => sourceTotals(new Set(replayed.orders.map(({ orderNumber }) => orderNumber)));

beforeAll(async () => {
  database = await testDatabase();
  running = await createApp({ databaseUrl: database.appUrl, clock: systemClock, demo: false });
  replayed = await replay(running.services, { first: FIRST, skip: SKIP, sample: SAMPLE });
}, 180_000);
afterAll(async () => {
  await running.close();
  await database.drop();
});

describe('replay of the first orders', () => {
  it('R3.3 the source as summed for the comparison is the published one', () => {
    const all = sourceTotals().all.get('all');
    expect(all).toEqual({
      orders: AW_CONTROL.orders,
      lines: AW_CONTROL.lines,
      quantity: BigInt(AW_CONTROL.quantity),
      sales: BigInt(AW_CONTROL.sales.replace('.', '')),
    });
  });

  it('R4.1 totals per partner, territory, salesperson, month and year equal the source to the cent', async () => {
    const product = await productTotals(query);
    expect(totalsDifferences(source(), product)).toEqual([]);
    expect(product.all.get('all')?.orders).toBe(FIRST);
  });

  it('R4.1 the list prices what it explains; every other line is a deviation from it, approved by a second person, agreed and ordered value on record', async () => {
    const entries = entriesByProduct();
    const deviating = replayed.orders.flatMap((order) => {
      const ruled = ruledPrices(entries, order);
      return order.lines.flatMap(({ unitPrice, quantity }, i) =>
        ruled[i] === unitPrice ? [] : [{ agreed: ruled[i], ordered: unitPrice, quantity }],
      );
    });
    expect(deviating.length).toBeGreaterThan(20);
    const found = await query<{ agreed: string; ordered: string; quantity: bigint }>(sql`
      select d.agreed, d.ordered, (l.qty / 10000)::int8 as quantity from discrepancy d
      join order_line l on l.order_id = d.order_id and l.line_no = d.line_no
      where d.kind = 'price' and d.state = 'approved' and d.settled_by <> d.raised_by`);
    const texts = (
      rows: readonly { agreed: string | null | undefined; ordered: string; quantity: number | bigint }[],
    ) => rows.map(({ agreed, ordered, quantity }) => `${agreed} ${ordered} ${quantity}`).sort();
    expect(texts(found)).toEqual(texts(deviating));
    expect(await query(sql`select 1 from discrepancy where kind <> 'price' or state <> 'approved'`)).toEqual([]);
    const sums = await pricedSums(query);
    const [whole] = [...source().all.values()];
    expect(sums.ordered).toBe(whole?.sales);
    expect(sums.listed - sums.ordered).toBe(sums.deviating.listed - sums.deviating.ordered);
    expect(sums.deviating.lines).toBe(deviating.length);
  });

  it('P5 one cent more on one order is seen in every grouping', async () => {
    const wanted = source();
    const [partner] = [...wanted.partner.keys()];
    for (const grouping of [wanted.partner, wanted.territory, wanted.salesperson, wanted.month, wanted.year]) {
      const [key = '', sum] = [...grouping][0] ?? [];
      if (sum !== undefined) grouping.set(key, { ...sum, sales: sum.sales + 1n });
    }
    const found = totalsDifferences(wanted, await productTotals(query));
    expect(found.map(({ grouping }) => grouping)).toEqual(['partner', 'territory', 'salesperson', 'month', 'year']);
    expect(found[0]?.key).toBe(partner);
  });

  it('R4.3 every order is in effect with its frozen version and its plan, and every line keeps the key of the source', async () => {
    const [row] = await query<Record<string, bigint>>(sql`
      select count(*) filter (where o.effective_at is not null and r.order_id is not null) as in_effect,
        (select count(*) from order_line where source_ref is not null) as with_source,
        (select count(*) from order_line) as lines,
        (select count(distinct order_id) from payment_plan_item) as plans,
        (select count(*) from event where type = 'order.took_effect') as events
      from sales_order o left join order_revision r on r.order_id = o.id and r.revision = 1`);
    const lines = BigInt(replayed.orders.reduce((sum, order) => sum + order.lines.length, 0));
    const count = BigInt(FIRST);
    expect(row).toEqual({ in_effect: count, with_source: lines, lines, plans: count, events: count });
  });

  it('R5 R6 the sample went through pick, shipment, delivery, invoice and payment, and completed by itself', async () => {
    const sampled = replayed.orders.filter((_, i) => isSampled(i, FIRST, SAMPLE)).map(({ orderNumber }) => orderNumber);
    const rows = await query<Record<string, unknown>>(sql`
      select o.po_no, o.delivery_status, o.payment_status, o.invoice_status from sales_order o where o.state = 'completed' order by o.po_no`);
    expect(rows).toEqual(
      sampled
        .sort()
        .map((po_no) => ({ po_no, delivery_status: 'delivered', payment_status: 'paid', invoice_status: 'received' })),
    );
  });

  it('P5 money, goods and history agree afterwards', async () => {
    expect(await databaseViolations(running.services.database)).toEqual([]);
  });

  it('P6 a database that holds data is refused', async () => {
    await expect(replay(running.services, { first: 1, sample: 0 })).rejects.toThrow('setup.done');
  });
});
