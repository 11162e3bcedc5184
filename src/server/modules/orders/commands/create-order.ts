/** An order comes into being: by hand, from the portal, by a key, or from an import. With `submit` it is priced, checked and reserved in the same transaction. R3.3. */
import type { z } from 'zod';
import type { OrderCreate } from '../../../../contract/orders.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { defineBatch } from '../../../platform/pipeline/define.ts';
import type { Command, Decision, Env } from '../../../platform/pipeline/types.ts';
import { loadOrderState, type OrderState, partnerFor } from '../order-load.ts';
import type { PartnerTerms } from '../order-masters.ts';
import { type OrderChange, saveOrders } from '../order-save.ts';
import { refuseStaffFields, setAddress, setHeader, setLines, usualAddress } from '../order-input.ts';
import { price, submit } from '../order-steps.ts';
import type { Order } from '../order-tables.ts';
import { decideWith, emit, type Work } from '../order-work.ts';
import { answerWithViews, MAX_BATCH } from './shared.ts';

export type CreateOrder = z.infer<typeof OrderCreate> & { inquiryId?: string; sourceRefs?: readonly string[] };

export const createOrder = defineBatch<CreateOrder, OrderState, OrderChange>({
  name: 'orders.create',
  refuses: ['partner.not_found', 'partner.not_active', 'product.not_found', 'order.po_duplicate', 'stock.insufficient'],
  maxBatch: MAX_BATCH,
  // Stock of which there is plenty is locked no earlier than it is changed, so that batches for the same goods decide side by side.
  load(tx, commands, env, surely) {
    const wanted = commands.some(({ input }) => input.submit === true);
    return loadFor(tx, commands, env, wanted && surely !== true ? 'unlocked' : wanted);
  },
  unsure: (state) => !state.ledger.plenty(),
  decide: (state, command, env) => decideOrder(state, command, env, 201),
  save: (tx, _state, changes) => saveOrders(tx, changes),
  savesAtOnce: true,
  respond: (tx, commands, changes, env) => answerWithViews(tx, commands, changes, env, 201),
});

/** Without a status it is not answered with its view: who asks for many is told less of each (create-orders.ts). */
export const decideOrder = (
  state: OrderState,
  command: Command<CreateOrder>,
  env: Env,
  answerStatus?: number,
): Decision<OrderChange> => decideNew(state, command, env, (work) => finish(work, command.input), answerStatus);

/** A new order as other processes make one: filled from its input, then finished in their own way. */
export const placing = {
  load: loadFor,
  decide: (state: OrderState, command: Command<Placing>, env: Env, finished: (work: Work) => void) =>
    decideNew(state, command, env, finished, 201),
};
export type Placing = Omit<CreateOrder, 'submit' | 'onShortage' | 'expectedGrossAmount'>;

function loadFor(
  tx: Tx,
  commands: readonly Command<Placing>[],
  env: Env,
  stock: boolean | 'unlocked',
): Promise<OrderState> {
  return loadOrderState(
    tx,
    commands,
    commands.map(({ input, actor }) => ({
      partnerId: partnerOf(input, actor.partnerId),
      productIds: input.lines.flatMap(({ productId }) => (productId === undefined ? [] : [productId])),
      skus: input.lines.flatMap(({ sku }) => (sku === undefined ? [] : [sku])),
      newOrders: 1,
      ...(input.poNo == null ? {} : { poNo: input.poNo }),
    })),
    env,
    { stock },
  );
}

const partnerOf = (input: Placing, own: string | null): string | null => own ?? input.partnerId ?? null;

function decideNew(
  state: OrderState,
  command: Command<Placing>,
  env: Env,
  finished: (work: Work) => void,
  answerStatus: number | undefined,
): Decision<OrderChange> {
  const { input, actor } = command;
  const no = state.numbers.shift() ?? '';
  if (actor.partnerId !== null && input.partnerId !== undefined)
    return { ok: false, refusals: [{ code: 'field.unknown', field: 'partnerId' }] };
  if (actor.partnerId !== null && input.channel !== undefined)
    return { ok: false, refusals: [{ code: 'field.unknown', field: 'channel' }] };
  const partnerId = partnerOf(input, actor.partnerId);
  if (partnerId === null) return { ok: false, refusals: [{ code: 'field.required', field: 'partnerId' }] };
  const partner = partnerFor(state, actor, partnerId);
  if (partner === undefined) return { ok: false, refusals: [{ code: 'partner.not_found', field: 'partnerId' }] };
  const steps = (work: Work) => {
    fill(work, input);
    finished(work);
  };
  return decideWith(state, command, env, null, emptyOrder(command, partner, no), steps, answerStatus);
}

function fill(work: Work, input: Placing): void {
  const { partnerId: _partner, channel: _channel, lines, inquiryId, sourceRefs, ...header } = input;
  if (work.partner.state !== 'active') throw refuse('partner.not_active');
  refuseStaffFields(work, header, lines);
  if (inquiryId !== undefined) work.order.row.inquiry_id = inquiryId;
  const address = usualAddress(work);
  if (address !== null && header.deliveryAddress === undefined) setAddress(work, address);
  setHeader(work, header);
  if (header.ownStock === undefined && header.customerName === undefined) work.order.row.own_stock = true;
  setLines(work, lines);
  if (sourceRefs !== undefined)
    work.order.lines = work.order.lines.map((line, i) => ({ ...line, source_ref: sourceRefs[i] ?? null }));
}

function finish(work: Work, { submit: wantsSubmit, onShortage, expectedGrossAmount }: CreateOrder): void {
  if (wantsSubmit === true) {
    submit(work, {
      onShortage: onShortage ?? 'report',
      ...(expectedGrossAmount === undefined ? {} : { expectedGross: expectedGrossAmount }),
    });
    return;
  }
  price(work);
  emit(work, 'order.created', {
    channel: work.order.row.channel,
    gross: work.order.row.gross_amount.toString(),
    lines: work.order.lines.length,
  });
  work.next = { kind: 'order.mend_draft', clock: 'order.preliminary', article: 'R3.3' };
}

function emptyOrder(command: Command<Placing>, partner: PartnerTerms, no: string): Order {
  const { actor, now, input } = command;
  const channel =
    input.channel ?? (actor.partnerId === null ? 'sales' : actor.credential.kind === 'key' ? 'api' : 'portal');
  return {
    row: {
      id: newId(now),
      no,
      partner_id: partner.id,
      state: 'draft',
      version: 0,
      revision: 0,
      round: 0,
      channel,
      customer_name: null,
      own_stock: false,
      po_no: null,
      inquiry_id: null,
      currency: partner.currency,
      tax_inclusive: true,
      payment_method: partner.payment_method,
      payment_term: partner.payment_term,
      requested_on: null,
      delivery_method: null,
      address_id: null,
      delivery_address: null,
      receiver: null,
      receiver_phone: null,
      note: null,
      shortages: [],
      corrections: [],
      production_answers: [],
      order_discount_amount: 0n,
      order_discount_rate: null,
      net_amount: 0n,
      tax_amount: 0n,
      gross_amount: 0n,
      paid_amount: 0n,
      invoiced_amount: 0n,
      held_amount: 0n,
      delivery_status: 'none',
      payment_status: 'none_due',
      invoice_status: 'none',
      pricing_on: null,
      terms_reviewed_at: null,
      terms_reviewed_by: null,
      agreement_no: null,
      agreement_version: null,
      reply_due_at: null,
      reserved_until: null,
      policy_level: partner.level,
      policy_agreement_id: partner.agreement_id,
      created_by: actor.kind === 'system' ? null : actor.userId,
      requested_by: actor.kind === 'system' ? null : actor.personId,
      created_at: now,
      submitted_at: null,
      confirmed_at: null,
      effective_at: null,
      completed_at: null,
      state_since: now,
    },
    lines: [],
    reservations: [],
    discrepancies: [],
    differences: [],
    rounds: [],
    holds: [],
  };
}
