/** A new draft with the lines of an earlier order, priced for today; nothing of the old terms or prices comes along. R3.3. */
import { refuse } from '../../../kernel/refusal.ts';
import { defineBatch } from '../../../platform/pipeline/define.ts';
import { inScope } from '../../../platform/pipeline/scope.ts';
import { mayBuy } from '../../partners/range-rules.ts';
import { loadOrderState, type OrderState } from '../order-load.ts';
import type { PartnerTerms, ProductRow } from '../order-masters.ts';
import { type OrderChange, saveOrders } from '../order-save.ts';
import { price } from '../order-steps.ts';
import { copyOf, decideWith, emit } from '../order-work.ts';
import { newId } from '../../../kernel/ids.ts';
import { ONE_UNIT, unitNamed } from '../../catalog/unit-rules.ts';
import { usualMethod } from '../order-input.ts';
import type { LineRow } from '../order-tables.ts';
import { answerWithViews, MAX_BATCH, type OnOrder } from './shared.ts';

/** The unit of the line, as long as it still holds as many of the base unit as it did. */
function unitOfToday(line: LineRow, state: OrderState): Pick<LineRow, 'order_unit' | 'unit_factor'> {
  const product = state.products.get(line.product_id);
  const named = product === undefined || line.order_unit === null ? null : unitNamed(product, line.order_unit);
  return named?.factor === line.unit_factor
    ? { order_unit: line.order_unit, unit_factor: line.unit_factor }
    : { order_unit: null, unit_factor: ONE_UNIT };
}

export const copyOrder = defineBatch<OnOrder, OrderState, OrderChange>({
  name: 'orders.copy',
  refuses: ['order.not_found', 'partner.not_active'],
  maxBatch: MAX_BATCH,
  load: (tx, commands, env) =>
    loadOrderState(
      tx,
      commands,
      commands.map(({ input }) => ({ orderId: input.orderId, newOrders: 1 })),
      env,
      { stock: false },
    ),
  decide(state, command, env) {
    const source = state.orders.get(command.input.orderId);
    const no = state.numbers.shift() ?? '';
    if (source === undefined || !inScope(command.actor, source.row.partner_id))
      return { ok: false, refusals: [{ code: 'order.not_found' }] };
    const { actor, now } = command;
    const id = newId(now);
    const order = copyOf(source);
    Object.assign(order.row, {
      id,
      no,
      state: 'draft',
      version: 0,
      revision: 0,
      round: 0,
      channel: actor.partnerId === null ? 'sales' : actor.credential.kind === 'key' ? 'api' : 'portal',
      po_no: null,
      inquiry_id: null,
      requested_on: null,
      payment_method: state.partners.get(source.row.partner_id)?.payment_method ?? source.row.payment_method,
      payment_term: state.partners.get(source.row.partner_id)?.payment_term ?? source.row.payment_term,
      shortages: [],
      corrections: [],
      production_answers: [],
      order_discount_amount: 0n,
      order_discount_rate: null,
      paid_amount: 0n,
      invoiced_amount: 0n,
      held_amount: 0n,
      delivery_status: 'none',
      payment_status: 'none_due',
      invoice_status: 'none',
      reply_due_at: null,
      reserved_until: null,
      terms_reviewed_at: null,
      terms_reviewed_by: null,
      agreement_no: null,
      agreement_version: null,
      policy_level: state.partners.get(source.row.partner_id)?.level ?? null,
      policy_agreement_id: state.partners.get(source.row.partner_id)?.agreement_id ?? null,
      created_by: actor.userId,
      requested_by: actor.personId,
      created_at: now,
      submitted_at: null,
      confirmed_at: null,
      effective_at: null,
      completed_at: null,
      state_since: now,
    });
    Object.assign(order, { reservations: [], discrepancies: [], differences: [], rounds: [], holds: [] });
    return decideWith(state, command, env, null, order, (work) => {
      if (work.partner.state !== 'active') throw refuse('partner.not_active');
      order.row.delivery_method ??= usualMethod(work);
      order.lines = source.lines
        .filter(({ product_id, free }) => !free && isForSale(state.products.get(product_id), work.partner))
        .map((line, i) => ({
          ...line,
          ...unitOfToday(line, state),
          order_id: id,
          line_no: i + 1,
          requested_on: null,
          price_entry_id: null,
          agreed_price: null,
          unit_price: 0n,
          discount_amount: 0n,
          order_discount_share: 0n,
          promotion_share_amount: 0n,
          promised_on: null,
          why: [],
          picked_qty: 0n,
          shipped_qty: 0n,
          delivered_qty: 0n,
          closed_qty: 0n,
          invoiced_gross_amount: 0n,
          invoiced_net_amount: 0n,
          invoiced_tax_amount: 0n,
        }));
      price(work);
      emit(work, 'order.created', {
        channel: order.row.channel,
        copiedFrom: source.row.id,
        gross: order.row.gross_amount.toString(),
        lines: order.lines.length,
      });
      work.next = { kind: 'order.mend_draft', clock: 'order.preliminary', article: 'R3.3' };
    });
  },
  save: (tx, _state, changes) => saveOrders(tx, changes),
  savesAtOnce: true,
  respond: (tx, commands, changes, env) => answerWithViews(tx, commands, changes, env, 201),
});

const isForSale = (product: ProductRow | undefined, partner: PartnerTerms): boolean =>
  product?.is_sellable === true && mayBuy(partner, product);
