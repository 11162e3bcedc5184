/** Orders by the hundred: the same load, decide and save as a single one, answered with what a caller of many wants to know. R3.3. */
import { formatAmount } from '../../../kernel/money.ts';
import { defineBatch } from '../../../platform/pipeline/define.ts';
import type { OrderState } from '../order-load.ts';
import type { OrderChange } from '../order-save.ts';
import { type CreateOrder, createOrder, decideOrder } from './create-order.ts';

export const createOrders = defineBatch<CreateOrder, OrderState, OrderChange>({
  name: 'orders.create_many',
  refuses: createOrder.refuses,
  maxBatch: createOrder.maxBatch,
  load: createOrder.load,
  ...(createOrder.unsure === undefined ? {} : { unsure: createOrder.unsure }),
  save: createOrder.save,
  savesAtOnce: true,
  decide(state, command, env) {
    const decision = decideOrder(state, command, env);
    if (!decision.ok) return decision;
    const { row } = decision.change.after;
    const { id, no, currency, version } = row;
    const body = { id, no, state: row.state, grossAmount: formatAmount(row.gross_amount, currency), currency, version };
    return { ...decision, answer: { status: 201, body, etag: version } };
  },
});
