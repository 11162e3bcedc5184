/** Changes to a draft, and the way from draft to checking. R3.3. */
import type { z } from 'zod';
import type { OrderUpdate } from '../../../../contract/orders.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { refuseStaffFields, setHeader, setLines } from '../order-input.ts';
import { price, submit } from '../order-steps.ts';
import { emit, requireAction, type Work } from '../order-work.ts';
import { type OnOrder, orderCommand } from './shared.ts';

type Changes = z.infer<typeof OrderUpdate>;

export const namesOf = (changes: Changes | undefined) => ({
  productIds: (changes?.lines ?? []).flatMap(({ productId }) => (productId === undefined ? [] : [productId])),
  skus: (changes?.lines ?? []).flatMap(({ sku }) => (sku === undefined ? [] : [sku])),
  ...(changes?.poNo == null ? {} : { poNo: changes.poNo }),
});

/** Sets what the caller named, and prices anew. */
export function applyChanges(work: Work, { lines, ...header }: Changes): void {
  refuseStaffFields(work, header, lines ?? []);
  setHeader(work, header);
  if (lines !== undefined) setLines(work, lines);
  price(work);
}

export const updateOrder = orderCommand<OnOrder & { changes: Changes }>({
  name: 'orders.update',
  refuses: ['order.wrong_state', 'product.not_found', 'address.not_found'],
  stock: false,
  needs: ({ changes }) => namesOf(changes),
  steps(work, { changes }) {
    if (work.order.row.state !== 'draft')
      throw refuse('order.wrong_state', { action: 'update', state: work.order.row.state });
    applyChanges(work, changes);
    emit(work, 'order.changed', {
      fields: Object.keys(changes),
      gross: work.order.row.gross_amount.toString(),
      lines: work.order.lines.length,
    });
  },
});

export const submitOrder = orderCommand<
  OnOrder & {
    onShortage?: 'report' | 'refuse' | undefined;
    acceptInquiryDifferences?: string[] | undefined;
    expectedGrossAmount?: string | undefined;
  }
>({
  name: 'orders.submit',
  refuses: [
    'order.wrong_state',
    'order.no_lines',
    'order.customer_missing',
    'order.delivery_missing',
    'order.inquiry_difference',
    'order.po_duplicate',
    'partner.not_active',
    'price.missing',
    'price.changed',
    'stock.insufficient',
  ],
  stock: true,
  steps(work, input) {
    requireAction(work, 'submit');
    submit(work, {
      onShortage: input.onShortage ?? 'report',
      ...(input.acceptInquiryDifferences === undefined ? {} : { acceptDifferences: input.acceptInquiryDifferences }),
      ...(input.expectedGrossAmount === undefined ? {} : { expectedGross: input.expectedGrossAmount }),
    });
  },
});
