/** Services are accepted (服務驗收), freight is done: neither is shipped. Accepting counts as delivered; the order may thereby be complete. R3.2. */
import { refuse, refuseIf } from '../kernel/refusal.ts';
import { emit, factsOf, type OnOrder, orderCommand, orderRefusals, requireAction } from '../modules/orders/index.ts';
import { completeIfDone } from './order-completes.ts';

export const acceptService = orderCommand<OnOrder & { lineNos: number[]; note?: string | undefined }>({
  name: 'orders.accept_service',
  refuses: ['order.wrong_state', 'line.not_found', 'order.not_service', 'order.nothing_open'],
  stock: false,
  steps(work, { lineNos, note }) {
    requireAction(work, 'acceptService');
    const facts = factsOf(work);
    refuseIf(orderRefusals('acceptService', facts));
    lineNos.forEach((lineNo, i) => {
      const line = work.order.lines.find(({ line_no }) => line_no === lineNo);
      if (line === undefined) throw refuse('line.not_found', { lineNo: String(lineNo) }, `lineNos.${i}`);
      if (!facts.serviceLines.has(lineNo)) throw refuse('order.not_service', undefined, `lineNos.${i}`);
      const open = line.qty - line.delivered_qty - line.closed_qty;
      if (open === 0n) throw refuse('order.nothing_open', undefined, `lineNos.${i}`);
      work.order.lines = work.order.lines.map((row) =>
        row === line ? { ...row, shipped_qty: row.shipped_qty + open, delivered_qty: row.delivered_qty + open } : row,
      );
      // The capacity that was kept for it is used or free again.
      work.order.reservations = work.order.reservations.filter(({ line_no }) => line_no !== lineNo);
    });
    emit(work, 'order.service_accepted', { lineNos, by: work.command.actor.kind, note: note ?? null });
  },
  after: completeIfDone,
});
