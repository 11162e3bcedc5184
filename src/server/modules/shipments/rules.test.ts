/** Pure rules of picking and shipping. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../kernel/clock.ts';
import { type DeliveryLine, deliveryStatus } from '../orders/delivery-status.ts';
import type { ReservationRow } from '../orders/index.ts';
import { coverPicked } from './cover-picked.ts';
import { readyBy } from './picking-rules.ts';
import { dataRefusal } from './shipment-rules.ts';
import type { PickingLineRow, PickingRow } from './shipment-tables.ts';
import { shrinkTo } from './shrink-pickings.ts';

const now = instant('2026-03-10T02:00:00Z');

describe('delivery status', () => {
  const line = (rest: Partial<DeliveryLine> = {}): DeliveryLine => ({
    qty: 10n,
    picked_qty: 0n,
    shipped_qty: 0n,
    delivered_qty: 0n,
    closed_qty: 0n,
    is_goods: true,
    ...rest,
  });
  const ready = { picked_qty: 10n };
  const sent = { shipped_qty: 10n };
  const done = { shipped_qty: 10n, delivered_qty: 10n };
  it.each([
    ['R5.1 nothing begun', [line(), line()], [], 'none'],
    ['R5.1 a list in the warehouse alone is no beginning', [line()], ['open'], 'none'],
    ['R5.1 somebody picks', [line()], ['picking'], 'preparing'],
    ['R5.1 one line ready, one not', [line(ready), line()], ['ready', 'open'], 'preparing'],
    ['R5.1 all ready', [line(ready), line(ready)], ['ready'], 'ready'],
    ['R5.1 ready but for what is closed', [line({ picked_qty: 6n, closed_qty: 4n })], ['ready'], 'ready'],
    ['R5.2 one line left', [line(sent), line(ready)], ['ready'], 'part_shipped'],
    ['R5.2 part of a line left', [line({ picked_qty: 6n, shipped_qty: 4n })], ['ready'], 'part_shipped'],
    ['R5.2 all left', [line(sent), line(sent)], ['ready'], 'shipped'],
    ['R5.2 one line arrived', [line(done), line(sent)], ['ready'], 'part_delivered'],
    ['R5.2 less arrived', [line({ shipped_qty: 10n, delivered_qty: 8n })], ['ready'], 'part_delivered'],
    ['R5.2 all arrived', [line(done), line(done)], ['ready'], 'delivered'],
    [
      'R5.2 arrived but for what is closed',
      [line({ shipped_qty: 8n, delivered_qty: 8n, closed_qty: 2n })],
      ['ready'],
      'delivered',
    ],
    ['R5.2 everything closed: nothing to wait for', [line({ closed_qty: 10n })], ['cancelled'], 'delivered'],
    ['R3.2 services are not shipped', [line(done), line({ is_goods: false })], ['ready'], 'delivered'],
    ['R3.2 services alone have nothing to deliver', [line({ is_goods: false })], [], 'delivered'],
  ] as const)('%s', (_, lines, pickings, status) => {
    expect(
      deliveryStatus(
        lines,
        pickings.map((state) => ({ state })),
      ),
    ).toBe(status);
  });
});

describe('picking lists follow reservations', () => {
  const list = (id: string, state: PickingRow['state'], warehouse_id = 'w'): PickingRow => ({
    id,
    no: id,
    order_id: 'o',
    partner_id: 'p',
    warehouse_id,
    state,
    ready_by_on: null,
    started_by: null,
    started_at: null,
    ready_by: null,
    ready_at: null,
    short_reason: null,
    version: 1,
    created_at: now,
  });
  const line = (picking_id: string, qty: bigint, rest: Partial<PickingLineRow> = {}): PickingLineRow => ({
    picking_id,
    order_id: 'o',
    line_no: 1,
    partner_id: 'p',
    product_id: 'x',
    qty,
    picked_qty: 0n,
    shipped_qty: 0n,
    ...rest,
  });
  const reserved = (qty: bigint) => [{ order_id: 'o', line_no: 1, warehouse_id: 'w', qty }];

  it('R5.2 the list that is not begun shrinks before the one that is, and what is picked stays', () => {
    const lists = [list('1', 'ready'), list('2', 'picking'), list('3', 'open')];
    const lines = [line('1', 5n, { picked_qty: 5n }), line('2', 4n), line('3', 3n)];
    expect(shrinkTo(lists, lines, reserved(7n)).map(({ row, by }) => [row.id, by])).toEqual([
      ['3', 3n],
      ['2', 2n],
    ]);
    expect(lines.map(({ qty }) => qty)).toEqual([5n, 2n, 0n]);
  });

  it('R5.2 lists that fit their reservations stay as they are, shipped goods not counted', () => {
    expect(
      shrinkTo(
        [list('1', 'ready'), list('2', 'open')],
        [line('1', 5n, { picked_qty: 5n, shipped_qty: 5n }), line('2', 3n)],
        reserved(3n),
      ),
    ).toEqual([]);
  });

  it('P5 whatever was given back, picked goods stay reserved where they lie, and nothing is made from nothing', () => {
    const row = (id: number, warehouse_id: string, supply_id: string | null, qty: bigint): ReservationRow => ({
      id: String(id),
      order_id: 'o',
      line_no: 1,
      partner_id: 'p',
      product_id: 'x',
      warehouse_id,
      supply_id,
      qty,
      state: 'firm',
      promised_on: '2026-04-01',
    });
    const place = fc.constantFrom('a', 'b', 'c');
    const rows = fc.array(fc.record({ warehouse: place, supply: fc.boolean(), qty: fc.bigInt(1n, 9n) }), {
      maxLength: 5,
    });
    const picks = fc.uniqueArray(fc.record({ warehouse: place, qty: fc.bigInt(1n, 9n) }), {
      selector: ({ warehouse }) => warehouse,
      maxLength: 3,
    });
    fc.assert(
      fc.property(rows, picks, (made, wanted) => {
        const reservations = made.map(({ warehouse, supply, qty }, i) => row(i, warehouse, supply ? 's' : null, qty));
        const total = reservations.reduce((sum, { qty }) => sum + qty, 0n);
        const picked = wanted.map(({ warehouse, qty }) => ({
          order_id: 'o',
          line_no: 1,
          warehouse_id: warehouse,
          qty,
        }));
        const need = picked.reduce((sum, { qty }) => sum + qty, 0n);
        coverPicked(reservations, picked, now);
        expect(reservations.reduce((sum, { qty }) => sum + qty, 0n)).toBe(total);
        expect(reservations.every(({ qty }) => qty >= 0n)).toBe(true);
        if (total < need) return;
        for (const { warehouse_id, qty } of picked) {
          const here = reservations
            .filter((each) => each.warehouse_id === warehouse_id && each.supply_id === null)
            .reduce((sum, each) => sum + each.qty, 0n);
          expect(here >= qty).toBe(true);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('shipping data', () => {
  const data = { carrierId: 'c', waybillNo: 'n', expectedOn: '2026-03-12', missingDataReason: null };
  it('R5.2 what is missing is named, unless a reason is on record', () => {
    expect(dataRefusal(data)).toBeNull();
    expect(dataRefusal({ ...data, waybillNo: null })).toEqual({ code: 'shipment.data_missing', field: 'waybillNo' });
    expect(dataRefusal({ ...data, waybillNo: null, missingDataReason: '自提' })).toBeNull();
  });

  it('R5.1 goods are to be ready the working day before they leave, today at the earliest', () => {
    const calendar = { addWorkingDays: (day: string) => (day === '2026-03-16' ? '2026-03-13' : '2026-03-09') };
    expect(readyBy(calendar, '2026-03-16', '2026-03-10')).toBe('2026-03-13');
    expect(readyBy(calendar, '2026-03-10', '2026-03-10')).toBe('2026-03-10');
  });
});
