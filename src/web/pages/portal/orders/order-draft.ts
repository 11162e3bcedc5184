/** An order while it is typed, and what of it goes to the server. */
import type { Body } from '../../../api/client.ts';
import type { ApiProblem } from '../../../api/problem.ts';
import { type EditorLine, emptyLine, isBlank } from '../../../ui/line-editor-model.ts';
import { lineInput, productName } from '../../../ui/line-server.ts';
import type { Order } from './order-page.tsx';

export type OrderDraft = {
  lines: readonly EditorLine[];
  customerName: string;
  ownStock: boolean;
  poNo: string;
  requestedOn: string;
  addressId: string | null;
  deliveryMethod: string;
  note: string;
};
export const EMPTY_ORDER: OrderDraft = {
  lines: [],
  customerName: '',
  ownStock: false,
  poNo: '',
  requestedOn: '',
  addressId: null,
  deliveryMethod: '',
  note: '',
};

/** Lines that say too little to be ordered, by their number for people. */
export const unreadLines = (draft: OrderDraft): number[] =>
  draft.lines.flatMap((line, index) => (isBlank(line) || lineInput(line) !== null ? [] : [index + 1]));

export function orderBody(draft: OrderDraft): Body<'orderUpdate'> & Pick<Body<'orderCreate'>, 'lines'> {
  const given = (text: string) => text.trim() !== '';
  return {
    lines: draft.lines.flatMap((line) => {
      const input = lineInput(line);
      return input === null ? [] : [input];
    }),
    ...(draft.ownStock
      ? { ownStock: true }
      : given(draft.customerName)
        ? { customerName: draft.customerName.trim() }
        : {}),
    ...(given(draft.poNo) ? { poNo: draft.poNo.trim() } : {}),
    ...(given(draft.requestedOn) ? { requestedOn: draft.requestedOn } : {}),
    ...(draft.addressId === null ? {} : { addressId: draft.addressId }),
    ...(given(draft.deliveryMethod) ? { deliveryMethod: draft.deliveryMethod.trim() } : {}),
    ...(given(draft.note) ? { note: draft.note } : {}),
  };
}

/** Refusals at their lines, by place in the editor: blank lines were not sent. */
export function problemsAt(draft: OrderDraft, problem: ApiProblem | null): ReadonlyMap<number, readonly string[]> {
  const sent = draft.lines.flatMap((line, index) => (lineInput(line) === null ? [] : [index]));
  const found = new Map<number, string[]>();
  for (const { field, title } of problem?.errors ?? []) {
    const no = /^lines\.(\d+)/.exec(field ?? '')?.[1];
    const at = no === undefined ? undefined : sent[Number.parseInt(no, 10)];
    if (at !== undefined) found.set(at, [...(found.get(at) ?? []), title]);
  }
  return found;
}

export const draftOf = (order: Order): OrderDraft => ({
  lines: order.lines
    .filter(({ free }) => !free)
    .map((line) => ({
      ...emptyLine(),
      product: { id: line.productId, sku: line.sku, name: productName(line), unit: line.unit },
      text: line.sku,
      qty: line.orderedQty,
      unit: line.orderedUnit,
      requestedOn: line.requestedOn ?? '',
      note: line.note ?? '',
    })),
  customerName: order.customerName ?? '',
  ownStock: order.ownStock,
  poNo: order.poNo ?? '',
  requestedOn: order.requestedOn ?? '',
  addressId: order.addressId,
  deliveryMethod: order.deliveryMethod ?? '',
  note: order.note ?? '',
});
