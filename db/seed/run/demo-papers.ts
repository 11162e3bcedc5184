/** Goods that come in, news from the road, invoices. */
import { planSupply } from '../../../src/server/modules/inventory/commands/plan-supply.ts';
import { receiveStock } from '../../../src/server/modules/inventory/commands/receive-stock.ts';
import { receiveInvoice, sendInvoice } from '../../../src/server/modules/invoices/commands/deliver-invoice.ts';
import { trackShipment } from '../../../src/server/modules/shipments/commands/track-shipment.ts';
import { receiveSupply } from '../../../src/server/processes/supply-is-received.ts';
import { act, type DemoWorld, get, type StepOf } from './demo-world.ts';
import { issueInvoices, pieces } from './execution-desk.ts';
import { idOf } from './session.ts';

const NOTES = { opening: null, purchase: '采购入库', production: '生产入库' } as const;

export const receiveGoods = (world: DemoWorld, steps: readonly StepOf<'receive'>[]) =>
  world.seed.runAll(
    receiveStock,
    steps.flatMap((step) =>
      step.lines.map(({ sku, qty }) => ({
        ...act(world, step, sku),
        input: {
          productId: get(world.products, sku),
          warehouseId: get(world.warehouses, step.warehouseKey),
          qty: pieces(qty),
          kind: step.source === 'opening' ? ('opening' as const) : ('receipt' as const),
          note: NOTES[step.source],
        },
      })),
    ),
  );

export async function planSupplies(world: DemoWorld, steps: readonly StepOf<'planSupply'>[]): Promise<void> {
  const bodies = await world.seed.runAll(
    planSupply,
    steps.map((step) => ({
      ...act(world, step, step.supplyKey),
      input: {
        kind: step.source,
        productId: get(world.products, step.sku),
        warehouseId: get(world.warehouses, step.warehouseKey),
        qty: pieces(step.qty),
        expectedOn: step.expectedOn,
        note: null,
      },
    })),
  );
  for (const [i, { supplyKey }] of steps.entries()) world.supplies.set(supplyKey, idOf(bodies[i]));
}

export const receiveSupplies = (world: DemoWorld, steps: readonly StepOf<'receiveSupply'>[]) =>
  world.seed.run(
    receiveSupply,
    steps.map((step) => ({
      ...act(world, step, step.supplyKey),
      input: { supplyId: get(world.supplies, step.supplyKey), qty: pieces(step.qty), note: null },
    })),
  );

export const track = (world: DemoWorld, steps: readonly StepOf<'track'>[]) =>
  world.seed.run(
    trackShipment,
    steps.flatMap((step) =>
      get(world.shipments, step.shipmentKey).map((shipmentId) => {
        const person = act(world, step, step.shipmentKey);
        return {
          ...person,
          input: {
            shipmentId,
            at: person.now,
            kind: step.isException ? ('exception' as const) : ('progress' as const),
            exceptionKind: step.isException ? ('late' as const) : null,
            place: step.place,
            note: step.note,
            newExpectedOn: step.newExpectedOn,
            carrierId: null,
            waybillNo: null,
          },
        };
      }),
    ),
  );

/** Invoices for whole orders, with the number of the tax authority. */
export async function invoice(world: DemoWorld, steps: readonly StepOf<'invoice'>[]): Promise<void> {
  const ids = await issueInvoices(
    world.seed,
    steps.map((step) => ({
      ...act(world, step, step.orderKey),
      orderId: get(world.orders, step.orderKey),
      taxInvoiceNo: step.taxInvoiceNo,
    })),
  );
  for (const [i, { invoiceKey }] of steps.entries()) world.invoices.set(invoiceKey, ids[i] ?? '');
}

export const sendInvoices = (world: DemoWorld, steps: readonly StepOf<'sendInvoice'>[]) =>
  world.seed.runAll(
    sendInvoice,
    steps.map((step) => ({
      ...act(world, step, step.invoiceKey),
      input: { invoiceId: get(world.invoices, step.invoiceKey), method: 'email' },
    })),
  );

export const receiveInvoices = (world: DemoWorld, steps: readonly StepOf<'receiveInvoice'>[]) =>
  world.seed.runAll(
    receiveInvoice,
    steps.map((step) => ({
      ...act(world, step, step.invoiceKey),
      input: { invoiceId: get(world.invoices, step.invoiceKey), receivedBy: step.receivedBy },
    })),
  );
