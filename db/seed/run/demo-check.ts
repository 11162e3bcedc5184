/** Whether the demo company has become what its plan says: state, delivery, money and invoice of every order, and what became of the inquiries. */
import { type Statement, sql } from '../../../src/server/platform/db/database.ts';
import { toUnits } from '../decimal-text.ts';
import type { DemoPlan, PlannedOrder } from '../demo/types.ts';

export type DemoDifference = { about: string; field: string; planned: string; found: string };
type Query = <Row>(statement: Statement) => Promise<Row[]>;

type OrderRow = {
  partner_no: string;
  po_no: string;
  state: string;
  delivery_status: string;
  gross_amount: bigint;
  paid_amount: bigint;
  invoiced_amount: bigint;
};

/** Everything that differs, right after loading: later people work on. Orders are found by the partner's own number. */
export async function demoDifferences(query: Query, plan: DemoPlan): Promise<DemoDifference[]> {
  const rows = await query<OrderRow>(sql`
    select p.no as partner_no, o.po_no, o.state, o.delivery_status, o.gross_amount, o.paid_amount, o.invoiced_amount
    from sales_order o join partner p on p.id = o.partner_id`);
  const inquiries = await query<{ partner_no: string; state: string; count: bigint }>(sql`
    select p.no as partner_no, i.state, count(*) as count from inquiry i join partner p on p.id = i.partner_id group by p.no, i.state`);
  const numbers = new Map(plan.masters.partners.map(({ key, no }) => [key, no]));
  const found = new Map(rows.map((row) => [`${row.partner_no} ${row.po_no}`, row]));
  const orders = plan.orders.flatMap((order) => {
    const name = `${numbers.get(order.partnerKey)} ${order.poNo}`;
    const row = found.get(name);
    found.delete(name);
    return row === undefined ? [missing(name, 'there')] : orderDifferences(name, order, row);
  });
  const strangers = [...found.keys()].map((name) => ({ ...missing(name, 'not there'), found: 'there' }));
  return [...orders, ...strangers, ...inquiryDifferences(plan, numbers, inquiries)];
}

const missing = (about: string, planned: string): DemoDifference => ({
  about,
  field: 'order',
  planned,
  found: 'not there',
});

function orderDifferences(about: string, { expected, gross, story }: PlannedOrder, row: OrderRow): DemoDifference[] {
  const pairs: [string, string, string][] = [
    ['state', expected.state, row.state],
    ['delivery', expected.delivery, row.delivery_status],
    ['gross', toUnits(gross, 2).toString(), row.gross_amount.toString()],
    ['paid', toUnits(expected.paid, 2).toString(), row.paid_amount.toString()],
    ['invoiced', expected.invoiced ? toUnits(gross, 2).toString() : '0', row.invoiced_amount.toString()],
  ];
  return pairs
    .filter(([, planned, found]) => planned !== found)
    .map(([field, planned, found]) => ({ about: `${about} (${story})`, field, planned, found }));
}

function inquiryDifferences(
  plan: DemoPlan,
  numbers: ReadonlyMap<string, string>,
  rows: readonly { partner_no: string; state: string; count: bigint }[],
): DemoDifference[] {
  const planned = new Map<string, bigint>();
  for (const { partnerKey, expected } of plan.inquiries) {
    const name = `${numbers.get(partnerKey)} ${expected.state}`;
    planned.set(name, (planned.get(name) ?? 0n) + 1n);
  }
  const found = new Map(rows.map(({ partner_no, state, count }) => [`${partner_no} ${state}`, count]));
  return [...new Set([...planned.keys(), ...found.keys()])].flatMap((name) => {
    const [wanted, there] = [planned.get(name) ?? 0n, found.get(name) ?? 0n];
    return wanted === there
      ? []
      : [{ about: name, field: 'inquiries', planned: wanted.toString(), found: there.toString() }];
  });
}
