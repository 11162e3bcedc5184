/** The rules of receipts: pure functions over rows. Source: R6.1, R6.2. */
import type { GuardOf, Guards } from '../../../contract/machine.ts';
import { type PaymentState, paymentMachine } from '../../../contract/machines/others.ts';
import { formatAmount } from '../../kernel/money.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { foldText } from '../../kernel/text.ts';

export type PayerFile = {
  name: string;
  name_en: string | null;
  short_name: string | null;
  invoice_title: string | null;
  payment_method: string;
};

/** Whether somebody else than the partner paid (代付): the name is none of those in its file, whatever the case, width and blanks. */
export function payerDiffers(payer: string | undefined, file: PayerFile): boolean {
  if (payer === undefined) return false;
  const plain = (text: string) => foldText(text).replace(/[\s()（）·.,，]/g, '');
  const names = [file.name, file.name_en, file.short_name, file.invoice_title].filter((name) => name !== null);
  return !names.some((name) => plain(name) === plain(payer));
}

export type FillItem = { item_no: number; amount: bigint; paid_amount: bigint };

/** Spreads an amount over the open items of a plan in their order; null when it is more than is open. */
export function fillItems(items: readonly FillItem[], amount: bigint): { itemNo: number; amount: bigint }[] | null {
  const taken: { itemNo: number; amount: bigint }[] = [];
  let left = amount;
  for (const item of [...items].sort((a, b) => a.item_no - b.item_no)) {
    const open = item.amount - item.paid_amount;
    const take = open < left ? open : left;
    if (take <= 0n) continue;
    taken.push({ itemNo: item.item_no, amount: take });
    left -= take;
  }
  return left === 0n ? taken : null;
}

export const openOf = (items: readonly FillItem[]): bigint =>
  items.reduce((sum, { amount, paid_amount }) => sum + amount - paid_amount, 0n);

export type PaymentFacts = {
  state: PaymentState;
  amount: bigint;
  allocated_amount: bigint;
  currency: string;
  method: string;
  /** Numbers of the orders that hold parts of it. */
  orderNos: readonly string[];
};
type Action = (typeof paymentMachine)['rows'][number]['action'];

const GUARDS: Guards<GuardOf<typeof paymentMachine>, PaymentFacts> = {
  'payment.exceeds_unallocated': ({ amount, allocated_amount, currency }) =>
    amount > allocated_amount
      ? null
      : { code: 'payment.exceeds_unallocated', params: { unallocated: formatAmount(0n, currency) } },
  // Which order, and how much of it is open, is for the command to say.
  'payment.exceeds_open': () => null,
  'allocation.reversed': ({ allocated_amount }) => (allocated_amount > 0n ? null : { code: 'allocation.reversed' }),
  'payment.allocated': ({ allocated_amount, orderNos, amount, currency }) =>
    allocated_amount === 0n
      ? null
      : {
          code: 'payment.allocated',
          params: {
            orders: orderNos.join(', '),
            amount: formatAmount(allocated_amount, currency),
            of: formatAmount(amount, currency),
          },
        },
};

/** All reasons why an action on a receipt is refused now; empty: go. Commands and buttons both ask here. */
export function paymentRefusals(action: Action, facts: PaymentFacts): Refusal[] {
  // An opening advance is taken back where it came from.
  if (action === 'reverse' && facts.method === 'opening')
    return [{ code: 'payment.wrong_state', params: { action, state: 'opening' } }];
  return paymentMachine.refusals(action, facts.state, GUARDS, facts);
}
