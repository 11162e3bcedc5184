/** Inquiries of the demo company, from their arrival to the order. */
import {
  answerInquiry,
  askBack as askBackCommand,
  checkInquiry,
  declineInquiry,
} from '../../../src/server/modules/inquiries/commands/handle-inquiry.ts';
import { createInquiry } from '../../../src/server/modules/inquiries/commands/create-inquiry.ts';
import { updateOrder } from '../../../src/server/modules/orders/commands/edit-order.ts';
import { convertInquiry } from '../../../src/server/processes/inquiry-becomes-order.ts';
import type { PlannedInquiryLine } from '../demo/types.ts';
import { act, type DemoWorld, get, type StepOf } from './demo-world.ts';
import { idOf } from './session.ts';

const lineInput = (world: DemoWorld, line: PlannedInquiryLine) => ({
  wanted: line.wanted,
  ...(line.sku === null ? {} : { productId: get(world.products, line.sku) }),
  ...(line.spec === null ? {} : { spec: line.spec }),
  ...(line.qty === null ? {} : { qty: String(line.qty) }),
  ...(line.unit === null ? {} : { unit: line.unit }),
  ...(line.requestedOn === null ? {} : { requestedOn: line.requestedOn }),
});

export async function create(world: DemoWorld, steps: readonly StepOf<'createInquiry'>[]): Promise<void> {
  const bodies = await world.seed.runAll(
    createInquiry,
    steps.map((step) => {
      const inquiry = get(world.plannedInquiries, step.inquiryKey);
      const person = act(world, step, step.inquiryKey);
      const byStaff = person.actor.partnerId === null;
      return {
        ...person,
        input: {
          ...(byStaff ? { partnerId: get(world.partners, inquiry.partnerKey), channel: inquiry.channel } : {}),
          ...(inquiry.customerName === null ? {} : { customerName: inquiry.customerName }),
          ...(inquiry.poNo === null ? {} : { poNo: inquiry.poNo }),
          // A date that is to be asked for is not given at the head either.
          ...(inquiry.requestedOn === null || inquiry.lines.some(({ requestedOn }) => requestedOn === null)
            ? {}
            : { requestedOn: inquiry.requestedOn }),
          ...(inquiry.addressKey === null ? {} : { addressId: get(world.addresses, inquiry.addressKey) }),
          ...(inquiry.note === null ? {} : { note: inquiry.note }),
          lines: inquiry.lines.map((line) => lineInput(world, line)),
        },
      };
    }),
  );
  for (const [i, { inquiryKey }] of steps.entries()) world.inquiries.set(inquiryKey, idOf(bodies[i]));
}

type OnInquiry = StepOf<'askBack' | 'answerInquiry' | 'checkInquiry' | 'declineInquiry' | 'convertInquiry'>;
const on = (world: DemoWorld, step: OnInquiry) => act(world, step, step.inquiryKey);
const idOfInquiry = (world: DemoWorld, { inquiryKey }: OnInquiry) => ({ inquiryId: get(world.inquiries, inquiryKey) });

export const askBack = (world: DemoWorld, steps: readonly StepOf<'askBack'>[]) =>
  world.seed.runAll(
    askBackCommand,
    steps.map((step) => ({ ...on(world, step), input: { ...idOfInquiry(world, step), note: step.note } })),
  );

export const answer = (world: DemoWorld, steps: readonly StepOf<'answerInquiry'>[]) =>
  world.seed.runAll(
    answerInquiry,
    steps.map((step) => ({
      ...on(world, step),
      input: {
        ...idOfInquiry(world, step),
        ...(step.lines[0]?.requestedOn == null ? {} : { requestedOn: step.lines[0].requestedOn }),
        lines: step.lines.map((line, i) => {
          const { wanted: _wanted, unit: _unit, ...fields } = lineInput(world, line);
          return { lineNo: i + 1, ...fields };
        }),
      },
    })),
  );

export const check = (world: DemoWorld, steps: readonly StepOf<'checkInquiry'>[]) =>
  world.seed.runAll(
    checkInquiry,
    steps.map((step) => ({ ...on(world, step), input: idOfInquiry(world, step) })),
  );

export const decline = (world: DemoWorld, steps: readonly StepOf<'declineInquiry'>[]) =>
  world.seed.runAll(
    declineInquiry,
    steps.map((step) => ({ ...on(world, step), input: { ...idOfInquiry(world, step), reason: step.reason } })),
  );

/** The preliminary order is made; sales enter the partner's own number, and where the goods go. */
export async function convert(world: DemoWorld, steps: readonly StepOf<'convertInquiry'>[]): Promise<void> {
  const bodies = await world.seed.runAll(
    convertInquiry,
    steps.map((step) => ({ ...on(world, step), input: idOfInquiry(world, step) })),
  );
  for (const [i, { orderKey }] of steps.entries()) world.orders.set(orderKey, idOf(bodies[i]));
  await world.seed.run(
    updateOrder,
    steps.map((step) => {
      const { poNo, addressKey, note } = get(world.plannedOrders, step.orderKey);
      const changes = { poNo, addressId: get(world.addresses, addressKey), ...(note === null ? {} : { note }) };
      return { ...on(world, step), input: { orderId: get(world.orders, step.orderKey), changes } };
    }),
  );
}
