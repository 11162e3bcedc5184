/** P5: the rules hold over real trade, and each finds a fault of one cent, one piece or one event. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replay } from '../../../../db/seed/run-replay.ts';
import { type TestDatabase, testDatabase } from '../../../../tests/support/cluster.ts';
import { createApp, type RunningApp } from '../../app.ts';
import { systemClock } from '../../kernel/clock.ts';
import { databaseViolations, INVARIANTS, invariantViolations } from './index.ts';

let database: TestDatabase;
let running: RunningApp;
let owner: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  running = await createApp({ databaseUrl: database.appUrl, clock: systemClock, demo: false });
  await replay(running.services, { first: 12, sample: 6 });
  owner = new pg.Client({ connectionString: database.ownerUrl, options: '-c app.scope=company' });
  await owner.connect();
  // The sample buys nothing ahead: goods to come are put there.
  await owner.query(`
    insert into supply (id, no, kind, product_id, warehouse_id, expected_on, qty, created_at)
      select gen_random_uuid(), 'SU-1', 'purchase', product_id, warehouse_id, '2030-01-01', 50000, now() from stock limit 1;
    insert into event (id, document_type, document_id, version, type, at, actor_kind, cause)
      select gen_random_uuid(), 'supply', id, 1, 'supply.planned', now(), 'system', '{}' from supply`);
}, 120_000);
afterAll(async () => {
  await owner.end();
  await running.close();
  await database.drop();
});

/** The names of the rules that a change breaks; the change is taken back. */
async function brokenBy(change: string): Promise<string[]> {
  await owner.query('begin');
  try {
    const { rowCount } = await owner.query(change);
    if (rowCount === 0) throw new Error(`nothing changed: ${change}`);
    const found = await invariantViolations(
      async ({ text, values }) => (await owner.query({ text, values: [...values] })).rows,
    );
    return found.map(({ name }) => name);
  } finally {
    await owner.query('rollback');
  }
}

const oneOf = (table: string, condition: string) => `(select ctid from ${table} where ${condition} limit 1)`;

const FAULTS: readonly (readonly [rule: string, what: string, change: string])[] = [
  [
    'payment.allocated',
    'a cent less is allocated than the allocations say',
    `update payment set allocated_amount = allocated_amount - 1 where ctid = ${oneOf('payment', 'allocated_amount > 0')}`,
  ],
  [
    'order.paid',
    'a cent less is paid of a plan item',
    `update payment_plan_item set paid_amount = paid_amount - 1 where ctid = ${oneOf('payment_plan_item', 'paid_amount > 0')}`,
  ],
  [
    'order.paid',
    'a plan asks for a cent more than the order',
    `update payment_plan_item set amount = amount + 1 where ctid = ${oneOf('payment_plan_item', 'paid_amount = 0')}`,
  ],
  [
    'order.paid',
    'an order in effect has no plan',
    `delete from payment_plan_item where ctid = ${oneOf('payment_plan_item', 'paid_amount = 0')}`,
  ],
  [
    'order.invoiced',
    'a cent less is invoiced of a line',
    `update order_line set invoiced_gross_amount = invoiced_gross_amount - 1, invoiced_net_amount = invoiced_net_amount - 1 where ctid = ${oneOf('order_line', 'invoiced_net_amount > 0')}`,
  ],
  [
    'invoice.sum',
    'an invoice is a cent more than its lines',
    `update invoice set gross_amount = gross_amount + 1, net_amount = net_amount + 1 where ctid = ${oneOf('invoice', 'true')}`,
  ],
  [
    'invoice.sum',
    'an invoice is reversed without a red one',
    `update invoice set state = 'reversed' where ctid = ${oneOf('invoice', 'true')}`,
  ],
  [
    'order.sum',
    'an order is a cent more than its lines',
    `update sales_order set gross_amount = gross_amount + 1, net_amount = net_amount + 1 where ctid = ${oneOf('sales_order', "state = 'in_effect'")}`,
  ],
  [
    'order_line.amount',
    'a price is a cent higher than what the line costs',
    `update order_line set unit_price = unit_price + 10000 where ctid = ${oneOf('order_line', 'true')}`,
  ],
  [
    'order_line.amount',
    'a tax that the rate does not give',
    `update order_line set tax_amount = tax_amount + 1, net_amount = net_amount - 1 where ctid = ${oneOf('order_line', 'true')}`,
  ],
  [
    'order.discount_split',
    'an order discount that no line carries',
    `update sales_order set order_discount_amount = 1 where ctid = ${oneOf('sales_order', 'true')}`,
  ],
  [
    'promotion.used',
    'a piece of a quota is used that no order has',
    `insert into promotion (id, code, name, kind, rate, valid_from, valid_to, quota_qty, used_qty, created_at)
      values (gen_random_uuid(), 'X', 'X', 'percentage', 100000, '2020-01-01', '2030-01-01', 50000, 10000, now())`,
  ],
  [
    'ledger.posted',
    'a payment is posted with a cent more',
    `update ledger_entry set amount = amount + 1 where ctid = ${oneOf('ledger_entry', "source_type = 'payment'")}`,
  ],
  [
    'ledger.posted',
    'an invoice is posted with a cent less',
    `update ledger_entry set amount = amount - 1 where ctid = ${oneOf('ledger_entry', "source_type = 'invoice'")}`,
  ],
  [
    'ledger.posted',
    'a posting takes back another amount than it names',
    `insert into ledger_entry (id, voucher_no, posted_on, debit_account, credit_account, amount, currency, partner_id, source_type, source_id, reverses_id, at)
      select gen_random_uuid(), 'X', posted_on, credit_account, debit_account, amount - 1, currency, partner_id, source_type, source_id, id, at from ledger_entry limit 1`,
  ],
  [
    'credit.balance',
    'a balance is a cent off the ledger',
    `update credit_account set balance_amount = balance_amount + 1 where ctid = ${oneOf('credit_account', 'true')}`,
  ],
  [
    'credit.held',
    'held credit is a cent off the orders',
    `update credit_account set held_amount = held_amount + 1 where ctid = ${oneOf('credit_account', 'true')}`,
  ],
  [
    'credit.held',
    'an order in effect holds nothing',
    `update sales_order set held_amount = 0 where ctid = ${oneOf('sales_order', "state = 'in_effect' and held_amount > 0")}`,
  ],
  [
    'stock.on_hand',
    'a piece lies there that never came',
    `update stock set on_hand_qty = on_hand_qty + 10000 where ctid = ${oneOf('stock', 'true')}`,
  ],
  [
    'stock.reserved',
    'a piece is reserved for nobody',
    `update stock set reserved_qty = reserved_qty + 10000 where ctid = ${oneOf('stock', 'on_hand_qty >= reserved_qty + 10000')}`,
  ],
  [
    'stock.reserved',
    'a reservation is gone',
    `delete from reservation where ctid = ${oneOf('reservation', 'supply_id is null')}`,
  ],
  ['supply.reserved', 'a piece to come is promised to nobody', 'update supply set reserved_qty = 10000'],
  ['supply.reserved', 'a piece came without a movement', 'update supply set received_qty = 10000'],
  [
    'reservation.order',
    'an order in effect reserves softly',
    `update reservation set state = 'soft' where ctid = ${oneOf('reservation', 'true')}`,
  ],
  [
    'reservation.order',
    'an order reserves a piece more than it wants',
    `update reservation set qty = qty + 10000 where ctid = ${oneOf('reservation', 'true')}`,
  ],
  [
    'order_line.shipped',
    'a piece less is shipped than left',
    `update order_line set shipped_qty = shipped_qty - 10000, delivered_qty = delivered_qty - 10000 where ctid = ${oneOf('order_line', 'shipped_qty > 0')}`,
  ],
  [
    'order_line.shipped',
    'a piece is picked on no list',
    `update order_line set picked_qty = 10000 where ctid = ${oneOf('order_line', 'shipped_qty = 0')}`,
  ],
  [
    'shipment.issued',
    'a shipment took a piece more out of stock',
    `update stock_move set qty = qty - 10000 where ctid = ${oneOf('stock_move', "source_type = 'shipment'")}`,
  ],
  [
    'event.version',
    'an event is missing in the middle',
    `delete from event where position = (select min(position) from event where document_type = 'order' and version = 2)`,
  ],
  [
    'event.version',
    'the last event of a partner file is missing',
    `delete from event where position = (select position from event where document_type = 'partner' order by version desc limit 1)`,
  ],
  [
    'event.version',
    'an order has a version without an event',
    `update sales_order set version = version + 1 where ctid = ${oneOf('sales_order', 'true')}`,
  ],
];

describe('invariants', () => {
  test('P5 orders that were placed, shipped, invoiced and paid by commands keep every rule', async () => {
    expect(await databaseViolations(running.services.database)).toEqual([]);
    const { rows } = await owner.query(
      'select (select count(*)::int from invoice) as invoices, (select count(*)::int from payment) as payments, (select count(*)::int from shipment) as shipments, (select count(*)::int from reservation) as reservations',
    );
    expect(rows[0]).toMatchObject({ invoices: 6, payments: 6, shipments: 6 });
    expect(rows[0].reservations).toBeGreaterThan(20);
  });

  test.each(FAULTS)('P5 %s finds it when %s', async (rule, _what, change) => {
    expect(await brokenBy(change)).toContain(rule);
  });

  test('P5 every rule has a fault that it was seen to find', () => {
    expect(new Set(FAULTS.map(([rule]) => rule))).toEqual(new Set(INVARIANTS.map(({ name }) => name)));
  });
});
