/** Steps on orders in effect: picking, dispatch, delivery, money. For many orders at once; documents are found through their orders. */
import { finishPicking } from '../../../src/server/modules/shipments/commands/finish-picking.ts';
import { startPicking } from '../../../src/server/modules/shipments/commands/start-picking.ts';
import { sql } from '../../../src/server/platform/db/database.ts';
import { receiveInvoice, sendInvoice } from '../../../src/server/modules/invoices/commands/deliver-invoice.ts';
import { issueInvoice } from '../../../src/server/processes/invoice-is-issued.ts';
import { deliverShipment } from '../../../src/server/processes/delivery-is-proved.ts';
import { createShipment } from '../../../src/server/processes/goods-are-shipped.ts';
import { postPayment } from '../../../src/server/processes/payment-is-posted.ts';
import { acceptService } from '../../../src/server/processes/service-is-accepted.ts';
import type { Act, OnOrder } from './order-desk.ts';
import { idOf, type Seed, type SeedCommand } from './session.ts';

/** Scale of quantities: a piece in ten-thousandths. */
const PIECE = 10_000n;
export const pieces = (count: number): bigint => BigInt(count) * PIECE;

export type LineQty = { lineNo: number; qty: bigint };
type ListLine = { order_id: string; picking_id: string; warehouse_id: string; line_no: number; qty: bigint };

/** The warehouse begins on every open picking list of the orders. */
export async function startPickings(seed: Seed, acts: readonly Act<OnOrder>[]): Promise<void> {
  const rows = await seed.read<{ id: string; order_id: string }>(sql`
    select id, order_id from picking where order_id = any(${acts.map(({ orderId }) => orderId)}::uuid[]) and state = 'open' order by id`);
  await seed.run(
    startPicking,
    acts.flatMap(({ orderId, now, actor, about }) => {
      const own = rows.filter((row) => row.order_id === orderId);
      if (own.length === 0) throw new Error(`${about} has nothing to pick`);
      return own.map(({ id }) => ({ now, actor, about, input: { pickingId: id } }));
    }),
  );
}

/** The lists that are being picked become ready: the named quantities, or all (null). What is short goes onto a new list. */
export async function finishPickings(
  seed: Seed,
  acts: readonly Act<OnOrder & { lines: readonly LineQty[] | null; shortReason: string | null }>[],
): Promise<void> {
  const rows = await seed.read<ListLine>(sql`
    select l.order_id, l.picking_id, p.warehouse_id, l.line_no, l.qty from picking p join picking_line l on l.picking_id = p.id
    where p.order_id = any(${acts.map(({ orderId }) => orderId)}::uuid[]) and p.state = 'picking' order by p.id, l.line_no`);
  await seed.run(
    finishPicking,
    acts.flatMap(({ orderId, now, actor, about, lines, shortReason }) => {
      const left = new Map(lines?.map(({ lineNo, qty }) => [lineNo, qty]));
      const lists = Map.groupBy(
        rows.filter((row) => row.order_id === orderId),
        ({ picking_id }) => picking_id,
      );
      return [...lists].flatMap(([pickingId, listed]) => {
        const picked = listed.map(({ line_no, qty }) => {
          const wanted = lines === null ? qty : (left.get(line_no) ?? 0n);
          const part = wanted < qty ? wanted : qty;
          left.set(line_no, wanted - part);
          return { lineNo: line_no, pickedQty: part };
        });
        // A list of another warehouse that the plan has not come to yet stays begun.
        if (picked.every(({ pickedQty }) => pickedQty === 0n)) return [];
        const input = { pickingId, begin: false, lines: picked, shortReason, rest: 'pick_again' as const };
        return [{ now, actor, about, input }];
      });
    }),
  );
}

export type Dispatch = OnOrder & { carrierId: string; waybillNo: string; expectedOn: string };

/** Everything that stands ready leaves, one shipment for each warehouse. Returns the ids of the shipments of each act. */
export async function shipReady(seed: Seed, acts: readonly Act<Dispatch>[]): Promise<string[][]> {
  const ready = await seed.read<{ order_id: string; warehouse_id: string }>(sql`
    select distinct p.order_id, p.warehouse_id from picking p join picking_line l on l.picking_id = p.id
    where p.order_id = any(${acts.map(({ orderId }) => orderId)}::uuid[]) and p.state = 'ready' and l.picked_qty > l.shipped_qty
    order by p.order_id, p.warehouse_id`);
  const commands = acts.map(({ orderId, now, actor, about, ...data }) =>
    ready
      .filter((row) => row.order_id === orderId)
      .map(({ warehouse_id }, i) => ({
        now,
        actor,
        about,
        input: {
          ...data,
          orderId,
          warehouseId: warehouse_id,
          waybillNo: i === 0 ? data.waybillNo : `${data.waybillNo}-${i + 1}`,
          missingDataReason: null,
          lines: null,
          shippedAt: now,
          note: null,
        },
      })),
  );
  const ids = (await seed.run(createShipment, commands.flat())).map(idOf);
  return commands.map((list) => ids.splice(0, list.length));
}

export const deliver = (seed: Seed, acts: readonly Act<{ shipmentIds: readonly string[]; receivedBy: string }>[]) =>
  seed.run(
    deliverShipment,
    acts.flatMap(({ shipmentIds, receivedBy, now, actor, about }) =>
      shipmentIds.map((shipmentId) => ({
        now,
        actor,
        about,
        input: { shipmentId, at: now, receivedBy, note: null, lines: [] },
      })),
    ),
  );

export const acceptServices = (seed: Seed, acts: readonly Act<OnOrder & { lineNos: number[] }>[]) =>
  seed.run(
    acceptService,
    acts.map(({ orderId, lineNos, now, actor, about }) => ({ now, actor, about, input: { orderId, lineNos } })),
  );

export type Money = { partnerId: string; amount: string; bankRef: string; on: string };

/** Money comes to the bank account, is confirmed at once where `confirm` says so, and goes to the order where one is named. */
export const receiveMoney = (
  seed: Seed,
  acts: readonly Act<Money & { orderId: string | null; confirm: boolean }>[],
): Promise<unknown[]> =>
  seed.run(
    postPayment,
    acts.map(
      ({ partnerId, amount, bankRef, on, orderId, confirm, now, actor, about }): SeedCommand<PaymentInput> => ({
        now,
        actor,
        about,
        input: {
          kind: 'record',
          partnerId,
          amount,
          receivedOn: on,
          method: 'bank_transfer',
          bankRef,
          confirm,
          ...(orderId === null ? {} : { allocations: [{ orderId, amount }] }),
        },
      }),
    ),
  );
type PaymentInput = Parameters<typeof postPayment.decide>[1]['input'];

type Issue = OnOrder & { taxInvoiceNo?: string; beforePaymentReason?: string };

/** Invoices for all that is due of the orders, issued and sent by mail. Returns the id of each. */
export async function issueInvoices(seed: Seed, acts: readonly Act<Issue>[]): Promise<string[]> {
  await seed.run(
    issueInvoice,
    acts.map(({ orderId, taxInvoiceNo, beforePaymentReason, now, actor, about }) => ({
      now,
      actor,
      about,
      input: {
        orderId,
        ...(taxInvoiceNo === undefined ? {} : { taxInvoiceNo }),
        ...(beforePaymentReason === undefined ? {} : { beforePaymentReason }),
      },
    })),
  );
  const rows = await invoicesOf(seed, acts);
  return acts.map(({ orderId, about }) => {
    const id = rows.get(orderId);
    if (id === undefined) throw new Error(`${about} has no invoice`);
    return id;
  });
}

/** The invoices of the orders are sent, and the partner says that they are there. */
export async function confirmInvoices(
  seed: Seed,
  acts: readonly Act<OnOrder & { receivedBy: string }>[],
): Promise<void> {
  const ids = await invoicesOf(seed, acts);
  const on = ({ orderId, now, actor, about }: Act<OnOrder>) => ({
    now,
    actor,
    about,
    invoiceId: ids.get(orderId) ?? '',
  });
  await seed.runAll(
    sendInvoice,
    acts.map(on).map(({ invoiceId, ...act }) => ({ ...act, input: { invoiceId, method: 'email' } })),
  );
  await seed.runAll(
    receiveInvoice,
    acts.map((act) => {
      const { invoiceId, ...rest } = on(act);
      return { ...rest, input: { invoiceId, receivedBy: act.receivedBy } };
    }),
  );
}

/** The newest live invoice of each order. */
async function invoicesOf(seed: Seed, acts: readonly OnOrder[]): Promise<Map<string, string>> {
  const rows = await seed.read<{ id: string; order_id: string }>(sql`
    select id, order_id from invoice where order_id = any(${acts.map(({ orderId }) => orderId)}::uuid[]) and state <> 'reversed' order by id`);
  return new Map(rows.map((row) => [row.order_id, row.id]));
}
